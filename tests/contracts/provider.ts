import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { fromEpochDay } from '../../src/core/dates.js';
import { ConfigError } from '../../src/core/errors.js';
import { DATASET_NAMES, datasetSchema, type DatasetName, type FieldType } from '../../src/data/datasets.js';
import { MISSING_DATE, type Batch, type BatchColumn, type DataRequest, type MarketDataProvider } from '../../src/data/provider.js';

const FORMS: Readonly<Record<FieldType, (column: BatchColumn) => boolean>> = {
  text: (column) => Array.isArray(column) && column.every((value) => value === null || typeof value === 'string'),
  number: (column) => column instanceof Float64Array,
  timestamp: (column) => column instanceof Float64Array,
  date: (column) => column instanceof Int32Array,
  boolean: (column) => column instanceof Uint8Array && column.every((value) => value <= 1),
};

const MS_PER_DAY = 86_400_000;

/** By which field, and how, a request restricts a dataset; what is not listed comes whole. */
const SPANS: Partial<Record<DatasetName, string>> = { bars: 'session', actions: 'ex_date', macro: 'observation_date', option_chains: 'session', option_underlyings: 'session', news: 'first_seen_at', fundamentals: 'filed_at', earnings: 'report_date', filings: 'filed_at' };
const instrumentField = (dataset: DatasetName): string | undefined => ['symbol', 'underlying'].find((name) => name in datasetSchema(dataset).fields);

type PlainRow = Readonly<Record<string, string | number | null>>;

/** Batches as rows; days stand as day numbers, missing values as null. */
function rowsOf(batches: readonly Batch[]): PlainRow[] {
  return batches.flatMap(({ rowCount, columns }) =>
    Array.from({ length: rowCount }, (_, i) =>
      Object.fromEntries(
        Object.entries(columns).map(([name, values]) => {
          const value = values[i];
          return [name, value === MISSING_DATE || Number.isNaN(value) ? null : value];
        }),
      ),
    ),
  );
}

async function collect(batches: AsyncIterable<Batch>): Promise<Batch[]> {
  const all: Batch[] = [];
  for await (const batch of batches) all.push(batch);
  return all;
}

/** The day that a row belongs to, where the dataset has one. */
function dayOf(dataset: DatasetName, row: PlainRow): number | null {
  const field = SPANS[dataset];
  if (field === undefined) return null;
  const value = row[field] as number;
  return datasetSchema(dataset).fields[field].type === 'timestamp' ? Math.floor(value / MS_PER_DAY) : value;
}

/**
 * What every provider promises; a new one passes this or is none.
 *
 * @param open opens the provider on recorded or bundled data: the suite forbids the network
 * @param datasets those it can deliver, as its entry in the registry claims
 */
