import { describe, expect, it } from 'vitest';

import { ConfigError } from '../../src/core/errors.js';
import { createForecaster, FORECASTERS } from '../../src/models/registry.js';

describe('the registry of forecasters', () => {
  it.each(Object.keys(FORECASTERS))('lists %s under its own name', (name) => {
    const forecaster = createForecaster(name);
    expect(forecaster.name).toBe(name);
    // the parameters of a card make the same forecaster again
    expect(createForecaster(name, forecaster.params).params).toEqual(forecaster.params);
  });

  it('names what there is when asked for something else', () => {
    expect(() => createForecaster('momentun')).toThrow(ConfigError);
    expect(() => createForecaster('momentun')).toThrow(/^expected one of the forecasters momentum, reversal, low-volatility, ridge.*, found "momentun"; did you mean "momentum"\?$/);
    expect(() => createForecaster('toString')).toThrow('found "toString"');
  });

  it.each(Object.keys(FORECASTERS))('refuses a parameter that %s does not know', (name) => {
    expect(() => createForecaster(name, { windowww: 3 })).toThrow(ConfigError);
    expect(() => createForecaster(name, { windowww: 3 })).toThrow('"windowww"');
  });
});
