import type { IsoDate } from '../../core/dates.js';
import { DataError } from '../../core/errors.js';
import { withDuckDB, type OpenDuckDB } from '../../data/store/duckdb.js';
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
    return this.#read((connection) => readGraph(connection, this.folder, entry.files, session));
  }

  /** Numbers of the sessions that were built up to one, oldest first; at most `count`, the last of them. */
  async days(until: IsoDate, count: number): Promise<GraphDayNumbers[]> {
    const entries = (await this.#quarters()).filter(({ first }) => first <= until);
    const found: GraphDayNumbers[] = [];
    await this.#read(async (connection) => {
      for (const { files } of entries.toReversed()) {
        found.unshift(...(await readDays(connection, this.folder, files, `session <= date '${until}'`)));
        if (found.length >= count) break;
      }
    });
    return found.slice(-count);
  }

  /** @throws DataError `UNREADABLE_FILE`, saying what to do */
  async #read<T>(use: (connection: OpenDuckDB['connection']) => Promise<T>): Promise<T> {
    try {
      return await withDuckDB(use);
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      const { message, code, fields, cause } = error;
      throw new DataError(message, { code, fields: { ...fields, hint: `remove the folder "${this.folder}" and build the graphs again` }, cause });
    }
  }

  async #quarters(): Promise<QuarterEntry[]> {
    return Object.values((await readSnapshotManifest(this.folder))?.quarters ?? {});
  }
}
