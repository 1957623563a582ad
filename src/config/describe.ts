import { z } from 'zod';

import { configSchema } from './schema.js';

/** One setting of the configuration, as the schema has it. */
export interface Setting {
  readonly path: readonly string[];
  /** The path with dots, e.g. `data.history`. */
  readonly name: string;
  /** Meaning and unit. */
  readonly describe: string;
  /** What the schema accepts, in words, e.g. `a whole number from 300 to 10000`. */
  readonly expectation: string;
  /** `undefined` when the setting is optional and absent. */
  readonly default: unknown;
}

/** The parts of JSON Schema that zod writes for this configuration. */
export interface SchemaNode {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly SchemaNode[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly minLength?: number;
  readonly minItems?: number;
  readonly items?: SchemaNode;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | false;
}

let root: SchemaNode | undefined;

function schemaRoot(): SchemaNode {
  return (root ??= z.toJSONSchema(configSchema, { io: 'input' }) as SchemaNode);
}

/** The schema of what stands at a path; `null` when nothing may stand there. */
export function nodeAt(path: readonly PropertyKey[]): SchemaNode | null {
  let node: SchemaNode | undefined = schemaRoot();
  for (const step of path) {
    if (node.items) node = node.items;
    else if (node.properties) node = Object.hasOwn(node.properties, step) ? node.properties[String(step)] : undefined;
    else node = node.additionalProperties || undefined;
    if (!node) return null;
  }
  return node;
}

/** Every setting, in the order of the schema. */
export function settings(): readonly Setting[] {
  return leaves(schemaRoot(), []);
}

function leaves(node: SchemaNode, path: readonly string[]): Setting[] {
  if (node.properties) return Object.entries(node.properties).flatMap(([key, child]) => leaves(child, [...path, key]));
  return [{ path, name: path.join('.'), describe: node.description ?? '', expectation: expectation(node), default: node.default }];
}

/** What a schema accepts, in words that follow "expected". */
export function expectation(node: SchemaNode): string {
  if (node.const !== undefined) return JSON.stringify(node.const);
  if (node.enum) return `one of ${node.enum.map(String).join(', ')}`;
  if (node.anyOf) return node.anyOf.map(expectation).join(' or ');
  switch (node.type) {
    case 'integer':
      return `a whole number${range(node)}`;
    case 'number':
      return `a number${range(node)}`;
    case 'string':
      return (node.minLength ?? 0) > 0 ? 'text that is not empty' : 'text';
    case 'boolean':
      return 'true or false';
    case 'null':
      return 'null';
    case 'array':
      return `a list${(node.minItems ?? 0) > 0 ? `, at least ${node.minItems} long,` : ''} of ${node.items ? `items that are each ${expectation(node.items)}` : 'anything'}`;
    case 'object':
      return node.additionalProperties ? `a map from names to ${expectation(node.additionalProperties)}` : 'a map of settings';
    default:
      return 'a value';
  }
}

function range({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: SchemaNode): string {
  const least = limit(exclusiveMinimum, minimum, Number.MIN_SAFE_INTEGER);
  const most = limit(exclusiveMaximum, maximum, Number.MAX_SAFE_INTEGER);
  if (least && most && !least.exclusive && !most.exclusive) return ` from ${least.bound} to ${most.bound}`;
  const below = least && (least.exclusive ? `above ${least.bound}` : `of at least ${least.bound}`);
  const above = most && (most.exclusive ? `below ${most.bound}` : `at most ${most.bound}`);
  const said = [below, above].filter((part) => part !== null).join(' and ');
  return said === '' ? '' : ` ${said}`;
}

/** A bound that the schema's author gave; zod adds those of exact integers, which say nothing. */
function limit(exclusive: number | undefined, inclusive: number | undefined, implied: number): { readonly bound: number; readonly exclusive: boolean } | null {
  if (exclusive !== undefined) return { bound: exclusive, exclusive: true };
  return inclusive === undefined || inclusive === implied ? null : { bound: inclusive, exclusive: false };
}
