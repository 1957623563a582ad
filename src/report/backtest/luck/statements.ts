import type { Luck } from '../../../evaluation/luck/luck.js';
import { superiorStatement, stepwiseStatement } from './benchmark.js';
import { deflatedStatement } from './deflated.js';
import { haircutStatement } from './haircut.js';
import { backtestLengthStatement, trackRecordStatement } from './length.js';
import { overfittingStatement } from './overfitting.js';
import { probabilisticStatement, sharpeStatement } from './sharpe.js';
import type { LuckStatement } from './statement.js';
import { randomEntryStatements, tradeOrderStatement } from './trades.js';
import { trialsStatement } from './trials.js';

export interface LuckSubject {
  readonly luck: Luck;
  /** Under whose name trials are counted. */
  readonly experiment: string;
  /** Name of what is to be beaten; `null`: nothing. */
  readonly benchmark: string | null;
  /** Whether a rate without risk was taken off returns. */
  readonly hasRate: boolean;
}

/** All that is known of luck, in the order in which it is told. */
export function luckStatements({ luck, experiment, benchmark, hasRate }: LuckSubject): readonly LuckStatement[] {
  return [
    trialsStatement(luck, experiment), sharpeStatement(luck, hasRate), deflatedStatement(luck), probabilisticStatement(luck), trackRecordStatement(luck), backtestLengthStatement(luck),
    haircutStatement(luck), overfittingStatement(luck), superiorStatement(luck, benchmark), stepwiseStatement(luck, benchmark), ...randomEntryStatements(luck), tradeOrderStatement(luck),
  ];
}
