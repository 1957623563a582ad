import { describe } from 'vitest';

import type { LightGbmOptions } from '../../../src/models/ranker/config.js';
import { lightgbm } from '../../../src/models/ranker/lightgbm.js';
import { forecasterContract } from '../../contracts/forecaster.js';
import { libraryFor } from './library.js';

const library = await libraryFor('contract of the rankers by LightGBM');
const small: LightGbmOptions = { rounds: 60, minLeaf: 40, earlyStopping: { patience: 10, atLeast: 5 } };
const kinds: readonly [string, LightGbmOptions][] = [
  ['lambdarank', small],
  ['regression', { ...small, objective: 'regression', earlyStopping: { metric: 'loss', patience: 10 } }],
  ['huber', { ...small, objective: 'huber', earlyStopping: null, rounds: 30 }],
];

describe.runIf(library !== null)('ranker by LightGBM', () => {
  for (const [name, options] of kinds) describe(name, () => forecasterContract(() => lightgbm(options), { environment: process.env }));
});
