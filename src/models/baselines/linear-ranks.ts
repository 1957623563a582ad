import { DataError, InvariantError } from '../../core/errors.js';
import type { Samples } from '../../dataset/samples.js';
import type { Contributions, FittedForecaster, JsonValue, ModelFiles } from '../forecaster.js';
import { ModelFile } from '../model-file.js';
import { requireFeatures } from '../select-features.js';
import { rankedSessions, type RankedSession } from './rank-moments.js';

export interface RankCoefficients {
  readonly intercept: number;
  /** Label from the lowest rank to the highest, [feature]. */
  readonly coefficients: Float64Array;
}

/** Scores of the names of a session, [name]; NaN where all features are missing. */
export function linearScores({ ranks, known }: Pick<RankedSession, 'ranks' | 'known'>, { intercept, coefficients }: RankCoefficients): Float64Array {
  const names = known.length;
  const scores = new Float64Array(names).fill(intercept);
  for (let feature = 0; feature < coefficients.length; feature++) {
    for (let name = 0; name < names; name++) scores[name] += coefficients[feature] * ranks[feature * names + name];
  }
  for (let name = 0; name < names; name++) if (known[name] === 0) scores[name] = Number.NaN;
  return scores;
}

/** A linear function of the ranks that features have within their session. */
export class LinearRanks implements FittedForecaster {
  readonly features: readonly string[];
  readonly facts: Readonly<Record<string, JsonValue>>;
  readonly #name: string;
  readonly #line: RankCoefficients;

  constructor(name: string, features: readonly string[], line: RankCoefficients, facts: Readonly<Record<string, JsonValue>>) {
    if (line.coefficients.length !== features.length) throw new InvariantError(`expected a coefficient for each of ${features.length} features, found ${line.coefficients.length} in ${name}`);
    this.features = features;
    this.facts = facts;
    this.#name = name;
    this.#line = line;
  }

  async predict(samples: Samples): Promise<Float64Array> {
    requireFeatures(samples, this.features, `the samples of ${this.#name}`);
    const scores = new Float64Array(samples.length);
    for (const ranked of rankedSessions(samples)) scores.set(linearScores(ranked, this.#line), ranked.start);
    return scores;
  }

  async explain(samples: Samples): Promise<Contributions> {
    requireFeatures(samples, this.features, `the samples of ${this.#name}`);
    const values = new Float64Array(this.features.length * samples.length); // [feature, sample]
    const base = new Float64Array(samples.length).fill(this.#line.intercept);
    for (const { start, end, ranks, known } of rankedSessions(samples)) {
      const names = end - start;
      this.#line.coefficients.forEach((coefficient, feature) => {
        for (let name = 0; name < names; name++) values[feature * samples.length + start + name] = coefficient * ranks[feature * names + name];
      });
      for (let name = 0; name < names; name++) if (known[name] === 0) base[start + name] = Number.NaN;
    }
    return { features: this.features, values, base };
  }

  async save(): Promise<ModelFiles> {
    const { intercept, coefficients } = this.#line;
    const content = { schemaVersion: 1, forecaster: this.#name, features: this.features, intercept, coefficients: Array.from(coefficients), facts: this.facts };
    return { [fileName(this.#name)]: `${JSON.stringify(content, null, 2)}\n` };
  }

  dispose(): void {} // holds nothing outside the garbage collector's reach

  /** @throws DataError `BAD_MODEL_FILE` */
  static load(name: string, files: ModelFiles): LinearRanks {
    const file = ModelFile.read(files, fileName(name));
    file.exactly('schemaVersion', 1);
    file.exactly('forecaster', name);
    const [features, coefficients] = [file.texts('features'), file.numbers('coefficients')];
    if (features.length !== coefficients.length) throw new DataError(`expected a coefficient for each of ${features.length} features, found ${coefficients.length} in "${file.name}" of a saved model`, { code: 'BAD_MODEL_FILE', fields: { name: file.name } });
    return new LinearRanks(name, features, { intercept: file.number('intercept'), coefficients }, file.json<JsonValue>('facts'));
  }
}

const fileName = (name: string): string => `${name}.json`;
