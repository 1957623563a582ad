import { isAlias, isMap as isYamlMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node, type YAMLMap, type YAMLSeq } from 'yaml';

import { namesSecret } from '../core/secret-names.js';
import { nodeAt } from './describe.js';
import type { ConfigIssue } from './errors.js';
import { emptyMap, isMap, pathKey, type Layer, type LayerKind, type Place, type Value } from './layer.js';
import { quote } from './redact.js';
import { SECRETS } from './schema.js';

/** More nodes than any configuration has: what an alias that multiplies itself would reach. */
const MOST_NODES = 20_000;
const MOST_LEVELS = 40;
/** One fault makes the parser complain about all that follows. */
const MOST_COMPLAINTS = 5;

export interface YamlSource {
  readonly kind: LayerKind;
  /** YAML 1.2. */
  readonly text: string;
  /** Where position (line, column, both from 1) of the text is, for a person. */
  placeOf(line: number, column: number): string;
  /** Where in the configuration the text's value stands; empty for a whole file. */
  readonly path?: readonly string[];
}

export interface ReadLayer {
  readonly layer: Layer;
  readonly issues: readonly ConfigIssue[];
}

/** Reads a map of settings from YAML; what is wrong with it is listed, not thrown. */
export function readYamlLayer(source: YamlSource): ReadLayer {
  const reader = new YamlReader(source);
  const value = reader.read();
  const layer: Layer = { kind: source.kind, value: isMap(value) ? value : emptyMap(), places: reader.places };
  if (value !== undefined && value !== null && !isMap(value) && reader.issues.length === 0) {
    reader.issues.push({ where: source.placeOf(1, 1), path: '', expected: 'a map of settings at the top', found: Array.isArray(value) ? 'a list' : typeof value === 'string' ? 'text' : `a ${typeof value}` });
  }
  return { layer, issues: reader.issues };
}

/** Reads the value of one `--set`. */
export function readYamlValue(source: YamlSource): { readonly value: Value; readonly places: ReadonlyMap<string, Place>; readonly issues: readonly ConfigIssue[] } {
  const reader = new YamlReader(source);
  return { value: reader.read() ?? null, places: reader.places, issues: reader.issues };
}

/** Turns the nodes of a document into plain values and remembers where each was written. */
class YamlReader {
  readonly places = new Map<string, Place>();
  readonly issues: ConfigIssue[] = [];
  readonly #source: YamlSource;
  readonly #lines = new LineCounter();
  #document!: Document.Parsed;
  #nodes = 0;

  constructor(source: YamlSource) {
    this.#source = source;
  }

  read(): Value | undefined {
    const path = this.#source.path ?? [];
    try {
      this.#document = parseDocument(this.#source.text, { lineCounter: this.#lines, prettyErrors: false, stringKeys: true });
      if (this.#readSyntaxErrors()) return undefined;
      return this.#document.contents === null ? undefined : this.#value(this.#document.contents, path, 0);
    } catch (error) {
      // The parser descends by recursion.
      if (!(error instanceof RangeError)) throw error;
      this.#complain(0, { expected: `at most ${MOST_LEVELS} levels of nesting`, found: 'more' });
      return undefined;
    }
  }

  /** Whether the text is no YAML; the first complaint about each line is kept. */
  #readSyntaxErrors(): boolean {
    const complaints = [...this.#document.errors, ...this.#document.warnings].sort((a, b) => a.pos[0] - b.pos[0]);
    const lines = new Set<number>();
    for (const { code, message, pos } of complaints) {
      const { line } = this.#lines.linePos(pos[0]);
      if (lines.has(line) || lines.size === MOST_COMPLAINTS) continue;
      lines.add(line);
      this.#complain(pos[0], syntax(code, message, wordAt(this.#source.text, pos[0])));
    }
    return lines.size > 0;
  }

  #value(node: Node, path: readonly string[], level: number): Value | undefined {
    if (++this.#nodes > MOST_NODES || level > MOST_LEVELS) {
      if (this.issues.length === 0) this.#complain(node.range?.[0] ?? 0, { expected: `at most ${MOST_NODES} values, nested at most ${MOST_LEVELS} deep`, found: 'more (aliases count as often as they are used)' });
      return undefined;
    }
    if (!this.places.has(pathKey(path))) this.#place(path, node, node);
    if (isAlias(node)) {
      const target = node.resolve(this.#document);
      if (target !== undefined) return this.#value(target, path, level + 1);
      this.#complain(node.range?.[0] ?? 0, { path, expected: 'an alias of an anchor that stands before it', found: quote(`*${node.source}`) });
      return undefined;
    }
    if (isYamlMap(node)) return this.#map(node, path, level);
    if (isSeq(node)) return this.#list(node, path, level);
    const value: unknown = isScalar(node) ? node.value : undefined;
    // A section whose keys are all commented out reads as null and means no settings.
    if (value === null && nodeAt(path)?.type === 'object') return emptyMap();
    return value as Value;
  }

  #map(node: YAMLMap, path: readonly string[], level: number): Value {
    const map = emptyMap();
    for (const pair of node.items) {
      const keyNode = pair.key as Node;
      const key = isScalar(keyNode) ? String(keyNode.value) : '';
      const inside = [...path, key];
      if (namesSecret(key) && nodeAt(inside) === null) {
        this.#complain(keyNode.range?.[0] ?? 0, { path: inside, ...secretInstead() });
        continue;
      }
      this.#place(inside, keyNode, (pair.value as Node | null) ?? keyNode);
      const value = pair.value === null ? null : this.#value(pair.value as Node, inside, level + 1);
      if (value !== undefined) map[key] = value;
    }
    return map;
  }

