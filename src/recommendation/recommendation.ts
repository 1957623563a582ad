import type { IsoDate } from '../core/dates.js';
import type { EveningOptions } from './evening-options.js';

/** `reduce`: held, and to be sold in part because a risk rule says so. */
export type Action = 'enter' | 'hold' | 'reduce' | 'exit';

/** One reason that a person can check against the data: a short sentence and the numbers in it. */
export interface Reason {
  /** Stable name of the kind of reason, e.g. `momentum`. */
  readonly code: string;
  readonly text: string;
  readonly values: Readonly<Record<string, number | string>>;
  /** Unit of each value: `price`, `fraction`, `money`, `sessions`, `count`, `score`, `name` and so on. */
  readonly units: Readonly<Record<string, string>>;
  /** What the numbers were taken from, e.g. `bars`, `model`, `paper book`. */
  readonly source: string;
  /** The session at whose close they were known. */
  readonly asOf: IsoDate;
}

/** What a risk rule did to one name. */
export interface SizeStep {
  readonly rule: string;
  /** Weights (fraction of equity). */
  readonly before: number;
  readonly after: number;
  readonly text: string;
}

/** What to do with one stock at the next open. Prices are in quote currency as of `asOf`; weights and returns are fractions. */
export interface Recommendation {
  /** Instrument: the company's latest symbol, the key of the store. */
  readonly symbol: string;
  /** Symbol under which it trades on `asOf`. */
  readonly listedSymbol: string;
  readonly name: string | null;
  readonly sector: string | null;
  readonly action: Action;
  readonly side: 'long';
  /** Reference price for the next open: the close of `asOf`. For hold and exit, the price paid. */
  readonly entry: number;
  readonly stop: number;
  readonly target: number;
  /** Target weight of equity after the action; 0 for exit. */
  readonly weight: number;
  /** Distance of a stop that follows the highest close since the entry (quote currency); `null`: the stop stays where it is. */
  readonly trailing: number | null;
  /** Whole shares to hold after the action at the entry price. */
  readonly shares: number;
  /** Whole shares to buy or sell; 0 for hold. */
  readonly trade: number;
  /** Sessions the trade is meant to last from its entry. */
  readonly horizon: number;
  /** Expected simple return over the horizon, open to open; `null` when history does not suffice. */
  readonly expectedReturn: number | null;
  /** What its rank adds to the expected return of the middle rank, which is the drift of the market; `null` with it. */
  readonly edge: number | null;
  /** Sessions that the expected return is over; `null` with it. */
  readonly forecastHorizon: number | null;
  /** Interval of that return; holds the share of outcomes that is set by `forecast.interval`, 80 % unless changed. */
  readonly interval: readonly [number, number] | null;
  readonly reasons: readonly Reason[];
  /** How the entry is ordered: at the open whatever it is, or at a price not above a limit (quote currency). `null` for what is held. */
  readonly order: { readonly kind: 'open' } | { readonly kind: 'limit'; readonly limit: number } | null;
  /** Where it stands in the order of importance among all that could be held, 1 is best; `null` when it could not. */
  readonly priority: { readonly score: number; readonly rank: number; readonly of: number } | null;
  /** What would prove the trade wrong, each with the level or the date to look at; empty for exits. */
  readonly wouldDisprove: readonly Reason[];
  /** Weight that the strategy wanted, and what each risk rule made of it. */
  readonly sizes: { readonly wanted: number; readonly steps: readonly SizeStep[] };
  /** The features that the configuration names for the card, as of `asOf`. */
  readonly features: readonly FeatureValue[];
  /** The members that moved most with it, nearest first, by the graph of the session. */
  readonly neighbours: readonly Neighbour[];
}

/** A member that moved with another. */
export interface Neighbour {
  readonly symbol: string;
  /** In [−1, 1], over the window of the graph. */
  readonly correlation: number;
}

/** The correlation graph of the session in numbers. */
export interface GraphNumbers {
  /** What measures how much two names belong together, e.g. `correlation`. */
  readonly builder: string;
  /** Sessions of returns. */
  readonly window: number;
  /** Members with enough returns. */
  readonly names: number;
  /** Mean over all pairs of them. */
  readonly meanCorrelation: number;
  /** Mean over the pairs of what is to be entered or held; `null` for fewer than two names. */
  readonly chosenCorrelation: number | null;
}

