import { invalid } from './refusal.js';

/** What a filter may ask about. */
export type Filtered = Readonly<Record<'metrics' | 'params' | 'tags' | 'attributes', ReadonlyMap<string, string | number>>>;

const CONDITION = /^\s*(?:(metrics|params|tags)\.)?(`[^`]+`|[\w.]+)\s*(=|!=|>=|<=|>|<|~)\s*(?:'([^']*)'|"([^"]*)"|(-?[\d.]+))\s*$/;
const ATTRIBUTES = ['artifact_uri', 'run_id', 'user_id', 'start_time', 'created', 'end_time', 'run_name', 'status', 'name'];

/** Whether something meets a filter of conditions joined by `and`. */
export function matches(filter: string, about: Filtered): boolean {
  return filter.trim() === '' || filter.split(/\s+and\s+/i).every((condition) => meets(condition, about));
}

function meets(condition: string, about: Filtered): boolean {
  const [, kind = 'attributes', quoted, comparator, single, double, number] = CONDITION.exec(condition) ?? [];
  const key = quoted?.replaceAll('`', '');
  if (key === undefined) throw invalid(`Invalid filter string: ${condition}`);
  if (kind === 'attributes' && !ATTRIBUTES.includes(key)) throw invalid(`Invalid attribute key '${key}' specified. Valid keys are '{${ATTRIBUTES.join(', ')}}'`);
  const found = about[kind as keyof Filtered].get(key);
  const wanted = number === undefined ? (single ?? double ?? '') : Number(number);
  if (found === undefined) return false;
  if (comparator === '=') return found === wanted;
  if (comparator === '!=') return found !== wanted;
  if (comparator === '>') return found > wanted;
  if (comparator === '<') return found < wanted;
  if (comparator === '>=') return found >= wanted;
  if (comparator === '<=') return found <= wanted;
  throw invalid(`Invalid comparator '${comparator}'`);
}
