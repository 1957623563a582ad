import { DataError } from '../../core/errors.js';
import { samplesOf, type DatasetTables } from '../../dataset/samples-of.js';
import { mean } from '../../math/stats.js';
import { sessionRankIcs } from '../../models/session-rank-ics.js';

/** Mean rank IC of one feature beyond which it knows what it cannot know: honest ones stay far below a tenth. */
const SUSPICIOUS = 0.2;
/** Standard errors from 0 that such a mean must lie: a few sessions of few names reach far by chance. */
const BEYOND_CHANCE = 6;
/** Sessions looked at, spread evenly: enough that chance alone does not come near. */
const LOOKED_AT = 40;
/** Below so few sessions a mean says nothing. */
const FEWEST = 10;

/**
 * Refuses features that tell what is to be foretold, as a label does that was taken for a feature.
 *
 * A feature of the registry is held to the prefix law elsewhere; a column from anywhere may hold anything.
 * @throws DataError `LEAK` naming the features and their rank IC
 */
export function requireNoLeak(tables: DatasetTables): void {
  const found = suspiciousFeatures(tables);
  if (found.length === 0) return;
  const told = found.map(({ name, rankIc }) => `"${name}" (rank IC ${rankIc.toFixed(2)})`).join(', ');
  throw new DataError(`expected features that are known before the labels, found ${told}: no honest feature tells so much of the future; hold it to the laws with swing features check, or say allowSuspicious if you know why`, { code: 'LEAK', fields: { features: found } });
}

/** Features whose mean rank IC with the labels, by absolute value, is beyond belief. */
function suspiciousFeatures({ features, labels }: DatasetTables): { name: string; rankIc: number }[] {
  const width = features.sessions.length;
  const step = Math.max(1, Math.floor(width / LOOKED_AT));
  const positions = Int32Array.from({ length: Math.floor(width / step) }, (_, i) => i * step);
  return features.columnNames.flatMap((name) => {
    const samples = samplesOf({ features: features.columns([name]), labels }, positions, { labelled: true });
    const rankIcs = sessionRankIcs(samples, Float64Array.from(samples.x));
    const rankIc = mean(rankIcs);
    const error = Math.sqrt(rankIcs.reduce((sum, value) => sum + (value - rankIc) ** 2, 0) / (rankIcs.length - 1) / rankIcs.length);
    return rankIcs.length >= FEWEST && Math.abs(rankIc) > SUSPICIOUS && Math.abs(rankIc) > BEYOND_CHANCE * error ? [{ name, rankIc }] : [];
  });
}
