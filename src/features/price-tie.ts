/**
 * Relative difference up to which two prices are equal, as ticks make them.
 *
 * Prices are stored in single precision (each off by up to 6e-8) and adjusted by a quotient of two of them, so that one quoted
 * price on two sessions comes out up to 2.4e-7 apart; a tick of 0.01 is as little only of prices above 33,000.
 */
export const PRICE_TIE = 3e-7;
