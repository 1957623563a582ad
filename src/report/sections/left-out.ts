import type { RecommendationDocument } from '../../recommendation/recommendation.js';
import { formatCount, formatNumber } from '../format.js';
import { html, type Html } from '../html.js';
import { listedName, listedText, type ListedSymbols } from '../listed-name.js';
import { nothing, section, symbolList } from './section.js';

type Group = RecommendationDocument['leftOut'][number];

/** Reasons of one rule that are not folded away. */
const OPEN_REASONS = 3;

/** Members that were not considered, by reason, the most frequent first; those that a risk rule refused under that rule, however it put it. */
export function leftOutPart({ leftOut, symbols }: RecommendationDocument): Html {
  if (leftOut.length === 0) return section('left-out', 'Left out', null, nothing('Every member was considered.'));
  const rules = [...new Set(leftOut.map(({ rule }) => rule).filter((rule) => rule !== null))];
  const items = [...leftOut.filter(({ rule }) => rule === null).map((group) => reasonGroup(group, symbols)), ...rules.map((rule) => ruleGroup(rule, leftOut.filter((group) => group.rule === rule), symbols))];
  const sorted = items.sort((a, b) => b.count - a.count);
  const total = items.reduce((sum, { count }) => sum + count, 0);
  return section('left-out', 'Left out', `${formatCount(total, 'member')} not considered, by reason.`, html`<ul class="groups">${sorted.map(({ shown }) => shown)}</ul>`);
}

interface Item {
  readonly count: number;
  readonly shown: Html;
}

function reasonGroup({ reason, symbols: instruments }: Group, symbols: ListedSymbols): Item {
  const names = instruments.map((instrument) => listedName(symbols, instrument));
  return { count: names.length, shown: html`<li><p><span class="group-count">${formatNumber(names.length)}</span> ${listedText(symbols, reason)}</p>${symbolList(names, 16)}</li>
` };
}

/** One line for the rule; what it said of each name unfolds where it said much. */
function ruleGroup(rule: string, groups: readonly Group[], symbols: ListedSymbols): Item {
  const names = groups.flatMap((group) => group.symbols).map((instrument) => listedName(symbols, instrument)).sort();
  const reasons = groups.map((group) => html`<li><strong>${group.symbols.map((instrument) => listedName(symbols, instrument)).join(', ')}</strong> ${listedText(symbols, group.reason)}</li>
`);
  const list = html`<ul class="lines">${reasons}</ul>`;
  const told = reasons.length <= OPEN_REASONS ? list : html`<details><summary>What it said of each</summary>${list}</details>`;
  return { count: names.length, shown: html`<li><p><span class="group-count">${formatNumber(names.length)}</span> <span>refused by the risk rule <span class="mono">${rule}</span></span></p>${reasons.length <= OPEN_REASONS ? null : symbolList(names, 16)}${told}</li>
` };
}
