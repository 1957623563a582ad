/** Shares of a window's values below a ratio of puts to calls from which on it is extremely high, and below which it is extremely low. */
export const EXTREME_SHARES = { low: 0.05, high: 0.95 } as const;
