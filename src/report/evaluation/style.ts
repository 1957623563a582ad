/** What the page of an evaluation adds to the style of the report. */
export const EVALUATION_STYLE = `
.evaluation-page .masthead { padding-bottom: 0; }
.evaluation-page .masthead .summary { max-width: 86ch; color: var(--text); font-size: 16px; text-wrap: pretty; overflow-wrap: anywhere; }
.evaluation-page .masthead .eyebrow { overflow-wrap: anywhere; }
.evaluation-page h1 { overflow-wrap: anywhere; }
.evaluation-page .caveats { margin-top: 28px; }
.chart-frame { padding: 16px 18px 8px; border: 1px solid var(--line); border-radius: 12px; background: var(--surface); }
.chart-frame h3 { margin: 0 0 4px; }
.chart-frame .chart { height: auto; }
.chart-frame + .scroll, .pair + .scroll, .chart-frame + .chart-frame, .chart-frame + .pair { margin-top: 14px; }
.pair { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 14px; align-items: start; }
.pair > .chart-frame { margin-top: 0; }
.remark { margin-top: 10px; color: var(--muted); font-size: 13px; }
.evaluation-page .scroll .plain th:first-child { white-space: normal; overflow-wrap: anywhere; }
@media screen and (max-width: 940px) { .pair { grid-template-columns: minmax(0, 1fr); } }
@media screen and (max-width: 560px) { .chart-frame { padding: 12px 8px 4px; } .chart-frame h3 { padding: 0 6px; } }
@media print { .chart-frame { break-inside: avoid; } .pair > .chart-frame { grid-area: auto; } .pair { grid-template-columns: minmax(0, 1fr); } }
`;
