import { DataError } from '../../core/errors.js';
import { treeFault } from './tree-fault.js';

/** The file of a saved ranker that LightGBM's own tools read. */
export const MODEL_FILE = 'lightgbm.txt';

const END_OF_TREES = '\nend of trees\n';

/**
 * The text of a model with the number of threads it was trained by set to LightGBM's default: nothing else in it depends on
 * them, and the same data and seed are to give the same file.
 */
export function withoutThreads(text: string): string {
  return text.replace(/^\[num_threads: \d+\]$/m, '[num_threads: 0]');
}

/** Names of the features of a model's text, in its order. */
export function featureNames(text: string): string[] {
  return headerLine(text.slice(0, text.indexOf('\nTree=0')), 'feature_names')?.split(' ') ?? [];
}

/**
 * Nothing when a text is a whole model of version 4 with one tree a round. LightGBM itself ends the process when it is given
 * a damaged one, or reads beyond the end of its memory.
 * @throws DataError `BAD_MODEL_FILE`, naming the first fault
 */
export function requireModelText(text: string): void {
  const fault = faultOf(text);
  if (fault === null) return;
  throw new DataError(`expected the text of a model of LightGBM, found ${fault} in "${MODEL_FILE}"`, { code: 'BAD_MODEL_FILE', fields: { name: MODEL_FILE, fault } });
}

function faultOf(text: string): string | null {
  const start = text.indexOf('\nTree=0\n');
  const end = text.indexOf(END_OF_TREES);
  if (!text.startsWith('tree\n') || start < 0) return `"${text.slice(0, 40)}" at its beginning`;
  if (end < start) return `no line "end of trees"`;
  if (text.includes('\nparameters:\n') && !text.includes('\nend of parameters')) return 'no line "end of parameters"';
  const header = text.slice(0, start);
  const features = Number(headerLine(header, 'max_feature_idx')) + 1;
  if (headerLine(header, 'version') !== 'v4') return `version "${headerLine(header, 'version')}"`;
  if (headerLine(header, 'num_class') !== '1' || headerLine(header, 'num_tree_per_iteration') !== '1') return 'more than one tree a round';
  if (!Number.isInteger(features) || featureNames(text).length !== features) return `${featureNames(text).length} names of features for a highest number of "${headerLine(header, 'max_feature_idx')}"`;
  if (headerLine(header, 'feature_infos')?.split(' ').length !== features) return 'another number of descriptions than of features';
  const sizes = (headerLine(header, 'tree_sizes') ?? '').split(' ').map(Number);
  return faultOfTrees(text.slice(start + 1, end + 1), sizes, features);
}

/** Trees stand one after the other, each as long as the header says: LightGBM jumps by these lengths. */
function faultOfTrees(text: string, sizes: readonly number[], features: number): string | null {
  let at = 0;
  for (const [tree, size] of sizes.entries()) {
    const own = text.slice(at, at + size);
    if (!(size > 0) || !own.startsWith(`Tree=${tree}\n`)) return `"${own.slice(0, 20)}" where tree ${tree} is to begin`;
    const fault = treeFault(own, features);
    if (fault !== null) return `${fault} in tree ${tree}`;
    at += size;
  }
  return text.slice(at).trim() === '' ? null : `"${text.slice(at).trim().slice(0, 20)}" after the last tree`;
}

function headerLine(header: string, key: string): string | null {
  const line = header.split('\n').find((one) => one.startsWith(`${key}=`));
  return line === undefined ? null : line.slice(key.length + 1).trim();
}
