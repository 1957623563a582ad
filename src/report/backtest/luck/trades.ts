import type { Luck, RandomEntryFigures } from '../../../evaluation/luck/luck.js';
import { formatPercent, formatSignedPercent, MISSING } from '../../format.js';
import { pEquals, pValueText } from '../chance-text.js';
import type { LuckStatement } from './statement.js';

const PERMUTATION = 'Monte Carlo permutation: Aronson (2006)';

/** Trades against random ones: in other names, and at other times. */
export function randomEntryStatements({ randomEntry }: Luck): LuckStatement[] {
  if (randomEntry === null) return [{ name: 'Random entries', value: MISSING, sentence: 'Not tested: there are no closed trades with prices to draw random ones from.', source: PERMUTATION }];
  return [
    entryStatement('Random names', randomEntry.selection, 'trades of the same sessions in names drawn at random'),
    entryStatement('Random times', randomEntry.timing, 'the same trades all moved by as many sessions drawn at random'),
  ];
}

function entryStatement(name: string, figures: RandomEntryFigures | null, drawn: string): LuckStatement {
  if (figures === null) return { name, value: MISSING, sentence: `Not tested: prices do not allow for ${drawn}.`, source: PERMUTATION };
  const { mean, expected, pValue } = figures;
  return {
    name, value: pEquals(pValue), source: PERMUTATION,
    sentence: `A trade earned ${formatSignedPercent(mean, 2)} on average before costs, ${drawn} ${formatSignedPercent(expected, 2)}; of the random sets a share of ${pValueText(pValue)} did at least as well.`,
  };
}

/** What the order of trades alone could have done. */
export function tradeOrderStatement({ tradeOrder }: Luck): LuckStatement {
  const [name, source] = ['Order of trades', 'Monte Carlo: trades shuffled'];
  if (tradeOrder === null) return { name, value: MISSING, sentence: 'Not told: there are no closed trades.', source };
  const { observed, median, worst5 } = tradeOrder;
  const depth = (drawdown: number): string => formatPercent(Math.abs(drawdown), 1);
  return {
    name, value: formatPercent(worst5, 1), source,
    sentence: `One after the other on the whole equity, the trades fall by ${depth(observed)} at the deepest as they came. Shuffled, half of the orders fall by ${depth(median)} or more, one in twenty by ${depth(worst5)} or more.`,
  };
}
