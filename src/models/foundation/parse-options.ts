import { ConfigError } from '../../core/errors.js';
import { suggest } from '../../core/suggest.js';
import { foundationOptionsSchema, type FoundationOptions, type FoundationSettingsConfig } from './config.js';

/** @throws ConfigError `BAD_FOUNDATION_OPTIONS`, naming the nearest options for one that is unknown */
export function parseFoundationOptions(options: FoundationOptions): FoundationSettingsConfig {
  const result = foundationOptionsSchema.safeParse(options);
  if (result.success) return result.data;
  const known = Object.keys(foundationOptionsSchema.unwrap().shape);
  const words = result.error.issues.map((issue) => {
    const near = issue.code === 'unrecognized_keys' ? issue.keys.flatMap((name) => suggest(name, known) ?? []) : [];
    return `${issue.path.length === 0 ? '' : `${issue.path.join('.')}: `}${issue.message}${near.length === 0 ? '' : `; did you mean "${near.join('", "')}"?`}`;
  });
  throw new ConfigError(`expected options of the foundation model, found ${words.join('; ')}`, { code: 'BAD_FOUNDATION_OPTIONS', fields: { issues: words } });
}
