import type { EpochDay } from '../../core/dates.js';
import type { Background } from '../../dataset/background.js';
import type { GraphConfig } from '../../graph/config.js';
import type { ColumnValues } from '../../table/panel.js';
import type { Graph } from '../gat/graph.js';
import { noEdges, sessionEdges } from './session-edges.js';

/** All stocks that count at a session, as the network reads them. */
export interface SessionInput {
  readonly day: EpochDay;
  /** Rows of the panel that samples were picked from, ascending, [node]. */
  readonly rows: Int32Array;
  /** Numbers of a stock and session: the features and how much of them is known. */
  readonly inputs: number;
  /** Features and, last, the share of them that is known; 0 where missing, [feature + 1, node × past]: node by node, time ascending. */
  readonly past: Float32Array;
  /** Position of each sector in `sectorNames`, the last one for others, [node]. */
  readonly sectors: Int32Array;
  readonly graph: Graph;
}

export interface ReaderSettings {
  /** Sessions of a window. */
  readonly past: number;
  /** `null`: no edges are needed. */
  readonly graph: GraphConfig | null;
  /** What sectors are known by; all others are one. */
  readonly sectorNames: readonly string[];
}

/** Centred ranks lie in (−½, ½): times this they have variance 1, as the network's first layers expect. */
export const UNIT = Math.sqrt(12);

/** Gives sessions one at a time. */
export interface SessionReader {
  /** `null` where nothing counts at the session. */
  read(day: EpochDay): SessionInput | null;
}

/** Gathers sessions out of the background of samples: all that count, with their past and the day's graph. Nothing after the session is read. */
export class BackgroundReader implements SessionReader {
  readonly background: Background;
  readonly #settings: ReaderSettings;
  readonly #columns: readonly ColumnValues[];
  readonly #sectors: Int32Array;
  readonly #without = new Set<EpochDay>();

  constructor(background: Background, settings: ReaderSettings) {
    this.background = background;
    this.#settings = settings;
    const { panel, sectors } = background;
    this.#columns = panel.columnNames.map((name) => panel.column(name));
    const codes = new Map(settings.sectorNames.map((name, code) => [name, code]));
    this.#sectors = Int32Array.from(sectors, (name) => codes.get(name) ?? settings.sectorNames.length);
  }

  /** Sessions read so far whose graph could not be built: the bars do not reach back a window. */
  get withoutGraph(): number {
    return this.#without.size;
  }

  read(day: EpochDay): SessionInput | null {
    const { panel, counts } = this.background;
    const t = panel.indexOnOrBefore(day);
    if (t < 0 || panel.sessions[t] !== day) return null;
    const width = panel.sessions.length;
    const rows = Int32Array.from(panel.symbols.keys()).filter((row) => counts[row * width + t] === 1);
    if (rows.length === 0) return null;
    return { day, rows, inputs: this.#columns.length + 1, past: this.#past(rows, t), sectors: rows.map((row) => this.#sectors[row]), graph: this.#graph(rows, day) };
  }

  #past(rows: Int32Array, t: number): Float32Array {
    const { past } = this.#settings;
    const [width, depth, size] = [this.background.panel.sessions.length, this.#columns.length, rows.length * past];
    const values = new Float32Array((depth + 1) * size);
    const first = Math.max(0, t - past + 1);
    const known = values.subarray(depth * size);
    this.#columns.forEach((column, feature) => {
      const into = values.subarray(feature * size, (feature + 1) * size);
      for (let node = 0; node < rows.length; node++) {
        const start = rows[node] * width;
        for (let at = first, to = (node + 1) * past - (t - first) - 1; at <= t; at++, to++) {
          const value = column[start + at];
          if (value !== value) continue;
          into[to] = value * UNIT;
          known[to] += 1 / depth;
        }
      }
    });
    return values;
  }

  #graph(rows: Int32Array, day: EpochDay): Graph {
    const { graph: settings } = this.#settings;
    if (settings === null) return noEdges(rows.length);
    const graph = this.background.graph(settings, day);
    if (graph === null) {
      this.#without.add(day);
      return noEdges(rows.length);
    }
    const { symbols } = this.background.panel;
    return sessionEdges(graph, new Map(Array.from(rows, (row, node) => [symbols[row], node])), { count: rows.length, most: settings.topK });
  }
}
