import { correlation } from '../../math/correlation.js';
import { averageRank } from '../../math/cross-section.js';
import { mean } from '../../math/stats.js';
import { tf } from '../../tensor/tensorflow.js';
import type { TrainingTask } from '../../training/task.js';
import { MIN_NAMES } from '../session-rank-ics.js';
import type { FoundationConfig } from './config.js';
import { applyFoundation, type Foundation } from './foundation.js';
import { foundationLosses, medians, totalLoss, type LossSettings } from './foundation-loss.js';
import { disposeSession, type SessionTensors } from './session-tensors.js';

export interface TaskParts {
  readonly config: FoundationConfig;
  /** Variables. */
  readonly params: Foundation;
  readonly losses: LossSettings;
  /** Position of the main horizon among those of the configuration. */
  readonly main: number;
}

/** What is learnt: the losses of a session, and on validation sessions each of them and the rank IC of the median of the main horizon. */
export function foundationTask({ config, params, losses, main }: TaskParts): TrainingTask<SessionTensors> {
  const partsOf = ({ batch, targets }: SessionTensors, dropSeed: number | null) => {
    const output = applyFoundation(config, params, batch, { dropSeed });
    return { output, losses: foundationLosses(losses, output, targets!, main) };
  };
  return {
    parameters: params,
    loss: (session, dropSeed) => totalLoss(losses, partsOf(session, dropSeed).losses),
    release: disposeSession,
    async validate(batches) {
      const found = { pinball: [] as number[], rankIc: [] as number[] };
      for (const session of batches()) {
        const [pinball, scores] = tf.tidy(() => {
          const { output, losses: parts } = partsOf(session, null);
          return [parts.quantiles, tf.slice(medians(output, config.quantiles), [0, main], [-1, 1])];
        });
        found.pinball.push((await pinball.data())[0]);
        const rankIc = rankIcOf(await scores.data(), await session.targets!.ranks.data());
        if (rankIc !== null) found.rankIc.push(rankIc);
        tf.dispose([pinball, scores]);
        disposeSession(session);
      }
      return { pinball: meanOrNull(found.pinball), 'rank IC': meanOrNull(found.rankIc) };
    },
  };
}

const meanOrNull = (values: readonly number[]): number | null => (values.length === 0 ? null : mean(values));

/** Spearman's correlation; `null` for too few names. */
function rankIcOf(scores: ArrayLike<number>, ranks: ArrayLike<number>): number | null {
  const known = Array.from({ length: scores.length }, (_, i) => i).filter((i) => !Number.isNaN(ranks[i]));
  return known.length < MIN_NAMES ? null : correlation(averageRank(known.map((i) => scores[i])), averageRank(known.map((i) => ranks[i])));
}
