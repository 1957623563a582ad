/**
 * What imports cannot show: uses of the clock, of ambient randomness, of the environment and of the network,
 * as selectors for ESLint's no-restricted-syntax. The layers from core to rl get time and randomness as parameters.
 */
'use strict';

const { layers, calculations } = require('./house.cjs');

const member = (object, property) => `MemberExpression[object.name='${object}'][property.name='${property}']`;

const everywhere = [
  { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
  { selector: "ExportSpecifier[exported.name='default']", message: 'Named exports only.' },
];

const randomness = [
  { selector: member('Math', 'random'), message: 'Take an rng parameter (core/rng): the same seed must give the same result.' },
  { selector: "MemberExpression[object.name='crypto'][property.name=/^(randomUUID|getRandomValues|randomBytes)$/]", message: 'Take an rng parameter (core/rng).' },
];

const time = [
  { selector: member('Date', 'now'), message: 'Take a clock or a date as parameter (core/clock).' },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Take a clock or a date as parameter (core/clock).' },
  { selector: "CallExpression[callee.name='Date']", message: 'Take a clock or a date as parameter (core/clock).' },
];

const environment = [{ selector: member('process', 'env'), message: 'Settings arrive as parameters; config reads the environment.' }];

const network = [
  { selector: "CallExpression[callee.name='fetch']", message: 'Only data, tracking and the modules after rl talk to the network.' },
  { selector: member('globalThis', 'fetch'), message: 'Only data, tracking and the modules after rl talk to the network.' },
  { selector: 'ImportDeclaration[source.value=/^(node:)?(https?|http2|net|tls|dgram)$/]', message: 'Only data, tracking and the modules after rl talk to the network.' },
];

const process = [
  { selector: "MemberExpression[object.name='process']", message: 'A calculation knows nothing of the process it runs in.' },
  { selector: "MemberExpression[object.name='performance']", message: 'A calculation does not measure time.' },
];

const upTo = (name) => layers.slice(0, layers.findIndex((row) => row.includes(name)) + 1).flat();
const folders = (names) => names.map((name) => `src/${name}/**/*.ts`);

const parameterised = upTo('rl').filter((name) => !calculations.includes(name));

/** Areas of `src` with all selectors that hold there; a later area replaces an earlier one. */
const areas = [
  { name: 'src', files: ['src/**/*.ts'], selectors: everywhere },
  { name: 'core-to-rl', files: folders(parameterised), selectors: [...everywhere, ...randomness, ...time, ...environment, ...network] },
  // models/ranker/library fetches a native library when it is first needed
  { name: 'doors-to-the-network', files: folders(['data', 'tracking', 'models/ranker/library']), selectors: [...everywhere, ...randomness, ...time, ...environment] },
  { name: 'the-clock-itself', files: ['src/core/clock.ts'], selectors: [...everywhere, ...randomness, ...environment, ...network] },
  { name: 'calculations', files: folders(calculations), selectors: [...everywhere, ...randomness, ...time, ...network, ...process] },
];

module.exports = { areas };
