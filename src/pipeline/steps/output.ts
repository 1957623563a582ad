import { hashJson } from '../../core/hash.js';
import { VERSION } from '../../core/version.js';
import { marketDataHash } from '../../data/market.js';
import type { Manifest } from '../../data/store/manifest.js';
import { eveningWrites, storedDocumentHash } from '../../lab/paper-book.js';
import { fromEpochDay } from '../../core/dates.js';
import { renderRecommendationReport } from '../../report/page.js';
import type { PriceSeries } from '../../report/price-series.js';
import { storeChanged, type EveningContext } from '../evening-context.js';
import type { FlowStep } from '../flow.js';
import { readDocument } from './explanation.js';
import { readSelection } from './selection.js';

/** The report page, and the evening in the store: recommendations and paper book in one commit. */
export function outputStep(context: EveningContext): FlowStep {
  const { asOf, booked, clock, config, store } = context.setup;
  return {
    name: 'output',
    describe: 'write the report and keep the evening',
    inputs: async () => ({ report: hashJson(config.config.report) }),
    stands: async (read) => !booked || (await storedDocumentHash(store, asOf)) === hashJson(await readDocument(read)),
    async run({ read, signal }) {
      const document = await readDocument(read);
      const { chartSessions } = config.config.report;
      const charts = await priceCharts(context, document.recommendations.map(({ symbol }) => symbol), chartSessions);
      const page = renderRecommendationReport({ document, charts, generatedBy: `swinglab ${VERSION}`, chartSessions });
      if (booked) {
        const { book, fills, events, equity } = await readSelection(read);
        await store.commit(eveningWrites({ session: asOf, book, fills, events, equity, document }), { clock, signal, accept: (before) => requireSameData(before, document.provenance.dataHash) });
      }
      return { 'report.html': page };
    },
  };
}

/** An evening is kept only beside the data it was computed on. */
function requireSameData(manifest: Manifest, dataHash: string): void {
  if (marketDataHash(manifest) !== dataHash) throw storeChanged();
}

async function priceCharts(context: EveningContext, symbols: readonly string[], sessions: number): Promise<Map<string, PriceSeries>> {
  const { bars } = await context.market();
  const from = Math.max(0, bars.sessions.length - sessions);
  const days = Array.from(bars.sessions.subarray(from), fromEpochDay);
  const series = (name: string, symbol: string): Float64Array => bars.series(name, symbol).slice(from) as Float64Array;
  return new Map(
    symbols
      .filter((symbol) => bars.hasSymbol(symbol))
      .map((symbol) => [symbol, { sessions: days, open: series('open', symbol), high: series('high', symbol), low: series('low', symbol), close: series('close', symbol), volume: series('volume', symbol) }]),
  );
}
