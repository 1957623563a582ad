import { sha256 } from '../../core/hash.js';

const LONGEST_KEY = 250;
/** Python's \w, and what MLflow takes besides. */
const REFUSED_SIGN = /[^\p{L}\p{N}_\-. :/]/gu;
const HASH_DIGITS = 8;

/**
 * The name under which MLflow keeps a figure, parameter or tag: the name itself where MLflow takes it, else one with `_` for
 * what it does not take and the beginning of the name's hash, so that two names never become one.
 */
export function mlflowKey(name: string): string {
  const parts = name.replace(REFUSED_SIGN, '_').split('/').map((part) => (part === '' || part === '.' || part === '..' ? '_' : part));
  const taken = parts.join('/');
  if (taken === name && name.length <= LONGEST_KEY) return name;
  return `${taken.slice(0, LONGEST_KEY - HASH_DIGITS - 1)}_${sha256(name).slice(0, HASH_DIGITS)}`;
}

/** A text as MLflow can keep it: without halves of signs, for which it keeps nothing at all, and without the sign zero. */
export function mlflowText(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD').replaceAll('\0', '\u2400');
}
