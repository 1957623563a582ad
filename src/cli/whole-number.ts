import { InvalidArgumentError } from 'commander';

/** A parser of an option: whole numbers from `least` on, up to `most` where there is a bound. */
export function wholeNumber(least: number, most = Number.POSITIVE_INFINITY): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (text.trim() === '' || !(Number.isInteger(number) && number >= least && number <= most)) throw new InvalidArgumentError(`expected a whole number ${most === Number.POSITIVE_INFINITY ? `of at least ${least}` : `from ${least} to ${most}`}, found "${text}"`);
    return number;
  };
}

/** Seeds that the configuration takes too. */
export const seed = wholeNumber(0, 4_294_967_295);
export const threads = wholeNumber(1, 1024);
