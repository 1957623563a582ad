'use strict';
/** The bridge to danfo.js with the real library: a panel arrives as a data frame, row by row and with its gaps. */
const assert = require('node:assert/strict');
const danfo = require('danfojs-node');
const { Panel, toDanfo } = require('swinglab');

const panel = new Panel({
  symbols: ['AAPL', 'MSFT'],
  sessions: Int32Array.of(17_000, 17_001, 17_002),
  columns: { close: Float64Array.of(10, 11, Number.NaN, 20, 21, 22.5), volume: Float64Array.of(1, 2, 3, 4, 5, 6) },
});

async function main() {
  const frame = await toDanfo(panel, danfo);
  assert(frame instanceof danfo.DataFrame, 'expected a danfo.js DataFrame');
  assert.deepEqual(frame.columns, ['symbol', 'session', 'close', 'volume']);
  assert.deepEqual(frame.shape, [6, 4]);
  assert.deepEqual(frame.column('symbol').values, ['AAPL', 'AAPL', 'AAPL', 'MSFT', 'MSFT', 'MSFT']);
  assert.deepEqual(frame.column('session').values.slice(0, 3), ['2016-07-18', '2016-07-19', '2016-07-20']);
  assert(Number.isNaN(frame.column('close').values[2]), 'expected a missing price to stay missing');
  const means = frame.groupby(['symbol']).col(['volume']).mean();
  assert.deepEqual(means.column('volume_mean').values, [2, 5]);
  console.log('danfo.js: the bridge works');
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(error.message);
    process.exit(1);
  },
);
