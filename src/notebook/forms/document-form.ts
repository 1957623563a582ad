import { leadReason } from '../../report/lead-reason.js';
import type { RecommendationDocument } from '../../recommendation/recommendation.js';
import { formatSignedPercent, formatPercent } from '../../report/format.js';
import type { Form } from './form.js';

const COLUMNS = ['action', 'symbol', 'name', 'weight', 'entry', 'stop', 'target', 'expected', 'why'] as const;

/** An evening's recommendations with the first reason of each. */
export const documentForm: Form = (value) => {
  if (!isDocument(value)) return null;
  const signed = (fraction: number | null): string | null => (fraction === null ? null : formatSignedPercent(fraction, 2));
  const weight = (fraction: number | null): string | null => (fraction === null ? null : formatPercent(fraction, 2));
  const rows = value.recommendations.map((one) => [one.action, one.listedSymbol, one.name, weight(one.weight), one.entry, one.stop, one.target, signed(one.expectedReturn), leadReason(one)?.text ?? null]);
  return { tables: [{ caption: `As of ${value.asOf}, for the open of ${value.actOn}`, columns: COLUMNS, rows }] };
};

function isDocument(value: object): value is RecommendationDocument {
  return 'recommendations' in value && Array.isArray(value.recommendations) && 'asOf' in value && 'actOn' in value;
}
