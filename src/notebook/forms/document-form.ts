import type { RecommendationDocument } from '../../recommendation/recommendation.js';
import { formatPercent, formatSignedPercent } from '../../report/format.js';
import { leadReason } from '../../report/lead-reason.js';
import { listedText } from '../../report/listed-name.js';
import { ACTION_ORDER } from '../../report/position-view.js';
import type { Form } from './form.js';

const COLUMNS = ['action', 'symbol', 'name', 'weight', 'entry', 'stop', 'target', 'expected', 'by rank', 'why'] as const;

/** An evening's recommendations in the order of its page, each with the reason that is told first. */
export const documentForm: Form = (value) => {
  if (!isDocument(value)) return null;
  const signed = (fraction: number | null): string | null => (fraction === null ? null : formatSignedPercent(fraction, 2));
  const ordered = ACTION_ORDER.flatMap((action) => value.recommendations.filter((one) => one.action === action));
  const rows = ordered.map((one) => {
    const leaves = one.action === 'exit';
    const why = leadReason(one)?.text;
    return [one.action, one.listedSymbol, one.name, formatPercent(one.weight, 2), one.entry, leaves ? null : one.stop, leaves ? null : one.target, leaves ? null : signed(one.expectedReturn), leaves ? null : signed(one.edge), why === undefined ? null : listedText(value.symbols, why)];
  });
  return { tables: [{ caption: `As of ${value.asOf}, for the open of ${value.actOn}`, columns: COLUMNS, rows }] };
};

function isDocument(value: object): value is RecommendationDocument {
  return 'recommendations' in value && Array.isArray(value.recommendations) && 'asOf' in value && 'actOn' in value;
}
