import type { Json } from '../../../../local/engine';
import { problemsOf, runState, START, single, TestBucket } from '../fixture';

// Each rule is AWS's: "ItemReader (Map)", input-output-itemreader.html, unless a test names another source.

type Fields = { [field: string]: Json };

const ItemProcessor = {
  ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
  StartAt: 'Each',
  States: { Each: { Type: 'Pass', End: true } },
};

function reading(ReaderConfig: Fields, Parameters: Fields = { Bucket: 'b', Key: 'data' }, rest: Fields = {}): Fields {
  const ItemReader = { Resource: 'arn:aws:states:::s3:getObject', Parameters, ReaderConfig };
  return { Type: 'Map', ItemReader, ItemProcessor, ...rest };
}

async function read(content: string, config: Fields, rest: Fields = {}) {
  const objects = new TestBucket({ data: content });
  const { output, error, cause } = await runState(reading(config, undefined, rest), {}, { objects });
  return error === undefined ? output : [error, cause];
}

describe('an ItemReader of a CSV file', () => {
  const FIRST_ROW = { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' };

  test('takes the headers from the first row', async () => {
    expect(await read('a,b\n1,2\n', FIRST_ROW)).toEqual([{ a: '1', b: '2' }]);
  });

  test('takes headers that are given', async () => {
    const config = { InputType: 'CSV', CSVHeaderLocation: 'GIVEN', CSVHeaders: ['x', 'y'] };
    expect(await read('1,2\n3,4', config)).toEqual([
      { x: '1', y: '2' },
      { x: '3', y: '4' },
    ]);
  });

  test('reads quoted fields, and a byte order mark as none', async () => {
    expect(await read('\uFEFFa,b\r\n"x, ""y""","line\nbreak"\r\n', FIRST_ROW)).toEqual([{ a: 'x, "y"', b: 'line\nbreak' }]);
  });

  test.each([
    ['COMMA', ','],
    ['PIPE', '|'],
    ['SEMICOLON', ';'],
    ['SPACE', ' '],
    ['TAB', '\t'],
  ])('parts columns by %s', async (CSVDelimiter, sign) => {
    expect(await read(`a${sign}b\n1${sign}2`, { ...FIRST_ROW, CSVDelimiter })).toEqual([{ a: '1', b: '2' }]);
  });

  test('skips empty lines', async () => {
    expect(await read('a\n\n1\n\n', FIRST_ROW)).toEqual([{ a: '1' }]);
  });

  test('keeps a column that JavaScript holds special', async () => {
    expect(JSON.stringify(await read('__proto__\n1', FIRST_ROW))).toBe('[{"__proto__":"1"}]');
  });

  test('needs to say where the headers are', () => {
    expect(problemsOf(single(reading({ InputType: 'CSV' })))).toEqual([
      expect.objectContaining({ message: "The field 'CSVHeaderLocation' is required but was missing" }),
    ]);
    expect(problemsOf(single(reading({ InputType: 'CSV', CSVHeaderLocation: 'GIVEN' })))).toEqual([
      expect.objectContaining({ message: "The field 'CSVHeaders' is required but was missing" }),
    ]);
    expect(problemsOf(single(reading(FIRST_ROW)))).toEqual([]);
  });
});

describe('an ItemReader of JSON', () => {
  test('takes the array that the file is, also without an InputType', async () => {
    expect(await read('[1,{"a":2}]', {})).toEqual([1, { a: 2 }]);
  });

  test('follows ItemsPointer to an array inside', async () => {
    expect(await read('{"a/b":{"~c":[1,2]}}', { InputType: 'JSON', ItemsPointer: '/a~1b/~0c' })).toEqual([1, 2]);
  });

  test('iterates over the entries of an object that ItemsPointer leads to', async () => {
    expect(await read('{"a":{"x":1,"y":2}}', { InputType: 'JSON', ItemsPointer: '/a' })).toEqual([
      { Key: 'x', Value: 1 },
      { Key: 'y', Value: 2 },
    ]);
  });

  // input-output-contextobject.html: Key is valid for objects alone
  test('shows ItemSelector the key and the value of such an entry', async () => {
    const ItemSelector = { 'k.$': '$$.Map.Item.Key', 'v.$': '$$.Map.Item.Value', 'i.$': '$$.Map.Item.Index' };
    expect(await read('{"a":{"x":1}}', { InputType: 'JSON', ItemsPointer: '/a' }, { ItemSelector })).toEqual([
      { k: 'x', v: 1, i: 0 },
    ]);
  });

  test('fails where ItemsPointer leads nowhere', async () => {
    expect(await read('{"a":1}', { InputType: 'JSON', ItemsPointer: '/b' })).toEqual([
      'States.ItemReaderFailed',
      "The ItemsPointer '/b' leads nowhere in the document.",
    ]);
  });

  test('fails on what is not JSON', async () => {
    expect(await read('{', { InputType: 'JSON' })).toEqual(['States.ItemReaderFailed', expect.stringContaining('JSON')]);
  });

  test('reads JSON lines, with or without a last line break', async () => {
    expect(await read('{"a":1}\n\n2\r\n"x"', { InputType: 'JSONL' })).toEqual([{ a: 1 }, 2, 'x']);
  });

  test('refuses PARQUET by name', () => {
    expect(problemsOf(single(reading({ InputType: 'PARQUET' })))).toEqual([
      expect.objectContaining({
        code: 'NOT_SUPPORTED',
        message: "ItemReader's InputType 'PARQUET' is not supported by this engine",
      }),
    ]);
  });
});

describe('what an ItemReader reads', () => {
  test.each([
    [2, ['a', 'b']],
    [0, ['a', 'b', 'c']],
  ])('is cut to %d items by MaxItems, where 0 is no limit', async (MaxItems, expected) => {
    expect(await read('["a","b","c"]', { InputType: 'JSON', MaxItems })).toEqual(expected);
  });

  test('says where it comes from in $$.Map.Item.Source (input-output-contextobject.html)', async () => {
    const ItemSelector = { 's.$': '$$.Map.Item.Source' };
    expect(await read('[1]', { InputType: 'JSON' }, { ItemSelector })).toEqual([{ s: 'S3://b/data' }]);
  });

  test('may be named by Arguments in JSONata', async () => {
    const ItemReader = {
      Resource: 'arn:aws:states:::s3:getObject',
      Arguments: { Bucket: '{% $states.input.bucket %}', Key: 'data' },
      ReaderConfig: { InputType: 'JSON', MaxItems: '{% 1 %}' },
    };
    const state = { Type: 'Map', QueryLanguage: 'JSONata', ItemReader, ItemProcessor };
    const objects = new TestBucket({ data: '[1,2]' });
    expect((await runState(state, { bucket: 'b' }, { objects })).output).toEqual([1]);
  });

  test('is refused where the resource is neither getObject nor listObjectsV2', () => {
    const ItemReader = { Resource: 'arn:aws:states:::s3:putObject' };
    expect(problemsOf(single({ Type: 'Map', ItemReader, ItemProcessor }))).toEqual([
      expect.objectContaining({ location: '/States/It/ItemReader/Resource' }),
    ]);
  });
});

describe('an ItemReader that lists objects', () => {
  const lists = (rest: Fields = {}, Parameters: Fields = { Bucket: 'b', Prefix: 'in/' }) => ({
    Type: 'Map',
    ItemReader: { Resource: 'arn:aws:states:::s3:listObjectsV2', Parameters, ...rest },
    ItemProcessor,
  });
  const objects = new TestBucket({ 'in/2': '[2,3]', 'in/1': '[1]', 'out/1': '[9]' });

  // measured on AWS, github.com/floci-io/floci/pull/3460: the Etag keeps its quotes, LastModified is in seconds
  test('gives the objects under the prefix by their metadata', async () => {
    expect((await runState(lists(), {}, { objects })).output).toEqual([
      { Etag: '"in/1"', Key: 'in/1', LastModified: START / 1000, Size: 3, StorageClass: 'STANDARD' },
      { Etag: '"in/2"', Key: 'in/2', LastModified: START / 1000, Size: 5, StorageClass: 'STANDARD' },
    ]);
  });

  test('gives the items in them where Transformation is LOAD_AND_FLATTEN', async () => {
    const ReaderConfig = { InputType: 'JSON', Transformation: 'LOAD_AND_FLATTEN' };
    expect((await runState(lists({ ReaderConfig }), {}, { objects })).output).toEqual([1, 2, 3]);
  });

  test('gives nothing where nothing is there', async () => {
    expect((await runState(lists({}, { Bucket: 'b', Prefix: 'none' }), {}, { objects })).output).toEqual([]);
  });
});

describe('an ItemReader of a manifest', () => {
  test('gives the objects that an S3 inventory lists', async () => {
    const objects = new TestBucket({
      data: JSON.stringify({
        sourceBucket: 'source',
        destinationBucket: 'arn:aws:s3:::inventories',
        fileFormat: 'CSV',
        fileSchema: 'Bucket, Key, Size',
        files: [{ key: 'first.csv.gz' }, { key: 'second.csv.gz' }],
      }),
      'first.csv.gz': '"source","a.txt","1"\n"source","b.txt","2"\n',
      'second.csv.gz': '"source","c.txt","3"\n',
    });
    const { output } = await runState(reading({ InputType: 'MANIFEST' }), {}, { objects });
    expect(output).toEqual([
      { Bucket: 'source', Key: 'a.txt', Size: '1' },
      { Bucket: 'source', Key: 'b.txt', Size: '2' },
      { Bucket: 'source', Key: 'c.txt', Size: '3' },
    ]);
  });

  test('gives the rows of the files that Athena has written', async () => {
    const objects = new TestBucket({ data: 's3://results/1\ns3://results/2\n', '1': '{"a":1}', '2': '{"a":2}\n{"a":3}' });
    const { output } = await runState(reading({ InputType: 'JSONL', ManifestType: 'ATHENA_DATA' }), {}, { objects });
    expect(output).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }]);
  });
});
