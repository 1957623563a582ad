import { describe, expect, it } from 'vitest';
import type { RecommendationDocument } from '../../src/recommendation/recommendation.js';
import { formatNumber, formatPercent, formatSignedPercent } from '../../src/report/format.js';
import { renderRecommendationReport } from '../../src/report/page.js';
import { emptyRecord, youngRecord } from './book-fixture.js';
import { reportInput } from './fixture.js';
import { part, visible, words } from './visible.js';

const input = reportInput();
const { document } = input;
const page = renderRecommendationReport(input);

function pageOf(change: Partial<RecommendationDocument>): string {
  return renderRecommendationReport({ ...input, charts: new Map(), document: { ...document, ...change } });
}

/** The words of each row of the table in a part. */
function rows(text: string): string[] {
  return [...text.matchAll(/<tr role="row">(.*?)<\/tr>/gs)].map(([, row]) => words(row));
}

const find = (symbol: string): RecommendationDocument['recommendations'][number] => document.recommendations.find((one) => one.symbol === symbol)!;

describe('what to do', () => {
  const actions = rows(part(page, 'actions'));

  it('comes first in the page, exits before reductions before entries before holdings', () => {
    expect([...page.matchAll(/<section id="([^"]+)"/g)].map(([, id]) => id)).toEqual(['actions', 'changes', 'book', 'risk', 'record', 'names', 'universe', 'quality', 'model', 'features', 'left-out', 'sources']);
    expect(actions.slice(1).map((row) => /(Exit|Reduce|Enter|Hold)/.exec(row)![1])).toEqual(['Exit', 'Exit', 'Reduce', ...Array<string>(6).fill('Enter'), ...Array<string>(3).fill('Hold')]);
  });

  it('tells side, shares, kind of order and worth of every trade, and none for a holding', () => {
    const row = (symbol: string): string => actions.find((text) => text.startsWith(symbol))!;
    expect(row('DUNE')).toContain('Sell 640 at the open ≈ 26,720');
    expect(row('KSTR')).toContain('Sell 107 at the open ≈ 21,058');
    expect(row('ABER')).toContain(`Buy ${formatNumber(find('ABER').trade)} at the open`);
    expect(row('LMNA')).toContain('limit 73.50');
    expect(row('CSTL')).not.toMatch(/Buy|Sell/);
  });

  it('tells the weight that a reduction comes from', () => {
    const held = document.portfolio.held.find(({ symbol }) => symbol === 'KSTR')!;
    expect(actions.find((text) => text.startsWith('KSTR'))).toContain(`${formatPercent(find('KSTR').weight)} from ${formatPercent(held.weight)}`);
  });

  it('tells beside an expected return what of it the rank adds, and foretells nothing for an exit', () => {
    const row = actions.find((text) => text.startsWith('ABER'))!;
    expect(row).toContain(`${formatSignedPercent(find('ABER').expectedReturn!, 2)} in ${find('ABER').forecastHorizon} sessions ${formatSignedPercent(find('ABER').edge!, 2)} by rank`);
    expect(actions.find((text) => text.startsWith('DUNE'))).not.toContain('by rank');
    expect(rows(part(pageOf({ recommendations: [{ ...find('ABER'), edge: null }] }), 'actions'))[1]).not.toContain('by rank');
  });

  it('tells one return of what is held, that of the book, wherever it stands', () => {
    const held = document.portfolio.held.find(({ symbol }) => symbol === 'CSTL')!;
    const told = pageOf({ portfolio: { ...document.portfolio, held: document.portfolio.held.map((one) => (one === held ? { ...one, return: 0.0475 } : one)) } });
    expect(rows(part(told, 'actions')).find((text) => text.startsWith('CSTL'))).toContain('+4.8% since');
    expect(words(told.slice(told.indexOf('id="name-CSTL-title"'), told.indexOf('id="name-CSTL"')))).toContain('+4.8% since paid');
    expect(rows(part(told, 'book').slice(part(told, 'book').indexOf('Held positions'))).find((text) => text.startsWith('CSTL'))).toContain(' +4.8% ');
  });

  it('gives what moved the score for an entry, the rule for a reduction, what was broken for an exit', () => {
    for (const row of actions.slice(1)) expect(row).toMatch(/(Exit.*Fell to rank \d+, beyond the limit of 40\.|Reduce.*The sector-cap rule cut it: .*|(Enter|Hold).*: raises its score, 21 % of all that moved it \(momentum-12-1\)\.)$/);
  });
});

describe('the card of a name', () => {
  const card = (symbol: string): string => visible(page.slice(page.indexOf(`id="name-${symbol}"`), page.indexOf('</article>', page.indexOf(`id="name-${symbol}"`))));

  it('shows the source, the session, and every number of a reason with its unit', () => {
    const text = words(card('ABER'));
    expect(text).toContain('driver · model · 7 Feb 2018');
    expect(text).toMatch(/contribution 0\.\d+ score share 21\.0% value/);
    expect(text).toContain('targetVolatility 15.0% top 20 count');
    expect(text).toContain('stopRanges 3 ratio');
  });

  it('lists what would prove it wrong, and nothing of the kind for an exit', () => {
    for (const { text } of find('ABER').wouldDisprove) expect(card('ABER')).toContain(text);
    expect(words(card('ABER'))).toContain('date 15 Feb 2018 sessions');
    expect(card('DUNE')).not.toContain('What would prove it wrong');
  });

  it('leads from the weight that was wanted by each rule to the weight that it has', () => {
    const { sizes: { wanted, steps }, weight, shares } = find('ABER');
    const shown = [`Wanted ${formatPercent(wanted, 2)}`, ...steps.map(({ rule, after, text }) => `${rule} ${formatPercent(after, 2)} ${text}`), `After the action ${formatPercent(weight, 2)} ${formatNumber(shares)} shares`];
    expect(words(card('ABER'))).toContain(shown.join(' '));
    expect(words(card('BRKW'))).toContain('No risk rule changed it.');
    expect(card('DUNE')).not.toContain('class="card-size"');
  });

  it('tells priority, how long it is meant to last, and how a stop follows', () => {
    expect(words(card('ABER'))).toMatch(/Priority \d+ of 391, score 0\.\d+/);
    expect(words(card('DUNE'))).toContain('Priority none: it may not be held');
    expect(words(card('CSTL'))).toMatch(/Stop follows [\d.]+ below the highest close Meant to last \d+ sessions/);
    expect(card('ABER')).not.toContain('Stop follows');
  });
});

describe('what changed', () => {
  it('names entries, exits, what was dropped and why, fills and moves, the largest moves open', () => {
    const text = words(part(page, 'changes'));
    for (const expected of ['What changed since 6 February 2018', 'Equity +6,662 (+0.64%), to 1,043,872.', 'ABER GLDN LMNA', 'PLSN its rank fell to 58', 'Left by stop or target 2 Stopped out: PINE at 73.10, −5.1% Reached its target: OAKR at 52.88, +3.1% Sold 1 40 MILL at 12.50, +1.2% rank Bought 1 268 CSTL at 231.17', 'CSTL +4.8% DUNE −4.4%', '2 smaller moves EE +0.8% FF −0.4%']) expect(text).toContain(expected);
  });

  it('leads only to cards that there are', () => {
    expect(part(page, 'changes')).toContain('href="#name-CSTL"');
    expect(part(page, 'changes')).not.toContain('href="#name-AA"');
  });

  it('says so when nothing did, and on the first evening', () => {
    const calm = { ...document.changes!, equity: -20, newEntries: [], newExits: [], dropped: [], filled: [], moves: [] };
    expect(words(part(pageOf({ changes: calm }), 'changes'))).toMatch(/Equity −20 \(0\.00%\), to 1,043,872\. No entry, exit, fill or move\.$/);
    expect(part(pageOf({ changes: null }), 'changes')).toContain('The first evening of this book');
  });
});

describe('names', () => {
  it('stand everywhere as they are listed on the evening, but where a former one is told beside it', () => {
    const text = words(visible(page).replace(/<span class="(?:renamed|unit)">\((?:later )?[^<]*\)<\/span>/g, ''));
    expect(text).not.toMatch(/IVRY|PINE_2019/);
    expect(text).toContain('IVB');
  });
});

describe('what is left out', () => {
  it('has one group for all that a risk rule refused, with what it said of each', () => {
    const text = words(part(page, 'left-out'));
    expect(text).toContain('5 refused by the risk rule max-pairwise-correlation PINE VALE WREN XENO YARR What it said of each VALE Not let in: correlation with IVB is 0.80');
    expect(part(page, 'left-out').match(/group-count/g)).toHaveLength(4);
    const few = part(pageOf({ leftOut: document.leftOut.filter(({ rule }) => rule !== null).slice(0, 2) }), 'left-out');
    expect(few).not.toContain('<details>');
    expect(words(few)).toContain('2 refused by the risk rule max-pairwise-correlation VALE Not let in');
  });
});

describe('the masthead', () => {
  it('says which model the evening stands on and whether its ranks paid', () => {
    const text = words(visible(page.slice(page.indexOf('<header'), page.indexOf('</header>'))));
    expect(text).toContain('Model: LightGBM, trained through 2017-12-07; its ranks paid 0.042 expected deviations over 244 sessions, t 1.3: not distinguishable from chance.');
    const sure = pageOf({ model: { ...document.model!, payoff: { ...document.model!.payoff!, t: 2.4 } } });
    expect(words(visible(sure.slice(0, sure.indexOf('</header>'))))).toMatch(/t 2\.4\. /);
    expect(pageOf({ model: null })).toContain('Model: none, history does not suffice.');
  });
});

describe('the book', () => {
  const text = part(page, 'book');

  it('has a row for every position, by weight, with what it made and how far its levels are', () => {
    const table = rows(text.slice(text.indexOf('Held positions')));
    document.portfolio.held.forEach((one, i) => {
      expect(table[i + 1]).toMatch(new RegExp(`^${one.listedSymbol} \\d+ Jan 2018 ${formatNumber(one.shares)} `));
      expect(table[i + 1]).toContain(`${formatPercent(one.weight)} ${one.stop.toFixed(2)} `);
    });
  });

  it('tells exposure after the actions, sectors, events, fills with what they were for', () => {
    for (const expected of ['Gross exposure 73.1% sum of weights', 'Beta 0.87', 'Volatility 11.3%', 'Drawdown −2.1%', 'Paid a dividend of 0.42 a share', 'OAKR 7 Feb 2018 Sell target 1,204 52.88 63,667.52 41.22']) expect(words(text)).toContain(expected);
    for (const { sector, weight } of document.portfolio.sectors) expect(words(text)).toContain(`${sector} ${formatPercent(weight)}`);
  });

  it('has no curve of a single close, and calls unknown what is not known', () => {
    const { portfolio, trackRecord } = document;
    const bare = part(pageOf({ trackRecord: { ...trackRecord!, equity: trackRecord!.equity.slice(-1) }, graph: null, portfolio: { ...portfolio, exposure: { gross: 0.2, beta: null, volatility: null, drawdown: 0 } } }), 'book');
    expect(bare).not.toContain('data-chart');
    expect(words(bare)).toContain('Beta unknown slope on the benchmark Volatility unknown a year Drawdown 0.0% below the highest equity Moving together unknown');
  });
});

describe('the risk rules', () => {
  it('show limit, what was wanted and what became of it in the unit of each', () => {
    expect(rows(part(page, 'risk')).slice(1)).toEqual([
      'max-weight the largest weight of one name 10.0% 10.4% 10.0%', 'sector-cap the largest sum of weights of one sector 30.0% 34.2% 30.0%', 'max-beta infeasible the slope of the book on the benchmark 0.85 1.08 0.87 not known for 2 of 10',
      'earnings names that are bought with a report expected 0 names – – not known for 10 of 10', 'max-positions names in the book 20 names 12 names 10 names',
    ]);
  });

  it('mark what is over its limit', () => {
    const bars = [...part(page, 'risk').matchAll(/class="limit (wanted|after)(?: unsure)?( over)?" aria-hidden="true"><span style="width:([\d.]+)%/g)].map(([, kind, over, width]) => [kind, over !== undefined, Number(width)]);
    expect(bars).toEqual([['wanted', true, 78], ['after', false, 75], ['wanted', true, 85.5], ['after', false, 75], ['wanted', true, 95.3], ['after', true, 76.9], ['wanted', false, 45], ['after', false, 37.5]]);
  });

  it('tell a conflict above all else and beside the rules; without one there is neither', () => {
    const banner = page.indexOf('<aside class="conflicts"');
    expect(banner).toBeGreaterThan(0);
    expect(banner).toBeLessThan(page.indexOf('<section id="actions"'));
    expect(page.split('KSTR and IVB cannot be sold at the next open')).toHaveLength(3);
    const kept = pageOf({ risk: { ...document.risk, conflicts: [] } });
    expect(visible(kept)).not.toMatch(/[Ii]nfeasible/);
  });
});

describe('the track record', () => {
  it('shows shares with their intervals and what they are compared with, means, and the last trades', () => {
    const text = words(part(page, 'record'));
    for (const expected of ['251 evenings from 13 Feb 2017 to 6 Feb 2018', 'Trades that gained 82 of 148 55% 47% to 63% one half', 'Outcomes in the interval 158 of 210 75% 69% to 81% 80% promised', 'Mean return +0.41% 95% −0.12% to +0.93%', 'Closed trades 148 entered on 96 sessions, 6.4 sessions on average', 'Expected +0.91% mean of 210 matured forecasts of 187 evenings Came +0.37%', 'OAKR 24 Jan 2018 7 Feb 2018 +3.1% +0.8% target', 'PINE (PINE_2019) 19 Jan 2018 31 Jan 2018 −4.6% – not eligible']) expect(text).toContain(expected);
  });

  it('says of few trades that they are too few', () => {
    const text = words(part(pageOf({ trackRecord: youngRecord(document.trackRecord!) }), 'record'));
    expect(text).toContain('12 closed trades: too few to tell skill from luck. 9 matured forecasts: too few to judge the intervals.');
  });

  it('has words for none, and for the first evening', () => {
    const none = words(part(pageOf({ trackRecord: emptyRecord(document.trackRecord!) }), 'record'));
    expect(none).toContain('No trade has been closed yet: there is nothing to judge. No forecast has matured yet.');
    expect(none).toContain('Trades that gained 0 of 0 – – one half –');
    expect(none).not.toContain('Last closed trades');
    expect(words(part(pageOf({ trackRecord: null }), 'record'))).toBe('Track record The first evening of this book: no earlier recommendation to judge.');
  });
});

describe('notices', () => {
  it('stand above what to do and are not said again among the caveats', () => {
    const noticed = pageOf({ notices: [document.caveats[1]] });
    expect(noticed.indexOf('class="caveats notices"')).toBeLessThan(noticed.indexOf('<section id="actions"'));
    expect(visible(noticed.slice(noticed.indexOf('id="caveats"'), noticed.indexOf('<section id="changes"')))).not.toContain(document.caveats[1]);
    expect(visible(noticed)).toContain('3 things to know before acting');
  });
});
