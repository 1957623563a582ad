import type { SummaryColumn } from '../summary/columns.js';
import type { SignalUnit } from './evidence.js';
import type { OptionsView } from './view.js';

export const SIGNAL_FAMILIES = ['put-call', 'gamma', 'iv-regime', 'open-interest', 'unusual-activity'] as const;

export type SignalFamily = (typeof SIGNAL_FAMILIES)[number];

/** `volatile`: more movement than usual or than options are priced for, `neutral`: less of it, or positions without an opinion. */
export type SignalDirection = 'up' | 'down' | 'volatile' | 'neutral';

/** What a signal is, in words. */
export interface SignalCard {
  /** Kebab-case. */
  readonly name: string;
  /** What it looks for, one sentence. */
  readonly describe: string;
  readonly family: SignalFamily;
  /** Sessions over which it speaks. */
  readonly horizon: number;
  /** Author, year; or that it is an own or a practitioners' rule. */
  readonly source: string;
  /** Columns of the history that it reads. */
  readonly needs: readonly SummaryColumn[];
  /** Reads the contracts of the session too; without them it finds nothing. */
  readonly needsChain: boolean;
  /** Sessions that the history must have, that of the view included. */
  readonly minHistory: number;
  /** Sessions that it reads at most, that of the view included: those before change nothing. */
  readonly lookback: number;
}

/**
 * Something that option chains show, read session by session.
 *
 * All of it is known at the decision time of the view's session: the same view gives the same, and what comes later changes nothing.
 */
export interface OptionsSignal extends SignalCard {
  /** What is to be seen at the last session of the view; empty where there is nothing, or not enough to tell. */
  detect(view: OptionsView): readonly DetectedSignal[];
}

/** One reading of a signal. */
export interface DetectedSignal {
  /** Name of the signal. */
  readonly signal: string;
  readonly family: SignalFamily;
  readonly direction: SignalDirection;
  /** In [−1, 1], never 0: above 0 for `up`, below for `down`; the size of the effect for `volatile` and `neutral`, above 0. */
  readonly strength: number;
  /** In [0, 1]: how surely it is there, by how much is known; no probability that prices follow. */
  readonly confidence: number;
  /** Sessions over which it speaks. */
  readonly horizon: number;
  /** The numbers behind it, all finite. */
  readonly evidence: Readonly<Record<string, number>>;
  /** The unit of each number. */
  readonly units: Readonly<Record<string, SignalUnit>>;
  /** Plain English; every number in it is one of the evidence. */
  readonly sentence: string;
}
