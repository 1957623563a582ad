import { describe, expect, it } from 'vitest';

import { evaluateScores, type ScoreEvaluationInput } from '../../src/evaluation/evaluate-scores.js';
import { evaluationFigures } from '../../src/report/evaluation/figures.js';
import { renderEvaluationPage } from '../../src/report/evaluation/page.js';
import { evaluationWords } from '../../src/report/evaluation/words.js';
import { Panel } from '../../src/table/panel.js';
import { evaluationWorld } from '../evaluation/world.js';
import { HOSTILE } from './hostile.js';

const meta = { title: '12-1 momentum', label: 'return over 5 sessions', params: { top: 20 }, seed: 7, caveats: ['Sectors are as last known.'], generatedBy: 'swinglab' };
const evaluation = evaluateScores(evaluationWorld({ sessions: 700 }));
const nothing = evaluateScores(blank(evaluationWorld({ sessions: 30 })));

/** A market in which nothing has a score. */
function blank(input: ScoreEvaluationInput): ScoreEvaluationInput {
  const { symbols, sessions } = input.scores;
  return { ...input, scores: new Panel({ symbols, sessions, columns: { score: new Float64Array(symbols.length * sessions.length).fill(Number.NaN) } }) };
}

/** Every list of numbers or texts of a trace that plotly draws point by point. */
function pointLists(trace: Readonly<Record<string, unknown>>): unknown[][] {
  const { array, arrayminus } = ((trace['error_y'] ?? trace['error_x']) as { array: unknown[]; arrayminus: unknown[] } | undefined) ?? {};
  return [trace['x'], trace['y'], trace['base'], trace['text'], trace['hovertext'], array, arrayminus].filter((list): list is unknown[] => Array.isArray(list));
}

describe('figures of an evaluation', () => {
  const figures = evaluationFigures(evaluation);

  it.each(Object.entries(figures))('%s is plain JSON of lists as long as each other, with a title and named axes', (_, figure) => {
    const { data, layout } = figure!;
    expect(JSON.parse(JSON.stringify(figure))).toEqual(figure);
    for (const trace of data) {
      expect(trace.x.length).toBeGreaterThan(0);
      for (const list of pointLists(trace)) expect(list).toHaveLength(trace.x.length);
      for (const list of pointLists(trace)) expect(list.every((value) => value === null || typeof value === 'string' || Number.isFinite(value))).toBe(true);
    }
    expect((layout['title'] as { text: string }).text).toMatch(/\S/);
  });

  it('draw what the evaluation found', () => {
    expect(figures.rankIc!.data[0].y.map(Number)).toEqual(evaluation.daily.rankIc.map((value) => Number(value!.toPrecision(5))));
    const sums = figures.rankIc!.data[2].y as number[];
    expect(sums.at(-1)).toBeCloseTo(evaluation.rankIc.mean! * evaluation.sessions.length, 2);
    const rolling = figures.rankIc!.data[1].y as (number | null)[];
    expect(rolling.slice(0, 62).every((value) => value === null)).toBe(true);
    const last = evaluation.daily.rankIc.slice(-63).reduce<number>((sum, value) => sum + value!, 0) / 63;
    expect(rolling.at(-1)).toBeCloseTo(last, 5);
    expect(figures.spread!.data[0].y.at(-1)).toBeCloseTo((evaluation.quantiles.spread.return.mean! * evaluation.sessions.length) / 5, 3);
    expect(figures.byYear!.data[0].x).toEqual(['2011', '2012', '2013']);
    expect(figures.decay!.data[0].x).toEqual([1, 2, 3, 5, 10, 20]);
  });

  it('show whiskers that end where the intervals do', () => {
    const { x, error_x: whiskers } = figures.bySector!.data[0] as unknown as { x: number[]; error_x: { array: number[]; arrayminus: number[] } };
    const ends = x.map((mean, i) => [mean - whiskers.arrayminus[i], mean + whiskers.array[i]]);
    const rising = [...evaluation.bySector!].sort((a, b) => a.rankIc.mean! - b.rankIc.mean!);
    rising.forEach(({ rankIc }, i) => [0, 1].forEach((end) => expect(ends[i][end]).toBeCloseTo(rankIc.interval![end], 4)));
  });

  it('mean months over their sessions', () => {
    const { hovertext, base } = figures.monthly!.data[0] as unknown as { hovertext: string[]; base: number[] };
    expect(hovertext[0]).toContain('Jan 2011');
    expect(base[0]).toBe(2010.5);
    expect(hovertext.map((text) => Number(/(\d+) sessions/.exec(text)![1])).reduce((a, b) => a + b)).toBe(evaluation.sessions.length);
  });

  it('are none where nothing could be evaluated', () => {
    expect(Object.values(evaluationFigures(nothing))).toEqual([null, null, null, null, null, null, null]);
  });

  it('give names from data to plotly without markup', () => {
    const input = evaluationWorld();
    const sectors = new Map([...input.sectors!].map(([symbol, sector]) => [symbol, `${HOSTILE}${sector}`]));
    const names = evaluationFigures(evaluateScores({ ...input, sectors })).bySector!.data[0].y;
    for (const name of names) expect(name).not.toMatch(/[<>]/);
  });
});

