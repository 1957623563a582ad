import { EXCLUSIONS, UNPRICED, type Exclusion, type Unpriced } from '../../options/chain/clean-rows.js';
import { formatEvidence } from '../../options/intelligence/evidence.js';
import type { DetectedSignal } from '../../options/intelligence/signal.js';
import { formatCount, formatFeature, formatNumber, MISSING } from '../format.js';
import { html, type Html, type HtmlValue } from '../html.js';
import { nothing, plainTable, type Column } from '../sections/section.js';
import type { ChainFeature, ChainView } from './chain-view.js';

const SIGNAL_COLUMNS: readonly Column[] = [['Signal', 'mono'], ['What it says', 'wide'], ['Direction', 'text'], ['Strength', 'number'], ['Confidence', 'number'], ['Sessions', 'number'], ['Evidence', 'wide']];

/** Colours of directions: those of buying, selling and of what is between. */
const BADGES: Readonly<Record<DetectedSignal['direction'], string>> = { up: 'enter', down: 'exit', volatile: 'reduce', neutral: 'hold' };

/** What signals say, with the numbers behind them. */
export function signalTable(signals: readonly DetectedSignal[]): Html {
  if (signals.length === 0) return nothing('No signal has anything to say of this session.');
  return plainTable('Signals', SIGNAL_COLUMNS, signals.map((one): readonly HtmlValue[] => [
    one.signal, one.sentence, directionBadge(one.direction), formatNumber(one.strength, 2), formatNumber(one.confidence, 2), formatNumber(one.horizon), evidenceList(one),
  ]));
}

export function directionBadge(direction: DetectedSignal['direction']): Html {
  return html`<span class="badge ${BADGES[direction]}">${direction}</span>`;
}

function evidenceList({ evidence, units }: DetectedSignal): Html {
  return html`<dl class="values">${Object.entries(evidence).map(([name, value]) => html`<div><dt>${name}</dt><dd>${formatEvidence(value, units[name])}</dd></div>`)}</dl>`;
}

const FEATURE_COLUMNS: readonly Column[] = [['Feature', 'mono'], ['Value', 'number'], ['What it is', 'wide'], ['Window', 'text']];

/** The features of the session with what they mean; why there is none where there is none. */
export function featureTable(features: readonly ChainFeature[]): Html {
  return plainTable('Features', FEATURE_COLUMNS, features.map(({ name, describe, unit, value, support, missing }): readonly HtmlValue[] => [
    name, value === null ? MISSING : formatFeature(value, unit), describe.replaceAll('NaN', 'no value'), missing === null ? (support === null ? '' : formatCount(support, 'session')) : html`<span class="unknown">${missing}</span>`,
  ]));
}

const LEFT_COLUMNS: readonly Column[] = [['Reason', 'mono'], ['Contracts', 'number'], ['What it means', 'wide']];

/** Rows that do not count, and contracts without a volatility of their own, by reason. */
export function leftOutTable({ panel: { quality } }: Pick<ChainView, 'panel'>): Html {
  const rows = [...counted(quality.excluded, EXCLUSIONS, 'does not count'), ...counted(quality.unpriced, UNPRICED, 'counts, without a volatility of its own')];
  if (rows.length === 0) return nothing('Every row counts and has a usable price.');
  return plainTable('What was left out', LEFT_COLUMNS, rows);
}

function counted<Reason extends Exclusion | Unpriced>(counts: Readonly<Record<Reason, number>>, words: Readonly<Record<Reason, string>>, fate: string): (readonly HtmlValue[])[] {
  const reasons = (Object.keys(words) as Reason[]).filter((reason) => counts[reason] > 0).sort((a, b) => counts[b] - counts[a]);
  return reasons.map((reason) => [reason, formatNumber(counts[reason]), html`${words[reason]} <span class="note">(${fate})</span>`]);
}
