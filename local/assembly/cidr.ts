const MAX_BLOCKS = 256;

/** Splits an IPv4 block as `Fn::Cidr` does; `undefined` when it cannot be split so. `hostBits` is the inverse of a subnet mask. */
export function cidrBlocks(block: string | undefined, count: number, hostBits: number): string[] | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(block ?? '');
  if (match === null) return undefined;
  const [prefix, ...octets] = [match[5], ...match.slice(1, 5)].map(Number);
  const fits = Number.isInteger(count) && count >= 1 && count <= MAX_BLOCKS && Number.isInteger(hostBits) && hostBits >= 1;
  if (!fits || octets.some((octet) => octet > 255) || prefix > 32 || count * 2 ** hostBits > 2 ** (32 - prefix)) return undefined;

  // arithmetic instead of bit operators, which are signed
  const address = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  const network = address - (address % 2 ** (32 - prefix));
  return Array.from({ length: count }, (_, index) => `${dotted(network + index * 2 ** hostBits)}/${32 - hostBits}`);
}

function dotted(address: number): string {
  return [2 ** 24, 2 ** 16, 2 ** 8, 1].map((unit) => Math.floor(address / unit) % 256).join('.');
}
