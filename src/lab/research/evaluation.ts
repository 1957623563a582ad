import type { ScoreEvaluation, SeriesSummary } from '../../evaluation/score-evaluation.js';
import type { EvaluationFigure } from '../../report/evaluation/chart.js';
import { evaluationFigures } from '../../report/evaluation/figures.js';
import { renderEvaluationPage } from '../../report/evaluation/page.js';
import { evaluationWords, leftOutWords } from '../../report/evaluation/words.js';

/** What an evaluation is of. */
export interface EvaluationSubject {
  readonly title: string;
  readonly params: Readonly<Record<string, string | number | boolean | null>>;
  readonly seed: number;
  /** What was to be foretold, in words. */
  readonly label: string;
  /** What a reader must know before believing: whom the data covers, what is last known. */
  readonly caveats: readonly string[];
}

/** A table as `show` prints it. */
export interface EvaluationTable {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** What scores were worth, as figures, as words, as tables and charts, as a page. */
export class Evaluation {
  /** Plain JSON. */
  readonly figures: ScoreEvaluation;
  readonly subject: EvaluationSubject;

  constructor(figures: ScoreEvaluation, subject: EvaluationSubject) {
    this.figures = figures;
    this.subject = subject;
  }

  /** Sentences for a reader. */
  words(): string[] {
    return [evaluationWords(this.figures), ...leftOutWords(this.figures), ...this.subject.caveats];
  }

  /** What `show` prints. */
  toShown(): { title: string; text: string[]; tables: EvaluationTable[]; figures: EvaluationFigure[] } {
    const { title, label } = this.subject;
    const figures = Object.values(evaluationFigures(this.figures)).filter((figure): figure is EvaluationFigure => figure !== null);
    return { title: `${title}: ${label}`, text: this.words(), tables: this.tables(), figures };
  }

  tables(): EvaluationTable[] {
    const { ic, rankIc, quantiles, decay, change, byYear } = this.figures;
    const summary = (name: string, { mean, icir, t, interval, positive, sessions }: SeriesSummary): (string | number | null)[] => [name, mean, interval?.[0] ?? null, interval?.[1] ?? null, t, icir, positive, sessions];
    const head = (first: string): string[] => [first, 'mean', 'low', 'high', 't', 'ICIR', 'share above 0', 'sessions'];
    return [
      { caption: 'What scores were worth: means over sessions, 95 % intervals by block bootstrap, t by Newey and West', columns: head('figure'), rows: [summary('rank IC', rankIc), summary('IC', ic), summary('top less bottom quantile, return', quantiles.spread.return), summary('top less bottom quantile, label', quantiles.spread.label)] },
      { caption: 'Rank IC by sessions held', columns: head('sessions held'), rows: decay.map((point) => summary(String(point.horizon), point.rankIc)) },
      { caption: 'Mean return by quantile of the score, 1 lowest', columns: ['quantile', 'label', 'return', 'names'], rows: quantiles.means.map(({ quantile, label, return: earned, names }) => [quantile, label, earned, names]) },
      { caption: 'Rank IC by year', columns: head('year'), rows: byYear.map((one) => summary(String(one.year), one.rankIc)) },
      { caption: 'How much scores change', columns: ['sessions later', 'top quantile replaced', 'rank autocorrelation'], rows: change.map(({ lag, turnover, rankAutocorrelation }) => [lag, turnover, rankAutocorrelation]) },
    ];
  }

  /** One self-contained page. */
  page(generatedBy: string): string {
    return renderEvaluationPage(this.figures, { ...this.subject, generatedBy });
  }
}