  #list(node: YAMLSeq, path: readonly string[], level: number): Value {
    return node.items.map((item, index) => this.#value(item as Node, [...path, String(index)], level + 1) ?? null);
  }

  #place(path: readonly string[], key: Node, value: Node): void {
    this.places.set(pathKey(path), { key: this.#at(key.range?.[0] ?? 0), value: this.#at(value.range?.[0] ?? 0) });
  }

  #at(offset: number): string {
    const { line, col } = this.#lines.linePos(offset);
    return this.#source.placeOf(Math.max(1, line), Math.max(1, col));
  }

  #complain(offset: number, { path, expected, found, hint }: { readonly path?: readonly string[]; readonly expected: string; readonly found: string; readonly hint?: string }): void {
    this.issues.push({ where: this.#at(offset), path: (path ?? this.#source.path ?? []).join('.'), expected, found, ...(hint === undefined ? {} : { hint }) });
  }
}

/** What is said instead of a secret's value. */
export function secretInstead(): { readonly expected: string; readonly found: string; readonly hint: string } {
  return { expected: 'no secrets here', found: 'a key that names one', hint: `put it in the environment (${Object.keys(SECRETS).join(', ')})` };
}

function wordAt(text: string, offset: number): string {
  return /^[\w-]{1,40}/.exec(text.slice(offset, offset + 40))?.[0] ?? 'a key';
}

/** The parser's messages quote the text, which may hold a secret; only those that cannot are passed on. */
function syntax(code: string, message: string, word: string): { readonly expected: string; readonly found: string } {
  switch (code) {
    case 'DUPLICATE_KEY':
      return { expected: 'each key once in its map', found: `"${word}" again` };
    case 'TAB_AS_INDENT':
      return { expected: 'spaces as indentation', found: 'a tab' };
    case 'MULTIPLE_DOCS':
      return { expected: 'one YAML document', found: 'the start of another ("---")' };
    case 'NON_STRING_KEY':
      return { expected: 'keys that are text', found: 'another kind of key' };
    case 'TAG_RESOLVE_FAILED':
      return { expected: 'no tags ("!…")', found: 'a tag that is not known' };
    case 'BAD_INDENT':
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
      return { expected: 'YAML whose lines are indented by their level', found: message.includes('"') ? 'a line that is not' : `"${message}"` };
    case 'MISSING_CHAR':
      return { expected: 'closed quotes and brackets, and ": " after each key', found: message.startsWith('Missing closing') ? 'an open one' : 'a character missing' };
    case 'RESOURCE_EXHAUSTION':
      return { expected: `at most ${MOST_LEVELS} levels of nesting`, found: 'more' };
    default:
      return { expected: 'YAML', found: `something else (${code.toLowerCase().replaceAll('_', ' ')})` };
  }
}
