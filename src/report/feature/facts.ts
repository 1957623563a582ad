import type { FeatureCard, FeatureInput } from '../../features/feature.js';
import { formatCount } from '../format.js';
import { html, type Html, type HtmlValue } from '../html.js';
import { unitMeaning } from './unit-words.js';

const INPUTS: Readonly<Record<string, string>> = {
  bars: 'adjusted bars of the instrument',
  volume: 'volume of the instrument',
  vwap: 'volume-weighted price of the instrument',
  index: 'returns of the benchmark',
  sector: 'companies of the same sector',
  members: 'all members of the universe on the session',
  calendar: 'exchange calendar',
};

const TABLES: Readonly<Record<string, string>> = { macro: 'macro series', fundamentals: 'filed quarters', earnings: 'earnings reports' };

export interface FactsInput {
  readonly card: FeatureCard;
  /** When a value can be known, in words. */
  readonly availability: string;
  readonly sets: readonly string[];
}

/** What one must know to use the feature. */
export function facts({ card, availability, sets }: FactsInput): Html {
  const meaning = unitMeaning(card.unit);
  return html`<dl class="feature-facts">
${fact('Family', card.family)}${fact('Unit', html`${card.unit}${meaning === null ? null : html` <span class="note">${meaning}</span>`}`)}
${fact('Lookback', card.lookback === 0 ? 'the session itself' : html`${formatCount(card.lookback, 'session')} <span class="note">before the first value</span>`)}
${fact('Available', availability)}${fact('Reads', card.inputs.length === 0 ? 'nothing' : html`<ul>${card.inputs.map(inputRow)}</ul>`)}
${fact('Scale', scaleText(card))}${fact('Source', card.source)}${fact('In sets', sets.length === 0 ? 'none' : html`<ul class="tags">${sets.map((name) => html`<li>${name}</li>`)}</ul>`)}
</dl>`;
}

function fact(title: string, value: HtmlValue): Html {
  return html`<div><dt>${title}</dt><dd>${value}</dd></div>
`;
}

function inputRow(input: FeatureInput): Html {
  const [kind, ...name] = input.split(':');
  const table = name.length > 0 && Object.hasOwn(TABLES, kind) ? TABLES[kind] : null;
  if (table !== null) return html`<li>${table} <span class="mono">${name.join(':')}</span></li>`;
  return html`<li>${Object.hasOwn(INPUTS, input) ? INPUTS[input] : input}</li>`;
}

function scaleText({ scale }: FeatureCard): string {
  const moved = [...(scale?.prices ? ['prices'] : []), ...(scale?.volumes ? ['volumes'] : [])];
  return moved.length === 0 ? 'the same when all prices or all volumes are multiplied by a constant' : `changes when all ${moved.join(' or ')} are multiplied by a constant`;
}
