import { prepareData } from '../../lab/data-source.js';
import type { EveningContext } from '../evening-context.js';
import type { FlowStep } from '../flow.js';

/** Brings in what the configuration names; nothing when the store is up to date. Always looks. */
export function ingestStep({ setup }: Pick<EveningContext, 'setup'>): FlowStep {
  return {
    name: 'ingest',
    describe: 'bring market data into the store',
    looks: true,
    inputs: async () => ({ source: setup.config.config.data.source }),
    async run({ signal, progress }) {
      await prepareData(setup.store, setup.config.config.data, { clock: setup.clock, root: setup.config.root, signal, onRows: (_, rows) => progress(rows, null, 'rows') });
      const { datasets } = await setup.store.manifest();
      const held = Object.fromEntries(Object.entries(datasets).filter(([, { provider }]) => provider !== 'swinglab').map(([name, { rows, contentHash, firstDate, lastDate, source, licence, priceBasis, notes, findings }]) => [name, { rows, contentHash, firstDate, lastDate, source, licence, priceBasis, notes, findings }]));
      return { 'datasets.json': `${JSON.stringify(held, null, 2)}\n` };
    },
  };
}
