import { backtestOverfitting, VERSION, type BacktestOverfitting } from 'swinglab';
import type { Case, Settings } from '../case.js';

const TRIALS = 100;
const SESSIONS = 1600;
const BLOCKS = 16;

/** Returns that the peer makes the same way: squares modulo a prime, in exact whole numbers. */
function made(): Float64Array[] {
  return Array.from({ length: TRIALS }, (_, trial) => Float64Array.from({ length: SESSIONS }, (_, t) => (((trial * SESSIONS + t + 1) ** 2 % 1000003) / 1000003 - 0.5) / 25));
}

/** Probability of overfitting of 100 strategies over 1,600 days by the 12,870 halves of 16 blocks. */
export function prepare({ threads }: Settings): Promise<Case<BacktestOverfitting>> {
  if (threads !== 1) throw new Error(`expected one thread, which is all that both sides use, found --threads ${threads}`);
  const returns = made();
  const check = ({ probability, logits, meanLogit, probabilityOfLoss }: BacktestOverfitting) => ({ halves: logits.length, probability, meanLogit, probabilityOfLoss });
  return Promise.resolve({ version: `swinglab ${VERSION}`, run: () => Promise.resolve(backtestOverfitting(returns, { blocks: BLOCKS })), check });
}
