/**
 * The order of the house, as rules for dependency-cruiser.
 *
 * A module (folder of `src/`) may import only modules of an EARLIER row, never a neighbour on its own row.
 * The order is total, so folder cycles cannot exist. Type-only imports count. `tests/architecture/layers.test.ts`
 * runs these rules on `src` and on planted violations.
 */
'use strict';

const { layers, calculations, alsoBanned, vendorHomes, schemaHomes } = require('./house.cjs');

const inside = (names) => `^src/(${names.join('|')})/`;
/** A package, installed (below node_modules) or not (its bare name). */
const npm = (names) => `(^|node_modules/)(${names.join('|')})(/|$)`;
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const order = layers.flatMap((row, position) =>
  row.map((name) => {
    const notEarlier = layers.slice(position).flat().filter((other) => other !== name);
    const banned = [...notEarlier, ...(alsoBanned[name] ?? [])];
    return { name, banned };
  }),
)
  .filter(({ banned }) => banned.length > 0)
  .map(({ name, banned }) => rule(`layer-${name}`, `${name} imports only earlier rows of config/tools/house.cjs`, { path: inside([name]) }, { path: inside(banned) }));

const vendors = vendorHomes.map(({ home, packages }) =>
  rule(`vendor-of-${home.replace('/', '-')}`, `only src/${home} imports this library`, { path: '^(src|notebooks|experiments)/', pathNot: `^src/${home}/` }, { path: npm(packages) }),
);

const everyModule = layers.flat();

module.exports = {
  forbidden: [
    ...order,
    ...vendors,
    rule('no-cycles', 'files import each other in a circle', { path: '^src/' }, { circular: true }),
    rule('no-node-in-calculations', 'calculations do no input or output', { path: inside(calculations) }, { dependencyTypes: ['core'] }),
    rule('schemas-at-the-doors', 'zod belongs to config, data, agents, serving and files named config.ts', { path: '^src/', pathNot: [inside(schemaHomes), '/config[.]ts$'] }, { path: npm(['zod']) }),
    rule('ensemble-and-twins-meet-as-tables', 'the ensemble stacks score tables', { path: '^src/twins/' }, { path: '^src/models/ensemble/' }),
    rule('src-imports-only-src', 'src stands alone', { path: '^src/' }, { path: ['^(tests|notebooks|experiments|config|data|models|docs|dist|[.]ci)/', npm(['swinglab'])] }),
    rule('known-modules', 'every folder of src has its row in config/tools/house.cjs', { path: '^src/' }, { path: '^src/', pathNot: [inside(everyModule), '^src/index[.]ts$'] }),
    rule('front-door-is-last', 'no module imports the front door', { path: '^src/.+/' }, { path: '^src/index[.]ts$' }),
    rule('use-the-front-door', 'notebooks and experiments import the package or src/index.ts', { path: '^(notebooks|experiments)/' }, { path: '^(src|dist)/', pathNot: '^(src|dist)/index[.](ts|js|d[.]ts)$' }),
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: ['node_modules', '^dist/'] },
    exclude: { path: '^notebooks/(node_modules|shims)/|/[.]venv/' },
  },
};
