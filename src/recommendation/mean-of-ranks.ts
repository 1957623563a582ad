import type { Forecast } from '../strategy/view.js';
import type { Opinion } from './opinion.js';

/**
 * The forecasts of a model and a network as one: the score is the mean of the two centred ranks, expected return and interval the means of theirs
 * where both look as far ahead, else the model's own; of whom one of them says nothing, nothing is said.
 */
export function meanOfRanks(own: Opinion, network: Opinion): (Forecast | null)[] {
  return own.forecasts.map((forecast, at) => {
    const other = network.forecasts[at];
    if (forecast === null || other === null) return null;
    const both = own.horizon === network.horizon ? meanReturns(forecast, other) : {};
    const said = { code: 'mean-of-ranks', values: { model: own.title, rank: own.ranks[at] + 0.5, network: network.title, networkRank: network.ranks[at] + 0.5 } } as const;
    return { ...forecast, ...both, model: `${own.title} and ${network.title}`, score: (own.ranks[at] + network.ranks[at]) / 2, remarks: [said] };
  });
}

function meanReturns(one: Forecast, other: Forecast): Pick<Forecast, 'expectedReturn' | 'edge' | 'interval'> {
  const mean = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : (a + b) / 2);
  const interval: Forecast['interval'] = one.interval === null || other.interval === null ? null : [(one.interval[0] + other.interval[0]) / 2, (one.interval[1] + other.interval[1]) / 2];
  return { expectedReturn: mean(one.expectedReturn, other.expectedReturn), edge: mean(one.edge, other.edge), interval };
}
