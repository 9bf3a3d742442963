import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** boto3, in a Python process that lives as long as the benchmark. */
export class Boto {
  #child;
  #answers;

  constructor(python) {
    this.#child = spawn(python, [fileURLToPath(new URL('./boto.py', import.meta.url))], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#answers = createInterface(this.#child.stdout)[Symbol.asyncIterator]();
  }

  /** Executions per second, one job at a time. */
  async perSecond(job) {
    this.#child.stdin.write(`${JSON.stringify(job)}\n`);
    const { value, done } = await this.#answers.next();
    if (done) throw new Error('boto.py ended before its answer');
    const { perSecond, failure } = JSON.parse(value);
    if (failure !== undefined) throw new Error(`boto3: ${failure}`);
    return perSecond;
  }

  close() {
    this.#child.stdin.end();
  }
}
