import { isTemporary } from '../core/atomic-file.js';
import { ConfigError, InvariantError } from '../core/errors.js';
import { namesSecret } from '../core/secret-names.js';

const LONGEST_NAME = 100;
const LONGEST_KEY = 250;
/** Lower case, because some disks take `Ranker` and `ranker` for one; no sign at the ends, so that nothing is hidden. */
const EXPERIMENT = /^[a-z\d]+(?:[._-][a-z\d]+)*$/;
/** A file or folder that every system can hold; neither hidden nor ending in a point. */
const PATH_PART = /^[A-Za-z\d_](?:[A-Za-z\d ._+=@-]*[A-Za-z\d_+=@-])?$/;
/** Names that Windows gives to devices, with whatever ending. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
/** Begins with a letter or digit; no control characters or line ends anywhere. */
const KEY = /^[\p{L}\p{N}][^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*$/u;

/** Whether a text may name an experiment, and so a folder. */
export function isExperimentName(name: string): boolean {
  return name.length <= LONGEST_NAME && EXPERIMENT.test(name) && !DEVICE.test(name);
}

/** @throws ConfigError `BAD_EXPERIMENT_NAME` */
export function requireExperimentName(name: string): void {
  if (typeof name === 'string' && isExperimentName(name)) return;
  throw new ConfigError(`expected an experiment's name of lower-case letters and digits, joined by single ".", "_" or "-" and at most ${LONGEST_NAME} long, such as "ranker", found ${JSON.stringify(name)}`, { code: 'BAD_EXPERIMENT_NAME', fields: { name } });
}

/**
 * A name under which a value is kept: of a parameter, a figure, a tag, a data set.
 * @param kind what is named, for the message
 * @throws ConfigError `BAD_KEY`; `SECRET_KEY` when the name says that the value is a secret
 */
export function requireKey(key: string, kind: string): void {
  if (key.length > LONGEST_KEY || !KEY.test(key)) throw new ConfigError(`expected the name of a ${kind} to begin with a letter or digit, to stand on one line and to be at most ${LONGEST_KEY} long, found ${JSON.stringify(key.slice(0, LONGEST_KEY))}`, { code: 'BAD_KEY', fields: { kind } });
  if (namesSecret(key)) throw new ConfigError(`expected no secrets in the records of runs, found the ${kind} "${key}"; its value is not kept`, { code: 'SECRET_KEY', fields: { kind, key } });
}

/**
 * A file beside the figures: a relative path with `/`, of parts that no system reads as anything but names.
 * @throws InvariantError `BAD_ARTIFACT_NAME`
 */
export function requireArtifactName(name: string): void {
  const parts = typeof name === 'string' ? name.split('/') : [];
  const good = parts.length > 0 && name.length <= 4 * LONGEST_NAME && parts.every((part) => part.length <= LONGEST_NAME && PATH_PART.test(part) && !DEVICE.test(part) && !isTemporary(part));
  if (!good) throw new InvariantError(`expected an artifact's name as a relative path of plain names, such as "plots/decay.html", found ${JSON.stringify(name)}`, { code: 'BAD_ARTIFACT_NAME', fields: { name } });
}
