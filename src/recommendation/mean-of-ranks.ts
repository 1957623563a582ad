import type { Forecast } from '../strategy/view.js';
import type { Opinion } from './opinion.js';

/**
 * The forecasts of a model and a network as one: the score is the mean of the two centred ranks; expected return and interval stay those of the model's
 * own rank, as what the mean of both pays has not been measured. Of whom one of them says nothing, nothing is said.
 */
export function meanOfRanks(own: Opinion, network: Opinion): (Forecast | null)[] {
  return own.forecasts.map((forecast, at) => {
    const other = network.forecasts[at];
    if (forecast === null || other === null) return null;
    const said = { code: 'mean-of-ranks', values: { model: own.title, rank: own.ranks[at] + 0.5, network: network.title, networkRank: network.ranks[at] + 0.5 } } as const;
    return { ...forecast, model: `${own.title} and ${network.title}`, score: (own.ranks[at] + network.ranks[at]) / 2, remarks: [said] };
  });
}
