import { RankCorrelation } from '../../../evaluation/rank-correlation.js';
import { Ranker, type Ranking } from '../../../evaluation/ranker.js';
import { SessionRows } from '../../../evaluation/session-rows.js';
import type { ColumnValues, Panel } from '../../../table/panel.js';

/** Fewest names on a session for a correlation that says something. */
const MIN_NAMES = 20;

export interface SessionCorrelation {
  readonly correlation: number;
  readonly names: number;
}

/** Spearman's correlation of one table [symbol, session] with others, session by session; it is ranked once. */
export class SessionCorrelations {
  readonly #symbols: number;
  readonly #rankings: readonly Ranking[];
  readonly #ranker: Ranker;
  readonly #correlation: RankCorrelation;

  constructor(values: ColumnValues, { symbols, sessions }: Pick<Panel, 'symbols' | 'sessions'>) {
    this.#symbols = symbols.length;
    this.#ranker = new Ranker(symbols.length);
    this.#correlation = new RankCorrelation(symbols.length);
    const rows = new SessionRows(values, symbols.length, sessions.length);
    this.#rankings = Array.from(sessions, (_, t) => this.#ranker.rank(rows.at(t)));
  }

  /** Of the sessions on which both vary over at least 20 names, in their order. */
  of(values: ColumnValues): SessionCorrelation[] {
    const rows = new SessionRows(values, this.#symbols, this.#rankings.length);
    let ranking: Ranking | undefined;
    return this.#rankings.flatMap((own, t) => {
      if (own.count < MIN_NAMES) return [];
      ranking = this.#ranker.rank(rows.at(t), ranking);
      const { correlation, names } = this.#correlation.of(ranking, own);
      return correlation === null || names < MIN_NAMES ? [] : [{ correlation, names }];
    });
  }
}
