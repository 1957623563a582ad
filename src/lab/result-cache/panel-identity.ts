import { hashJson, hashParts } from '../../core/hash.js';
import type { Panel } from '../../table/panel.js';

const keys = new WeakMap<Panel, string>();

/** Says what a panel was made from, so that what is computed from it need not read its values to know. */
export function rememberPanel(panel: Panel, key: string): Panel {
  keys.set(panel, key);
  return panel;
}

/**
 * The key a panel is known by: the remembered one, else a hash of its symbols, sessions and columns, computed once.
 *
 * Panels are immutable by convention; a column that is written into afterwards does not change the key.
 */
export function panelKey(panel: Panel): string {
  const known = keys.get(panel);
  if (known !== undefined) return known;
  const key = contentHash(panel);
  keys.set(panel, key);
  return key;
}

function contentHash(panel: Panel): string {
  const names = panel.columnNames;
  return hashParts([hashJson({ symbols: panel.symbols, columns: names.map((name) => [name, panel.columnType(name)]) }), panel.sessions, ...names.map((name) => panel.column(name))]);
}
