/** What the page of a backtest adds to the style of the report and of an evaluation. */
export const BACKTEST_STYLE = `
.backtest-page .masthead .summary { margin-top: 10px; }
.backtest-page .masthead .summary strong { font-weight: 620; }
.backtest-page .part > h3 { margin: 26px 0 10px; }
.backtest-page .part-head .note { max-width: 110ch; }
.backtest-page .part > .chart-frame, .backtest-page .part > .pair, .backtest-page .part > .columns { margin-top: 14px; }
.backtest-page .part-head + .chart-frame, .backtest-page .part-head + .pair { margin-top: 0; }
.print-only { display: none; }

.verdict-card { padding: 20px 22px 16px; border: 1px solid var(--line); border-radius: 12px; background: var(--surface); }
.verdict-card .says { font-size: 20px; font-weight: 620; letter-spacing: -0.015em; line-height: 1.3; text-wrap: balance; }
.verdict-card .means { max-width: 92ch; margin-top: 8px; color: var(--muted); text-wrap: pretty; overflow-wrap: anywhere; }
.sharpe-scale { margin: 18px 0 4px; padding: 26px 0 24px; font-size: 12px; }
.sharpe-scale .line { position: relative; height: 2px; border-radius: 1px; background: var(--line); }
.sharpe-scale .line > span { position: absolute; }
.sharpe-scale .reach { top: -2px; height: 6px; border-radius: 3px; background: var(--accent); opacity: 0.3; }
.sharpe-scale .dot { top: -5px; width: 12px; height: 12px; margin-left: -6px; border: 2px solid var(--surface); border-radius: 50%; background: var(--accent); }
.sharpe-scale .dot > span { position: absolute; top: 16px; left: 50%; transform: translateX(-50%); color: var(--text); font-weight: 650; white-space: nowrap; }
.sharpe-scale .end { top: 9px; padding: 0 6px; color: var(--muted); white-space: nowrap; }
.sharpe-scale .tick { top: -9px; width: 1.5px; height: 20px; background: var(--muted); }
.sharpe-scale .tick.lucky { background: var(--caution); }
.sharpe-scale .tick > span { position: absolute; top: -19px; color: var(--muted); white-space: nowrap; }
.sharpe-scale .tick.none > span { right: -3px; }
.sharpe-scale .tick.lucky > span { left: -3px; color: var(--caution); }
.luck-table { margin-top: 14px; }
.luck-table .plain tbody th.text { min-width: 150px; overflow-wrap: normal; }
.luck-table .plain td.wide { white-space: normal; text-wrap: pretty; }
.luck-table .plain td.number { font-weight: 600; }
.luck-table .plain td.text:last-child { min-width: 150px; color: var(--muted); font-size: 12.5px; }

.legend { display: flex; flex-wrap: wrap; gap: 2px 16px; color: var(--muted); font-size: 12.5px; overflow-wrap: anywhere; }
.legend i { display: inline-block; width: 16px; margin-right: 6px; border-top: 2.5px solid; vertical-align: 4px; }
.legend i.dot { border-top-style: dotted; }
.chart-head { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 4px 16px; }
.chart-head:empty { display: none; }
.switch { display: inline-flex; margin-left: auto; padding: 2px; border-radius: 7px; background: var(--raised); }
.backtest-page button { border: 0; background: none; color: inherit; font: inherit; letter-spacing: inherit; cursor: pointer; }
.switch button { padding: 2px 9px; border-radius: 5px; color: var(--muted); font-size: 12px; }
.switch button[aria-pressed="true"] { background: var(--surface); color: var(--text); }

.facts-panel { margin-top: 14px; }
.part-head + .facts-panel { margin-top: 0; }
.facts-panel .facts { grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 0 36px; }
.facts-panel .facts > div { border: 0; }
.facts-panel dt { white-space: normal; }
.facts-panel dd { white-space: nowrap; }
.stack { display: grid; gap: 14px; align-content: start; }
.tight .plain tbody th { font-weight: 500; white-space: normal; }
.tight .plain tbody th.text { overflow-wrap: break-word; }
@media screen and (min-width: 561px) { .trades tbody th, .trades tbody td { padding-top: 7px; padding-bottom: 7px; } .tight .plain tbody th, .tight .plain tbody td { padding-top: 6px; padding-bottom: 6px; border-color: var(--grid); } }
.tight .plain thead th { white-space: normal; vertical-align: bottom; }

.months { table-layout: fixed; min-width: 760px; font-size: 12.5px; }
.months th:first-child { width: 76px; }
.months tr > :nth-last-child(-n + 2):not(:nth-child(-n + 13)) { width: 84px; overflow: hidden; text-overflow: ellipsis; }
.months thead th { overflow: hidden; text-overflow: ellipsis; }
.months thead th, .months tbody th, .months tbody td { padding: 6px 7px; border: 0; white-space: nowrap; }
.months thead th { padding-top: 9px; }
.months thead th:first-child { padding-left: 18px; }
.months tr > :last-child { padding-right: 18px; }
.months tbody th { padding-left: 18px; font-weight: 600; }
.months tbody td { border: 1px solid var(--surface); }
.months tbody tr:last-child > * { padding-bottom: 9px; }
.months .won { background: color-mix(in srgb, var(--up) var(--heat), transparent); }
.months .lost { background: color-mix(in srgb, var(--down) var(--heat), transparent); }
.months .whole { font-weight: 650; }
.months .beside { color: var(--muted); }

.tools { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 18px; margin-bottom: 10px; color: var(--muted); font-size: 13px; }
.tools label { display: inline-flex; align-items: center; gap: 8px; min-width: 0; max-width: 100%; }
.tools input, .tools select { min-width: 0; padding: 5px 9px; border: 1px solid var(--line); border-radius: 7px; background: var(--surface); color: var(--text); font: inherit; }
.tools input { width: 130px; }
.tools select { max-width: 100%; text-overflow: ellipsis; }
.tools #trade-sum { margin-left: auto; }
.trades thead button { padding: 0; color: var(--muted); font-size: 12px; }
.trades thead button:hover { color: var(--text); }
.trades [aria-sort="ascending"] button::after { content: " ↑"; }
.trades [aria-sort="descending"] button::after { content: " ↓"; }
.trades .trade { cursor: pointer; }
.trades .trade:hover { background: var(--raised); }
.trades tbody th button { padding: 0; font-weight: 620; }
.trades tbody th button::before { content: ""; display: inline-block; width: 5px; height: 5px; margin: 0 9px 2px 1px; border: solid var(--muted); border-width: 0 1.5px 1.5px 0; transform: rotate(-45deg); }
.trades tbody th button[aria-expanded="true"]::before { transform: rotate(45deg) translate(-1px, -1px); }
.trades .detail td { padding: 4px 18px 12px; border-top: 0; white-space: normal; }
.trades .detail .chart { height: 300px; margin-top: 6px; }
.pager { display: flex; align-items: center; justify-content: flex-end; gap: 14px; margin-top: 10px; color: var(--muted); font-size: 13px; }
.pager button { padding: 4px 12px; border: 1px solid var(--line); border-radius: 7px; background: var(--surface); color: var(--text); }
.pager button:disabled { opacity: 0.45; cursor: default; }
.remark.before { margin: 0 0 14px; max-width: 100ch; text-wrap: pretty; }
.backtest-page .scroll + .chart-frame, .backtest-page .scroll + .pair { margin-top: 14px; }

@media screen and (max-width: 940px) { .facts-panel .facts { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } }
@media screen and (max-width: 560px) {
  .facts-panel .facts { grid-template-columns: minmax(0, 1fr); }
  .verdict-card { padding: 16px 16px 12px; }
  .verdict-card .says { font-size: 17px; }
  .sharpe-scale { padding-bottom: 62px; }
  .sharpe-scale .tick.lucky > span { top: 42px; left: 50%; width: 180px; transform: translateX(-50%); text-align: center; white-space: normal; line-height: 1.3; }
  .luck-table .plain tr { grid-template-columns: minmax(0, 1fr) auto; gap: 3px 12px; }
  .luck-table .plain tbody th { grid-column: 1; min-width: 0; }
  .luck-table .plain td.number { grid-column: 2; text-align: right; white-space: nowrap; }
  .luck-table .plain td.wide, .luck-table .plain td.text:last-child { grid-column: 1 / -1; max-width: none; }
  .luck-table .plain td[data-label]::before { content: none; }
  .few .plain { display: table; }
  .few .plain thead { position: static; display: table-header-group; width: auto; height: auto; overflow: visible; clip-path: none; }
  .few .plain tbody { display: table-row-group; }
  .few .plain tr { display: table-row; }
  .few .plain tbody th, .few .plain tbody td { display: table-cell; padding: 6px; }
  .few .plain tbody td.number { text-align: right; white-space: nowrap; }
  .few .plain tr > :first-child { padding-left: 14px; }
  .few .plain tr > :last-child { padding-right: 14px; }
  .few .plain td[data-label]::before { content: none; }
  .months, .months tbody { display: block; min-width: 0; }
  .months thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .months tbody tr { display: grid; grid-template-columns: repeat(6, minmax(0, 1fr)); padding: 8px 10px; }
  .months tbody tr + tr { border-top: 1px solid var(--line); }
  .months tbody th { grid-column: 1 / 3; padding: 4px 6px; }
  .months tbody td { padding: 2px 6px 4px; text-align: right; }
  .months tbody td::before { content: attr(data-label); display: block; color: var(--muted); font-size: 10.5px; font-weight: 400; }
  .months tbody .whole { grid-area: 1 / 3 / 2 / 5; }
  .months tbody .beside { grid-area: 1 / 5 / 2 / 7; }
  .tools #trade-sum { width: 100%; margin: 0; }
  .trades thead { position: static; display: block; width: auto; height: auto; overflow: visible; clip-path: none; }
  .trades thead tr { display: flex; flex-wrap: wrap; gap: 2px 14px; padding: 10px 16px; border-bottom: 1px solid var(--line); }
  .trades thead th { display: block; padding: 3px 0; }
  .trades .trade { padding-top: 10px; padding-bottom: 10px; }
  .trades tbody td:is(:nth-child(5), :nth-child(6), :nth-child(7)) { display: none; }
  .trades .detail { display: block; padding: 0 8px 12px; }
  .trades .detail td { padding: 0; }
}
@media print {
  .print-only { display: block; margin-bottom: 6px; }
  .verdict-card { padding: 10px 14px 8px; break-inside: avoid; }
  .verdict-card .says { font-size: 12pt; }
  .luck-table .plain td.number { white-space: normal; }
  .luck-table .plain td.text:last-child { min-width: 0; font-size: 7pt; }
  .chart-frame { padding: 8px 12px 4px; }
  .backtest-page .chart { min-height: 0 !important; height: 230px; }
  .pair.tight { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
  .months { min-width: 0; font-size: 7pt; }
  .months th:first-child, .months tr > :nth-last-child(-n + 2):not(:nth-child(-n + 13)) { width: auto; }
  .months thead th:first-child, .months tbody th { padding-left: 10px; }
  .months tr > :last-child { padding-right: 10px; }
  .months thead th { overflow: hidden; text-overflow: ellipsis; }
.months thead th, .months tbody th, .months tbody td { padding: 2px 4px; }
  .trades thead button { font-size: 7pt; }
  .trades tbody th button::before, .backtest-page .screen-only { display: none; }
}
`;
