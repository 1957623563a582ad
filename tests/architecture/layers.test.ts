import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import house from '../../config/tools/house.cjs';
import { cruiseFiles, cruiseTree, type Cruised } from './cruise.js';

const root = join(import.meta.dirname, '../..');
const modules = house.layers.flat();

/** One small file per module, each imported by nobody yet. */
const emptyHouse = Object.fromEntries(modules.map((name) => [`src/${name}/leaf.ts`, `export const ${name} = 1;\n`]));

/** Every module imports the leaf of every module of an earlier row, except where a further ban forbids it. */
const fullHouse = Object.fromEntries(
  house.layers.flatMap((row, position) =>
    row.map((name) => {
      const allowed = house.layers.slice(0, position).flat().filter((other) => !(house.alsoBanned[name] ?? []).includes(other));
      return [`src/${name}/user.ts`, allowed.map((other) => `export * from '../${other}/leaf.js';\n`).join('')];
    }),
  ),
);

const importOf = (path: string): string => `import '${path}';\n`;

/** What is planted: file, text, and the rule that must name it. */
const planted: readonly { what: string; file: string; text: string; rule: string; more?: Readonly<Record<string, string>> }[] = [
  { what: 'an upward import', file: 'src/features/upward.ts', text: importOf('../backtest/leaf.js'), rule: 'layer-features' },
  { what: 'an upward import from the lowest row', file: 'src/core/upward.ts', text: importOf('../cli/leaf.js'), rule: 'layer-core' },
  { what: 'an import of a neighbour on the same row', file: 'src/tracking/sideways.ts', text: importOf('../data/leaf.js'), rule: 'layer-tracking' },
  { what: 'an import between serving and notebook', file: 'src/notebook/sideways.ts', text: importOf('../serving/leaf.js'), rule: 'layer-notebook' },
  { what: 'a type-only upward import', file: 'src/table/type-only.ts', text: "import type { models } from '../models/leaf.js';\nexport type M = typeof models;\n", rule: 'layer-table' },
  { what: 'a re-export from above', file: 'src/training/re-export.ts', text: "export { models } from '../models/leaf.js';\n", rule: 'layer-training' },
  { what: 'a dynamic upward import', file: 'src/graph/dynamic.ts', text: "export const later = () => import('../rl/leaf.js');\n", rule: 'layer-graph' },
  { what: 'data in features', file: 'src/features/fetches.ts', text: importOf('../data/leaf.js'), rule: 'layer-features' },
  { what: 'tensors in options', file: 'src/options/tensors.ts', text: importOf('../tensor/leaf.js'), rule: 'layer-options' },
  { what: 'data in portfolio', file: 'src/portfolio/fetches.ts', text: importOf('../data/leaf.js'), rule: 'layer-portfolio' },
  { what: 'tensors in graph', file: 'src/graph/tensors.ts', text: importOf('../tensor/leaf.js'), rule: 'layer-graph' },
  { what: 'data in evaluation', file: 'src/evaluation/fetches.ts', text: importOf('../data/leaf.js'), rule: 'layer-evaluation' },
  { what: 'models in backtest', file: 'src/backtest/peeks.ts', text: importOf('../models/leaf.js'), rule: 'layer-backtest' },
  { what: 'data in backtest', file: 'src/backtest/fetches.ts', text: importOf('../data/leaf.js'), rule: 'layer-backtest' },
  { what: 'the ensemble in twins', file: 'src/twins/stacks.ts', text: importOf('../models/ensemble/stack.js'), rule: 'ensemble-and-twins-meet-as-tables', more: { 'src/models/ensemble/stack.ts': 'export const stack = 1;\n' } },
  { what: 'a cycle inside a module', file: 'src/data/circle-a.ts', text: "import { b } from './circle-b.js';\nexport const a = () => b;\n", rule: 'no-cycles', more: { 'src/data/circle-b.ts': "import { a } from './circle-a.js';\nexport const b = () => a;\n" } },
  { what: 'a cycle of types', file: 'src/rl/type-a.ts', text: "import type { B } from './type-b.js';\nexport interface A { b: B }\n", rule: 'no-cycles', more: { 'src/rl/type-b.ts': "import type { A } from './type-a.js';\nexport interface B { a: A }\n" } },
  { what: 'node:fs in features', file: 'src/features/reads.ts', text: "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;\n", rule: 'no-node-in-calculations' },
  { what: 'a bare built-in in math', file: 'src/math/reads.ts', text: importOf('os'), rule: 'no-node-in-calculations' },
  { what: 'a built-in that exists only with the node: prefix', file: 'src/table/queries.ts', text: importOf('node:sqlite'), rule: 'no-node-in-calculations' },
  { what: 'a type of a built-in in dataset', file: 'src/dataset/types.ts', text: "import type { Readable } from 'node:stream';\nexport type R = Readable;\n", rule: 'no-node-in-calculations' },
  { what: 'DuckDB outside data', file: 'src/pipeline/duck.ts', text: importOf('@duckdb/node-api'), rule: 'vendor-of-data' },
  { what: 'pg outside data', file: 'src/serving/postgres.ts', text: importOf('pg'), rule: 'vendor-of-data' },
  { what: 'TensorFlow.js outside tensor', file: 'src/models/tensors.ts', text: importOf('@tensorflow/tfjs'), rule: 'vendor-of-tensor' },
  { what: 'a dynamic import of TensorFlow.js outside tensor', file: 'src/rl/tensors.ts', text: "export const later = () => import('@tensorflow/tfjs-core');\n", rule: 'vendor-of-tensor' },
  { what: 'koffi outside the ranker', file: 'src/models/native.ts', text: importOf('koffi'), rule: 'vendor-of-models-ranker' },
  { what: 'fastify outside serving', file: 'src/cli/server.ts', text: importOf('fastify'), rule: 'vendor-of-serving' },
  { what: 'BullMQ outside pipeline', file: 'src/serving/queue.ts', text: importOf('bullmq'), rule: 'vendor-of-pipeline' },
  { what: 'openai outside agents', file: 'src/report/explains.ts', text: importOf('openai'), rule: 'vendor-of-agents' },
  { what: 'plotly outside report', file: 'src/notebook/plots.ts', text: importOf('plotly.js-finance-dist-min'), rule: 'vendor-of-report' },
  { what: 'DuckDB in an experiment', file: 'experiments/duck.ts', text: importOf('@duckdb/node-api'), rule: 'vendor-of-data' },
  { what: 'zod in core', file: 'src/core/schema.ts', text: importOf('zod'), rule: 'schemas-at-the-doors' },
  { what: 'zod in a feature that is not its config.ts', file: 'src/features/momentum/options.ts', text: importOf('zod'), rule: 'schemas-at-the-doors' },
  { what: 'a test in src', file: 'src/lab/fixture.ts', text: importOf('../../tests/fixture.js'), rule: 'src-imports-only-src', more: { 'tests/fixture.ts': 'export const fixture = 1;\n' } },
  { what: 'the package by its own name in src', file: 'src/lab/self.ts', text: importOf('swinglab'), rule: 'src-imports-only-src' },
  { what: 'a folder that no row names', file: 'src/cli/odd.ts', text: importOf('../stuff/leaf.js'), rule: 'known-modules', more: { 'src/stuff/leaf.ts': 'export const stuff = 1;\n' } },
  { what: 'the front door inside the house', file: 'src/cli/door.ts', text: importOf('../index.js'), rule: 'front-door-is-last', more: { 'src/index.ts': "export { core } from './core/leaf.js';\n" } },
  { what: 'a deep import from an experiment', file: 'experiments/deep.ts', text: importOf('../src/features/leaf.js'), rule: 'use-the-front-door' },
  { what: 'a deep import from beside a notebook', file: 'notebooks/deep.cjs', text: "require('../src/features/leaf.ts');\n", rule: 'use-the-front-door' },
];

