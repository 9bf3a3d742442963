/** A function of the app, as its template describes it once intrinsics are resolved. */
export interface FunctionConfig {
  readonly name: string;
  /** Unqualified. */
  readonly arn: string;
  /** As deployed, such as `nodejs22.x` or `python3.13`. The machine's own Node.js or python3 runs it, whatever its version. */
  readonly runtime: string;
  readonly handler: string;
  /** An asset's folder, or the text of `Code.fromInline`. */
  readonly code: { readonly directory: string } | { readonly inline: string };
  readonly environment?: Readonly<Record<string, string>>;
  /** @default 3 */
  readonly timeoutSeconds?: number;
  /** In MB; the heap limit of a Node.js handler. Not enforced for Python. @default 128 */
  readonly memorySize?: number;
  /** Invocations beyond it are throttled. @default - no limit: invocations wait for a free environment */
  readonly reservedConcurrency?: number;
  /** ARNs. A function with layers does not run here. */
  readonly layers?: readonly string[];
  /** Properties whose values are not known; a function with such does not run here. */
  readonly unresolved?: readonly { readonly property: string; readonly reason: string }[];
  readonly description?: string;
}

/** What a handler printed: one line of its log. */
export interface LogLine {
  readonly functionName: string;
  /** Empty for what is printed while the module loads. */
  readonly requestId: string;
  /** Of console.* and logging; absent for what went to stdout or stderr directly. */
  readonly level?: string;
  readonly message: string;
}

export const DEFAULT_TIMEOUT_SECONDS = 3;
export const DEFAULT_MEMORY_SIZE = 128;
