/** Pixels of the chart of equity; its box is kept free before it is drawn. */
export const EQUITY_HEIGHT = 290;

/** What changed, the book, the risk rules and the track record. */
export const BOOK_STYLE = `
.changes { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr)); gap: 18px 32px; padding: 16px 18px; border: 1px solid var(--line); border-radius: 12px; background: var(--surface); }
.changes h3 { margin-bottom: 6px; }
.changes .unit { font-weight: 400; }
.lines li { padding: 2px 0; font-size: 13.5px; overflow-wrap: anywhere; text-wrap: pretty; }
.moves { display: flex; flex-wrap: wrap; gap: 2px 16px; font-size: 13.5px; }
.moves li { overflow-wrap: anywhere; }
.tags a { text-decoration: none; }
.tags a:hover { text-decoration: underline; }

.part > .figures { margin-top: 0; }
.book-pair { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 14px; margin: 14px 0; }
.panel { min-width: 0; padding: 14px 18px; border: 1px solid var(--line); border-radius: 12px; background: var(--surface); }
.panel h3 { margin-bottom: 8px; }
.panel h3 .unit { margin-left: 6px; font-weight: 400; }
.panel > .note { font-size: 12px; }
.chart.equity { height: ${EQUITY_HEIGHT}px; }
.sector-bars li { display: grid; grid-template-columns: minmax(0, 1fr) minmax(40px, 1fr) 52px; align-items: center; gap: 12px; padding: 5px 0; font-size: 13px; overflow-wrap: anywhere; }
.sector-bars .track { height: 6px; }
.sector-bars strong { font-weight: 600; text-align: right; }
.part > h3 + .nothing { margin-top: 0; }
.plain a { text-decoration: none; }
.plain a:hover { text-decoration: underline; }

.conflicts { margin-bottom: -14px; padding: 14px 18px 15px; border: 1px solid var(--down); border-radius: 12px; background: var(--down-soft); }
.conflicts h2 { margin-bottom: 5px; color: var(--down); font-size: 15px; }
.conflicts li, .conflict-list li { padding: 2px 0; font-size: 13.5px; overflow-wrap: anywhere; text-wrap: pretty; }
.conflict-list { margin-bottom: 12px; padding: 10px 18px; border: 1px solid var(--down); border-radius: 12px; background: var(--down-soft); }
.conflict-list strong, .broken { color: var(--down); font-weight: 620; }
.plain td.meters { width: 170px; min-width: 150px; }
.limit { position: relative; display: block; height: 6px; margin: 3px 0; border-radius: 3px; background: var(--raised); }
.limit > span { display: block; height: 100%; border-radius: 3px; background: var(--accent); }
.limit.wanted > span { opacity: 0.45; }
.limit::after { content: ""; position: absolute; left: 75%; top: -2px; width: 1.5px; height: 10px; background: var(--muted); }
.limit.over > span { background: var(--down); }

.not-known { display: block; color: var(--caution); font-size: 12.5px; font-weight: 580; white-space: normal; }
.limit.unsure > span { background: var(--muted); opacity: 0.4; }

.verdict { margin-bottom: 14px; font-size: 15px; }
.verdict li { padding: 1px 0; text-wrap: pretty; }
.verdict + .figures { margin-bottom: 14px; }
.range .axis { stroke: var(--line); stroke-width: 1; }
.conflicts + .notices { margin-top: 28px; }
.caveats.notices ul { columns: 1; }
main > .caveats { margin-top: 24px; }
@media screen and (max-width: 940px) { .book-pair { grid-template-columns: minmax(0, 1fr); } .caveats.notices ul { columns: 1; } }
@media screen and (max-width: 560px) { .changes, .panel { padding: 13px 14px; } .plain td.meters { width: auto; min-width: 0; grid-column: 1 / -1; } }
`;
