import { describe, expect, it } from 'vitest';

import { forwardLabels } from '../../../src/dataset/labels/forward-labels.js';
import { averageRank } from '../../../src/math/cross-section.js';
import { LabelTargets } from '../../../src/models/foundation/session-targets.js';
import { LABELS, sessionWorld, withOtherFuture } from './session-world.js';

const { market, labels } = sessionWorld();
const { sessions, symbols } = market.bars;
const HORIZONS = [3, 5, 10];
const ROWS = Int32Array.from(symbols.keys());
const days = (first: number, end: number): number[] => Array.from(sessions.subarray(first, end));
const at = (targets: LabelTargets, t: number) => targets.targets({ rows: ROWS, day: sessions[t] });
/** Horizons of which anything is told. */
const told = (targets: LabelTargets, t: number): number[] => HORIZONS.filter((_, h) => ROWS.some((row) => !Number.isNaN(at(targets, t).scaled[row * HORIZONS.length + h])));

describe('targets of a session', () => {
  it('are the label over its expected deviation, and its centred rank among those that have one', () => {
    const targets = new LabelTargets(labels, HORIZONS, days(70, 150));
    const { scaled, ranks } = at(targets, 100);
    const [label, scale] = [labels.panel.column('label'), labels.panel.column('scale')].map((column) => Array.from(ROWS, (row) => column[row * sessions.length + 100]));
    const [longer, longerScale] = (['label', 'scale'] as const).map((name) => Array.from(ROWS, (row) => labels.at(10).panel.column(name)[row * sessions.length + 100]));
    const known = [...ROWS].filter((row) => !Number.isNaN(label[row]));
    expect(known.length).toBeGreaterThan(10);
    expect(known.length).toBeLessThan(symbols.length);
    const order = averageRank(known.map((row) => label[row]));
    for (const row of ROWS) {
      expect(scaled[row * 3 + 1]).toBe(Math.fround(label[row] / scale[row]));
      expect(scaled[row * 3 + 2]).toBe(Math.fround(longer[row] / longerScale[row]));
      if (Number.isNaN(label[row])) expect(ranks[row]).toBeNaN();
      else expect(ranks[row]).toBeCloseTo((order[known.indexOf(row)] - 1) / (known.length - 1) - 0.5, 6);
    }
  });

  it('reach no further than those of the samples do', () => {
    const targets = new LabelTargets(labels, HORIZONS, days(70, 100));
    // the label of 99 is decided at 105: one over 10 sessions that of 94
    for (const t of [70, 80, 94]) expect(told(targets, t)).toEqual(HORIZONS);
    for (const t of [95, 97, 99]) expect(told(targets, t)).toEqual([3, 5]);
  });

  it('do not reach across a gap that a split has purged', () => {
    // as of a cross-validation that judges 106 to 119: 99 is the last session before, whose label is decided at 105
    const targets = new LabelTargets(labels, HORIZONS, [...days(70, 100), ...days(126, 150)]);
    expect(told(targets, 94)).toEqual(HORIZONS);
    for (const t of [95, 97, 99]) expect(told(targets, t)).toEqual([3, 5]);
    for (const t of [126, 130, 144]) expect(told(targets, t)).toEqual(HORIZONS);
    expect(told(targets, 145)).toEqual([3, 5]);
    expect(told(targets, 110)).toEqual([]);
  });

  it('count a session without samples amid others as no gap', () => {
    const targets = new LabelTargets(labels, HORIZONS, days(70, 100).filter((_, i) => i !== 28));
    expect(told(targets, 94)).toEqual(HORIZONS);
  });

  it('do not change with what comes after the last label is decided', () => {
    const [first, end] = [70, 100];
    const decided = end - 1 + labels.span; // the open of that session ends the last label
    const other = withOtherFuture(market, decided + 1, 5);
    const [now, then] = [market, other].map((one) => new LabelTargets(forwardLabels(one, LABELS), HORIZONS, days(first, end)));
    for (let t = first; t < end; t++) expect(at(then, t)).toEqual(at(now, t));
    const sooner = new LabelTargets(forwardLabels(withOtherFuture(market, decided, 5), LABELS), HORIZONS, days(first, end));
    expect(at(sooner, end - 1)).not.toEqual(at(now, end - 1)); // so that the test can fail
  });
});
