import { builtIn } from '../../core/built-in.js';
import type { Forecaster } from '../forecaster.js';
import type { FoundationOptions } from './config.js';
import { parseFoundationOptions } from './parse-options.js';

/**
 * The foundation model: a temporal fusion transformer over the past of each stock, messages between the stocks of a session over the day's graph, and
 * quantiles of the (residual) return over several horizons; its score is the median over the horizon of the labels, in expected deviations.
 *
 * It reads all stocks that count at a session, with or without a label. The same data, options and seed give the same model on the same machine, bit
 * for bit, also when a training was killed and resumed; on a GPU sums are taken in whatever order they come, and it is the same but for rounding.
 * @throws ConfigError `BAD_FOUNDATION_OPTIONS`; while it learns DataError `WRONG_LABELS` for labels that are no returns, `NO_BACKGROUND` where it
 * foretells samples without the past that it has learnt from
 * @see Lim et al. (2021), temporal fusion transformers; Brody, Alon, Yahav (2022), GATv2
 */
export function foundation(options: FoundationOptions = {}): Forecaster {
  const settings = parseFoundationOptions(options);
  const { features, past, width, graphLayers, members } = settings;
  return builtIn<Forecaster>({
    name: 'foundation',
    describe: `network over ${past} sessions of ${features.length} features, ${graphLayers === 0 ? 'each stock by itself' : `messages over the day's graph in ${graphLayers} round${graphLayers === 1 ? '' : 's'}`}, width ${width}${members === 1 ? '' : `, ${members} members`}`,
    params: settings,
    features,
    learns: true,
    choosesOnValidation: true,
    isNetwork: true,
    past,
    ...(graphLayers > 0 ? { window: settings.graph.window } : {}),
    // imported at first use: TensorFlow.js takes a second to load
    async *fit(data, context) {
      const { fitFoundation } = await import('./fit-foundation.js');
      return yield* fitFoundation(settings, data, context);
    },
    async load(files) {
      const { FittedFoundation } = await import('./fitted-foundation.js');
      return FittedFoundation.load(files);
    },
  });
}
