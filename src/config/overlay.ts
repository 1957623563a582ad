import { hashJson } from '../core/hash.js';
import { configError, schemaIssues } from './errors.js';
import type { LoadedConfig } from './load.js';
import { configSchema, type Config } from './schema.js';

/** Some settings of a configuration, as they would be written in its file. */
export type SettingsOverlay = { readonly [Key in keyof Config]?: PartialSettings<Config[Key]> };
type PartialSettings<Value> = Value extends readonly unknown[] ? Value : Value extends object ? { readonly [Key in keyof Value]?: PartialSettings<Value[Key]> } : Value;

/**
 * A configuration with some settings in place of its own, checked against the same schema.
 *
 * Maps are merged key by key, everything else is replaced; paths stay.
 * @param where what gave the settings, as errors name it
 * @throws ConfigError `BAD_CONFIG` with every problem
 */
export function withSettings(loaded: LoadedConfig, settings: SettingsOverlay, where: string): LoadedConfig {
  const value = merged(loaded.config, settings);
  const parsed = configSchema.safeParse(value);
  if (!parsed.success) throw configError(schemaIssues(parsed.error, value, () => where));
  const { paths, ...withoutPaths } = parsed.data;
  return { ...loaded, config: { ...parsed.data, paths }, hash: hashJson(withoutPaths) };
}

function merged(base: unknown, over: unknown): unknown {
  if (over === undefined) return base;
  if (!isMap(base) || !isMap(over)) return over;
  return { ...base, ...Object.fromEntries(Object.entries(over).map(([key, value]) => [key, merged(base[key], value)])) };
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
