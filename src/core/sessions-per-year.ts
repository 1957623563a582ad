/** Sessions of a year on XNYS, by which returns, variances and volatilities of sessions become annual. */
export const SESSIONS_PER_YEAR = 252;
