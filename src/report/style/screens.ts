/** Narrow screens, where each row of the table of actions becomes a small card and the way to the parts a row that scrolls. */
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
  .actions tbody .expected { grid-column: span 2; min-width: 0; white-space: normal; }
  .actions tbody .why { display: block; grid-column: span 4; }
  .actions tbody .absent { display: none; }
  .actions .unit { display: inline; }
  .meter { margin-left: 0; }
}
@media screen and (max-width: 940px) {
  .bar-inner { gap: 8px; padding-right: 0; }
  .bar-date { display: none; }
  .bar ul { margin-left: 4px; padding-right: 24px; mask-image: linear-gradient(to right, #000 calc(100% - 32px), transparent); }
  .bar li a { padding: 13px 9px; }
  .figures { grid-template-columns: repeat(3, 1fr); }
  .figures > div { margin-top: -1px; border-top: 1px solid var(--line); }
  .caveats ul { columns: 1; }
}
@media screen and (max-width: 560px) {
  .page, .bar-inner, .colophon { padding-left: 16px; }
  .page, .colophon { padding-right: 16px; }
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
  .card > details > summary { padding: 14px 16px; }
  .card .last { width: 100%; margin-left: 0; }
  .card > details:not([open]) > summary .sector { display: none; }
  .card > details:not([open]) > summary .last { width: auto; margin-left: auto; }
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
  [aria-label="Held positions"] td:is([data-label="Stop"], [data-label="Target"], [data-label="Sector"]) { display: none; }
  .plain tbody th, .plain tbody .wide { grid-column: 1 / -1; min-width: 0; }
  .plain td[data-label]::before { content: attr(data-label); display: block; color: var(--muted); font: 12px/1.5 Inter, ui-sans-serif, system-ui, sans-serif; }
  .gaps-table .plain tr { grid-template-columns: minmax(0, 1fr) auto; gap: 1px 12px; padding: 10px 16px; }
  .gaps-table .plain tbody th { grid-column: 1; }
  .gaps-table .plain td[data-label]::before { content: none; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
`;