const clean: Readonly<Record<string, string>> = {
  ...emptyHouse,
  ...fullHouse,
  'src/index.ts': "export { cli } from './cli/leaf.js';\nexport { core } from './core/leaf.js';\n",
  'src/core/pool.ts': importOf('node:worker_threads'),
  'src/data/duck.ts': importOf('@duckdb/node-api') + importOf('zod') + importOf('node:fs'),
  'src/tensor/backend.ts': importOf('@tensorflow/tfjs-core'),
  'src/models/ranker/native.ts': importOf('koffi'),
  'src/features/momentum/config.ts': importOf('zod'),
  'src/table/arrow.ts': importOf('apache-arrow'),
  'src/report/charts.ts': importOf('plotly.js-finance-dist-min'),
  'experiments/study.ts': importOf('../src/index.js') + importOf('swinglab') + importOf('node:fs'),
};

describe('layer rules on src', () => {
  it('finds no violation in the house as it stands', async () => {
    const folders = ['src', 'experiments', 'notebooks'].filter((folder) => existsSync(join(root, folder)));
    const { fileCount, breaches } = await cruiseTree(root, folders);
    expect(breaches).toEqual([]);
    expect(fileCount).toBeGreaterThan(5);
  });

  it('has a row for every folder of src, and nothing but the front door beside them', async () => {
    const entries = await readdir(join(root, 'src'), { withFileTypes: true });
    const unknown = entries.filter((entry) => (entry.isDirectory() ? !modules.includes(entry.name) : entry.name !== 'index.ts'));
    expect(unknown.map((entry) => entry.name)).toEqual([]);
  });

  it('orders every module once', () => {
    expect(new Set(modules).size).toBe(modules.length);
  });
});

