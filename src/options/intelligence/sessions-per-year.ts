/** Sessions by which volatilities of sessions become annual. */
export const SESSIONS_PER_YEAR = 252;
