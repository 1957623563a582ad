import { tuneForecaster, type ForecasterTuning, type TuneRequest } from '../../lab/models/tune-forecaster.js';
import { defaultSpace } from '../../lab/models/tune-spaces.js';
import type { Lab } from '../../lab/open.js';
import type { CliContext } from '../context.js';
import { prunerOf, samplerOf, type TuneFlags } from './tune-flags.js';
import { TuneProgress } from './tune-progress.js';
import { readSpace } from './tune-space-file.js';
import { figureWords, paramWords, trialTable } from './tune-words.js';

/** A search as it was asked for. */
export interface Search extends Omit<TuneRequest, 'space' | 'trials' | 'pruner' | 'sampler'> {
  readonly flags: TuneFlags & { readonly json?: boolean };
  /** Before what is shown of a made-up market. */
  readonly mark: string;
}

/** The search of `swing train --tune`: draws its progress and prints its trials, best first; `null` where none was asked for. */
export async function search(lab: Lab, { flags, mark, ...request }: Search, context: CliContext): Promise<ForecasterTuning | null> {
  if (flags.tune === undefined) return null;
  const { output } = context;
  const space = flags.space === undefined ? defaultSpace(request.kind, Object.keys(request.fixed ?? {})) : await readSpace(flags.space, context.cwd);
  const said = { write: (text: string) => output.note(text.trimEnd()) };
  const progress = new TuneProgress(context.globals().quiet || process.stderr.isTTY !== true ? said : process.stderr, { mark });
  const found = await drawn(tuneForecaster(lab, { ...request, space, trials: flags.tune, pruner: prunerOf(flags), sampler: samplerOf(flags) }), progress, lab);
  if (flags.json !== true) for (const line of trialTable(found.trials)) output.line(`${mark}${line}`);
  if (flags.json !== true) output.line();
  output.note(`${mark}the best is trial ${found.best.number}, rank IC ${figureWords(found.best.value)}: ${paramWords(found.best.params)}`);
  output.note(`${mark}${found.experiment === null ? 'no trial was recorded, as it was only tried whether they run' : `${found.counted} configurations of ${found.experiment} were evaluated in all, see: swing runs list ${found.experiment}`}`);
  return found;
}

async function drawn(stream: ReturnType<typeof tuneForecaster>, progress: TuneProgress, lab: Lab): Promise<ForecasterTuning> {
  try {
    for (let step = await stream.next(); ; step = await stream.next()) {
      if (step.done) return step.value;
      progress.show(step.value);
    }
  } finally {
    progress.end();
    await lab.recorded();
  }
}
