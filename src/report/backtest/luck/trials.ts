import type { Luck } from '../../../evaluation/luck/luck.js';
import { formatCount, formatNumber } from '../../format.js';
import type { LuckStatement } from './statement.js';

const ELSEWHERE = 'What was tried before it was recorded, or under another name, is not counted and makes luck more likely than is said here.';

/** How much was tried, and how that is counted. */
export function trialsStatement({ trials }: Luck, experiment: string): LuckStatement {
  const { count, aligned, elsewhere, withoutReturns } = trials;
  const parts = [
    [aligned, 'with returns on these sessions'], [elsewhere, 'run on other sessions'], [withoutReturns, 'without returns, as scores that were only evaluated'],
  ] as const;
  const listed = parts.filter(([number]) => number > 0).map(([number, words]) => `${formatNumber(number)} ${words}`).join(', ');
  const counted = count === 1 ? `This is the only configuration evaluated under “${experiment}”: nothing is taken off for trying.`
    : `${formatCount(count, 'configuration')} were evaluated under “${experiment}”, this one included and the same one counted once: ${listed}.`;
  return { name: 'Trials', value: formatNumber(count), sentence: `${counted} ${ELSEWHERE}`, source: 'Every evaluation is recorded when it is made' };
}
