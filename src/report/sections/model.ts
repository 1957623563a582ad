import type { ModelSummary, RecommendationDocument } from '../../recommendation/recommendation.js';
import { formatCount, formatDay, formatNumber } from '../format.js';
import { html, type Html } from '../html.js';
import { isWeak } from '../model-words.js';
import { nothing, plainTable, section } from './section.js';

const ORIGINS: Readonly<Record<ModelSummary['origin'], string>> = {
  trained: 'trained in this project',
  released: 'released with the package',
  evening: 'measured on the past sessions of this evening',
};

/** What the expected returns come from, and how it did on sessions that it had not learnt from. */
export function modelPart({ model, network, notices }: RecommendationDocument): Html {
  const told = notices.length === 0 ? null : html`<ul>${notices.map((notice) => html`<li>${notice}</li>`)}</ul>`;
  if (model === null) return section('model', 'Model', 'What expected returns come from.', html`${told}${nothing('History does not suffice for expected returns.')}`);
  const beside = network === null ? null : html`<p>The score of a name is the mean of two ranks: that of the model above and that of a network.</p>${modelTable('Network', network)}`;
  return section('model', 'Model', 'What expected returns come from.', html`${told}${modelTable('Model', model)}${beside}`);
}

function modelTable(what: string, model: ModelSummary): Html {
  const rows: readonly (readonly [string, string])[] = [
    [what, `${model.title}: ${model.describe}`],
    ['Origin', ORIGINS[model.origin]],
    ['Foretells', `${model.label}; from ${formatCount(model.features, 'feature')}`],
    ['Learnt from', learntWords(model)],
    ['Usable from', `${formatDay(model.usableFrom)}: all that was used was known then`],
    ['On sessions kept back', validationWords(model)],
    ['What its ranks paid', payoffWords(model)],
  ];
  return plainTable(what, [['what', 'text'], ['value', 'wide']], rows);
}

function learntWords({ trainedFrom, learntThrough, trainedThrough, samples, sessions }: ModelSummary): string {
  const kept = learntThrough === trainedThrough ? '' : `; what follows, to ${formatDay(trainedThrough)}, was kept back to judge and calibrate it`;
  return `${formatDay(trainedFrom)} to ${formatDay(learntThrough)}${kept}. ${formatCount(samples, 'outcome')} of ${formatCount(sessions, 'session')} in all`;
}

function validationWords({ validation }: ModelSummary): string {
  if (validation === null || validation.rankIc === null) return 'nothing was kept back to judge it on';
  return `rank correlation with what came ${formatNumber(validation.rankIc, 3)} over ${formatCount(validation.sessions, 'session')}${validation.t === null ? '' : `, t ${formatNumber(validation.t, 1)}`}${validation.chose ? '; they also chose its settings, which flatters this' : ''}`;
}

function payoffWords({ payoff }: ModelSummary): string {
  if (payoff === null) return 'too few outcomes to say';
  const weak = isWeak(payoff) ? ': not distinguishable from chance' : '';
  return `${formatNumber(payoff.slope, 3)} expected deviations of the return from the lowest rank to the highest, over ${formatCount(payoff.sessions, 'session')}${payoff.t === null ? '' : `, t ${formatNumber(payoff.t, 1)}`}${weak}. The middle rank earned ${formatNumber(payoff.drift, 3)}${payoff.driftT === null ? '' : `, t ${formatNumber(payoff.driftT, 1)}`}: the market, not the model`;
}