/** What the expected returns of an evening come from. */
export interface ModelSummary {
  /** Name of the trained model, or of the method. */
  readonly name: string;
  /** As reasons name it. */
  readonly title: string;
  /** The kind of model in words. */
  readonly describe: string;
  /** What it foretells, in words. */
  readonly label: string;
  /** `trained` in this project, `released` with the package, or measured on the past sessions of this `evening`. */
  readonly origin: 'trained' | 'released' | 'evening';
  /** Sessions that it looks ahead, open to open. */
  readonly horizon: number;
  readonly features: number;
  readonly trainedFrom: IsoDate;
  /** Last session whose outcome the model itself learnt from; the later ones judged and calibrated it. */
  readonly learntThrough: IsoDate;
  /** Last session whose outcome was used at all. */
  readonly trainedThrough: IsoDate;
  /** First session that it may be used on: all that was used was known then. */
  readonly usableFrom: IsoDate;
  /** Sessions and samples whose outcomes were used. */
  readonly sessions: number;
  readonly samples: number;
  /** How it ranked sessions that were kept back, and whether these also chose its settings; `null` where none were. */
  readonly validation: { readonly sessions: number; readonly rankIc: number | null; readonly icir: number | null; readonly t: number | null; readonly chose: boolean } | null;
  /**
   * What its ranks paid from the lowest to the highest over past sessions, and what the middle rank earned, the drift of the market, both
   * in expected deviations of the return, with Newey–West t (`null`: no spread); `null` when history does not suffice.
   */
  readonly payoff: { readonly sessions: number; readonly slope: number; readonly t: number | null; readonly drift: number; readonly driftT: number | null } | null;
}

/** A feature of one instrument, and where it stands among the members. */
export interface FeatureValue {
  readonly name: string;
  readonly describe: string;
  readonly unit: string;
  /** `null` when it could not be computed. */
  readonly value: number | null;
  /** Share of the members' values that lie below (equals counted half), 0 to 1; `null` when there is nothing to compare. */
  readonly rank: number | null;
}

/** What was computed on the session, and what could not be. */
export interface FeatureSummary {
  /** Features. */
  readonly computed: number;
  /** Members with a bar on the session. */
  readonly members: number;
  /** Values missing, of `features` × members. */
  readonly families: readonly { readonly family: string; readonly features: number; readonly missing: number }[];
  /** Data of which nothing was known on the session, and the features that therefore have no value; most features first. */
  readonly absent: readonly { readonly input: string; readonly features: readonly string[] }[];
  /** Other features that some members lack, most missing first. */
  readonly missing: readonly { readonly feature: string; readonly missing: number; readonly reason: string }[];
}

/** A name that was looked at and left out, and why. */
export interface LeftOut {
  readonly symbol: string;
  readonly reason: string;
}

export interface QualitySummary {
  readonly rule: string;
  readonly policy: string;
  readonly count: number;
  /** Findings that touch the window used for this recommendation, most recent first, at most 20 a rule. */
  readonly examples: readonly { readonly symbol: string; readonly session: IsoDate; readonly detail: string }[];
}

/** A held position at the close of `asOf`. */
export interface HeldPosition {
  readonly symbol: string;
  readonly listedSymbol: string;
  readonly sector: string | null;
  readonly shares: number;
  readonly entrySession: IsoDate;
  /** Quote currency a share. */
  readonly entryPrice: number;
  readonly close: number;
  /** Quote currency. */
  readonly value: number;
  /** Of equity. */
  readonly weight: number;
  /** close / entryPrice − 1. */
  readonly return: number;
  readonly stop: number;
  readonly target: number;
}

/** How a risk rule reads before and after all of them were applied. */
export interface RiskReading {
  readonly rule: string;
  /** The quantity that it limits. */
  readonly limits: string;
  /** What it is counted in: `fraction`, `names` or a plain `number`. */
  readonly unit: string;
  readonly limit: number;
  /** Names of the book for which what the rule judges by is not known. */
  readonly unknown: number;
  /** `null`: nothing to measure. */
  readonly before: number | null;
  readonly after: number | null;
}

/** What changed against the evening before. */
export interface Changes {
  /** The evening compared with. */
  readonly since: IsoDate;
  readonly equity: number;
  readonly newEntries: readonly string[];
  readonly newExits: readonly string[];
  /** Was to be entered then, and is neither held nor to be entered now. */
  readonly dropped: readonly { readonly symbol: string; readonly reason: string }[];
  /** `reason` as of `portfolio.fills`; `return` of what was sold, after costs, `null` for a buy. */
  readonly filled: readonly { readonly symbol: string; readonly side: 'buy' | 'sell'; readonly shares: number; readonly price: number; readonly reason: string; readonly return: number | null }[];
  /** Held on both evenings: change of the price since (fraction). */
  readonly moves: readonly { readonly symbol: string; readonly return: number }[];
}

/** A share of successes with its 95 % interval, by blocks of sessions drawn anew; `null` where the outcomes cover too little time (see `MIN_SPANS`). */
export interface HitRate {
  readonly hits: number;
  readonly of: number;
  /** `null` when `of` is 0. */
  readonly rate: number | null;
  readonly interval: readonly [number, number] | null;
}

