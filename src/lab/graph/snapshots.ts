import type { IsoDate } from '../../core/dates.js';
import { DataError } from '../../core/errors.js';
import { withDuckDB } from '../../data/store/duckdb.js';
import type { Graph } from '../../graph/graph.js';
import { readDays, readGraph, type GraphDayNumbers } from './snapshot-files.js';
import { readSnapshotManifest, type QuarterEntry } from './snapshot-manifest.js';

/** Reads graphs that were built before, from a folder of `graphFolder`. */
export class GraphSnapshots {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * The graph of a session.
   * @throws DataError `NO_GRAPH` when it was not built
   */
  async graph(session: IsoDate): Promise<Graph> {
    const entry = (await this.#quarters()).find(({ first, last }) => first <= session && session <= last);
    if (!entry) throw new DataError(`expected the graph of ${session} in "${this.folder}", found none; build it with: swing graph build --start ${session} --end ${session}`, { code: 'NO_GRAPH', fields: { session } });
    return withDuckDB((connection) => readGraph(connection, this.folder, entry.files, session));
  }

  /** Numbers of the sessions that were built up to one, oldest first; at most `count`, the last of them. */
  async days(until: IsoDate, count: number): Promise<GraphDayNumbers[]> {
    const entries = (await this.#quarters()).filter(({ first }) => first <= until);
    const found: GraphDayNumbers[] = [];
    await withDuckDB(async (connection) => {
      for (const { files } of entries.toReversed()) {
        found.unshift(...(await readDays(connection, this.folder, files, `session <= date '${until}'`)));
        if (found.length >= count) break;
      }
    });
    return found.slice(-count);
  }

  async #quarters(): Promise<QuarterEntry[]> {
    return Object.values((await readSnapshotManifest(this.folder))?.quarters ?? {});
  }
}
