import { SECTOR_STYLE } from './sector-colours.js';

/** What the page of a graph adds to the style of the report. */
export const GRAPH_STYLE = `${SECTOR_STYLE}
.graph-page .bar ul { display: flex; }
.graph-page .masthead { padding-bottom: 0; }
.dot { display: inline-block; flex: none; width: 9px; height: 9px; margin-right: 6px; border-radius: 50%; background: var(--sector); }

.map-frame { padding: 16px 18px 14px; border: 1px solid var(--line); border-radius: 12px; background: var(--surface); }
.map-frame figcaption { margin-top: 8px; color: var(--muted); font-size: 12.5px; text-wrap: pretty; }
.map { display: block; width: 100%; height: auto; overflow: visible; }
.map path { fill: none; stroke-linecap: round; }
.map .ties path { stroke: var(--muted); stroke-width: 0.7; opacity: 0.16; }
.map .tree path { stroke: var(--sector); opacity: 0.75; }
.map .tree path.between { stroke: var(--muted); opacity: 0.5; }
.map circle { fill: var(--sector); stroke: var(--surface); stroke-width: 1.2; }
.map circle:hover { stroke: var(--text); stroke-width: 2; }
.map text { fill: var(--text); font-size: 12.5px; font-weight: 560; paint-order: stroke; stroke: var(--surface); stroke-width: 3.5px; stroke-linejoin: round; pointer-events: none; }
.map .narrow-labels { display: none; }
.map text.narrow { font-size: 27px; font-weight: 680; stroke-width: 7px; }
.map text.small { fill: var(--muted); font-size: 9.5px; font-weight: 500; stroke-width: 2.5px; }
.map-frame[data-chosen] .map circle:not(.chosen) { opacity: 0.13; }
.map-frame[data-chosen] .map text:not(.chosen) { opacity: 0.1; }
.map-frame[data-chosen] .map .tree path:not(.chosen) { opacity: 0.1; }
.sector-legend { display: flex; flex-wrap: wrap; gap: 4px 6px; margin: 0 0 8px; }
.sector-legend button { display: inline-flex; align-items: center; padding: 4px 10px 4px 9px; border: 1px solid var(--line); border-radius: 99px; background: none; color: var(--text); font: inherit; font-size: 12.5px; cursor: pointer; }
.sector-legend button:hover { background: var(--raised); }
.sector-legend button[aria-pressed="true"] { border-color: var(--sector); box-shadow: inset 0 0 0 1px var(--sector); }
.sector-count { margin-left: 5px; color: var(--muted); }

.communities { border: 1px solid var(--line); border-radius: 12px; background: var(--surface); }
.communities > li { display: grid; grid-template-columns: 104px minmax(0, 1fr); gap: 14px; padding: 12px 18px; }
.communities > li + li { border-top: 1px solid var(--line); }
.community-name { white-space: nowrap; }
.community-name strong { display: inline-block; min-width: 18px; font-weight: 680; }
.community-name span { color: var(--muted); font-size: 13px; }
.stack { display: flex; gap: 1.5px; height: 12px; margin-top: 4px; border-radius: 4px; overflow: hidden; }
.stack span { min-width: 1px; background: var(--sector); }
.community-names { margin-top: 6px; color: var(--muted); font-size: 13px; overflow-wrap: anywhere; }
.main-sector { margin-right: 6px; color: var(--text); font-weight: 580; }
.remark { margin-top: 10px; font-size: 13px; }

.matrix { font-size: 13px; }
.matrix thead th { padding: 10px 5px 8px; font-size: 11.5px; text-align: center; vertical-align: bottom; line-height: 1.25; white-space: normal; }
.matrix thead th:first-child { padding-left: 18px; text-align: left; }
.matrix thead .dot { display: block; margin: 0 auto 4px; }
.matrix tbody th { padding: 7px 10px 7px 18px; font-weight: 560; white-space: nowrap; }
.matrix td { padding: 7px 4px; text-align: center; background: color-mix(in srgb, var(--accent) var(--share), transparent); }
.matrix td { color: var(--text); border-left: 1px solid var(--surface); }
.matrix td.own { font-weight: 680; }
.graph-page .change { margin: 0 0 16px; }
.key { display: inline-block; width: 18px; height: 0; margin: 0 5px 3px 0; border-top: 2px solid var(--muted); }
.key.one { border-color: var(--accent); }
.key.median { margin-left: 14px; }

@media screen and (max-width: 560px) {
  .map-frame { padding: 12px 10px; }
  .map .labels { display: none; }
  .map .narrow-labels { display: inline; }
  .map circle { stroke-width: 0.8; }
  .communities > li { grid-template-columns: minmax(0, 1fr); gap: 2px; padding: 12px 14px; }
  .sector-legend button { padding: 3px 8px 3px 7px; font-size: 12px; }
}
@media print {
  .map-frame, .communities > li { break-inside: avoid; }
  .sector-legend button { border: 0; padding: 0 8px 0 0; }
  .matrix { font-size: 7.5pt; }
  .matrix td, .matrix tbody th { padding: 3px 2px; }
}
`;