/** How earlier recommendations did, by what was known at the close of `asOf`. */
export interface TrackRecord {
  /** First and last evening whose recommendations count. */
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly evenings: number;
  /** Round trips of the paper book, closed by `asOf`, after costs. */
  readonly trades: {
    readonly closed: number;
    /** Sessions on which they were entered: trades of one session share its luck. */
    readonly entrySessions: number;
    readonly hits: HitRate;
    /** Simple return after costs; `null` without trades. */
    readonly meanReturn: number | null;
    /** 95 % interval of the mean by blocks of entry sessions drawn anew; `null` where the trades cover too little time. The market's own drift is in it. */
    readonly meanInterval: readonly [number, number] | null;
    readonly meanSessions: number | null;
    /** Quote currency. */
    readonly profit: number;
    readonly last: readonly { readonly symbol: string; readonly listedSymbol: string; readonly entrySession: IsoDate; readonly exitSession: IsoDate; readonly return: number; readonly expected: number | null; readonly why: string }[];
  };
  /** Entries whose horizon is over, open to open: whether the sign was right, and how often the outcome lay in the interval. */
  readonly forecasts: { readonly matured: number; /** Evenings that they are from. */ readonly evenings: number; readonly rightSign: HitRate; readonly inInterval: HitRate; readonly coverage: number | null; readonly meanExpected: number | null; readonly meanOutcome: number | null };
  /** Equity of the paper book at each close, oldest first, at most the last 252. */
  readonly equity: readonly { readonly session: IsoDate; readonly equity: number }[];
}

/** The document of one evening; deterministic for the same inputs (no clock times, no paths). */
export interface RecommendationDocument {
  readonly schemaVersion: 2;
  readonly asOf: IsoDate;
  /** The session at whose open the actions are meant to be done. */
  readonly actOn: IsoDate;
  readonly strategy: string;
  /** Listed symbol on `asOf` of every instrument named here that is listed under another one than its own. */
  readonly symbols: Readonly<Record<string, string>>;
  readonly recommendations: readonly Recommendation[];
  /** Share of outcomes that each interval is meant to hold. */
  readonly intervalCoverage: number;
  readonly portfolio: {
    readonly equity: number;
    readonly cash: number;
    readonly grossExposure: number;
    readonly positions: number;
    /** Fills since the last decision: at the open after it, which is that of `asOf` unless evenings were missed. */
    readonly fills: readonly { readonly symbol: string; readonly side: 'buy' | 'sell'; readonly shares: number; readonly price: number; readonly costs: number; readonly session: IsoDate; /** `entry`, `exit`, `reduce`, `stop`, `target`, `time` and so on. */ readonly reason: string }[];
    /** Orders that did not fill and why. */
    readonly unfilled: readonly LeftOut[];
    /** Splits, dividends and delistings since the last decision, a sentence each. */
    readonly events: readonly { readonly symbol: string; readonly text: string }[];
    /** What is held at the close, by weight. */
    readonly held: readonly HeldPosition[];
    /** Weights by sector after the actions, largest first. */
    readonly sectors: readonly { readonly sector: string; readonly weight: number }[];
    /** After the actions: sum of weights, slope on the benchmark and annualized volatility as far as known, and how far equity is below its highest. */
    readonly exposure: { readonly gross: number; readonly beta: number | null; readonly volatility: number | null; readonly drawdown: number };
  };
  /** Risk rules in the order in which they are applied, and what could not be kept to. */
  readonly risk: { readonly readings: readonly RiskReading[]; readonly conflicts: readonly { readonly rule: string; readonly reason: string }[] };
  /** `null` for the first evening. */
  readonly changes: Changes | null;
  /** `null` for the first evening. */
  readonly trackRecord: TrackRecord | null;
  readonly universe: {
    readonly name: string;
    /** Members on `asOf`. */
    readonly members: number;
    /** Members with a bar on `asOf`. */
    readonly priced: number;
    /** Members with a bar on `asOf` that is not suspect. */
    readonly eligible: number;
    readonly missing: readonly string[];
  };
  readonly quality: readonly QualitySummary[];
  /** `null` when history does not suffice for any. */
  readonly model: ModelSummary | null;
  /** The network whose ranks were averaged with those of the model; `null` where none was. */
  readonly network: ModelSummary | null;
  /** What a reader must know of the model before all else: why a better one was passed over. */
  readonly notices: readonly string[];
  readonly features: FeatureSummary;
  /** `null` when there are fewer sessions than the graph's window. */
  readonly graph: GraphNumbers | null;
  /** What the option chains of the session tell of the names recommended or held. */
  readonly options: EveningOptions;
  /** Members that are not among the recommendations, each once, grouped by why. */
  readonly leftOut: readonly { readonly reason: string; readonly symbols: readonly string[]; /** The risk rule that refused them, `null` where none did. */ readonly rule: string | null }[];
  /** Statements every reader must see: survivorship, missing dividends, sectors last known. */
  readonly caveats: readonly string[];
  readonly data: readonly { readonly dataset: string; readonly source: string; readonly licence: string; readonly rows: number; readonly contentHash: string; readonly lastDate: IsoDate | null; readonly notes: readonly string[] }[];
  readonly provenance: { readonly version: string; readonly seed: number; readonly configHash: string; readonly dataHash: string };
}
