import { VERSION } from '../../core/version.js';
import { formatEvidence } from '../../options/intelligence/evidence.js';
import type { ChainPanel } from '../../options/panel/chain-panel.js';
import type { EvaluationFigure } from '../../report/evaluation/chart.js';
import { formatFeature, formatNumber } from '../../report/format.js';
import type { ChainView } from '../../report/options/chain-view.js';
import { chainFigures, type ChainFigures } from '../../report/options/figures.js';
import { headerFigures } from '../../report/options/header.js';
import { renderOptionsPage } from '../../report/options/page.js';
import { chainCaveats, gammaWords, qualityWords } from '../../report/options/words.js';
import type { Panel } from '../../table/panel.js';
import type { ChainStudy } from './read-chain-view.js';

/** A table as `show` prints it. */
export interface OptionsTable {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** Options of one underlying at the close of one session for a reader: sentences, tables and charts, a page. */
export class OptionsReport {
  /** All that is told; plain data. */
  readonly view: ChainView;
  /** Figures of the chains, Float64 [1 symbol, session] up to the session of the view; the names are those of `SUMMARY_COLUMNS`. */
  readonly summaries: Panel;
  /** The forty features over the same sessions, Float32 [1 symbol, session]. */
  readonly features: Panel;

  constructor({ view, summaries, features }: ChainStudy) {
    this.view = view;
    this.summaries = summaries;
    this.features = features;
  }

  get panel(): ChainPanel {
    return this.view.panel;
  }

  get signals(): ChainView['signals'] {
    return this.view.signals;
  }

  /** Sentences for a reader: what is told, and what must be known before believing it. */
  words(): string[] {
    return [gammaWords(this.view), qualityWords(this.view), ...chainCaveats(this.view)].filter((text) => text !== null);
  }

  /** Charts by name, `null` where there is nothing to draw; `show(report.charts().smile)`. */
  charts(): ChainFigures {
    return chainFigures(this.view);
  }

  tables(): OptionsTable[] {
    return [this.figureTable(), this.signalTable(), this.featureTable()];
  }

  figureTable(): OptionsTable {
    return { caption: `${this.view.underlying} at the close of ${this.view.session}`, columns: ['figure', 'value', ''], rows: headerFigures(this.view) };
  }

  signalTable(): OptionsTable {
    const told = this.signals.map(({ signal, direction, strength, confidence, sentence, evidence, units }) => [signal, direction, formatNumber(strength, 2), formatNumber(confidence, 2), sentence, Object.entries(evidence).map(([name, value]) => `${name} ${formatEvidence(value, units[name])}`).join(', ')]);
    return { caption: 'Signals', columns: ['signal', 'direction', 'strength', 'confidence', 'what it says', 'evidence'], rows: told };
  }

  featureTable(): OptionsTable {
    const rows = this.view.features.map(({ name, value, unit, support, missing }) => [name, value === null ? null : formatFeature(value, unit), missing ?? (support === null ? null : `${support} sessions`)]);
    return { caption: 'Features', columns: ['feature', 'value', 'window'], rows };
  }

  /** What `show` prints. */
  toShown(): { title: string; text: string[]; tables: OptionsTable[]; figures: EvaluationFigure[] } {
    const figures = Object.values(this.charts() as unknown as Record<string, EvaluationFigure | null>).filter((figure) => figure !== null);
    return { title: `Options of ${this.view.underlying} at the close of ${this.view.session}`, text: this.words(), tables: this.tables(), figures };
  }

  /** One self-contained page. */
  page(): string {
    return renderOptionsPage({ view: this.view, generatedBy: `swinglab ${VERSION}` });
  }
}
