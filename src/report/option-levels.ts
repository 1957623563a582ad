import type { NameOptions } from '../recommendation/evening-options.js';
import type { MarkedPrice } from './figure.js';

const NAMES = [['callWall', 'Call wall'], ['putWall', 'Put wall'], ['gammaFlip', 'Flip'], ['maxPain', 'Max pain']] as const;

/** Levels of an option chain among the prices of the document; none where its basis is not known. */
export function optionLevels(options: NameOptions | null): MarkedPrice[] {
  if (options === null || options.toClose === null) return [];
  const { figures, toClose } = options;
  return NAMES.flatMap(([key, label]) => {
    const level = figures[key];
    return level === null ? [] : [{ label, price: level * toClose }];
  });
}
