import { fromEpochDay, type EpochDay } from '../core/dates.js';
import { buildEdges, type DayEdges } from '../graph/build-graphs.js';
import type { GraphConfig } from '../graph/config.js';
import { cutInputs } from '../graph/cut-inputs.js';
import { graphInputs, type GraphInputs } from '../graph/graph-inputs.js';
import type { Panel } from '../table/panel.js';
import type { Labels } from './labels/labels.js';
import type { LabelMarket } from './labels/label-market.js';
import { rankWithinSessions } from './rank-within-sessions.js';

interface Parts {
  /** Made when it is first asked for. */
  readonly panel: () => Panel;
  readonly counts: Uint8Array;
  readonly labels: Labels | null;
  readonly market: LabelMarket;
}

/**
 * What models of sequences and graphs read beside the samples themselves: the past of every instrument, who moved with whom, outcomes over
 * other horizons. All of it [symbol, session] over the axes of the features that samples were picked from; who reads it looks at nothing
 * after the session that is foretold, and at labels only as far as those of the samples reach.
 */
export class Background {
  readonly #parts: Parts;
  #panel: Panel | null = null;
  #inputs: GraphInputs | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Features in the order of those of the samples, normalised as those are. */
  get panel(): Panel {
    this.#panel ??= this.#parts.panel();
    return this.#panel;
  }

  /** 1 where an instrument counts at a session. */
  get counts(): Uint8Array {
    return this.#parts.counts;
  }

  /** As made for the samples; `null` where there is only something to foretell. */
  get labels(): Labels | null {
    return this.#parts.labels;
  }

  /** Sector of each row, '' where unknown; last known, not point in time. */
  get sectors(): readonly string[] {
    const { bars, sectors } = this.#parts.market;
    return bars.symbols.map((symbol) => sectors.get(symbol) ?? '');
  }

  /** Who moved with whom over the window that ends at a session; `null` when the bars do not reach back so far. */
  graph(settings: GraphConfig, day: EpochDay): DayEdges | null {
    const { bars, member, sectors } = this.#parts.market;
    this.#inputs ??= graphInputs(bars, { member, sectors });
    const t = bars.indexOnOrBefore(day);
    if (t < settings.window - 1 || bars.sessions[t] !== day) return null;
    return buildEdges(cutInputs(this.#inputs, t - settings.window + 1, t + 1), settings, fromEpochDay(day));
  }

  /** The same with some of the features, in the order given. */
  select(features: readonly string[]): Background {
    return new Background({ ...this.#parts, panel: () => this.panel.columns(features) });
  }

  /** The same with features as centred ranks within their session, as `rankWithinSessions`. */
  ranked(except: readonly string[] = []): Background {
    return new Background({ ...this.#parts, panel: () => rankWithinSessions(this.panel, { panel: this.panel, counts: this.counts }, { except }) });
  }
}
