/**
 * The house as data: its modules in order, what each may not touch, and where each vendor lives.
 * `layers.cjs` turns it into import rules, `eslint.config.js` into bans on globals.
 */
'use strict';

/** Rows of modules, earliest first. */
const layers = [
  ['core'],
  ['math', 'table'],
  ['tensor', 'data', 'tracking', 'indicators', 'evaluation'],
  ['options', 'portfolio'],
  ['features', 'graph', 'simulation'],
  ['dataset', 'strategy'],
  ['training'],
  ['models'],
  ['twins'],
  ['backtest'],
  ['rl'],
  ['recommendation'],
  ['agents'],
  ['report'],
  ['config'],
  ['lab'],
  ['pipeline'],
  ['serving', 'notebook'],
  ['cli'],
];

/** Pure: no Node built-ins, no input or output, no clock, no ambient randomness. */
const calculations = ['math', 'table', 'indicators', 'evaluation', 'options', 'portfolio', 'features', 'graph', 'simulation', 'dataset', 'strategy', 'backtest'];

/** Bans beyond the order: values arrive as tables, so nothing here can fetch or peek. */
const alsoBanned = {
  features: ['data', 'tensor'],
  options: ['data', 'tensor'],
  portfolio: ['data', 'tensor'],
  graph: ['data', 'tensor'],
  backtest: ['models', 'data'],
};

/** Which part of `src` alone may import a vendor's packages. */
const vendorHomes = [
  { home: 'data', packages: ['@duckdb/[^/]+', 'pg', 'pg-[^/]+'] },
  { home: 'tensor', packages: ['@tensorflow/[^/]+'] },
  { home: 'models/ranker', packages: ['koffi', '@koffi/[^/]+', 'lightgbm[^/]*'] },
  { home: 'serving', packages: ['fastify', '@fastify/[^/]+'] },
  { home: 'pipeline', packages: ['bullmq', 'ioredis'] },
  { home: 'agents', packages: ['openai'] },
  { home: 'graph', packages: ['graphology', 'graphology-[^/]+'] },
  { home: 'report', packages: ['plotly[.]js[^/]*', '@types/plotly[.]js[^/]*'] },
];

/** Modules that read foreign input and therefore parse it with schemas; elsewhere only files named config.ts. */
const schemaHomes = ['config', 'data', 'agents', 'serving'];

module.exports = { layers, calculations, alsoBanned, vendorHomes, schemaHomes };
