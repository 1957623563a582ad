import { describe, it } from 'vitest';

import { createForecaster, FORECASTERS, type ForecasterParams } from '../../src/models/registry.js';
import { forecasterContract } from '../contracts/forecaster.js';
import { FEATURES } from './made-up-market.js';
import { libraryFor } from './ranker/library.js';

/** Kinds of models that need what this machine may not have; `libraryFor` prints why it has not. */
const absent = new Set((await libraryFor('the contract of lightgbm')) === null ? ['lightgbm'] : []);

/** Parameters where the usual ones are for data of another size: a small network that reads the features of the made-up market. */
const PARAMS: Readonly<Record<string, ForecasterParams>> = {
  foundation: { features: FEATURES, past: 1, width: 4, heads: 2, horizons: [5], market: false, stride: 5, epochs: 2, rate: 0.08, dropout: 0 },
};

for (const name of Object.keys(FORECASTERS)) {
  describe(`forecaster ${name}`, () => {
    if (absent.has(name)) it.skip('is not here, as printed above');
    else forecasterContract(() => createForecaster(name, PARAMS[name]), { environment: process.env });
  });
}
