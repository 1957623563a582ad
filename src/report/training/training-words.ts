import { formatCount, formatNumber, formatValue, MISSING } from '../format.js';
import type { EpochPoint, Rounds, TrainingCourse } from './training-course.js';

/** Figures by the names of tasks, for people. */
const NAMES: Readonly<Record<string, string>> = { loss: 'validation loss', rankIc: 'rank IC', icir: 'ICIR', pinball: 'quantile loss' };

/** The name of a validation figure in words: `rankIc` is `rank IC`. */
export function validationName(name: string): string {
  return NAMES[name] ?? name.replace(/([a-z\d])([A-Z])/g, (_, before: string, letter: string) => `${before} ${letter.toLowerCase()}`);
}

/** An epoch that is over, in one line. */
export function epochWords({ network, epoch, step, train, validation, isBest, seconds }: EpochPoint): string {
  return `${networkWords(network)}epoch ${epoch}: loss ${formatValue(train)}${validationWords(validation)}, step ${formatNumber(step)}, ${timeWords(seconds)}${isBest ? ', the best so far' : ''}`;
}

/** Validation figures as they follow in a sentence; empty without any. */
export function validationWords(validation: Readonly<Record<string, number | null>>): string {
  return Object.entries(validation).map(([name, value]) => `, ${validationName(name)} ${value === null ? MISSING : formatValue(value)}`).join('');
}

/** Where the epoch under way stands, and how it goes on; `null` between two epochs. */
export function underWayWords(course: TrainingCourse): string | null {
  const { underWay, speed, secondsLeft, epochs } = course;
  if (underWay === null) return null;
  const { network, epoch, batch, batches, loss, rate } = underWay;
  const last = epochs.at(-1);
  const pace = `${speed === null ? '' : `, ${formatValue(Number(speed.toPrecision(2)))} steps/s`}${secondsLeft === null ? '' : `, ${timeWords(secondsLeft)} left in the epoch`}`;
  return `${networkWords(network)}epoch ${epoch}, ${batch} of ${formatCount(batches, 'batch', 'batches')}: loss ${formatValue(loss)}, rate ${rateWords(rate)}${pace}${last === undefined ? '' : `; epoch ${last.epoch}${validationWords(last.validation).replace(',', ':')}`}`;
}

/** Where a model stands that learns in rounds. */
export function roundWords({ round, rounds, validation }: Rounds): string {
  return `round ${round} of ${rounds}${Object.entries(validation).map(([name, value]) => `, ${name} ${value.toFixed(4)}`).join('')}`;
}

/** What a training is that begins, or goes on. */
export function startWords({ parameters, resumed, network }: TrainingCourse): string {
  return `${networkWords(network)}${formatCount(parameters ?? 0, 'parameter')}${resumed === null ? '' : `; goes on in epoch ${resumed.epoch} after step ${formatNumber(resumed.step)}`}`;
}

/** Before what is said of a network that is not the first; most trainings have only one. */
export const networkWords = (network: number): string => (network === 0 ? '' : `network ${network + 1}, `);

/** Learning rates are read by their power of ten. */
const rateWords = (rate: number): string => rate.toExponential(1);

/** `4.8 s`, `3:20`, `1:05:00`. */
export function timeWords(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60].map(String);
  return hours === '0' ? `${minutes}:${rest.padStart(2, '0')}` : `${hours}:${minutes.padStart(2, '0')}:${rest.padStart(2, '0')}`;
}
