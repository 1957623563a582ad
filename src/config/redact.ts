import { SECRETS } from './schema.js';

const HIDDEN = '***';
const LONGEST = 80;
/** Long, without spaces, letters and digits mixed: a key pasted into the wrong place. Paths and dates have separators. */
const LOOKS_LIKE_KEY = /\b(?=[A-Za-z0-9_-]*\d)(?=[A-Za-z0-9_-]*[A-Za-z])[A-Za-z0-9_-]{20,}\b/g;
const URL_LOGIN = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi;

/** The text with everything that may be a secret replaced by `***`: values of the secret variables, long keys, logins in addresses. */
export function redact(text: string, env: NodeJS.ProcessEnv = process.env): string {
  let clean = text;
  for (const name of Object.keys(SECRETS)) {
    const secret = env[name];
    if (secret !== undefined && secret.length >= 4) clean = clean.replaceAll(secret, HIDDEN);
  }
  return clean.replace(URL_LOGIN, `$1${HIDDEN}@`).replace(LOOKS_LIKE_KEY, HIDDEN);
}

/** A value as an error message quotes it: short, on one line, without secrets. */
export function quote(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    const keys = Object.keys(value);
    return keys.length === 0 ? 'an empty map' : `a map with the keys ${shorten(redact(keys.join(', ')))}`;
  }
  return shorten(redact(JSON.stringify(value)));
}

function shorten(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}
