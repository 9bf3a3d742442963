/** Prints a line per step and test as it ends, counts the tests, and ends with `N passed, N failed`. */
export class Report {
  #passed = 0;
  #failed = 0;

  /** What the tests need: its failure ends the run, as one failed test. */
  async step(name, body) {
    const started = performance.now();
    try {
      const result = await body();
      this.#line('    ', started, name);
      return result;
    } catch (error) {
      error.message = `${name}: ${error.message}`;
      throw error;
    }
  }

  /** Resolves to what the body returns, or to undefined once it has failed: the other tests go on. */
  async test(name, body) {
    const started = performance.now();
    try {
      const result = await body();
      this.#passed++;
      this.#line('pass', started, name);
      return result;
    } catch (error) {
      this.#failed++;
      this.#line('FAIL', started, name);
      console.log(indent(error.message));
      return undefined;
    }
  }

  skip(name, reason) {
    console.log(`skip          ${name}: ${reason}`);
  }

  /** A run that broke off. */
  abort(error) {
    this.#failed++;
    console.log(`FAIL          ${error.message}`);
  }

  /** The exit code. */
  end() {
    console.log(`${this.#passed} passed, ${this.#failed} failed`);
    return this.#failed === 0 ? 0 : 1;
  }

  #line(mark, started, name) {
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`${mark} ${seconds.padStart(6)} s  ${name}`);
  }
}

function indent(text) {
  return text.replace(/^/gm, '       ');
}
