import type { RecommendationDocument } from '../recommendation/recommendation.js';

/** Listed symbols by instrument, as a document has them. */
export type ListedSymbols = RecommendationDocument['symbols'];

/** An instrument that is also a word of the language when it begins a sentence. */
const WORDS: ReadonlySet<string> = new Set(['A', 'I']);

/** The symbol under which an instrument trades on the evening: what a person types into an order. */
export function listedName(symbols: ListedSymbols, instrument: string): string {
  return Object.hasOwn(symbols, instrument) ? symbols[instrument] : instrument;
}

/** A sentence that names instruments, by the symbols under which they trade; whole names only, each replaced once. */
export function listedText(symbols: ListedSymbols, text: string): string {
  const names = Object.keys(symbols).filter((name) => !WORDS.has(name) && text.includes(name)).sort((a, b) => b.length - a.length);
  if (names.length === 0) return text;
  const whole = new RegExp(`(?<![\\w.-])(?:${names.map((name) => name.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|')})(?![\\w-]|\\.\\w)`, 'g');
  return text.replace(whole, (name) => symbols[name]);
}
