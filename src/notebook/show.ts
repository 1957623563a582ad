import { InvariantError } from '../core/errors.js';
import { cellOutput } from './cell-output.js';
import { formsOf } from './forms/forms.js';
import { cellOf } from './forms/cell.js';
import { isPlain } from './forms/records-form.js';
import { mimeBundles, ownBundle, shownText, type MimeBundle } from './mime-bundle.js';
import type { Shown } from './shown.js';

const KINDS = 'a panel, a recommendation document, records, a plotly chart, an arquero table, a danfo.js frame, a list of such, or an object with toShown()';

/**
 * Shows panels, recommendation documents, records, plotly charts, arquero tables, danfo.js frames, lists of them, and
 * whatever says itself what it looks like (`toShown()`, or `[Symbol.for("Jupyter.display")]()`): as tables and charts in a
 * notebook, as text elsewhere.
 *
 * Long tables are cut to their first 50 rows and say so.
 * @throws InvariantError for a value of no such kind
 */
export function show(value: object): void {
  const output = cellOutput();
  if (output) for (const bundle of bundlesOf(value)) output(bundle);
  else process.stdout.write(`${textOf(value)}\n`);
}

function bundlesOf(value: object): readonly MimeBundle[] {
  const bundles = mimeBundles(value);
  return bundles.length > 0 ? bundles : mimeBundles({ toShown: () => entriesOf(value) });
}

/** What `show` prints where there is no notebook. */
export function textOf(value: object): string {
  const own = ownBundle(value);
  if (own !== null) return typeof own['text/plain'] === 'string' ? own['text/plain'] : `[${Object.keys(own).join(', ')}]`;
  const forms = formsOf(value);
  return (forms.length > 0 ? forms : [entriesOf(value)]).map(shownText).join('\n\n');
}

/** A single record stands as a table of its entries. */
function entriesOf(value: object): Shown {
  if (Array.isArray(value) && value.length === 0) return { text: ['an empty list'] };
  if (!isPlain(value)) throw new InvariantError(`expected ${KINDS} to show, found ${kindOf(value)}`, { code: 'NOT_SHOWABLE' });
  return { tables: [{ caption: '', columns: ['name', 'value'], rows: Object.entries(value).map(([name, entry]) => [name, cellOf(entry)]) }] };
}

function kindOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? `the text ${JSON.stringify(value)}` : String(value);
  return Array.isArray(value) ? `a list of ${value.length} values that are not` : `an instance of ${value.constructor?.name ?? 'no class'}`;
}
