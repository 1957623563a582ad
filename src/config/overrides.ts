import { namesSecret } from '../core/secret-names.js';
import type { ConfigIssue } from './errors.js';
import { nodeAt } from './describe.js';
import { emptyMap, pathKey, type Layer, type Place, type Value, type ValueMap } from './layer.js';
import { redact } from './redact.js';
import { readYamlValue, secretInstead, type ReadLayer } from './yaml-layer.js';

/**
 * Reads one `--set a.b=c`; the value is YAML, so numbers, `true`, `[a, b]` and `{ a: 1 }` mean what they say.
 * What is wrong is listed, not thrown.
 */
export function readOverride(text: string): ReadLayer {
  const split = text.indexOf('=');
  const path = (split < 0 ? text : text.slice(0, split)).split('.').map((step) => step.trim());
  if (path.some((step, index) => namesSecret(step) && nodeAt(path.slice(0, index + 1)) === null)) {
    const name = path.join('.');
    return rejected({ where: `--set ${name}=…`, path: name, ...secretInstead() });
  }
  const where = `--set ${redact(text)}`;
  if (split < 0 || path.includes('')) {
    return rejected({ where, path: '', expected: 'a setting and its value, such as --set strategy.momentum.top=10', found: JSON.stringify(redact(text)) });
  }
  const { value, places, issues } = readYamlValue({ kind: 'set', text: text.slice(split + 1), path, placeOf: () => where });
  if (issues.length > 0) return rejected(...issues);
  return { layer: { kind: 'set', value: nest(path, value), places: withParents(path, places, where) }, issues: [] };
}

function rejected(...issues: readonly ConfigIssue[]): ReadLayer {
  const layer: Layer = { kind: 'set', value: emptyMap(), places: new Map() };
  return { layer, issues };
}

function nest(path: readonly string[], value: Value): ValueMap {
  const outer = emptyMap();
  let inner = outer;
  for (const step of path.slice(0, -1)) {
    const next = emptyMap();
    inner[step] = next;
    inner = next;
  }
  inner[path.at(-1)!] = value;
  return outer;
}

function withParents(path: readonly string[], places: ReadonlyMap<string, Place>, where: string): ReadonlyMap<string, Place> {
  const all = new Map(places);
  for (let length = 1; length <= path.length; length++) {
    const key = pathKey(path.slice(0, length));
    if (!all.has(key)) all.set(key, { key: where, value: where });
  }
  return all;
}
