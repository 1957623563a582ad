/** Rows of a table that are shown; the caption tells of the others. */
export const MAX_ROWS = 50;
