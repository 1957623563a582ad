/** Paper, which has what is acted on and what that rests on: no navigation, no parts to look things up in, cards of what is to be bought only. */
export const PAPER_STYLE = `
@media print {
  @page { size: A4; margin: 12mm; }
  body { background: #fff; font-size: 8.5pt; line-height: 1.4; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  .bar, .skip, .screen-only, #names:not(:has(.card:not(.screen-only))) { display: none; }
  .evening-page :is(#changes, #universe, #quality, #model, #features, #left-out, #sources) { display: none; }
  .page, .colophon { max-width: none; padding: 0; }
  .masthead { padding: 0 0 12px; }
  h1 { margin: 4px 0; font-size: 20pt; }
  h2 { font-size: 13pt; }
  h3 { font-size: 10pt; }
  .summary, .stands-on { font-size: 9pt; }
  .figures { margin-top: 12px; }
  .figures .value { font-size: 13pt; }
  .figures > div { padding: 6px 10px; }
  .figures .note, .figures dt, .part-head .note, .unit, .second, .size-note, .panel > .note, .renamed { font-size: 7.5pt; }
  .part { padding-top: 18px; }
  .part-head { margin-bottom: 8px; }
  .caveats li { font-size: 8pt; }

  .actions, .actions .second, .actions .unit, .expected .edge, .actions thead th, .who .company { font-size: 7.5pt; line-height: 1.35; }
  .actions thead th:last-child, .spark, .who .sector, .actions .range { display: none; }
  .actions, .actions thead, .actions tbody { display: block; }
  .actions tr { display: grid; grid-template-columns: 1.5fr 0.62fr 1fr 0.75fr 0.85fr 0.75fr 0.75fr 0.8fr 1.5fr; border-top: 1px solid var(--line); }
  .actions thead tr { border-top: 0; }
  .actions tbody + tbody tr:first-child { border-top-width: 2px; }
  .actions th, .actions td, .actions tbody th, .actions tbody td { min-width: 0; padding: 4px; border: 0; }
  .actions tr > :first-child { padding-left: 10px; }
  .actions tbody .why { grid-column: 1 / -1; padding: 0 10px 4px; font-size: 8pt; line-height: 1.3; }
  .actions .who { max-width: none; }
  .who a { font-size: 9.5pt; }
  .badge { font-size: 7.5pt; }
  .meter { width: 48px; }

  .scroll { overflow: visible; }
  .plain { font-size: 7.5pt; }
  .plain thead th, .plain tbody th, .plain tbody td { padding: 2px 5px; }
  .plain tr > :first-child { padding-left: 10px; }
  .plain tr > :last-child { padding-right: 10px; }
  .plain td, .plain td.text, .plain tbody th { white-space: normal; overflow-wrap: break-word; }
  .plain td.number { white-space: nowrap; }
  .plain .unit { font-size: 7pt; }
  .plain td.mono, .plain tbody th.mono, .policy { font-size: 7.5pt; line-height: inherit; }
  .plain td.wide { min-width: 0; }
  .plain td.meters { width: 80px; min-width: 60px; }
  [aria-label="Held positions"] :is(th:nth-child(7), td:nth-child(7), th:nth-child(11), td:nth-child(11)) { display: none; }
  .not-known { font-size: 7.5pt; }

  .book-pair { grid-template-columns: minmax(0, 1fr); gap: 10px; margin: 10px 0; }
  .panel { padding: 8px 12px; }
  .chart.equity { height: 200px; }
  .sector-bars { columns: 2; column-gap: 32px; }
  .sector-bars li { padding: 1px 0; font-size: 8pt; break-inside: avoid; }

  #names { padding-top: 0; break-before: page; }
  #names .part-head .note { display: none; }
  .card + .card { margin-top: 10px; }
  .card > details > summary { display: flex; padding: 6px 12px 0; }
  .card > details > summary::before { display: none; }
  .card .symbol, .card .price { font-size: 11pt; }
  .card h3 { font-size: 10pt; }
  .card-body { grid-template-columns: 384px minmax(0, 1fr); gap: 0 14px; padding: 2px 12px 8px 8px; }
  .card-main, .card-side { display: contents; }
  .card .chart { height: 160px; }
  .facts { grid-area: 1 / 1 / 2 / -1; grid-template-columns: repeat(4, auto); gap: 0 16px; padding-left: 10px; }
  .facts > div { padding: 1.5px 0; }
  .facts dt, .facts dd { font-size: 7.5pt; }
  .facts .whole { grid-column: auto; }
  .facts .outlook { grid-column: span 2; }
  .facts .outlook dd { flex-direction: row; gap: 6px; }
  .chart-frame, .chart-missing { grid-area: 2 / 1; }
  .card-under { display: block; grid-area: 2 / 2; padding-left: 0; }
  .card-size:has(.uncut), .reasons [data-code="levels"], .reasons [data-code="other-features"], .reasons [data-code="liquidity"], .reasons [data-code^="network-"], .reasons [data-code="mean-of-ranks"] { display: none; }
  .card-side > h4 { grid-area: 3 / 1 / 4 / -1; padding-left: 10px; }
  .card-side > .reasons { grid-area: 4 / 1 / 5 / -1; padding-left: 10px; }
  .card h4 { margin: 4px 0 1px; font-size: 8.5pt; }
  .reasons li, .sizes li { padding-top: 1px; padding-bottom: 1px; }
  .reasons li::before { top: 1px; font-size: 7.5pt; }
  .reasons p, .sizes li { font-size: 7.5pt; line-height: 1.3; }
  .chart-frame figcaption, .reasons .origin, .proof, .facts .range, .card-features, .card-neighbours { display: none; }

  .card, .caveats, .figures, .groups > li, tr, .panel, .changes > div, .conflicts, .sizes li { break-inside: avoid; }
  .families { gap: 0 24px; }
  .family, .family-note { font-size: 8.5pt; }
  .family-count { font-size: 7.5pt; }
  .families li { grid-template-columns: minmax(0, 1fr) 54px 44px 78px; gap: 8px; }
  details > summary { display: none; }
  h2, h3 { break-after: avoid; }
  .colophon { margin-top: 8px; padding: 6px 0 0; border: 0; font-size: 7pt; }
  .colophon dl { gap: 0 16px; margin: 0; }
  .colophon p { display: none; }
}
`;
