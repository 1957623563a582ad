/** What the option chain tells on the card of a name; on paper its key figures alone. */
export const OPTIONS_CARD_STYLE = `
.card-options { grid-column: 1 / -1; padding-left: 10px; }
.card-options h4 .note { margin-left: 6px; font-size: 12px; font-weight: 400; }
.card-options dl { display: flex; flex-wrap: wrap; gap: 4px 22px; padding: 7px 0; border: solid var(--grid); border-width: 1px 0; font-size: 13px; }
.card-options dl > div { display: flex; gap: 6px; align-items: baseline; }
.card-options dt { color: var(--muted); }
.card-options dd { font-weight: 580; }
.card-options .second { display: inline; font-weight: 400; font-size: 12px; }
.small-charts { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 8px 18px; margin-top: 10px; }
.small-charts figcaption { color: var(--muted); font-size: 12px; }
.small-chart { display: block; width: 100%; height: auto; font-size: 11px; }
.small-chart text { fill: var(--muted); }
.small-chart path { fill: none; }
.small-chart .grid path { stroke: var(--grid); }
.small-chart .base path { stroke: var(--line); }
.small-chart .calls { fill: var(--up); opacity: 0.8; }
.small-chart .puts { fill: var(--down); opacity: 0.8; }
.small-chart circle { fill: var(--accent); opacity: 0.4; }
.small-chart circle.known { opacity: 1; }
.small-chart .curve { stroke: var(--accent); stroke-width: 1.8; stroke-linejoin: round; }
.small-chart .spot { stroke: var(--text); stroke-dasharray: 2 3; }
.option-signals { margin-top: 8px; }
.option-signals li { padding: 4px 0; font-size: 13.5px; line-height: 1.45; text-wrap: pretty; overflow-wrap: anywhere; }
.option-signals .badge { margin-right: 4px; }
@media screen and (max-width: 1080px) { .card-options { order: 3; padding-left: 0; } }
@media screen and (max-width: 560px) { .card-options { padding: 0 8px; } .small-charts { grid-template-columns: minmax(0, 1fr); } }
@media print {
  .card-options { grid-area: 5 / 1 / 6 / -1; padding-left: 10px; }
  .card-options dl { gap: 0 10px; padding: 0; border: 0; font-size: 7.5pt; line-height: 1.3; }
  .card-options dl::before { content: "Options"; font-weight: 620; }
  .card-options dl > div { gap: 4px; }
  .card-options :is(h4, .second, .only-screen), .small-charts, .option-signals { display: none; }
}
`;
