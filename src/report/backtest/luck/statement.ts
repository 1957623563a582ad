/** One statistic of luck, for a reader who is none of statisticians and for one who looks for the test. */
export interface LuckStatement {
  /** Name of the figure. */
  readonly name: string;
  /** The figure, `–` where it is not defined. */
  readonly value: string;
  /** What it says here, or why there is none. */
  readonly sentence: string;
  /** The test and where it is written down. */
  readonly source: string;
}
