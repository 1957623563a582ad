import type { ScoreEvaluation, SeriesSummary } from '../../evaluation/score-evaluation.js';

/** What an evaluation is of. */
export interface EvaluationSubject {
  readonly title: string;
  readonly params: Readonly<Record<string, string | number | boolean | null>>;
  readonly seed: number;
  /** What was to be foretold, in words. */
  readonly label: string;
}

/** What scores were worth, as figures, as words, as pictures, as a page. */
export class Evaluation {
  /** Plain JSON. */
  readonly figures: ScoreEvaluation;
  readonly subject: EvaluationSubject;

  constructor(figures: ScoreEvaluation, subject: EvaluationSubject) {
    this.figures = figures;
    this.subject = subject;
  }

  /** The main figures, a line each. */
  lines(): string[] {
    const { rankIc, quantiles, decay } = this.figures;
    return [`${this.subject.title}: rank IC ${shown(rankIc)}`, `spread ${shown(quantiles.spread.return)}`, ...decay.map(({ horizon, rankIc: one }) => `over ${horizon}: ${shown(one)}`)];
  }

  /** One self-contained page. */
  page(generatedBy: string): string {
    return `${generatedBy}\n${this.lines().join('\n')}`;
  }
}

const shown = ({ mean, icir, t }: SeriesSummary): string => `${mean?.toFixed(4)} (ICIR ${icir?.toFixed(3)}, t ${t?.toFixed(2)})`;
