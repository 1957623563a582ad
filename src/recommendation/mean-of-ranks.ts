import type { Evidence } from '../strategy/evidence.js';
import type { Driver, Forecast } from '../strategy/view.js';
import type { Opinion } from './opinion.js';

/**
 * The forecasts of a model and a network as one: the score is the mean of the two centred ranks, expected return and interval the means of theirs
 * where both look as far ahead; of whom one of them says nothing, nothing is said. What moved the score is told of each by itself.
 */
export function meanOfRanks(own: Opinion, network: Opinion): (Forecast | null)[] {
  return own.forecasts.map((forecast, at) => {
    const other = network.forecasts[at];
    if (forecast === null || other === null) return null;
    const told: Evidence[] = [
      { code: 'mean-of-ranks', values: { model: own.title, rank: own.ranks[at] + 0.5, network: network.title, networkRank: network.ranks[at] + 0.5 } },
      ...other.drivers.slice(0, 1).map((driver) => networkDriver(network.title, driver)),
      ...(other.remarks ?? []),
    ];
    const both = own.horizon === network.horizon ? meanReturns(forecast, other) : {};
    return { ...forecast, ...both, model: `${own.title} and ${network.title}`, score: (own.ranks[at] + network.ranks[at]) / 2, rest: null, remarks: [...(forecast.remarks ?? []), ...told] };
  });
}

function meanReturns(one: Forecast, other: Forecast): Pick<Forecast, 'expectedReturn' | 'edge' | 'interval'> {
  const mean = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : (a + b) / 2);
  const interval: Forecast['interval'] = one.interval === null || other.interval === null ? null : [(one.interval[0] + other.interval[0]) / 2, (one.interval[1] + other.interval[1]) / 2];
  return { expectedReturn: mean(one.expectedReturn, other.expectedReturn), edge: mean(one.edge, other.edge), interval };
}

function networkDriver(network: string, { feature, value, rank, contribution, share }: Driver): Evidence {
  return { code: 'network-driver', values: { network, feature, contribution, share, ...(value === null ? {} : { value }), ...(rank === null ? {} : { rank }) } };
}
