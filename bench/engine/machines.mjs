// Machines without tasks or waits, each with an input, the output it must have, and how many states it visits and events
// its history has.

/** Of each execution: started, succeeded. Of each visit: entered, exited. */
const eventsOf = (visits) => 2 + 2 * visits;

const ITEMS = 1000;

const passChoiceSucceed = {
  StartAt: 'Mark',
  States: {
    Mark: { Type: 'Pass', Result: { marked: true }, ResultPath: '$.check', Next: 'Decide' },
    Decide: {
      Type: 'Choice',
      Choices: [{ Variable: '$.type', StringEquals: 'PURCHASE', Next: 'Done' }],
      Default: 'Unknown',
    },
    Done: { Type: 'Succeed' },
    Unknown: { Type: 'Fail', Error: 'UnknownType' },
  },
};

const order = {
  orderId: 'order-42',
  type: 'PURCHASE',
  customer: { name: 'Ada', tier: 'gold' },
  items: [
    { sku: 'A-1', price: 30 },
    { sku: 'B-2', price: 12 },
  ],
};

const receipt = {
  orderId: 'order-42',
  type: 'PURCHASE',
  customer: { name: 'Ada', tier: 'gold' },
  items: [
    { sku: 'A-1', price: 30 },
    { sku: 'B-2', price: 12 },
  ],
  rates: { shipping: 5 },
  count: { value: 2 },
  total: { value: 35 },
  label: { text: 'Ada bought 2 items' },
  tags: ['new', 'checked'],
};

const tenStatesJsonPath = {
  StartAt: 'ByType',
  States: {
    ByType: {
      Type: 'Choice',
      Choices: [
        { Variable: '$.type', StringEquals: 'REFUND', Next: 'Refused' },
        { Variable: '$.type', StringEquals: 'PURCHASE', Next: 'Rates' },
      ],
      Default: 'Refused',
    },
    Rates: { Type: 'Pass', Result: { shipping: 5 }, ResultPath: '$.rates', Next: 'Count' },
    Count: {
      Type: 'Pass',
      Parameters: { 'value.$': 'States.ArrayLength($.items)' },
      ResultPath: '$.count',
      Next: 'AnyItems',
    },
    AnyItems: {
      Type: 'Choice',
      Choices: [{ Variable: '$.count.value', NumericGreaterThan: 0, Next: 'Total' }],
      Default: 'Refused',
    },
    Total: {
      Type: 'Pass',
      Parameters: { 'value.$': 'States.MathAdd($.items[0].price, $.rates.shipping)' },
      ResultPath: '$.total',
      Next: 'Label',
    },
    Label: {
      Type: 'Pass',
      Parameters: { 'text.$': "States.Format('{} bought {} items', $.customer.name, $.count.value)" },
      ResultPath: '$.label',
      Next: 'Tags',
    },
    Tags: { Type: 'Pass', Result: ['new', 'checked'], ResultPath: '$.tags', Next: 'Affordable' },
    Affordable: {
      Type: 'Choice',
      Choices: [
        {
          And: [
            { Variable: '$.total.value', NumericLessThanEquals: 100 },
            { Variable: '$.customer.tier', StringEquals: 'gold' },
          ],
          Next: 'Wrap',
        },
      ],
      Default: 'Refused',
    },
    Wrap: { Type: 'Pass', Parameters: { 'receipt.$': '$' }, Next: 'Done' },
    Done: { Type: 'Succeed', OutputPath: '$.receipt' },
    Refused: { Type: 'Fail', Error: 'Refused' },
  },
};

/** A state that adds one field to its input. */
const adds = (field, value, Next) => ({
  Type: 'Pass',
  Output: `{% $merge([$states.input, {"${field}": ${value}}]) %}`,
  Next,
});

const tenStatesJsonata = {
  QueryLanguage: 'JSONata',
  StartAt: 'ByType',
  States: {
    ByType: {
      Type: 'Choice',
      Choices: [
        { Condition: '{% $states.input.type = "REFUND" %}', Next: 'Refused' },
        { Condition: '{% $states.input.type = "PURCHASE" %}', Next: 'Rates' },
      ],
      Default: 'Refused',
    },
    Rates: adds('rates', '{"shipping": 5}', 'Count'),
    Count: adds('count', '{"value": $count($states.input.items)}', 'AnyItems'),
    AnyItems: {
      Type: 'Choice',
      Choices: [{ Condition: '{% $states.input.count.value > 0 %}', Next: 'Total' }],
      Default: 'Refused',
    },
    Total: adds('total', '{"value": $states.input.items[0].price + $states.input.rates.shipping}', 'Label'),
    Label: adds(
      'label',
      '{"text": $states.input.customer.name & " bought " & $string($states.input.count.value) & " items"}',
      'Tags',
    ),
    Tags: adds('tags', '["new", "checked"]', 'Affordable'),
    Affordable: {
      Type: 'Choice',
      Choices: [
        {
          Condition: '{% $states.input.total.value <= 100 and $states.input.customer.tier = "gold" %}',
          Next: 'Wrap',
        },
      ],
      Default: 'Refused',
    },
    Wrap: { Type: 'Pass', Output: { receipt: '{% $states.input %}' }, Next: 'Done' },
    Done: { Type: 'Succeed', Output: '{% $states.input.receipt %}' },
    Refused: { Type: 'Fail', Error: 'Refused' },
  },
};

const mapOfItems = {
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      ItemsPath: '$.items',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'INLINE' },
        StartAt: 'Mark',
        States: { Mark: { Type: 'Pass', Result: { marked: true }, ResultPath: '$.check', End: true } },
      },
      End: true,
    },
  },
};

const items = Array.from({ length: ITEMS }, (_, number) => ({ number }));

export const machines = [
  {
    title: 'Pass, Choice, Succeed',
    definition: passChoiceSucceed,
    input: { type: 'PURCHASE' },
    output: { type: 'PURCHASE', check: { marked: true } },
    visits: 3,
    events: eventsOf(3),
  },
  {
    title: '10 states, JSONPath',
    definition: tenStatesJsonPath,
    input: order,
    output: receipt,
    visits: 10,
    events: eventsOf(10),
  },
  { title: '10 states, JSONata', definition: tenStatesJsonata, input: order, output: receipt, visits: 10, events: eventsOf(10) },
  {
    title: 'Map of 1,000 items',
    definition: mapOfItems,
    input: { items },
    output: items.map((item) => ({ ...item, check: { marked: true } })),
    visits: 1 + ITEMS,
    // started and succeeded once more, of the Map and of each of its items
    events: eventsOf(1 + ITEMS) + 2 * (1 + ITEMS),
  },
];
