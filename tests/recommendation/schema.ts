import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** The published schema of the document of an evening. */
export const SCHEMA = JSON.parse(readFileSync(join(import.meta.dirname, '../../docs/schema/recommendations-2.schema.json'), 'utf8')) as JsonSchema;

const validate: ValidateFunction = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true }).compile(SCHEMA);

/** What is wrong with a document by the schema, each as place and complaint; nothing when it is valid. */
export function complaints(document: unknown): string[] {
  return validate(document) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