export function testProviderContract(name: string, open: () => Promise<MarketDataProvider>, datasets: readonly DatasetName[]): void {
  describe(`provider ${name}`, () => {
    let provider: MarketDataProvider;
    beforeAll(async () => void (provider = await open()));
    beforeEach(() => void vi.stubGlobal('fetch', () => expect.unreachable('the network is not to be touched')));
    afterEach(() => void vi.unstubAllGlobals());

    it('has a name and declares the datasets that it can deliver, each once', () => {
      expect(provider.name).toMatch(/^[a-z][a-z0-9-]*$/);
      expect([...provider.capabilities].sort()).toEqual([...datasets].sort());
      expect(provider.capabilities.filter((dataset) => !DATASET_NAMES.includes(dataset))).toEqual([]);
    });

    it('refuses every other dataset before anything is fetched', async () => {
      for (const dataset of DATASET_NAMES.filter((one) => !provider.capabilities.includes(one))) {
        const outcomes = [() => provider.provenance(dataset), () => provider.fingerprint?.(dataset) ?? provider.provenance(dataset), () => collect(provider.fetch(dataset, {}))];
        for (const outcome of outcomes) {
          const error = await (async () => outcome())().catch((reason: unknown) => reason);
          expect(error, dataset).toBeInstanceOf(ConfigError);
          expect(error, dataset).toMatchObject({ code: 'NO_CAPABILITY', message: expect.stringContaining(`found "${dataset}"`) as string });
        }
      }
    });

    describe.each(datasets)('%s', (dataset) => {
      const { fields, key } = datasetSchema(dataset);
      let batches: Batch[];
      let rows: PlainRow[];
      beforeAll(async () => {
        batches = await collect(provider.fetch(dataset, {}));
        rows = rowsOf(batches);
      });

      it('says where it comes from and under which licence', () => {
        const { source, licence, priceBasis, notes = [] } = provider.provenance(dataset);
        expect(source.trim()).not.toBe('');
        expect(licence.trim()).not.toBe('');
        expect(notes.every((note) => note.trim() !== '')).toBe(true);
        if (dataset !== 'bars') expect(priceBasis).toBeUndefined();
      });

      it('comes in batches of the schema: its columns, in their form, of one length', () => {
        expect(batches.length).toBeGreaterThan(0);
        for (const { rowCount, columns } of batches) {
          expect(rowCount).toBeGreaterThan(0);
          expect(Object.keys(columns).filter((column) => !(column in fields))).toEqual([]);
          expect(Object.keys(fields).filter((field) => !fields[field].optional && !(field in columns))).toEqual([]);
          for (const [column, values] of Object.entries(columns)) {
            expect(values.length, column).toBe(rowCount);
            expect(FORMS[fields[column].type](values), `${column} is ${fields[column].type}`).toBe(true);
          }
        }
      });

      it('has a value in every required field, and one row a key', () => {
        const required = Object.keys(fields).filter((field) => !fields[field].optional);
        expect(rows.filter((row) => required.some((field) => row[field] === null))).toEqual([]);
        expect(new Set(rows.map((row) => key.map((field) => row[field] ?? null).join('\n'))).size).toBe(rows.length);
      });

      it('comes the same each time, also from another one opened alike', async () => {
        expect(rowsOf(await collect(provider.fetch(dataset, {})))).toEqual(rows);
        expect(rowsOf(await collect((await open()).fetch(dataset, {})))).toEqual(rows);
      });

      it('has a fingerprint that stays, if any', async () => {
        const fingerprint = await provider.fingerprint?.(dataset);
        expect(await provider.fingerprint?.(dataset)).toBe(fingerprint);
        expect(await (await open()).fingerprint?.(dataset)).toBe(fingerprint);
        if (fingerprint !== undefined) expect(fingerprint).not.toBe('');
      });

      it('is restricted to what a request asks for', async () => {
        const days = rows.flatMap((row) => dayOf(dataset, row) ?? []).sort((a, b) => a - b);
        const instrument = instrumentField(dataset);
        const symbols = instrument === undefined ? [] : [...new Set(rows.map((row) => String(row[instrument])))].slice(0, 2);
        const series = dataset === 'macro' ? [String(rows[0]['series_id'])] : undefined;
        const [from, to] = days.length === 0 ? [0, 0] : [days[Math.floor(days.length / 4)], days[Math.floor((days.length * 3) / 4)]];
        const requests: DataRequest[] = [{ symbols: [] }, ...(instrument === undefined ? [] : [{ symbols }]), ...(series ? [{ series }] : []), { start: fromEpochDay(from) }, { end: fromEpochDay(to) }, { symbols, start: fromEpochDay(from), end: fromEpochDay(to), ...(series ? { series } : {}) }];
        for (const request of requests) {
          const wanted = (row: PlainRow): boolean => {
            const day = dayOf(dataset, row);
            const inSpan = day === null || ((request.start === undefined || day >= from) && (request.end === undefined || day <= to));
            const inSymbols = instrument === undefined || request.symbols === undefined || request.symbols.includes(String(row[instrument]));
            return inSpan && inSymbols && (request.series === undefined || request.series.includes(String(row['series_id'])));
          };
          expect(rowsOf(await collect(provider.fetch(dataset, request))), JSON.stringify(request)).toEqual(rows.filter(wanted));
        }
      });

      it('does not come when the signal was aborted, and stops when it is, with its reason', async () => {
        const reason = new Error('no more');
        await expect(collect(provider.fetch(dataset, {}, { signal: AbortSignal.abort(reason) }))).rejects.toBe(reason);
        const controller = new AbortController();
        const stream = provider.fetch(dataset, {}, { signal: controller.signal })[Symbol.asyncIterator]();
        expect((await stream.next()).done).toBe(false);
        controller.abort(reason);
        const next = await stream.next().catch((error: unknown) => error);
        // the end may have been reached already; another batch may not come
        if (next !== reason) expect(next).toEqual({ done: true, value: undefined });
        await stream.return?.();
      });
    });
  });
}
