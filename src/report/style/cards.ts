/** Pixels of each chart; its box is kept free before it is drawn, so that nothing moves. */
export const CHART_HEIGHT = 384;
export const NARROW_HEIGHT = 300;

/** The cards, one a name. */
export const CARD_STYLE = `
.card { border: 1px solid var(--line); border-radius: 12px; background: var(--surface); }
.card + .card { margin-top: 18px; }
.card:target { border-color: var(--accent); }
.card > header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 12px; padding: 15px 20px 0; }
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
.facts .outlook { grid-column: 1 / -1; }
.facts .outlook dd { display: flex; flex-direction: column-reverse; align-items: flex-end; }
.facts .range { margin: 2px 0 0; }
.card h4 { margin: 18px 0 6px; font-size: 13px; font-weight: 620; }
.reasons { counter-reset: reason; }
.reasons li { position: relative; padding: 5px 0 5px 22px; counter-increment: reason; }
.reasons li::before { content: counter(reason); position: absolute; left: 0; top: 5px; color: var(--muted); font-size: 13px; }
.reasons p { font-size: 13.5px; line-height: 1.45; text-wrap: pretty; overflow-wrap: anywhere; }
.code { color: var(--muted); font-size: 11.5px; }
.values { display: flex; flex-wrap: wrap; gap: 2px 12px; margin-top: 1px; font-size: 12px; }
.values > div { display: flex; gap: 5px; }
.values dt { color: var(--muted); overflow-wrap: anywhere; }
.values dd { overflow-wrap: anywhere; }
.card .nothing { padding: 14px; font-size: 13px; }
`;
