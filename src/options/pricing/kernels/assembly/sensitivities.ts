import { ASSET, CASH, DELTA, DIVIDEND_YIELD, GAMMA, KERNEL, PER_DEVIATION, RATE, read, RHO, ROOT_YEARS, SIGN, SPOT, THETA, VEGA, VOLATILITY, write, YEARS } from './columns';

/** Delta, gamma, vega, theta and rho of `count` rows from their terms; units as of `greeks`. */
export function sensitivities(count: usize): void {
  for (let i: usize = 0; i < count; i += 2) {
    const sign = read(SIGN, i);
    const kernel = read(KERNEL, i);
    const volatility = read(VOLATILITY, i);
    const asset = f64x2.mul(sign, read(ASSET, i));
    const cash = f64x2.mul(sign, read(CASH, i));
    const perSpot = f64x2.div(f64x2.splat(1), read(SPOT, i));
    const bent = f64x2.mul(kernel, read(PER_DEVIATION, i));
    const decay = f64x2.mul(f64x2.mul(bent, f64x2.splat(0.5)), f64x2.mul(volatility, volatility));
    write(DELTA, i, f64x2.mul(asset, perSpot));
    write(GAMMA, i, f64x2.mul(f64x2.mul(bent, perSpot), perSpot));
    write(VEGA, i, f64x2.mul(kernel, read(ROOT_YEARS, i)));
    write(THETA, i, f64x2.sub(f64x2.sub(f64x2.mul(read(DIVIDEND_YIELD, i), asset), f64x2.mul(read(RATE, i), cash)), decay));
    write(RHO, i, f64x2.mul(read(YEARS, i), cash));
  }
}
