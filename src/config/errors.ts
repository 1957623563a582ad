import type { z } from 'zod';

import { ConfigError } from '../core/errors.js';
import { expectation, nodeAt, settings } from './describe.js';
import type { Place } from './layer.js';
import { quote } from './redact.js';
import { suggest } from '../core/suggest.js';

/** One thing that is wrong in the configuration. */
export interface ConfigIssue {
  /** `config.yaml:12:11` or `--set data.history=…`; empty when it is in no one place. */
  readonly where: string;
  /** The setting with dots; empty for the whole file. */
  readonly path: string;
  readonly expected: string;
  /** Quoted, without secrets; empty when there is nothing to quote. */
  readonly found: string;
  readonly hint?: string;
}

/** An issue as one line: where, which setting, what was expected, what was found, what to do. */
export function describeIssue({ where, path, expected, found, hint }: ConfigIssue): string {
  const place = [where, path].filter((part) => part !== '').map((part) => `${part}: `).join('');
  return `${place}expected ${expected}${found === '' ? '' : `, found ${found}`}${hint === undefined ? '' : `; ${hint}`}`;
}

const MOST_SHOWN = 40;

/** The error that tells all issues at once, in reading order, code `BAD_CONFIG`, the issues in `fields.issues`. */
export function configError(found: readonly ConfigIssue[]): ConfigError {
  const issues = inReadingOrder(found);
  const lines = issues.slice(0, MOST_SHOWN).map(describeIssue);
  if (issues.length > MOST_SHOWN) lines.push(`and ${issues.length - MOST_SHOWN} more`);
  const message = lines.length === 1 ? lines[0] : `${issues.length} problems in the configuration:\n${lines.map((line) => `  ${line}`).join('\n')}`;
  return new ConfigError(message, { code: 'BAD_CONFIG', fields: { issues } });
}

const collator = new Intl.Collator('en', { numeric: true });

function inReadingOrder(issues: readonly ConfigIssue[]): ConfigIssue[] {
  return [...issues].sort((a, b) => collator.compare(a.where, b.where));
}

/**
 * What the schema complains about, in our words.
 * @param value   what was parsed
 * @param placeOf  where the value, or the key, at a path was written
 */
export function schemaIssues(error: z.ZodError, value: unknown, placeOf: (path: readonly PropertyKey[], part: keyof Place) => string): ConfigIssue[] {
  const issues: ConfigIssue[] = [];
  for (const issue of error.issues) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) issues.push(unknownKey([...issue.path, key], placeOf([...issue.path, key], 'key')));
      continue;
    }
    const path = issue.path.join('.');
    // The first complaint about a value is the one to mend; later ones often follow from it.
    if (issues.some((known) => known.path === path)) continue;
    const found = valueAt(value, issue.path);
    issues.push({ where: placeOf(issue.path, 'value'), path, expected: expected(issue), found: quote(found), ...hintFor(issue, found) });
  }
  return issues;
}

function expected(issue: z.core.$ZodIssue): string {
  // Messages that our schemas give themselves begin with "expected".
  if (issue.message.startsWith('expected ')) return issue.message.slice('expected '.length);
  const node = nodeAt(issue.path);
  return node ? expectation(node) : issue.message;
}

function hintFor(issue: z.core.$ZodIssue, found: unknown): { readonly hint: string } | Record<never, never> {
  if (issue.code === 'invalid_value' && typeof found === 'string') {
    const near = suggest(found, issue.values.map(String));
    return near === null ? {} : { hint: `did you mean "${near}"?` };
  }
  if (issue.code !== 'invalid_type') return {};
  if (found === null) return { hint: 'remove the key to keep the default' };
  if (issue.expected === 'string' && (typeof found === 'number' || typeof found === 'boolean')) return { hint: 'put it in quotes to make it text' };
  if (issue.expected === 'number' && typeof found === 'string' && found.trim() !== '' && Number.isFinite(Number(found))) return { hint: 'remove the quotes to make it a number' };
  return {};
}

function unknownKey(path: readonly PropertyKey[], where: string): ConfigIssue {
  const key = String(path.at(-1));
  const siblings = Object.keys(nodeAt(path.slice(0, -1))?.properties ?? {});
  const near = suggest(key, siblings);
  const elsewhere = settings().filter((setting) => setting.path.at(-1) === key).map(({ name }) => name);
  const known = [...siblings].sort().join(', ');
  const hint = near !== null ? `did you mean "${near}"?` : elsewhere.length > 0 ? `did you mean "${elsewhere.join('" or "')}"?` : `known here: ${known}`;
  return { where, path: path.join('.'), expected: 'a known key', found: quote(key), hint };
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inside, step) => (inside !== null && typeof inside === 'object' && Object.hasOwn(inside, step) ? (inside as Record<PropertyKey, unknown>)[step] : undefined), value);
}
