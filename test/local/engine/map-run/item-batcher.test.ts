import fc from 'fast-check';
import type { Json } from '../../../../local/engine';
import { runState } from '../fixture';

// Each rule is AWS's: "ItemBatcher (Map)", input-output-itembatcher.html.

type Fields = { [field: string]: Json };

const ItemProcessor = {
  ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
  StartAt: 'Each',
  States: { Each: { Type: 'Pass', End: true } },
};

function batch(ItemBatcher: Fields, items: Json, rest: Fields = {}) {
  return runState({ Type: 'Map', ItemsPath: '$.items', ItemBatcher, ItemProcessor, ...rest }, { items, size: 2, batch: 'blue' });
}

describe('an ItemBatcher', () => {
  test('gives each child as many items as MaxItemsPerBatch says', async () => {
    const { output, execution } = await batch({ MaxItemsPerBatch: 2 }, [1, 2, 3]);
    expect(output).toEqual([{ Items: [1, 2] }, { Items: [3] }]);
    expect(execution.mapRuns[0]).toMatchObject({ itemCounts: { total: 3 }, executionCounts: { total: 2 } });
  });

  test('takes its limits from paths', async () => {
    expect((await batch({ MaxItemsPerBatchPath: '$.size' }, [1, 2, 3])).output).toEqual([{ Items: [1, 2] }, { Items: [3] }]);
  });

  test('puts BatchInput into each batch', async () => {
    const { output } = await batch({ MaxItemsPerBatch: 1, BatchInput: { 'color.$': '$.batch', fixed: 1 } }, [1, 2]);
    const BatchInput = { color: 'blue', fixed: 1 };
    expect(output).toEqual([
      { BatchInput, Items: [1] },
      { BatchInput, Items: [2] },
    ]);
  });

  test('batches what ItemSelector made', async () => {
    const { output } = await batch({ MaxItemsPerBatch: 2 }, [1, 2], { ItemSelector: { 'v.$': '$$.Map.Item.Value' } });
    expect(output).toEqual([{ Items: [{ v: 1 }, { v: 2 }] }]);
  });

  test('keeps every item, in order, and both limits', async () => {
    const items = fc.array(fc.oneof(fc.string({ maxLength: 20 }), fc.integer(), fc.record({ k: fc.string({ maxLength: 10 }) })));
    await fc.assert(
      fc.asyncProperty(items, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 120, max: 300 }), async (list, most, bytes) => {
        const BatchInput = { b: 'é' };
        const limits = { MaxItemsPerBatch: most, MaxInputBytesPerBatch: bytes, BatchInput };
        const output = (await batch(limits, list)).output as { Items: Json[] }[];
        expect(output.flatMap(({ Items }) => Items)).toEqual(list);
        for (const each of output) {
          expect(each.Items.length).toBeGreaterThan(0);
          expect(each.Items.length).toBeLessThanOrEqual(most);
          expect(Buffer.byteLength(JSON.stringify(each))).toBeLessThanOrEqual(bytes);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('fills a batch up to the byte, and no further', async () => {
    const bytes = Buffer.byteLength('{"Items":["aaaa","bbbb"]}');
    expect((await batch({ MaxInputBytesPerBatch: bytes }, ['aaaa', 'bbbb'])).output).toHaveLength(1);
    expect((await batch({ MaxInputBytesPerBatch: bytes - 1 }, ['aaaa', 'bbbb'])).output).toHaveLength(2);
  });

  test('fails where a single item is larger than a batch may be', async () => {
    expect(await batch({ MaxInputBytesPerBatch: 20 }, ['x'.repeat(30)])).toMatchObject({
      status: 'FAILED',
      error: 'States.DataLimitExceeded',
      cause: 'A batch of one item takes 44 bytes, more than the 20 of MaxInputBytesPerBatch',
    });
  });
});
