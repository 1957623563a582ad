/** Sessions of a year, by which variances are annualized. */
export const SESSIONS_PER_YEAR = 252;
