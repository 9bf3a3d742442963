export interface ReadOptions {
  /**
   * Region of stacks whose environment names none.
   * @default us-east-1
   */
  readonly region?: string;
  /**
   * Account of stacks whose environment names none.
   * @default 123456789012
   */
  readonly account?: string;
  /**
   * Values of template parameters, by name or by `Stack:Name`.
   * @default - their defaults
   */
  readonly parameters?: { readonly [name: string]: string };
}

export const DEFAULT_REGION = 'us-east-1';
export const DEFAULT_ACCOUNT = '123456789012';
