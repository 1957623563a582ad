/** What the page of a feature adds to the style of the report: formula, plots, facts. */
export const FEATURE_STYLE = `
.feature-page .page, .feature-page .bar-inner, .feature-page .colophon { max-width: 1016px; }
.feature-page .bar ul { display: flex; }
.feature-page .bar-date { margin-left: 0; }
.feature-page h1 { overflow-wrap: anywhere; }
.feature-page .masthead { padding-bottom: 0; }
.feature-page .figures { grid-template-columns: repeat(4, auto); margin-top: 14px; }
.figures .to { color: var(--muted); font-size: 14px; font-weight: 400; letter-spacing: 0; }
.figures .value { overflow-wrap: anywhere; }
.formula { margin-top: 22px; padding: 18px 20px; border-radius: 12px; background: var(--accent-soft); overflow-x: auto; }
.formula code { color: var(--text); font-size: 17px; line-height: 1.6; white-space: pre-wrap; overflow-wrap: anywhere; }

.plot-frame { padding: 16px 18px 12px; border: 1px solid var(--line); border-radius: 12px; background: var(--surface); }
.plot-frame[data-reader] { touch-action: pan-y; }
.plot { display: none; width: 100%; height: auto; overflow: visible; font-size: 12px; font-variant-numeric: tabular-nums; }
.plot.wide { display: block; }
.plot path { fill: none; stroke-linecap: round; stroke-linejoin: round; }
.plot text { fill: var(--muted); }
.plot .grid path { stroke: var(--grid); }
.plot .base path { stroke: var(--line); stroke-linecap: butt; }
.plot .bars rect { fill: var(--accent); opacity: 0.38; }
.plot .bars rect:hover { opacity: 0.7; }
.plot path.median { stroke: var(--muted); }
.plot path.median:not(.line) { stroke-dasharray: 3 4; }
.plot path.mark { stroke: var(--accent); stroke-width: 1.5; }
.plot text.median, .plot text.mark { paint-order: stroke; stroke: var(--surface); stroke-width: 4px; stroke-linejoin: round; }
.plot text.mark { fill: var(--accent); font-weight: 600; }
.plot .band { fill: var(--volume); stroke: var(--volume); stroke-width: 1; opacity: 0.5; }
.plot .line { stroke-width: 1.75; }
.plot .line.one { stroke: var(--accent); }
.plot .line.share { stroke: var(--up); }
#coverage .band { fill: var(--up-soft); stroke: none; opacity: 1; }
.plot .cross { display: none; stroke: var(--text); stroke-width: 1; opacity: 0.55; }
[data-crossed] .plot .cross { display: block; }
.axis-title { color: var(--muted); font-size: 12px; }
.plot-frame figcaption { margin-top: 6px; color: var(--muted); font-size: 12.5px; text-wrap: pretty; overflow-wrap: anywhere; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 20px; margin-bottom: 10px; font-size: 13px; }
.legend li { overflow-wrap: anywhere; }
.legend b { font-weight: 620; white-space: nowrap; }
.legend .at { margin-left: auto; color: var(--muted); }
.swatch { display: inline-block; width: 14px; height: 3px; margin-right: 7px; border-radius: 2px; vertical-align: 4px; background: var(--muted); }
.swatch.one { background: var(--accent); }
.swatch.share { background: var(--up); }
.swatch.band { height: 10px; vertical-align: 0; background: var(--volume); opacity: 0.6; }

.feature-facts { display: grid; grid-template-columns: 1fr 1fr; gap: 0 40px; padding: 6px 20px; border: 1px solid var(--line); border-radius: 12px; background: var(--surface); }
.feature-facts > div { display: grid; grid-template-columns: 84px minmax(0, 1fr); gap: 16px; padding: 9px 0; border-bottom: 1px solid var(--grid); }
.feature-facts > div:nth-last-child(-n + 2) { border-bottom: 0; }
.feature-facts dt { color: var(--muted); }
.feature-facts dd { overflow-wrap: anywhere; text-wrap: pretty; }
.feature-facts .note { margin-left: 6px; font-size: 13px; }

@media screen and (max-width: 760px) {
  .plot.wide { display: none; }
  .plot.medium { display: block; }
  .feature-facts { grid-template-columns: minmax(0, 1fr); }
  .feature-facts > div:nth-last-child(2) { border-bottom: 1px solid var(--grid); }
  .feature-page .figures { grid-template-columns: 1fr 1fr; }
  .feature-page .figures > div:last-child { grid-column: auto; }
}
@media screen and (max-width: 560px) {
  .plot.medium { display: none; }
  .plot.narrow { display: block; max-width: 480px; }
  .plot-frame { padding: 12px 12px 8px; }
  .formula { padding: 14px 16px; }
  .formula code { font-size: 15px; }
  .feature-page .figures .value { font-size: 17px; }
  .legend .at { width: 100%; margin: 0; order: -1; }
  .feature-facts { padding: 4px 16px; }
}
@media print {
  [data-crossed] .plot .cross { display: none; }
  .plot-frame, .formula, .feature-facts > div { break-inside: avoid; }
  .formula { padding: 10px 14px; }
  .formula code { font-size: 11pt; }
  .feature-page .figures { grid-template-columns: repeat(4, auto); }
  .legend, .feature-facts { font-size: 9pt; }
  .feature-facts > div { padding: 5px 0; }
}
`;
