import { EventEmitter, once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Json } from '../../../../local/engine/host';
import type { FunctionConfig, LogLine } from '../../../../local/services/lambda/function-config';
import { type InvokeRequest, type InvokeResult, LambdaService } from '../../../../local/services/lambda/lambda-service';
import { hostDirectory } from '../host-directory';

export const REGION = 'eu-west-1';
export const ACCOUNT = '123456789012';
export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** A Lambda service over functions whose sources a test writes down; `close` removes all of it. */
export class LambdaFixture {
  readonly lines: LogLine[] = [];
  private readonly printing = new EventEmitter();
  readonly service: LambdaService;
  private readonly folder = mkdtempSync(join(tmpdir(), 'lambda-service-'));

  constructor(
    functions: Record<string, Partial<Omit<FunctionConfig, 'name' | 'arn' | 'code'>> & { files: Record<string, string> }>,
  ) {
    this.service = new LambdaService({
      region: REGION,
      accountId: ACCOUNT,
      hostDirectory: hostDirectory(),
      onLog: (line) => {
        this.lines.push(line);
        this.printing.emit('line');
      },
      functions: Object.entries(functions).map(([name, { files, ...config }]) => {
        const directory = join(this.folder, name);
        for (const [file, text] of Object.entries(files)) {
          mkdirSync(dirname(join(directory, file)), { recursive: true });
          writeFileSync(join(directory, file), text);
        }
        return {
          name,
          arn: arn(name),
          runtime: 'nodejs22.x',
          handler: 'index.handler',
          code: { directory },
          ...config,
        };
      }),
    });
  }

  directory(functionName: string): string {
    return join(this.folder, functionName);
  }

  invoke(functionName: string, payload: Json = {}, rest: Partial<InvokeRequest> = {}): Promise<InvokeResult> {
    return this.service.invoke({ functionName, payload, ...rest });
  }

  messages(functionName: string): string[] {
    return this.lines.filter((line) => line.functionName === functionName).map((line) => line.message);
  }

  /** Waits until a line holds the text. */
  async printed(text: string): Promise<void> {
    while (!this.lines.some((line) => line.message.includes(text))) {
      await once(this.printing, 'line');
    }
  }

  async close(): Promise<void> {
    await this.service.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function arn(name: string): string {
  return `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`;
}
