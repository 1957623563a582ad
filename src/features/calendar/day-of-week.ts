import { weekday } from '../../core/dates.js';
import type { MarketFeature } from '../feature.js';
import { dayFeature } from './day-feature.js';

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const;

/** Whether the session falls on a day of the week. */
export function dayOfWeek(name: (typeof DAYS)[number]): MarketFeature {
  const written = name[0].toUpperCase() + name.slice(1);
  return dayFeature({
    name,
    describe: `whether this session is a ${written}`,
    formula: `1 on a ${written}, else 0`,
    unit: 'flag',
    source: 'French (1980), returns by day of the week',
    onDay: (day) => Number(weekday(day) === DAYS.indexOf(name)),
  });
}
