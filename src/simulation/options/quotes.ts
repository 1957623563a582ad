/** Price from which on the tick is a nickel, as for most options. */
const NICKELS = 3;
const [CENT, NICKEL] = [0.01, 0.05];
/** Half spread: at least a cent, a share of the price, at most a quarter. */
const [SHARE, WIDEST] = [0.01, 0.25];

export const tickOf = (price: number): number => (price < NICKELS ? CENT : NICKEL);

/** Writes a bid and an ask on the grid of ticks with every price between them; a bid below a tick is 0, which is none. */
export function quote(price: Float64Array, bid: Float64Array, ask: Float64Array): void {
  for (let i = 0; i < price.length; i++) {
    const tick = tickOf(price[i]);
    const half = Math.min(WIDEST, Math.max(CENT, SHARE * price[i]));
    bid[i] = onGrid(Math.max(0, Math.floor((price[i] - half) / tick)), tick);
    ask[i] = onGrid(Math.ceil((price[i] + half) / tick), tick);
  }
}

/** As the decimal fraction nearest, without what multiplication leaves. */
const onGrid = (ticks: number, tick: number): number => Math.round(ticks * tick * 100) / 100;
