import { describe, expect, it } from 'vitest';

import { gridPoints } from '../../../src/lab/experiments/grid.js';

describe('the combinations of a grid', () => {
  it('are all of them, for each seed, the last setting varying fastest', () => {
    const points = gridPoints({ 'strategy.priority.top': [5, 10], 'training.horizon': [3, 5] }, [1, 2]);
    expect(points).toHaveLength(8);
    expect(points.map(({ values }) => Object.values(values).join())).toEqual(['1,5,3', '1,5,5', '1,10,3', '1,10,5', '2,5,3', '2,5,5', '2,10,3', '2,10,5']);
    expect(points[3].settings).toEqual({ seed: 1, strategy: { priority: { top: 10 } }, training: { horizon: 5 } });
  });

  it('is the one configuration where nothing varies', () => {
    expect(gridPoints({}, [7])).toEqual([{ values: { seed: 7 }, settings: { seed: 7 } }]);
  });

  it.each(['paths.store', 'seed', 'nothing.at.all'])('refuses the path %s', (path) => {
    expect(() => gridPoints({ [path]: ['x'] }, [1])).toThrow(`found "${path}"`);
  });
});