describe('layer rules on a mock tree', () => {
  it('accepts every import of an earlier row', async () => {
    const { fileCount, breaches } = await cruiseFiles(clean);
    expect(breaches).toEqual([]);
    expect(fileCount).toBeGreaterThanOrEqual(Object.keys(clean).length);
  });

  it('catches every pair of modules that the order forbids', async () => {
    const forbidden = house.layers.flatMap((row, position) =>
      row.flatMap((from) => {
        const later = house.layers.slice(position).flat().filter((other) => other !== from);
        return [...new Set([...later, ...(house.alsoBanned[from] ?? [])])].map((to) => ({ from, to }));
      }),
    );
    const files = Object.fromEntries(forbidden.map(({ from, to }) => [`src/${from}/uses-${to}.ts`, importOf(`../${to}/leaf.js`)]));
    const { breaches } = await cruiseFiles({ ...emptyHouse, ...files });
    const caught = breaches.map(({ rule, from, to }) => `${rule}: ${from} to ${to}`).sort();
    expect(caught).toEqual(forbidden.map(({ from, to }) => `layer-${from}: src/${from}/uses-${to}.ts to src/${to}/leaf.ts`).sort());
  });

  describe('with one violation of each kind planted', () => {
    let found: Cruised;
    beforeAll(async () => {
      const files = Object.assign({}, emptyHouse, ...planted.map(({ file, text, more }) => ({ [file]: text, ...more }))) as Record<string, string>;
      found = await cruiseFiles(files);
    });

    it.each(planted)('catches $what', ({ file, rule }) => {
      expect(found.breaches).toContainEqual(expect.objectContaining({ rule, from: file }));
    });

    it('accuses no file that breaks nothing', () => {
      const guilty = new Set(planted.flatMap(({ file, more }) => [file, ...Object.keys(more ?? {})]));
      expect(found.breaches.filter(({ from }) => !guilty.has(from))).toEqual([]);
    });
  });
});
