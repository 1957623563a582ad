/** What a run did, as numbers on which both sides must agree: shapes, sums. */
export type Check = Readonly<Record<string, number>>;

/** One side of a benchmark: only `run`, the whole work once, is timed; `check` looks at its result afterwards. */
export interface Case<Result> {
  /** Library and version, for the record. */
  readonly version: string;
  /** Pieces of work in a run, 1 unless given: the ratio is by the piece where one side does only a part of the other's. */
  readonly units?: number;
  /** Floating-point operations of the products of a run, and GFLOP/s of the best product of this side on one thread: what share of it a run reaches. */
  readonly products?: Products;
  /** How far both sides may differ where they draw at random, by what is checked. */
  readonly tolerances?: Check;
  run(): Promise<Result>;
  check(result: Result): Check;
}

export interface Products {
  /** Of the model as it is defined. */
  readonly model: number;
  /** GFLOP/s. */
  readonly peak: number;
}

export interface Settings {
  readonly threads: number;
  /** Folder of the real data. */
  readonly data: string;
}

/** Written by a side when it has warmed up. */
export interface Ready {
  readonly ready: true;
  readonly version: string;
  readonly units?: number;
  readonly tolerances?: Check;
  readonly products?: Products;
}

/** Written by a side after each measurement. */
export interface Measured {
  readonly seconds: number;
  readonly check: Check;
}
