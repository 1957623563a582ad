import type { CliContext } from '../context.js';
import { alignColumns } from '../output.js';
import { modelsPlace, verdictsOf, type ModelVerdict, type PlaceFlags } from './evening-choice.js';

export interface ListFlags extends PlaceFlags {
  readonly json?: boolean;
}

const HEADER = ['name', 'kind', 'from', 'alias', 'learnt through', 'usable from', 'rank IC', 't', 'taken'] as const;

/** `swing train list`. */
export async function listModels(flags: ListFlags, context: CliContext): Promise<void> {
  const { output } = context;
  const place = await modelsPlace(flags, context);
  const { asOf, mark, models: { unreadable } } = place;
  const verdicts = await verdictsOf(place);
  if (flags.json) return output.json({ asOf, ...(mark === '' ? {} : { synthetic: true }), models: verdicts.map(documentOf), unreadable: unreadable.map(({ name, error }) => ({ name, reason: error.message })) });
  for (const { name, error } of unreadable) output.warn(`the card of ${name} cannot be read: ${error.message}`);
  if (verdicts.length === 0) return output.line(`${mark}no models yet; train one with: swing train lightgbm`);
  output.line(`${mark}models, and whether the daily run of ${asOf} takes them; validation figures are of sessions that were kept back`);
  output.line();
  for (const line of alignColumns([[...HEADER], ...verdicts.map(rowOf)])) output.line(line);
}

function rowOf({ model: { name, origin, card }, aliases, verdict }: ModelVerdict): string[] {
  const { rankIc = null, t = null } = card.validation ?? {};
  return [name, card.forecaster, origin === 'trained' ? 'here' : 'package', aliases.join(', ') || '–', card.learntThrough, card.usableFrom, rankIc?.toFixed(4) ?? '–', t?.toFixed(2) ?? '–', verdict];
}

function documentOf({ model: { name, origin, folder, card }, aliases, isTaken, verdict }: ModelVerdict): object {
  const { forecaster, learns, learntThrough, trainedThrough, usableFrom, validation } = card;
  return { name, forecaster, origin, folder, aliases, learns, learntThrough, trainedThrough, usableFrom, validation, isTaken, verdict };
}
