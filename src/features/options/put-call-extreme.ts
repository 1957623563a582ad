import { EXTREME_SHARES } from '../../options/history/extreme-shares.js';
import { optionsFeature } from './options-feature.js';
import { PUT_CALL_COLUMNS, putCallRatio } from './put-call.js';
import { putCallPercentiles } from './put-call-percentile.js';
import { valuesInWindow, WIDENING } from './widening.js';

const { low: LOW, high: HIGH } = EXTREME_SHARES;

export const putCallExtreme = optionsFeature(
  {
    name: 'put-call-extreme-252',
    describe: `1 where the put/call ratio by volume is among the highest 5 % of the last 252 sessions, −1 among the lowest, else 0; from 40 sessions on`,
    formula: `sign of the extreme: percentile ≥ ${HIGH} → 1, < ${LOW} → −1`,
    unit: 'sign',
    source: 'own definition',
    ...WIDENING,
    columns: PUT_CALL_COLUMNS.volume,
  },
  {
    compute: (series) => putCallPercentiles(series).map((share) => (Number.isNaN(share) ? share : share >= HIGH ? 1 : share < LOW ? -1 : 0)),
    support: (series) => valuesInWindow(putCallRatio(series, 'volume')),
  },
);
