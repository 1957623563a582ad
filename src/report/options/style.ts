/** What the page of an option chain adds to the style of the report. */
export const OPTIONS_STYLE = `
.options-page .figures { margin-bottom: 4px; }
.options-page .figures > div { border-top: 1px solid var(--line); margin-top: -1px; }
.options-page .masthead .summary { color: var(--text); font-size: 16px; }
.options-page .values dd { font-weight: 560; }
.options-page .scroll .plain th:first-child { white-space: nowrap; }
.options-page .pair + .chart-frame { margin-top: 14px; }
.options-page .scroll .plain td.wide { min-width: 220px; }
.smile-key { display: flex; flex-wrap: wrap; gap: 2px 18px; margin-bottom: 4px; color: var(--muted); font-size: 12.5px; }
.smile-key b { color: var(--text); font-weight: 600; }
.smile-key i { display: inline-block; width: 14px; height: 3px; margin-right: 6px; border-radius: 2px; vertical-align: 4px; }
@media screen and (max-width: 560px) { .options-page .scroll .plain th:first-child { white-space: normal; } }
@media print { .options-page .plain td.wide { min-width: 0; } .options-page .figures { grid-template-columns: repeat(5, 1fr); } }
`;
