import { cssVariables, DARK, LIGHT } from '../palette.js';

/** Colours, type, and the parts that every section shares. Paper is always light. */
export const BASE_STYLE = `
:root { color-scheme: light; ${cssVariables(LIGHT)} }
@media screen and (prefers-color-scheme: dark) { :root:not([data-printing]) { color-scheme: dark; ${cssVariables(DARK)} } }
*, *::before, *::after { box-sizing: border-box; }
html { scroll-padding-top: 60px; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--background); color: var(--text); font: 14px/1.5 Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; font-variant-numeric: tabular-nums; -webkit-font-smoothing: antialiased; overflow-wrap: break-word; }
h1, h2, h3, h4, p, ul, ol, dl, dd, figure { margin: 0; padding: 0; }
ul, ol { list-style: none; }
h1, h2, h3 { letter-spacing: -0.015em; line-height: 1.2; text-wrap: balance; }
a { color: inherit; text-decoration-color: var(--line); text-underline-offset: 3px; }
a:hover { text-decoration-color: currentColor; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.hidden { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
caption.hidden { display: block; }
.mono, code { font-family: ui-monospace, "SF Mono", "JetBrains Mono", Menlo, Consolas, monospace; font-size: 0.92em; letter-spacing: -0.01em; }
.note, .unknown, .nothing { color: var(--muted); }
.gain { color: var(--up); }
.loss { color: var(--down); }
.number { text-align: right; }
.skip { position: absolute; left: 12px; top: -60px; z-index: 3; padding: 8px 14px; border-radius: 8px; background: var(--accent); color: var(--background); }
.skip:focus { top: 8px; }

.bar { position: sticky; top: 0; z-index: 2; background: var(--background); border-bottom: 1px solid var(--line); }
.bar-inner { display: flex; align-items: center; gap: 14px; max-width: 1288px; height: 46px; margin: 0 auto; padding: 0 24px; }
.brand { display: inline-flex; align-items: center; gap: 7px; font-weight: 650; letter-spacing: -0.02em; text-decoration: none; }
.brand svg { fill: none; stroke: var(--accent); stroke-width: 2.2; stroke-linecap: round; }
.bar-date { color: var(--muted); white-space: nowrap; }
.bar ul { display: flex; gap: 2px; min-width: 0; margin-left: auto; overflow-x: auto; scrollbar-width: none; }
.bar li a { display: block; padding: 5px 9px; border-radius: 6px; color: var(--muted); text-decoration: none; white-space: nowrap; }
.bar li a:hover { background: var(--raised); color: var(--text); }
.bar li a:focus-visible { outline-offset: -2px; }

.page { max-width: 1288px; margin: 0 auto; padding: 0 24px 40px; }
.masthead { padding: 44px 0 26px; }
.eyebrow { color: var(--muted); }
h1 { margin: 8px 0 10px; font-size: clamp(25px, 3.4vw, 36px); font-weight: 680; letter-spacing: -0.028em; line-height: 1.12; }
h1 .lead { color: var(--muted); font-weight: 500; }
.summary, .stands-on { color: var(--muted); font-size: 15px; text-wrap: pretty; }
.stands-on { margin-top: 4px; }
.counts { display: inline-flex; flex-wrap: wrap; gap: 4px 16px; margin-right: 12px; }
.count { color: var(--text); }
.count::before { content: ""; display: inline-block; width: 8px; height: 8px; margin-right: 7px; border-radius: 2px; background: var(--muted); }
.count.enter::before { background: var(--up); }
.count.reduce::before { background: var(--caution); }
.count.hold::before { background: var(--accent); }
.count.exit::before { background: var(--down); }
.count strong { font-weight: 650; }
.figures { display: grid; grid-template-columns: repeat(5, 1fr); margin-top: 28px; border: 1px solid var(--line); border-radius: 12px; background: var(--surface); overflow: hidden; }
.figures > div { padding: 14px 18px 13px; border-left: 1px solid var(--line); margin-left: -1px; }
.figures dt { color: var(--muted); font-size: 12.5px; }
.figures .value { margin: 2px 0 1px; font-size: 22px; font-weight: 620; letter-spacing: -0.025em; line-height: 1.25; }
.figures .note { font-size: 12.5px; }

.caveats { padding: 14px 18px 15px; border-radius: 12px; background: var(--caution-soft); }
.caveats h2 { display: flex; align-items: center; gap: 8px; margin-bottom: 7px; color: var(--caution); font-size: 13.5px; font-weight: 650; letter-spacing: 0; }
.caveats svg { fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linecap: round; }
.caveats ul { columns: 2; column-gap: 40px; }
.caveats li { position: relative; padding: 2px 0 2px 14px; break-inside: avoid; font-size: 13.5px; text-wrap: pretty; }
.caveats li::before { content: ""; position: absolute; left: 0; top: 11px; width: 5px; height: 1.5px; background: var(--caution); }

.part { padding-top: 44px; }
.part-head { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 16px; margin-bottom: 14px; }
h2 { font-size: 19px; font-weight: 650; }
h3 { font-size: 14px; font-weight: 620; letter-spacing: -0.005em; }
.part > h3 { margin: 22px 0 10px; }
.part-head .note { font-size: 13px; text-wrap: pretty; }
.renamed { color: var(--muted); font-size: 12.5px; font-weight: 400; letter-spacing: 0; white-space: normal; }
.badge { display: inline-block; padding: 2px 9px 2px 8px; border-radius: 99px; background: var(--raised); color: var(--muted); font-size: 12px; font-weight: 620; line-height: 1.5; white-space: nowrap; }
.badge.enter { background: var(--up-soft); color: var(--up); }
.badge.exit { background: var(--down-soft); color: var(--down); }
.badge.reduce { background: var(--caution-soft); color: var(--caution); }
.badge.hold { background: var(--accent-soft); color: var(--accent); }
.remarks { margin-top: 14px; padding: 0; list-style: none; color: var(--muted); font-size: 13px; }
.remarks li { margin-top: 4px; }
.nothing { padding: 26px 20px; border: 1px dashed var(--line); border-radius: 12px; text-align: center; }

.colophon { max-width: 1288px; margin: 16px auto 0; padding: 22px 24px 48px; border-top: 1px solid var(--line); color: var(--muted); font-size: 12.5px; }
.colophon dl { display: flex; flex-wrap: wrap; gap: 6px 32px; margin-bottom: 12px; }
.colophon dd { color: var(--text); overflow-wrap: anywhere; }
`;
