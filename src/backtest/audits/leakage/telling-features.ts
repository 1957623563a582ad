import { requireSameAxes } from '../../../dataset/same-axes.js';
import type { DatasetTables } from '../../../dataset/samples-of.js';
import { mean, neweyWestT } from '../../../math/stats.js';
import { checkOf, counted, type AuditCheck, type AuditFinding } from '../audit-report.js';
import { SessionCorrelations } from './session-correlations.js';

/** Mean rank IC of one feature beyond which it knows what it cannot know: of 388 honest ones over 85 names and five sessions none is beyond 0.06. */
const BELIEVABLE = 0.08;
/** Standard errors from 0 that such a mean must lie. */
const BEYOND_CHANCE = 6;
/** Below so few sessions a mean says nothing. */
const FEWEST = 10;

/**
 * Whether a single feature tells more of the label than any honest one can: mean rank IC beyond 0.08 and six standard errors (Newey and West's,
 * with as many lags as a label spans). A label that was taken for a feature does, and so does the mean label of a sector.
 */
export function tellingFeatures({ features, labels }: DatasetTables): AuditCheck {
  requireSameAxes(features, labels.panel);
  const label = new SessionCorrelations(labels.panel.column('label'), labels.panel);
  const findings: AuditFinding[] = [];
  let most = { name: '', rankIc: 0 };
  for (const name of features.columnNames) {
    const rankIcs = label.of(features.column(name)).map(({ correlation }) => correlation);
    if (rankIcs.length < FEWEST) continue;
    const rankIc = mean(rankIcs);
    const t = neweyWestT(rankIcs, labels.span) ?? (rankIc === 0 ? 0 : Infinity);
    if (Math.abs(rankIc) > Math.abs(most.rankIc)) most = { name, rankIc };
    if (Math.abs(rankIc) <= BELIEVABLE || Math.abs(t) <= BEYOND_CHANCE) continue;
    const message = `"${name}" orders the names as the label "${labels.describe}" will: mean rank IC ${rankIc.toFixed(3)} over ${counted(rankIcs.length, 'session')}, ${t === Infinity ? 'the same on each' : `${Math.abs(t).toFixed(1)} standard errors from 0`}; no honest feature tells so much: it is made of the label, or of prices within its span`;
    findings.push({ code: 'tells-the-label', subject: name, symbol: null, session: null, expected: BELIEVABLE, found: rankIc, differences: rankIcs.length, message });
  }
  const notes = most.name === '' ? [] : [`most is told by ${most.name}, mean rank IC ${most.rankIc.toFixed(3)}`];
  return checkOf({ name: 'telling features', describe: `mean rank IC with the label of each of ${counted(features.columnNames.length, 'feature')}`, compared: features.columnNames.length, findings, notes });
}
