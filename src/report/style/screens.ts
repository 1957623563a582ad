/** Narrow screens, where each row of the table of actions becomes a small card, and paper. */
export const SCREEN_STYLE = `
@media (max-width: 1080px) {
  .card-body { grid-template-columns: minmax(0, 1fr) 300px; }
  .facts { grid-template-columns: 1fr; }
}
@media screen and (max-width: 1080px) {
  .actions .why { display: none; }
  .actions thead th:last-child { display: none; }
}
@media screen and (max-width: 940px) {
  .bar ul { display: none; }
  .bar-date { margin-left: auto; }
  .figures { grid-template-columns: repeat(3, 1fr); }
  .figures > div { margin-top: -1px; border-top: 1px solid var(--line); }
  .caveats ul { columns: 1; }
  .card-body { grid-template-columns: minmax(0, 1fr); padding: 8px 16px 16px; }
  .card-side { padding-top: 14px; }
  .facts { grid-template-columns: 1fr 1fr; }
  .actions thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .actions, .actions tbody { display: block; }
  .actions tr { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 10px 12px; padding: 14px 16px; border-top: 1px solid var(--line); }
  .actions tbody:first-of-type tr:first-child { border-top: 0; }
  .actions tbody + tbody tr:first-child { border-top-width: 2px; }
  .actions tbody th, .actions tbody td { display: block; min-width: 0; max-width: none; padding: 0; border: 0; text-align: left; }
  .actions tbody .who { grid-column: 1 / 3; }
  .actions tbody .action { text-align: right; }
  .actions td[data-label]:not(.action)::before { content: attr(data-label); display: block; color: var(--muted); font-size: 12px; }
  .spark { margin-left: 0; }
  .actions tbody .close { order: 1; }
  .actions tbody .number { order: 1; }
  .actions tbody .expected { order: 2; grid-column: 2 / 4; }
  .actions tbody .horizon { order: 2; }
  .actions tbody .why { display: block; order: 3; grid-column: 1 / -1; }
  .actions .unit { display: inline; }
  .meter { margin-left: 0; }
}
@media screen and (max-width: 560px) {
  .page, .bar-inner, .colophon { padding-left: 16px; padding-right: 16px; }
  .masthead { padding-top: 28px; }
  h1 .lead { display: block; }
  .counts { display: flex; margin: 0 0 4px; }
  .figures { grid-template-columns: 1fr 1fr; }
  .figures > div { padding: 11px 14px; }
  .figures > div:last-child { grid-column: 1 / -1; }
  .figures .value { font-size: 19px; }
  .part { padding-top: 34px; }
  .card > header { padding: 14px 16px 0; }
  .card .last { width: 100%; margin-left: 0; }
  .card-body { padding: 4px 8px 14px; }
  .card-side { padding: 12px 8px 0; }
  .facts { grid-template-columns: 1fr; }
  .funnel li { grid-template-columns: 96px 1fr 44px; gap: 10px; }
  .step-note { display: none; }
  .plain .wide { min-width: 220px; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
@media print {
  @page { size: A4; margin: 14mm 12mm; }
  body { background: #fff; font-size: 9pt; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  .bar, .skip { display: none; }
  .page, .colophon { max-width: none; padding: 0; }
  .masthead { padding: 0 0 14px; }
  .figures .value { font-size: 14pt; }
  .figures > div { padding: 8px 10px; }
  .figures .note, .figures dt { font-size: 8pt; }
  .part { padding-top: 22px; }
  .actions { font-size: 8.5pt; }
  .actions th, .actions td { padding: 6px 5px; }
  .actions .expected { min-width: 0; }
  .actions .why, .actions thead th:last-child, .spark { display: none; }
  .who .sector { display: none; }
  .card, .caveats, .figures, .groups > li, tr { break-inside: avoid; }
  .card-body { grid-template-columns: minmax(0, 1fr); }
  .facts { grid-template-columns: repeat(3, 1fr); padding: 8px 0 0 10px; }
  .card h4, .reasons { padding-left: 10px; }
  .scroll { overflow: visible; }
  .plain { font-size: 8pt; }
  .plain td, .plain tbody th { white-space: normal; overflow-wrap: anywhere; }
  .plain .wide, .plain .licence { min-width: 0; }
  details > summary { display: none; }
  h2, h3 { break-after: avoid; }
}
`;
