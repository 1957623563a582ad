/** The table of actions and the plain tables and lists of the later parts. */
export const TABLE_STYLE = `
.sheet { border: 1px solid var(--line); border-radius: 12px; background: var(--surface); }
table { width: 100%; border-collapse: collapse; position: relative; }
th { font-weight: inherit; text-align: left; }
th.number { text-align: right; }
thead th { padding: 10px 10px 8px; color: var(--muted); font-size: 12px; white-space: nowrap; }
tbody th, tbody td { padding: 10px; border-top: 1px solid var(--line); vertical-align: top; }
tr > :first-child { padding-left: 18px; }
tr > :last-child { padding-right: 18px; }
.actions tbody tr:hover { background: var(--raised); }
.actions tbody + tbody tr:first-child > * { border-top-width: 2px; }
.actions .number { white-space: nowrap; }
.actions .who { min-width: 138px; max-width: 190px; }
.who a { font-weight: 650; font-size: 15px; letter-spacing: -0.01em; text-decoration: none; }
.who a:hover { text-decoration: underline; }
.who .company, .who .sector { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-size: 12.5px; line-height: 1.4; }
.who .sector { color: var(--muted); }
.first, .second { display: block; }
.second { color: var(--muted); font-size: 12.5px; white-space: nowrap; }
.second .gain, .second .loss { font-weight: 550; }
.unit { color: var(--muted); font-size: 12.5px; }
.actions .unit { display: block; }
.spark { display: block; width: 72px; height: 20px; margin: 4px 0 0 auto; }
.spark path { fill: none; stroke: var(--muted); stroke-width: 1.6; stroke-linejoin: round; vector-effect: non-scaling-stroke; }
.meter { display: block; width: 64px; height: 4px; margin: 6px 0 0 auto; border-radius: 2px; background: var(--raised); overflow: hidden; }
.meter span { display: block; height: 100%; border-radius: 2px; background: var(--accent); }
tr:hover .meter { background: var(--line); }
.actions .expected { min-width: 158px; white-space: nowrap; }
.actions .expected .unit { display: inline; }
.expected .edge { color: var(--muted); font-size: 12.5px; }
.range { display: block; width: 120px; height: 14px; margin-top: 3px; overflow: visible; }
.range .zero { stroke: var(--muted); stroke-width: 1; opacity: 0.7; }
.range rect { fill: var(--accent); opacity: 0.28; }
.range circle { fill: var(--accent); }
.actions .why { min-width: 170px; color: var(--text); font-size: 13px; line-height: 1.45; text-wrap: pretty; overflow-wrap: anywhere; }
.expected .unknown { font-size: 12.5px; }

.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 12px; background: var(--surface); }
.plain { font-size: 13.5px; }
.plain tbody th { font-weight: 600; white-space: nowrap; }
.plain td { white-space: nowrap; }
.plain td.text { max-width: 240px; white-space: normal; }
.plain td.wide { min-width: 260px; white-space: normal; }
.plain td.text, .plain td.wide { overflow-wrap: anywhere; }
.plain td.mono, .plain tbody th.mono { font-size: 12.5px; line-height: 20px; }
.policy { padding: 1px 7px; border-radius: 5px; background: var(--raised); font-size: 12.5px; }
.examples li { padding: 1px 0; }
.examples time { color: var(--muted); }
details summary { width: fit-content; padding: 2px 0; color: var(--muted); font-size: 13px; cursor: pointer; }
details summary:hover { color: var(--text); }

.tags { display: flex; flex-wrap: wrap; gap: 5px; }
.tags li { padding: 1px 7px; border-radius: 5px; background: var(--raised); font-size: 12.5px; overflow-wrap: anywhere; }
.ledger { border: 1px solid var(--line); border-radius: 12px; background: var(--surface); overflow: hidden; }
.ledger > div { display: flex; gap: 16px; padding: 10px 18px; }
.ledger > div + div { border-top: 1px solid var(--line); }
.ledger dt { min-width: 60px; font-weight: 600; }
.ledger dd { overflow-wrap: anywhere; }
.funnel { padding: 16px 18px; border: 1px solid var(--line); border-radius: 12px; background: var(--surface); }
.funnel li { display: grid; grid-template-columns: 110px 1fr 56px 132px; align-items: center; gap: 14px; padding: 5px 0; }
.track { height: 8px; border-radius: 4px; background: var(--raised); overflow: hidden; }
.track span { display: block; height: 100%; min-width: 2px; border-radius: 4px; background: var(--accent); }
.step-count { text-align: right; font-weight: 620; }
.step-note { color: var(--muted); font-size: 12.5px; }
.families { display: grid; grid-template-columns: 1fr 1fr; gap: 0 44px; padding: 10px 18px; border: 1px solid var(--line); border-radius: 12px; background: var(--surface); }
.families li { display: grid; grid-template-columns: minmax(122px, 1fr) 92px minmax(40px, 140px) 112px; align-items: center; gap: 14px; padding: 5px 0; }
.families + .nothing { margin-top: 14px; }
.family { font-weight: 600; overflow-wrap: anywhere; }
.family-count { color: var(--muted); font-size: 12.5px; text-align: right; white-space: nowrap; }
.track.gaps { height: 6px; }
.track.gaps span { background: var(--caution); }
.family-note { font-size: 12.5px; text-align: right; white-space: nowrap; }
.more { margin-top: 8px; }
.more > .scroll { margin-top: 6px; }
.groups { border: 1px solid var(--line); border-radius: 12px; background: var(--surface); }
.groups > li { padding: 12px 18px; }
.groups > li + li { border-top: 1px solid var(--line); }
.groups p { display: flex; gap: 12px; margin-bottom: 7px; overflow-wrap: anywhere; }
.group-count { min-width: 30px; font-weight: 650; text-align: right; }
.groups .tags, .groups .lines, .groups details { margin-left: 42px; }
.groups details .tags, .groups details .lines { margin: 6px 0 0; }
`;
