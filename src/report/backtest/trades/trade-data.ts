import { toEpochDay, type EpochDay } from '../../../core/dates.js';
import type { RoundTrip } from '../../../portfolio/round-trips.js';
import type { TradeLevels } from '../report-input.js';
import { exitWords } from '../tables/exit-words.js';
import { packCandles, type PackedCandles } from './packed-candles.js';
import type { TradeMark, TradeView } from './trade-view.js';

/** Letters of candles in a page at most; charts of what gained or lost least are left out beyond. */
const MOST_LETTERS = 2_400_000;

/** Candles around a trade: positions of their days in `days`, and their prices. */
type PageCandles = readonly [first: number, steps: readonly number[] | 0, digits: number, base: number, letters: number, text: string];

/** Trades as they stand in the page, by column; days are positions in `days`. */
export interface TradeData {
  /** Epoch days: the first, then differences. */
  readonly days: readonly number[];
  readonly symbols: readonly string[];
  /** Names of companies beside `symbols`. */
  readonly companies: readonly (string | 0)[];
  readonly reasons: readonly string[];
  readonly columns: Readonly<Record<'symbol' | 'entry' | 'exit' | 'held' | 'shares' | 'bought' | 'sold' | 'gain' | 'profit' | 'expected' | 'why' | 'stop' | 'target' | 'worst' | 'ratio', readonly (number | null)[]>>;
  readonly candles: readonly (PageCandles | 0)[];
  /** By trade, fills of those that have more than one purchase or sale: day, price, 1 for a purchase and −1 for a sale. */
  readonly marks: Readonly<Record<string, readonly (readonly [day: number, price: number, side: 1 | -1])[]>>;
}

export interface TradeDataInput {
  /** In the order of their exits. */
  readonly views: readonly TradeView[];
  readonly levels: (view: TradeView) => TradeLevels | null;
  readonly companies: ReadonlyMap<string, string>;
  /** A name as a reader knows it. */
  readonly nameOf: (trade: RoundTrip) => string;
}

/** Everything that the list of trades and their charts show, in few letters. */
export function tradeData({ views, levels, companies, nameOf }: TradeDataInput): TradeData {
  const packed = packAll(views);
  const days = [...new Set(views.flatMap((view, i) => [toEpochDay(view.trade.entrySession), toEpochDay(view.trade.exitSession), ...view.marks.map(({ day }) => day), ...(packed[i] ? view.candles!.days : [])]))].sort((a, b) => a - b);
  const at = new Map(days.map((day, i) => [day, i]));
  const names = views.map(({ trade }) => nameOf(trade));
  const companyOf = new Map(views.map(({ trade }, i) => [names[i], companies.get(trade.symbol)]));
  const symbols = [...new Set(names)].sort();
  const reasons = [...new Set(views.map(({ trade }) => exitWords(trade.why)))].sort();
  const column = (value: (view: TradeView) => number | null, digits = 0): (number | null)[] => views.map((view) => rounded(value(view), digits));
  const planned = views.map(levels);
  return {
    days: days.map((day, i) => (i === 0 ? day : day - days[i - 1])), symbols, companies: symbols.map((symbol) => companyOf.get(symbol) ?? 0), reasons,
    columns: {
      symbol: indices(names, symbols), entry: column(({ trade }) => at.get(toEpochDay(trade.entrySession))!), exit: column(({ trade }) => at.get(toEpochDay(trade.exitSession))!),
      held: column(({ trade }) => trade.sessions), shares: column(({ trade }) => trade.shares, 2), bought: column(({ bought }) => bought, 4), sold: column(({ sold }) => sold, 4),
      gain: column(({ trade }) => trade.return, 6), profit: column(({ trade }) => trade.proceeds - trade.cost, 2), expected: column(({ trade }) => trade.expected, 6),
      why: indices(views.map(({ trade }) => exitWords(trade.why)), reasons), stop: planned.map((one) => rounded(one?.stop ?? null, 4)), target: planned.map((one) => rounded(one?.target ?? null, 4)),
      worst: column(({ worst }) => worst, 4), ratio: column(({ ratio }) => (ratio === 1 ? null : ratio), 6),
    },
    candles: views.map(({ candles }, i) => (packed[i] ? pageCandles(packed[i], candles!.days, at) : 0)),
    marks: Object.fromEntries(views.flatMap(({ marks }, i) => (marks.length > 2 ? [[String(i), marks.map((mark) => pageMark(mark, at))] as const] : []))),
  };
}

/** Candles of every trade, of the largest gains and losses first where not all have room. */
function packAll(views: readonly TradeView[]): (PackedCandles | null)[] {
  const packed = views.map(({ candles }) => (candles === null ? null : packCandles(candles)));
  const size = ({ trade }: TradeView): number => Math.abs(trade.proceeds - trade.cost);
  const largest = views.map((_, i) => i).sort((a, b) => size(views[b]) - size(views[a]) || a - b);
  let room = MOST_LETTERS;
  for (const i of largest) {
    room -= packed[i]?.text.length ?? 0;
    if (room < 0) packed[i] = null;
  }
  return packed;
}

/** Candles of consecutive days need no list of them. */
function pageCandles({ digits, base, letters, text }: PackedCandles, days: readonly EpochDay[], at: ReadonlyMap<EpochDay, number>): PageCandles {
  const positions = days.map((day) => at.get(day)!);
  const steps = positions.slice(1).map((position, i) => position - positions[i]);
  return [positions[0], steps.every((step) => step === 1) ? 0 : steps, digits, base, letters, text];
}

function pageMark({ day, price, side }: TradeMark, at: ReadonlyMap<EpochDay, number>): readonly [number, number, 1 | -1] {
  return [at.get(day)!, rounded(price, 4)!, side === 'buy' ? 1 : -1];
}

function indices(values: readonly string[], all: readonly string[]): number[] {
  const at = new Map(all.map((value, i) => [value, i]));
  return values.map((value) => at.get(value)!);
}

function rounded(value: number | null, digits: number): number | null {
  return value === null ? null : Number(value.toFixed(digits));
}
