import type { ModelSummary } from '../recommendation/recommendation.js';
import { formatNumber } from './format.js';

/** A t below this in size is as likely as not by chance (5 %, two sides). */
const DISTINCT = 2;

/** Which model the evening stands on, and whether its ranks paid; `null` is none. */
export function modelVerdict(model: ModelSummary | null, network: ModelSummary | null): string {
  if (model === null) return 'Model: none, history does not suffice';
  const beside = network === null ? '' : `. Its ranks are averaged with those of ${network.title}; ${paidWords(network.payoff)}`;
  return `Model: ${model.title}; ${paidWords(model.payoff)}${beside}`;
}

function paidWords(payoff: ModelSummary['payoff']): string {
  if (payoff === null) return 'what its ranks paid is not known';
  const { slope, t, sessions } = payoff;
  const spread = t === null ? '' : `, t ${formatNumber(t, 1)}`;
  return `its ranks paid ${formatNumber(slope, 3)} expected deviations over ${formatNumber(sessions)} sessions${spread}${isWeak(payoff) ? ': not distinguishable from chance' : ''}`;
}

/** Whether what ranks paid may well be chance. */
export function isWeak({ t }: NonNullable<ModelSummary['payoff']>): boolean {
  return t === null || Math.abs(t) < DISTINCT;
}
