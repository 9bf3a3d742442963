import { rmSync } from 'node:fs';

export default function removeTemporaryFolder(): void {
  rmSync(process.env.TMPDIR!, { recursive: true, force: true });
}
