import type { Luck, RandomEntryFigures } from '../../../evaluation/luck/luck.js';
import { formatCount, formatPercent, formatSignedPercent, MISSING } from '../../format.js';
import { pEquals, pValueText } from '../chance-text.js';
import type { LuckStatement } from './statement.js';

const PERMUTATION = 'Monte Carlo permutation: Aronson (2006)';

/** Trades against random ones: in other names, and at other times. */
export function randomEntryStatements({ randomEntry }: Luck): LuckStatement[] {
  if (randomEntry === null) return [{ name: 'Random entries', value: MISSING, sentence: 'Not tested: there are no closed trades with prices to draw random ones from.', source: PERMUTATION }];
  return [
    entryStatement('Random names', randomEntry, 'selection', 'trades of the same sessions in names drawn at random'),
    entryStatement('Random times', randomEntry, 'timing', 'the same trades, all moved by as many sessions drawn at random,'),
  ];
}

function entryStatement(name: string, tested: NonNullable<Luck['randomEntry']>, kind: 'selection' | 'timing', drawn: string): LuckStatement {
  const figures: RandomEntryFigures | null = tested[kind];
  if (figures === null) return { name, value: MISSING, sentence: `Not tested: prices do not allow for ${drawn.replace(/,$/, '')}.`, source: PERMUTATION };
  const { mean, expected, pValue } = figures;
  const leftOut = tested.leftOut === 0 ? '' : ` ${formatCount(tested.leftOut, 'trade')} within a session or without prices ${tested.leftOut === 1 ? 'is' : 'are'} left out.`;
  return {
    name, value: pEquals(pValue), source: PERMUTATION,
    sentence: `${formatCount(tested.trades, 'trade')} earned ${formatSignedPercent(mean, 2)} on average before costs, ${drawn} ${formatSignedPercent(expected, 2)}; of the random sets a share of ${pValueText(pValue)} did at least as well.${leftOut}`,
  };
}

/** What the order of trades alone could have done. */
export function tradeOrderStatement({ tradeOrder }: Luck): LuckStatement {
  const [name, source] = ['Order of trades', 'Monte Carlo: trades shuffled'];
  if (tradeOrder === null) return { name, value: MISSING, sentence: 'Not told: it needs two closed trades or more.', source };
  const { observed, median, worst5 } = tradeOrder;
  const depth = (drawdown: number): string => formatPercent(Math.abs(drawdown), 1);
  return {
    name, value: formatPercent(worst5, 1), source,
    sentence: `One after the other, by what each gave to the whole book, the trades as they came fell by ${depth(observed)} at the deepest. Shuffled, half of the orders fall by ${depth(median)} or more, one in twenty by ${depth(worst5)} or more.`,
  };
}
