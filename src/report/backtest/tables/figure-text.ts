import { formatNumber, formatPercent, formatSignedPercent, MISSING } from '../../format.js';

type Text = (value: number | null) => string;

const known = (text: (value: number) => string): Text => (value) => (value === null ? MISSING : text(value));

/** Figures that may be missing. */
export const numberOr = (digits: number): Text => known((value) => formatNumber(value, digits));
export const percentOr = (digits: number): Text => known((value) => formatPercent(value, digits));
export const signedOr = (digits: number): Text => known((value) => formatSignedPercent(value, digits));
