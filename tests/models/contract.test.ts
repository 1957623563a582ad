import { describe } from 'vitest';

import { createForecaster, FORECASTERS } from '../../src/models/registry.js';
import { forecasterContract } from '../contracts/forecaster.js';

describe.each(Object.keys(FORECASTERS))('forecaster %s', (name) => {
  forecasterContract(() => createForecaster(name));
});
