/** A table as `show` prints it: rows of text or numbers under column names; `null` and NaN are missing. */
export interface ShownTable {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
  /** Rows there are, when only the first of them are given. */
  readonly total?: number;
}

/** A plotly chart as plain data: what `Plotly.newPlot(element, data, layout)` takes. */
export interface ShownFigure {
  readonly data: readonly object[];
  readonly layout?: object;
}

/** What a value looks like to a reader, in this order: heading, sentences, tables, charts. */
export interface Shown {
  readonly title?: string;
  readonly text?: readonly string[];
  readonly tables?: readonly ShownTable[];
  readonly figures?: readonly ShownFigure[];
}

/** A value that knows what it looks like; `show` and the last line of a notebook cell ask it. */
export interface Presentable {
  toShown(): Shown;
}
