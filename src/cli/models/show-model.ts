import { describeCard } from '../../models/describe-card.js';
import type { CliContext } from '../context.js';
import { marked } from '../training/synthetic-mark.js';
import { modelsPlace, verdictsOf, type PlaceFlags } from './evening-choice.js';
import { requireModel } from './named-model.js';

export interface ShowFlags extends PlaceFlags {
  readonly json?: boolean;
}

/** `swing train show`. */
export async function showModel(name: string, flags: ShowFlags, context: CliContext): Promise<void> {
  const { output } = context;
  const place = await modelsPlace(flags, context);
  const model = requireModel(place.models, name);
  const { aliases, isTaken, verdict } = (await verdictsOf(place)).find((one) => one.model === model)!;
  const { asOf, mark } = place;
  if (flags.json) return output.json({ name, origin: model.origin, folder: model.folder, ...(mark === '' ? {} : { synthetic: true }), aliases, asOf, isTaken, verdict, card: model.card });
  output.line(`${mark}${name}${aliases.length === 0 ? '' : ` (${aliases.join(', ')})`}, ${model.origin === 'trained' ? 'trained here' : 'released with the package'}: ${model.folder}`);
  for (const line of describeCard(model.card)) output.line(marked(line, mark));
  for (const [fact, value] of Object.entries(model.card.facts)) if (typeof value !== 'object') output.line(`${mark}${fact}: ${String(value)}`);
  output.line(`${mark}taken by the daily run of ${asOf}: ${verdict}`);
}
