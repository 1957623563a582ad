import { formatNumber, formatPercent, formatShortDate, MISSING } from '../format.js';
import { html, type Html } from '../html.js';
import { historyPlot } from '../feature/history-plot.js';
import { nothing } from '../sections/section.js';
import type { GraphPageInput } from './graph-page-input.js';

const HEIGHT = 190;

/** What changed since the session before, and how close the names moved over the last sessions. */
export function changePart(input: GraphPageInput): Html {
  return html`${change(input)}${history(input)}`;
}

function change({ change: given }: GraphPageInput): Html {
  if (given === null) return nothing('There is no graph of the session before.');
  const { edgeJaccard, weightRankCorrelation, treeSurvival, nodesEntered, nodesLeft } = given.numbers;
  const share = (value: number | null): string => (value === null ? MISSING : formatPercent(value, 1));
  const names = (list: readonly string[]): string => (list.length === 0 ? 'none' : list.slice(0, 8).join(', ') + (list.length > 8 ? ` and ${list.length - 8} more` : ''));
  return html`<dl class="figures change">
${figure('Edges that stayed', share(edgeJaccard), 'of those in either graph')}
${figure('Tree that survived', share(treeSurvival), 'edges of the tree before')}
${figure('Order of the weights', weightRankCorrelation === null ? MISSING : formatNumber(weightRankCorrelation, 3), 'rank correlation of common edges')}
${figure('Came', formatNumber(nodesEntered.length), names(nodesEntered))}
${figure('Went', formatNumber(nodesLeft.length), names(nodesLeft))}
</dl>`;
}

function figure(title: string, value: string, note: string): Html {
  return html`<div><dt>${title}</dt><dd class="value">${value}</dd><dd class="note">${note}</dd></div>
`;
}

function history({ history: { sessions, meanCorrelation, eigenvalueShare } }: GraphPageInput): Html | null {
  if (sessions.length < 2) return null;
  const label = `From ${formatShortDate(sessions[0])} to ${formatShortDate(sessions.at(-1)!)}: share of the common movement, ${formatNumber(eigenvalueShare.at(-1)!, 2)} on the last session, and mean correlation, ${formatNumber(meanCorrelation.at(-1)!, 2)}.`;
  const plot = historyPlot({ label, sessions, unit: 'correlation', height: HEIGHT, lines: [{ kind: 'median', values: eigenvalueShare }, { kind: 'one', values: meanCorrelation }] });
  return plot && html`<figure class="plot-frame"><p class="axis-title"><span class="key one"></span> mean correlation <span class="key median"></span> share of the largest eigenvalue</p>
${plot}</figure>`;
}
