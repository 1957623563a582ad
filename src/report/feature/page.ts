import { InvariantError } from '../../core/errors.js';
import { escapeJson } from '../escape.js';
import { formatDay, formatShortDate } from '../format.js';
import { html, trusted, type Html } from '../html.js';
import { NONCE, pageHead } from '../page-head.js';
import { nothing, section } from '../sections/section.js';
import { STYLE } from '../style.js';
import { facts } from './facts.js';
import type { FeaturePageInput } from './feature-page-input.js';
import { coveragePart, distributionPart, figures, historyNote, historyPart, readers } from './parts.js';
import { READER_SCRIPT } from './session-reader.js';
import { FEATURE_STYLE } from './style.js';

export type { FeaturePageInput } from './feature-page-input.js';

/**
 * A page about one feature that needs nothing else: definition, distribution across the members (unless there is one value for all), history, coverage.
 *
 * The same input gives the same text.
 *
 * @returns an HTML document
 * @throws InvariantError when a line is not as long as the sessions
 */
export function renderFeaturePage(input: FeaturePageInput): string {
  checkLengths(input);
  const { card, asOf } = input;
  return html`<!doctype html>
<html lang="en">
${pageHead({ title: `${card.name} · feature`, description: sentence(card.describe), style: STYLE + FEATURE_STYLE })}
<body class="feature-page">
${navigation(input)}<div class="page">
<header class="masthead" id="top">
<p class="eyebrow">Feature <span aria-hidden="true">·</span> ${card.family}</p>
<h1>${card.name}</h1>
<p class="summary">${sentence(card.describe)}</p>
<figure class="formula"><figcaption class="hidden">Formula</figcaption><code>${card.formula}</code></figure>
${figures(input)}
</header>
<main id="main">
${section('definition', 'Definition', null, facts(input))}${input.marketWide ? null : section('distribution', 'Distribution', html`Across the members on <time datetime="${asOf}">${formatDay(asOf)}</time>.`, distributionPart(input) ?? nothing('No member has a value on this session.'))}${section('history', 'Over time', historyNote(input), historyPart(input) ?? nothing('No value on any of these sessions.'))}${section('coverage', 'Coverage', 'Share of the members that have a value.', coveragePart(input) ?? nothing('No sessions to count.'))}</main>
</div>
<footer class="colophon"><p>Made by ${input.generatedBy}. The same data and code make the same page. Research output, not investment advice.</p></footer>
${scripts(input)}
</body>
</html>
`.markup;
}

function checkLengths({ sessions, quantiles: { low, median, high }, coverage, series, yes }: FeaturePageInput): void {
  const lines: readonly (readonly [string, Float64Array])[] = [['quantiles.low', low], ['quantiles.median', median], ['quantiles.high', high], ['coverage', coverage], ...(yes ? [['yes', yes] as const] : []), ...(series ? [['series.values', series.values] as const] : [])];
  for (const [name, values] of lines) {
    if (values.length !== sessions.length) throw new InvariantError(`expected ${sessions.length} values, one a session, found ${values.length} in "${name}" of a feature page`);
  }
}

function sentence(text: string): string {
  const first = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}

function navigation({ asOf, marketWide }: FeaturePageInput): Html {
  const parts: readonly (readonly [string, string])[] = [['definition', 'Definition'], ...(marketWide ? [] : [['distribution', 'Distribution'] as const]), ['history', 'Over time'], ['coverage', 'Coverage']];
  return html`<a class="skip" href="#main">Skip to the definition</a>
<nav class="bar" aria-label="Parts of this page"><div class="bar-inner">
<a class="brand" href="#top"><svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true" focusable="false"><path d="M2 14.5C5 14.5 5.5 5.5 9 5.5s3.5 6 9 -1"/></svg>swinglab</a>
<span class="bar-date">${formatShortDate(asOf)}</span>
<ul>${parts.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}</ul>
</div></nav>
`;
}

function scripts(input: FeaturePageInput): Html {
  return html`<script type="application/json" id="readers">${trusted(escapeJson(readers(input)))}</script>
<script nonce="${NONCE}">${trusted(READER_SCRIPT)}</script>`;
}
