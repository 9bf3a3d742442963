import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Every App without an outdir leaves a cdk.out behind: all of them in one folder, which goes when the run ends. */
export default function createTemporaryFolder(): void {
  process.env.TMPDIR = mkdtempSync(join(tmpdir(), 'cdk-workflow-patterns-test-'));
}
