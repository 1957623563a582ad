import type { IsoDate } from '../core/dates.js';
import { DataError } from '../core/errors.js';
import { hashJson } from '../core/hash.js';
import { readCalibration, type Calibration } from './calibration.js';
import type { JsonValue } from './forecaster.js';
import { ModelFile } from './model-file.js';
import type { Normalization } from './normalization.js';
import { readValidationFigures, type ValidationFigures } from './validation-figures.js';

/** What a trained model is, what it learnt from and how it did: plain JSON. */
export interface ModelCard {
  readonly schemaVersion: 1;
  /** Kind of model, as in the registry. */
  readonly forecaster: string;
  /** The kind in words. */
  readonly describe: string;
  /** Whether it looked at labels; what did not was only calibrated on them. */
  readonly learns: boolean;
  readonly params: Readonly<Record<string, JsonValue>>;
  readonly seed: number;
  readonly features: readonly string[];
  /** What was, and is, done to them before the model sees them. */
  readonly normalization: Normalization;
  /** Features that this leaves as they are. */
  readonly unranked: readonly string[];
  /** Sessions that it looks ahead, open to open. */
  readonly horizon: number;
  /** The label in words. */
  readonly label: string;
  /** The options that gave the label, as plain JSON. */
  readonly labelSettings: Readonly<Record<string, JsonValue>>;
  /** First and last session whose labels were used, to learn, to validate or to calibrate. */
  readonly trainedFrom: IsoDate;
  readonly trainedThrough: IsoDate;
  /** Last session whose labels the model itself learnt from; the later ones only judged and calibrated it. */
  readonly learntThrough: IsoDate;
  /** First session at whose decision time all these labels were known. */
  readonly usableFrom: IsoDate;
  /** Sessions and samples whose labels were used, those for validation included. */
  readonly sessions: number;
  readonly samples: number;
  /** How it ranked the sessions kept back for validation; `null` where there were none. */
  readonly validation: ValidationFigures | null;
  /** Whether these sessions decided anything of the model, which flatters its figures on them. */
  readonly choseOnValidation: boolean;
  /** `null` where too few sessions had outcomes: scores then have no expected returns. */
  readonly calibration: Calibration | null;
  /** Content hashes of what it was computed from, by name. */
  readonly data: Readonly<Record<string, string>>;
  /** Fingerprint of the code that trained it. */
  readonly code: string;
  /** What the forecaster itself says: rounds used, importances. */
  readonly facts: Readonly<Record<string, JsonValue>>;
  /** What a reader must know of the data: whom it covers, what is not point in time. */
  readonly notes: readonly string[];
}

/** A card with the hashes of the model's other files, as text; a hash over all of it guards against damage. */
export function writeCard(card: ModelCard, files: Readonly<Record<string, string>>): string {
  const content = { ...card, files };
  return `${JSON.stringify({ ...content, hash: hashJson(content) }, null, 2)}\n`;
}

/**
 * A card as `writeCard` wrote it.
 * @param where names the place in errors
 * @throws DataError `BAD_MODEL_FILE`, `MODEL_VERSION`, `DAMAGED_MODEL`
 */
export function readCard(text: string, where = 'card.json'): ModelCard {
  return readCardFile(text, where).card;
}

/** A card and the hashes of the model's other files by name; errors as of `readCard`. */
export function readCardFile(text: string, where: string): { card: ModelCard; files: Readonly<Record<string, string>> } {
  const file = ModelFile.read({ [where]: text }, where);
  const version = file.raw('schemaVersion');
  if (version !== 1) throw new DataError(`expected a model card of schema version 1, found ${JSON.stringify(version) ?? 'none'} in "${where}"`, { code: 'MODEL_VERSION', fields: { where, version } });
  const card = cardOf(file);
  const files = file.textByName('files');
  if (hashJson({ ...card, files }) !== file.text('hash')) throw new DataError(`expected a model card as it was written, found another content than its hash says in "${where}"; train the model again`, { code: 'DAMAGED_MODEL', fields: { where } });
  return { card, files };
}

function cardOf(file: ModelFile): ModelCard {
  return {
    schemaVersion: 1,
    forecaster: file.text('forecaster'),
    describe: file.text('describe'),
    learns: file.flag('learns'),
    params: file.json<JsonValue>('params'),
    seed: file.number('seed'),
    features: file.texts('features'),
    normalization: file.oneOf('normalization', ['none', 'rank']),
    unranked: file.texts('unranked'),
    horizon: file.count('horizon'),
    label: file.text('label'),
    labelSettings: file.json<JsonValue>('labelSettings'),
    trainedFrom: file.date('trainedFrom'),
    trainedThrough: file.date('trainedThrough'),
    learntThrough: file.date('learntThrough'),
    usableFrom: file.date('usableFrom'),
    sessions: file.count('sessions'),
    samples: file.count('samples'),
    validation: file.raw('validation') === null ? null : readValidationFigures(file.part('validation')),
    choseOnValidation: file.flag('choseOnValidation'),
    calibration: file.raw('calibration') === null ? null : readCalibration(file.part('calibration')),
    data: file.textByName('data'),
    code: file.text('code'),
    facts: file.json<JsonValue>('facts'),
    notes: file.texts('notes'),
  };
}
