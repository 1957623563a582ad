import type { IsoDate } from '../../core/dates.js';
import { readCheckedBars } from '../../data/checked-bars.js';
import { computeFeatures } from '../../features/compute/compute-features.js';
import type { FeatureInputs } from '../../features/compute/feature-inputs.js';
import type { Feature } from '../../features/feature.js';
import { FEATURES } from '../../features/registry.js';
import { resolveFeatures } from '../../features/sets.js';
import type { Panel } from '../../table/panel.js';
import { inputSettings, readFeatureInputs } from '../feature-inputs.js';
import type { AuditedLab } from './audited-lab.js';

export interface AuditedFeaturesRequest {
  readonly symbols: readonly string[];
  /** Where bars end, if the lab has later ones. */
  readonly until: IsoDate;
  readonly features: readonly Feature[];
}

/** Names of features, families and sets, and features of one's own. */
export function chosenFeatures({ config }: AuditedLab, wanted: readonly (string | Feature)[]): Feature[] {
  const names = wanted.filter((one) => typeof one === 'string');
  return [...resolveFeatures(names, FEATURES, config.config.features.sets), ...wanted.filter((one) => typeof one !== 'string')];
}

/** What features of some instruments are computed from, read from the store of a lab as its evening would; the instruments are the whole market. */
export async function auditedInputs(lab: AuditedLab, { symbols, until, features }: AuditedFeaturesRequest): Promise<FeatureInputs> {
  const { data } = lab.config.config;
  const last = (await lab.store.entry('bars'))!.lastDate as IsoDate;
  const { bars } = await readCheckedBars(lab.store, { symbols, end: until < last ? until : last, allowMissing: true }, data.quality);
  return readFeatureInputs(lab.store, { bars, universe: await lab.universe(), features, ...inputSettings(lab.config.config) });
}

/** Features [symbol, session] of inputs. */
export function auditedValues(inputs: FeatureInputs, features: readonly Feature[]): Panel {
  return computeFeatures(inputs, features, { known: [...features, ...FEATURES.filter((one) => !features.includes(one))] });
}
