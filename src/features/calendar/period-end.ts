import type { EpochDay } from '../../core/dates.js';
import type { MarketFeature } from '../feature.js';
import { dayFeature } from './day-feature.js';
import { boundsOf, type Period } from './period.js';
import { sessionsPassed, sessionsToCome } from './session-counts.js';

/** Sessions left in the period of a day, 0 on its last one. */
const left = (period: Period, day: EpochDay): number => sessionsToCome(day, boundsOf(period, day).last);

/** Sessions of the period so far, 1 on its first one. */
const passed = (period: Period, day: EpochDay): number => sessionsPassed(boundsOf(period, day).first - 1, day);

const SOURCES: Readonly<Record<Period, string>> = {
  month: 'Ariel (1987), months; Lakonishok and Smidt (1988)',
  quarter: 'own definition; funds adjust what they show at the end of a quarter: Lakonishok, Shleifer, Thaler and Vishny (1991)',
  year: 'Rozeff and Kinney (1976), January; Lakonishok and Smidt (1988), the end of December',
};

/** How far the end of the month, quarter or year is. */
export function sessionsToEnd(period: Period): MarketFeature {
  return dayFeature({
    name: `sessions-to-${period}-end`,
    describe: `sessions left in the ${period}, 0 on its last one`,
    formula: `sessions in (t, end of the ${period}]`,
    unit: 'sessions',
    source: SOURCES[period],
    onDay: (day) => left(period, day),
  });
}

/** How long ago the last month, quarter or year ended. */
export function sessionsSinceEnd(period: Period): MarketFeature {
  return dayFeature({
    name: `sessions-since-${period}-end`,
    describe: `sessions since the last one of the ${period} before, 1 on the first of the ${period}`,
    formula: `sessions in (end of the ${period} before, t]`,
    unit: 'sessions',
    source: SOURCES[period],
    onDay: (day) => passed(period, day),
  });
}

export const turnOfMonth: MarketFeature = dayFeature({
  name: 'turn-of-month',
  describe: 'whether this is the last session of a month or one of the first three',
  formula: '1 when sessions-to-month-end = 0 or sessions-since-month-end ≤ 3, else 0',
  unit: 'flag',
  source: 'Lakonishok and Smidt (1988), days −1 to +3',
  onDay: (day) => Number(left('month', day) === 0 || passed('month', day) <= 3),
});
