import type { Rng } from '../core/rng.js';
import { ascendingOrder } from '../math/ascending-order.js';
import { normalQuantile } from '../math/normal.js';
import type { Factors } from './factors.js';
import type { HiddenGraph } from './hidden-graph.js';
import { drawJumps } from './jumps.js';
import { hasBar } from './listing.js';
import { relativeVolatility } from './log-volatility.js';
import { drawSignal, NeighbourMoves, plantedSlopes, type PlantedSlopes } from './planted.js';
import { ResidualShocks } from './residual-shocks.js';
import type { SimulationSettings } from './settings.js';
import type { Stocks } from './stocks.js';

export interface LatentInputs {
  readonly settings: SimulationSettings;
  readonly stocks: Stocks;
  readonly factors: Factors;
  /** [symbol, session] */
  readonly listing: Uint8Array;
  readonly graph: HiddenGraph | null;
  /** Sessions. */
  readonly length: number;
}

/** Prices and what drives them, before there are bars; each [symbol, session]. */
export interface LatentReturns {
  readonly logOpen: Float64Array;
  readonly logClose: Float64Array;
  /** Residual volatility, a session's fraction. */
  readonly volatility: Float64Array;
  /** Log residual from this open to the next in volatilities, without jumps: unit variance. */
  readonly scaled: Float64Array;
  /** Log residual from this open to the next, with jumps. */
  readonly residual: Float64Array;
  /** The planted columns, known at the close of their session. */
  readonly signals: readonly Float32Array[];
  /** Drivers from the bars, known at the close of their session; 0 where there is none. */
  readonly momentum: Float32Array;
  readonly neighbours: Float32Array;
  readonly slopes: PlantedSlopes;
}

/**
 * Log prices session by session: beta times the market, the sector, and a residual that what was planted foretells.
 *
 * What is known at the close of t moves the residual from the open of t + 1 to the open of t + 2: its intraday part, and the
 * overnight part that follows, in proportion to their variances. Jumps come between close and open.
 */
export function drawReturns(inputs: LatentInputs, rng: Rng): LatentReturns {
  const walk = new ReturnWalk(inputs, rng);
  for (let t = 0; t < inputs.length; t++) walk.step(t);
  return walk.returns;
}

class ReturnWalk {
  readonly returns: LatentReturns;
  readonly #inputs: LatentInputs;
  readonly #jumps: Float64Array;
  /** Sum of the squared volatilities up to each session, [symbol, session]. */
  readonly #variances: Float64Array;
  readonly #shocks: ResidualShocks;
  readonly #neighbours: NeighbourMoves | null;
  /** Of the session before, [symbol]. */
  readonly #overnight: Float64Array;
  readonly #expected: Float64Array;
  readonly #moves: Float64Array;
  readonly #driver: Float64Array;

  constructor(inputs: LatentInputs, rng: Rng) {
    const { settings, stocks, length, graph } = inputs;
    const count = settings.symbols;
    const all = (): Float64Array => new Float64Array(count * length);
    const perStock = (draw: (stock: number, stream: Rng) => Float64Array, label: string): Float64Array => {
      const values = all();
      for (let i = 0; i < count; i++) values.set(draw(i, rng.fork(`${label} ${i}`)), i * length);
      return values;
    };
    const volatility = perStock((i, stream) => relativeVolatility(length, settings.stochasticVolatility, stream).map((relative) => relative * stocks.volatilities[i]), 'volatility');
    const signals = settings.signals.map(({ name, persistence }) => drawSignal(count, length, persistence, rng.fork(`signal ${name}`)));
    this.returns = { logOpen: all(), logClose: all(), volatility, scaled: all(), residual: all(), signals, momentum: new Float32Array(count * length), neighbours: new Float32Array(count * length), slopes: plantedSlopes(settings) };
    this.#inputs = inputs;
    this.#variances = summedSquares(volatility, length);
    this.#jumps = perStock((_, stream) => drawJumps(settings.jumps, length, stream), 'jumps');
    this.#shocks = new ResidualShocks(count, graph, settings.graph?.coupling ?? 0, rng.fork('shocks'));
    this.#neighbours = graph === null ? null : new NeighbourMoves(graph, settings.graph!.coupling);
    [this.#overnight, this.#expected, this.#moves, this.#driver] = Array.from({ length: 4 }, () => new Float64Array(count));
  }

  step(t: number): void {
    this.#expect(t);
    this.#intraday(t);
    this.#seeMomentum(t);
    this.#seeNeighbours(t);
    this.#overnightOn(t);
  }

  /** The scaled residual from this open to the next that was foretold at the close before. */
  #expect(t: number): void {
    const { signals, momentum, neighbours, slopes } = this.returns;
    const expected = this.#expected.fill(0);
    if (t === 0) return;
    const { length } = this.#inputs;
    for (let i = 0; i < expected.length; i++) {
      const before = i * length + t - 1;
      let sum = slopes.momentum * momentum[before] + slopes.graph * neighbours[before];
      for (let k = 0; k < signals.length; k++) sum += slopes.signals[k] * signals[k][before];
      expected[i] = sum;
    }
  }