describe('the words of an evaluation', () => {
  it('give the figures and what they bear', () => {
    const words = evaluationWords(evaluation);
    expect(words).toContain(`Rank IC ${evaluation.rankIc.mean!.toFixed(3)} over ${evaluation.sessions.length} sessions (95% ${evaluation.rankIc.interval!.map((end) => end.toFixed(3)).join(' to ')}), Newey–West t ${evaluation.rankIc.t!.toFixed(1)}: higher scores went with higher labels, more than chance would do.`);
    expect(words).toContain('in 3 of 3 calendar years');
    expect(words).toContain('Of the horizons compared, rank IC was highest over 1 session');
  });

  it('say no more than the interval', () => {
    const around = (low: number, high: number) => evaluationWords({ ...evaluation, rankIc: { ...evaluation.rankIc, interval: [low, high] } });
    expect(around(-0.01, 0.02)).toContain('not distinguishable from chance');
    expect(around(-0.02, -0.01)).toContain('went with lower labels');
    expect(evaluationWords({ ...evaluation, rankIc: { ...evaluation.rankIc, interval: null } })).toContain('too few sessions to tell');
  });

  it('say why there are none', () => {
    expect(evaluationWords(nothing)).toBe('No session could be evaluated: 30 sessions without scores.');
  });
});

describe('the page of an evaluation', () => {
  const page = renderEvaluationPage(evaluation, meta);

  it('is the same for the same input, and needs nothing else', () => {
    expect(renderEvaluationPage(evaluation, meta) === page).toBe(true);
    expect(page.split('<script type="application/json"')[0].match(/(?:src|href)="(?!#|data:)[^"]*"|url\(/g)).toBeNull();
    expect(page.includes('content="default-src &#39;none&#39;')).toBe(true);
  });

  it('has a place for every chart and the data to fill it', () => {
    const charts = JSON.parse(/<script type="application\/json" id="charts">(.*?)<\/script>/s.exec(page)![1]) as { charts: Record<string, unknown> };
    expect([...page.matchAll(/data-chart="(\w+)"/g)].map(([, name]) => name).sort()).toEqual(Object.keys(charts.charts).sort());
    expect(Object.keys(charts.charts)).toHaveLength(7);
    expect(JSON.stringify(charts)).not.toMatch(/NaN|Infinity/);
  });

  it('says in tables what was found, and what was left out', () => {
    const text = page.split('<script')[0].replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
    expect(text).toContain(evaluation.rankIc.icir!.toFixed(3));
    expect(text).toContain('Every session counts.');
    expect(text).toContain('Sectors are as last known.');
    expect(text).not.toMatch(/NaN|undefined|null|Infinity/);
    const missing = renderEvaluationPage({ ...evaluation, leftOut: { withoutScores: 12, tooFewScores: 0, tooFewLabels: 6, constant: 1 } }, meta);
    for (const words of ['12 sessions without scores', '6 sessions with fewer than 20 names with score and label', '1 session with equal scores or labels throughout']) expect(missing.includes(words)).toBe(true);
  });

  it('is calm about nothing', () => {
    const empty = renderEvaluationPage(nothing, { title: 'x', label: 'y', generatedBy: 'z' });
    expect(empty.includes('No session could be evaluated')).toBe(true);
    expect(empty.split('<script')[0]).not.toMatch(/NaN|undefined|Infinity|null/);
  });

  it('lets no text from data run or break out', () => {
    const input = evaluationWorld();
    const sectors = new Map([...input.sectors!].map(([symbol, sector]) => [symbol, `${HOSTILE}${sector}`]));
    const bad = renderEvaluationPage(evaluateScores({ ...input, sectors }), { title: HOSTILE, label: HOSTILE, params: { [HOSTILE]: HOSTILE }, caveats: [HOSTILE], generatedBy: HOSTILE });
    expect(bad.includes('<img src=x')).toBe(false);
    expect(bad.match(/<script/g)).toHaveLength(page.match(/<script/g)!.length);
    expect(bad.split('<script nonce')[0].includes('<!--')).toBe(false);
  });
});
