import { describe, it } from 'vitest';

import { createForecaster, FORECASTERS } from '../../src/models/registry.js';
import { forecasterContract } from '../contracts/forecaster.js';
import { libraryFor } from './ranker/library.js';

/** Kinds of models that need what this machine may not have; `libraryFor` prints why it has not. */
const absent = new Set((await libraryFor('the contract of lightgbm')) === null ? ['lightgbm'] : []);

for (const name of Object.keys(FORECASTERS)) {
  describe(`forecaster ${name}`, () => {
    if (absent.has(name)) it.skip('is not here, as printed above');
    else forecasterContract(() => createForecaster(name), { environment: process.env });
  });
}
