import type { RecommendationDocument } from '../../src/recommendation/recommendation.js';
import type { ReportInput } from '../../src/report/page.js';
import { reportInput } from './fixture.js';

/** Text that would run, break out of its element or split a script if it were not escaped. */
export const HOSTILE = `<img src=x onerror="globalThis.hacked=1">'"</script></style><script>globalThis.hacked=1</script><!--\u2028&amp;{{x}}\${1}`;

/** Every free text of a document replaced by hostile text; dates and numbers stay. */
function poisoned(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return /^\d{4}-\d\d-\d\d$/.test(value) || ['action', 'side', 'kind', 'schemaVersion'].includes(key) ? value : `${HOSTILE}${value}`;
  if (Array.isArray(value)) return value.map((item) => poisoned(item, key));
  if (value !== null && typeof value === 'object') {
    const poisonKeys = key === 'values' || key === 'units';
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [poisonKeys ? HOSTILE + name : name, poisoned(item, name)]));
  }
  return value;
}

/** The fixture with hostile text in every place where text from data can stand. */
export function hostileInput(): ReportInput {
  const { document, charts } = reportInput();
  const bad = poisoned(document) as RecommendationDocument;
  return { document: bad, charts: new Map([...charts].map(([symbol, series]) => [HOSTILE + symbol, series])), generatedBy: HOSTILE };
}
