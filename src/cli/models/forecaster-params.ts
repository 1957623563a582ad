import { InvalidArgumentError } from 'commander';

import type { ForecasterParams } from '../../models/registry.js';

/** Collects `name=value`, the value as JSON where it is such, else as text. */
export function collectParams(text: string, before: ForecasterParams): ForecasterParams {
  const at = text.indexOf('=');
  if (at <= 0) throw new InvalidArgumentError(`expected name=value, found "${text}".`);
  return { ...before, [text.slice(0, at)]: parsed(text.slice(at + 1)) };
}

function parsed(text: string): ForecasterParams[string] {
  try {
    return JSON.parse(text) as ForecasterParams[string];
  } catch {
    return text;
  }
}
