/** A plotly chart as plain data, as far as our charts use it: what `Plotly.newPlot(element, data, layout)` takes. */
export interface PlotlyFigure {
  readonly data: readonly PlotlyTrace[];
  readonly layout: PlotlyLayout;
}

type Cells = readonly (number | string | null)[];

export interface PlotlyTrace {
  readonly type: 'candlestick' | 'bar' | 'scatter';
  readonly name: string;
  readonly x: Cells;
  readonly y?: Cells;
  readonly open?: Cells;
  readonly high?: Cells;
  readonly low?: Cells;
  readonly close?: Cells;
  readonly [attribute: string]: unknown;
}

export interface PlotlyAxis {
  readonly type?: 'category' | 'linear';
  readonly range?: readonly [number, number];
  readonly domain?: readonly [number, number];
  readonly [attribute: string]: unknown;
}

export interface PlotlyShape {
  readonly type: 'line' | 'rect';
  readonly y0: number;
  readonly y1: number;
  readonly [attribute: string]: unknown;
}

export interface PlotlyAnnotation {
  readonly text: string;
  readonly y: number;
  readonly [attribute: string]: unknown;
}

export interface PlotlyLayout {
  readonly height: number;
  readonly xaxis: PlotlyAxis;
  readonly yaxis: PlotlyAxis;
  readonly yaxis2: PlotlyAxis;
  readonly shapes: readonly PlotlyShape[];
  readonly annotations: readonly PlotlyAnnotation[];
  readonly [attribute: string]: unknown;
}
