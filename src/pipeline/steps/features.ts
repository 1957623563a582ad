import { hashJson } from '../../core/hash.js';
import { summarizeFindings } from '../../data/quality/summary.js';
import { FEATURES } from '../../features/registry.js';
import { Panel } from '../../table/panel.js';
import type { SessionFeatures } from '../../recommendation/session-features.js';
import type { EveningContext } from '../evening-context.js';
import type { FlowStep, ReadArtifact } from '../flow.js';

/** What the step keeps of the features. */
interface FeatureArtifact {
  readonly asOf: string;
  /** Epoch day of `asOf`. */
  readonly day: number;
  readonly features: readonly { readonly name: string; readonly family: string; readonly unit: string; readonly source: string }[];
  readonly absent: SessionFeatures['absent'];
  readonly members: readonly string[];
  /** Members, and what is held besides. */
  readonly symbols: readonly string[];
  /** By feature, in the order of `symbols`; `null` is missing. */
  readonly values: Readonly<Record<string, readonly (number | null)[]>>;
}

/** Features of every member on the session, and what the quality rules found on the way. */
export function featuresStep(context: EveningContext): FlowStep {
  const { asOf, config } = context.setup;
  return {
    name: 'features',
    describe: 'check bars and compute features',
    inputs: async () => ({ asOf, held: hashJson([...context.before.positions, ...context.before.orders].map(({ symbol }) => symbol)), data: await context.dataHash(), settings: hashJson({ data: config.config.data, features: config.config.features }), model: (await context.chosenModel()).identity }),
    async run() {
      const market = await context.market();
      const { features, values, members, absent } = await context.sessionFeatures();
      const held = [...context.before.positions, ...context.before.orders].map(({ symbol }) => symbol);
      const symbols = [...new Set([...members, ...held.filter((symbol) => values.hasSymbol(symbol))])].sort();
      const artifact: FeatureArtifact = {
        asOf,
        day: values.sessions[values.sessions.length - 1],
        features: features.map(({ name, family, unit, source }) => ({ name, family, unit, source })),
        absent,
        members,
        symbols,
        values: Object.fromEntries(features.map(({ name }) => [name, symbols.map((symbol) => finiteOrNull(values.series(name, symbol)[0]))])),
      };
      return {
        'features.json': `${JSON.stringify(artifact)}\n`,
        'quality.json': `${JSON.stringify({ summary: summarizeFindings(market.findings), findings: market.findings }, null, 1)}\n`,
      };
    },
  };
}

/** The features that the step kept. */
export async function readSessionFeatures(read: ReadArtifact): Promise<SessionFeatures> {
  const { day, features, absent, members, symbols, values } = JSON.parse(await read('features', 'features.json')) as FeatureArtifact;
  const columns = Object.fromEntries(features.map(({ name }) => [name, Float32Array.from(values[name], (value) => value ?? Number.NaN)]));
  const known = new Map(FEATURES.map((feature) => [feature.name, feature]));
  return { features: features.flatMap(({ name }) => known.get(name) ?? []), values: new Panel({ symbols, sessions: Int32Array.of(day), columns }), members, absent };
}

const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);
