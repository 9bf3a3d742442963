import * as fc from 'fast-check';
import { cidrBlocks } from '../../../local/assembly/cidr';

test('blocks follow each other from the start of the network', () => {
  expect(cidrBlocks('192.168.0.77/24', 3, 5)).toEqual(['192.168.0.0/27', '192.168.0.32/27', '192.168.0.64/27']);
});

test('an address above 128.0.0.0 does not turn negative', () => {
  expect(cidrBlocks('255.255.255.0/24', 1, 4)).toEqual(['255.255.255.0/28']);
});

test.each([
  ['no block', undefined, 1, 8],
  ['an octet above 255', '10.0.0.256/16', 1, 8],
  ['a prefix above 32', '10.0.0.0/33', 1, 1],
  ['more blocks than fit', '10.0.0.0/24', 2, 8],
  ['no count', '10.0.0.0/16', 0, 8],
  ['too many', '10.0.0.0/8', 257, 8],
  ['a fraction', '10.0.0.0/16', 1.5, 8],
  ['no bits', '10.0.0.0/16', 1, 0],
])('%s is refused', (_, block, count, bits) => {
  expect(cidrBlocks(block, count, bits)).toBeUndefined();
});

test('blocks are disjoint and inside the network', () => {
  const sizes = fc.record({
    prefix: fc.integer({ min: 8, max: 20 }),
    bits: fc.integer({ min: 1, max: 8 }),
    count: fc.integer({ min: 1, max: 16 }),
  });
  fc.assert(
    fc.property(fc.ipV4(), sizes, (address, { prefix, bits, count }) => {
      const size = 2 ** (32 - prefix);
      const start = Math.floor(number(address) / size) * size;
      const starts = cidrBlocks(`${address}/${prefix}`, count, bits)!.map((block) => number(block.split('/')[0]));
      expect(starts).toEqual(Array.from({ length: count }, (_, index) => start + index * 2 ** bits));
      expect(starts[count - 1] + 2 ** bits).toBeLessThanOrEqual(start + size);
    }),
  );
});

function number(address: string): number {
  return address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
}
