import { InvalidArgumentError } from 'commander';

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
const PART = /(\d+(?:\.\d+)?)([smhd])/g;

/** Seconds of a duration that a person gave: `90s`, `15m`, `1h`, `1h30m`. */
export function duration(text: string): number {
  const parts = [...text.matchAll(PART)];
  const seconds = parts.reduce((sum, [, count, unit]) => sum + Number(count) * SECONDS[unit], 0);
  if (parts.map(([part]) => part).join('') !== text || !(seconds > 0)) throw new InvalidArgumentError(`expected a duration above 0 such as 90s, 15m, 1h or 1h30m, found "${text}"`);
  return seconds;
}
