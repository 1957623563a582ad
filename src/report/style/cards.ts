/** Pixels of each chart; its box is kept free before it is drawn, so that nothing moves. */
export const CHART_HEIGHT = 384;
export const NARROW_HEIGHT = 300;

/** The cards, one a name. */
export const CARD_STYLE = `
.card { border: 1px solid var(--line); border-radius: 12px; background: var(--surface); }
.card + .card { margin-top: 18px; }
.card:has(> details:not([open])) + .card:has(> details:not([open])) { margin-top: 8px; }
.card:has(:target) { border-color: var(--accent); }
.card > details > summary { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 12px; width: auto; padding: 15px 20px; color: inherit; font-size: inherit; list-style: none; }
.card > details[open] > summary { padding-bottom: 0; }
.card > details > summary::-webkit-details-marker { display: none; }
.card > details > summary::before { content: ""; flex: none; align-self: center; width: 7px; height: 7px; margin-right: 2px; border: solid var(--muted); border-width: 0 1.5px 1.5px 0; transform: rotate(-45deg); }
.card > details[open] > summary::before { transform: rotate(45deg) translate(-2px, -2px); }
.card > details > summary:hover .symbol { text-decoration: underline; text-decoration-color: var(--line); text-underline-offset: 3px; }
.card-body { scroll-margin-top: 58px; }
.card h3 { min-width: 0; font-size: 16px; font-weight: 500; overflow-wrap: anywhere; }
.card .symbol { font-size: 18px; font-weight: 680; letter-spacing: -0.02em; }
.card .sector { color: var(--muted); font-size: 13px; }
.card .last { margin-left: auto; font-size: 13px; }
.card .price { font-size: 18px; font-weight: 650; letter-spacing: -0.02em; }
.card-body { display: grid; grid-template-columns: minmax(0, 1fr) 372px; gap: 0 24px; padding: 8px 20px 18px 10px; }
.chart { height: ${CHART_HEIGHT}px; }
@media screen and (max-width: 560px) { .chart { height: ${NARROW_HEIGHT}px; } }
.chart .spikeline { stroke: var(--muted) !important; stroke-width: 1px !important; }
.chart noscript { display: block; padding: 120px 20px; color: var(--muted); text-align: center; }
.chart-frame figcaption { padding-left: 10px; color: var(--muted); font-size: 12px; }
.chart-missing { padding: 12px 0 0 10px; }
.chart-missing .nothing { padding: 120px 20px; }
.facts { display: grid; grid-template-columns: 1fr 1fr; gap: 0 22px; }
.facts > div { display: flex; justify-content: space-between; align-items: baseline; gap: 10px; padding: 6px 0; border-bottom: 1px solid var(--grid); }
.facts dt { color: var(--muted); font-size: 13px; white-space: nowrap; }
.facts dd { font-weight: 580; text-align: right; }
.facts dd .second { display: inline; font-weight: 400; }
.facts .stop dt::before, .facts .target dt::before { content: ""; display: inline-block; width: 3px; height: 10px; margin-right: 6px; border-radius: 2px; background: var(--down); }
.facts .target dt::before { background: var(--up); }
.facts .whole { grid-column: 1 / -1; }
.facts .outlook dd { display: flex; flex-direction: column-reverse; align-items: flex-end; }
.facts .range { margin: 2px 0 0; }
.card h4 { margin: 18px 0 6px; font-size: 13px; font-weight: 620; }
.reasons { counter-reset: reason; }
.reasons li { position: relative; padding: 5px 0 5px 22px; counter-increment: reason; }
.reasons li::before { content: counter(reason); position: absolute; left: 0; top: 5px; color: var(--muted); font-size: 13px; }
.reasons p { font-size: 13.5px; line-height: 1.45; text-wrap: pretty; overflow-wrap: anywhere; }
.code { font-family: ui-monospace, "SF Mono", "JetBrains Mono", Menlo, Consolas, monospace; font-size: 11.5px; }
ul.reasons li { padding-left: 14px; }
ul.reasons li::before { content: "–"; }
.reasons .origin, .proof summary { color: var(--muted); font-size: 12px; line-height: 1.5; overflow-wrap: anywhere; }
.proof summary { padding: 0; }
.proof .values .unit { font-size: 11.5px; }
.card-under { display: grid; grid-template-columns: 1fr 1fr; gap: 0 28px; padding-left: 10px; }
.card-under > :only-child { grid-column: 1 / -1; }
.card-under h4 .note { margin-left: 6px; font-size: 12px; font-weight: 400; }
.sizes li { display: grid; grid-template-columns: minmax(0, 1fr) minmax(40px, 90px) 56px; align-items: center; gap: 0 12px; padding: 5px 0; border-top: 1px solid var(--grid); font-size: 13px; }
.sizes .track { height: 6px; }
.sizes strong { font-weight: 580; text-align: right; }
.sizes li:last-child strong { font-weight: 680; }
.size-name { overflow-wrap: anywhere; }
.size-note { grid-column: 1 / -1; color: var(--muted); font-size: 12px; line-height: 1.4; text-wrap: pretty; overflow-wrap: anywhere; }
.sizes .uncut { display: block; color: var(--muted); }
.values { display: flex; flex-wrap: wrap; gap: 2px 12px; margin-top: 1px; font-size: 12px; }
.values > div { display: flex; gap: 5px; }
.values dt { color: var(--muted); overflow-wrap: anywhere; }
.values dd { overflow-wrap: anywhere; }
.card-features { grid-column: 1 / -1; padding-left: 10px; }
.card-features h4 { display: inline; color: var(--text); }
.card-features summary { margin: 14px 0 6px; }
.card-features h4 .note { margin-left: 6px; font-size: 12px; font-weight: 400; }
.card-features ul { display: grid; grid-template-columns: 1fr 1fr; gap: 0 44px; border-top: 1px solid var(--grid); }
.card-features li { display: grid; grid-template-columns: minmax(0, 1fr) auto 108px; align-items: center; gap: 2px 16px; padding: 6px 0; border-bottom: 1px solid var(--grid); }
.what > * { display: block; overflow-wrap: anywhere; }
.what > b { font-size: 13px; font-weight: 580; line-height: 1.4; }
.what > span { color: var(--muted); font-size: 12px; line-height: 1.35; text-wrap: pretty; }
.card-features strong { font-weight: 580; text-align: right; white-space: nowrap; }
.place { display: flex; align-items: center; justify-content: flex-end; gap: 10px; }
.place > :last-child { width: 26px; white-space: nowrap; color: var(--muted); font-size: 12.5px; text-align: right; }
.card-neighbours { margin-top: 18px; }
.card-neighbours h4 { margin-bottom: 7px; }
.rank { position: relative; flex: none; width: 72px; height: 4px; border-radius: 2px; background: var(--raised); }
.rank::before, .rank::after, .rank i { content: ""; position: absolute; }
.rank::before { top: 0; left: calc(min(var(--rank), 0.5) * 100%); width: calc(max(var(--rank) - 0.5, 0.5 - var(--rank)) * 100%); height: 100%; background: var(--accent); opacity: 0.36; }
.rank i { top: -3px; left: calc(50% - 0.5px); width: 1px; height: 10px; background: var(--muted); }
.rank::after { top: -2px; left: calc(var(--rank) * 100% - 4px); width: 8px; height: 8px; border-radius: 50%; background: var(--accent); }
.card .nothing { padding: 14px; font-size: 13px; }
`;
