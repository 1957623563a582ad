/** Narrow screens, where each row of the table of actions becomes a small card, and paper, where a card fits a page: features go without their descriptions. */
export const SCREEN_STYLE = `
@media screen and (max-width: 1080px) {
  .card-body { grid-template-columns: minmax(0, 1fr); padding: 8px 16px 16px; }
  .card-main { display: contents; }
  .card-side { order: 1; padding-top: 14px; }
  .card-under { order: 2; padding-left: 0; }
  .card-features { order: 3; }
  .card-features { padding-left: 0; }
  .families { grid-template-columns: 1fr; }
  .actions thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .actions, .actions tbody { display: block; }
  .actions tr { display: grid; grid-template-columns: repeat(6, minmax(0, 1fr)); gap: 10px 12px; padding: 14px 16px; border-top: 1px solid var(--line); }
  .actions tbody:first-of-type tr:first-child { border-top: 0; }
  .actions tbody + tbody tr:first-child { border-top-width: 2px; }
  .actions tbody th, .actions tbody td { display: block; min-width: 0; max-width: none; padding: 0; border: 0; text-align: left; }
  .actions tbody .who { grid-column: 1 / -2; }
  .actions tbody .trade { grid-column: span 2; }
  .trade .second { display: inline; margin-right: 4px; }
  .actions tbody .action { text-align: right; }
  .actions td[data-label]:not(.action)::before { content: attr(data-label); display: block; color: var(--muted); font-size: 12px; }
  .spark { margin-left: 0; }
  .actions tbody .expected { grid-column: span 2; }
  .actions tbody .why { display: block; grid-column: span 4; }
  .actions tbody .absent { display: none; }
  .actions .unit { display: inline; }
  .meter { margin-left: 0; }
}
@media screen and (max-width: 940px) {
  .bar ul { display: none; }
  .bar-date { margin-left: auto; }
  .figures { grid-template-columns: repeat(3, 1fr); }
  .figures > div { margin-top: -1px; border-top: 1px solid var(--line); }
  .caveats ul { columns: 1; }
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
  .actions tr { grid-template-columns: repeat(3, minmax(0, 1fr)); }
  .actions tbody .expected { grid-column: span 2; }
  .actions tbody .why { grid-column: 1 / -1; }
  .expected .first, .expected .second { display: inline; margin-right: 6px; }
  .card > header { padding: 14px 16px 0; }
  .card .last { width: 100%; margin-left: 0; }
  .card-body { padding: 4px 8px 14px; }
  .card-side { padding: 12px 8px 0; }
  .card-under { grid-template-columns: minmax(0, 1fr); padding: 0 8px; }
  .facts { grid-template-columns: 1fr; }
  .card-features { padding: 0 8px; }
  .card-features h4 .note { display: block; margin: 0; }
  .card-features ul { grid-template-columns: minmax(0, 1fr); }
  .card-features li { grid-template-columns: minmax(0, 1fr) auto; gap: 0 14px; align-items: start; }
  .card-features .what { display: contents; }
  .what > span { grid-area: 2 / 1; }
  .place { grid-area: 2 / 2; height: 16px; }
  .families { padding: 8px 16px; }
  .families li { grid-template-columns: minmax(0, 1fr) auto; gap: 3px 12px; padding: 8px 0; }
  .families .track { grid-row: 2; }
  .funnel li { grid-template-columns: 96px 1fr 44px; gap: 10px; }
  .step-note { display: none; }
  .plain, .plain tbody { display: block; }
  .plain thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .plain tr { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 8px 12px; padding: 12px 16px; }
  .plain tr + tr { border-top: 1px solid var(--line); }
  .plain tbody th, .plain tbody td { display: block; min-width: 0; padding: 0; border: 0; text-align: left; white-space: normal; overflow-wrap: anywhere; }
  .plain tbody th, .plain tbody .wide { grid-column: 1 / -1; min-width: 0; }
  .plain td[data-label]::before { content: attr(data-label); display: block; color: var(--muted); font: 12px/1.5 Inter, ui-sans-serif, system-ui, sans-serif; }
  .gaps-table .plain tr { grid-template-columns: minmax(0, 1fr) auto; gap: 1px 12px; padding: 10px 16px; }
  .gaps-table .plain tbody th { grid-column: 1; }
  .gaps-table .plain td[data-label]::before { content: none; }
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
  .actions, .actions .second, .actions .unit, .actions thead th, .who .company { font-size: 7.5pt; }
  .actions th, .actions td { padding: 5px 4px; }
  tr > :first-child { padding-left: 10px; }
  tr > :last-child, .actions .expected, .actions thead th:nth-last-child(2) { padding-right: 10px; }
  .actions .expected { min-width: 0; }
  .actions .who { min-width: 0; max-width: 128px; }
  .who a { font-size: 9.5pt; }
  .badge { font-size: 7.5pt; }
  .actions .range { width: 88px; }
  .meter { width: 48px; }
  .actions .why, .actions thead th:last-child, .spark, .who .sector { display: none; }
  .card, .caveats, .figures, .groups > li, tr { break-inside: avoid; }
  .card-body { grid-template-columns: minmax(0, 1fr); }
  .facts { grid-template-columns: repeat(3, 1fr); padding: 8px 0 0 10px; }
  .facts .whole { grid-column: auto; }
  .card-side h4, .card-side .reasons { padding-left: 10px; }
  .proof .values { display: none; }
  .card-features ul, .families { gap: 0 24px; }
  .card .card-features h4 { padding-left: 0; }
  .card-features li { padding: 2px 0; break-inside: avoid; }
  .card-features .what > span { display: none; }
  .what > b, .card-features strong, .family, .family-note { font-size: 8.5pt; }
  .card-features h4 .note, .place > :last-child, .family-count { font-size: 7.5pt; }
  .families li { grid-template-columns: minmax(0, 1fr) 54px 44px 78px; gap: 8px; }
  .scroll { overflow: visible; }
  .plain { font-size: 8pt; }
  .plain td, .plain td.text, .plain tbody th { white-space: normal; overflow-wrap: break-word; }
  .plain td.mono, .plain tbody th.mono, .policy { font-size: 7.5pt; }
  .plain td.wide { min-width: 0; }
  details > summary { display: none; }
  h2, h3 { break-after: avoid; }
}
`;