  #intraday(t: number): void {
    const { logOpen, logClose, volatility, scaled, slopes } = this.returns;
    const { stocks, factors, length, listing, settings: { overnightShare } } = this.#inputs;
    const shocks = this.#shocks.draw();
    for (let i = 0; i < shocks.length; i++) {
      const at = i * length + t;
      const part = (1 - overnightShare) * this.#expected[i] + Math.sqrt(1 - overnightShare) * slopes.noise * shocks[i];
      if (t === 0) logOpen[at] = Math.log(stocks.prices[i]);
      logClose[at] = logOpen[at] + stocks.betas[i] * factors.market.intraday[t] + factors.sectors[stocks.sectorOf[i]].intraday[t] + volatility[at] * part;
      scaled[at] = part;
      this.#moves[i] = hasBar(listing[at]) ? this.#overnight[i] + part : NaN;
    }
  }

  #overnightOn(t: number): void {
    const { logOpen, logClose, volatility, scaled, residual, slopes } = this.returns;
    const { stocks, factors, length, settings: { overnightShare } } = this.#inputs;
    const shocks = this.#shocks.draw();
    for (let i = 0; i < shocks.length; i++) {
      const at = i * length + t;
      const part = overnightShare * this.#expected[i] + Math.sqrt(overnightShare) * slopes.noise * shocks[i];
      const jump = this.#jumps[at] * volatility[at];
      scaled[at] += part;
      residual[at] = volatility[at] * scaled[at] + jump;
      this.#overnight[i] = part;
      if (t + 1 < length) logOpen[at + 1] = logClose[at] + stocks.betas[i] * factors.market.overnight[t] + factors.sectors[stocks.sectorOf[i]].overnight[t] + volatility[at] * part + jump;
    }
  }

  /** Normal scores of the ranks of past returns in volatilities of their span, over the stocks that were listed all the while. */
  #seeMomentum(t: number): void {
    const { settings: { momentum: wanted }, length, listing } = this.#inputs;
    if (wanted === null || t < wanted.from) return;
    const { logClose, momentum } = this.returns;
    const past = this.#driver;
    for (let i = 0; i < past.length; i++) {
      const at = i * length + t;
      past[i] = hasBar(listing[at]) && hasBar(listing[at - wanted.from]) ? (logClose[at - wanted.to] - logClose[at - wanted.from]) / Math.sqrt(this.#variances[at - wanted.to] - this.#variances[at - wanted.from]) : NaN;
    }
    const order = ascendingOrder(past);
    for (let place = 0; place < order.length; place++) momentum[order[place] * length + t] = normalQuantile((place + 0.5) / order.length);
  }

  #seeNeighbours(t: number): void {
    if (this.#neighbours === null) return;
    const { length } = this.#inputs;
    this.#neighbours.of(this.#moves, this.#driver);
    for (let i = 0; i < this.#driver.length; i++) this.returns.neighbours[i * length + t] = this.#driver[i];
  }
}

function summedSquares(values: Float64Array, length: number): Float64Array {
  const sums = values.map((value) => value * value);
  for (let at = 0; at < sums.length; at++) if (at % length > 0) sums[at] += sums[at - 1];
  return sums;
}
