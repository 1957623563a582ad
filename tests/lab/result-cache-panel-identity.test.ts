import { describe, expect, it } from 'vitest';

import { panelKey, rememberPanel } from '../../src/lab/result-cache/panel-identity.js';
import { Panel, type PanelParts } from '../../src/table/panel.js';

const PARTS: PanelParts = { symbols: ['A', 'B'], sessions: Int32Array.of(1, 2), columns: { close: Float64Array.of(1, 2, 3, Number.NaN), rank: Float32Array.of(1, 2, 3, 4) } };

describe('the key of a panel', () => {
  it('is what was remembered, for this very panel', () => {
    const panel = new Panel(PARTS);
    expect(rememberPanel(panel, 'made from x')).toBe(panel);
    expect(panelKey(panel)).toBe('made from x');
    expect(panelKey(new Panel(PARTS))).toMatch(/^[\da-f]{64}$/);
  });

  it('of one that comes from nowhere is that of its content', () => {
    expect(panelKey(new Panel(PARTS))).toBe(panelKey(new Panel(structuredClone(PARTS))));
  });

  it.each<[string, Partial<PanelParts>]>([
    ['symbols', { symbols: ['A', 'C'] }],
    ['symbols in another order', { symbols: ['B', 'A'] }],
    ['sessions', { sessions: Int32Array.of(1, 3) }],
    ['a value', { columns: { ...PARTS.columns, rank: Float32Array.of(1, 2, 3, 5) } }],
    ['a missing value', { columns: { ...PARTS.columns, close: Float64Array.of(1, 2, 3, 0) } }],
    ['the type of a column', { columns: { ...PARTS.columns, rank: Float64Array.of(1, 2, 3, 4) } }],
    ['the name of a column', { columns: { close: PARTS.columns['close'], order: PARTS.columns['rank'] } }],
    ['the order of columns', { columns: { rank: PARTS.columns['rank'], close: PARTS.columns['close'] } }],
    ['fewer columns', { columns: { close: PARTS.columns['close'] } }],
  ])('differs with other %s', (_, change) => {
    expect(panelKey(new Panel({ ...PARTS, ...change }))).not.toBe(panelKey(new Panel(PARTS)));
  });

  it('does not take two panels with the same bytes and another cut for one', () => {
    const columns = { rank: Float32Array.of(1, 2, 3, 4) };
    const wide = new Panel({ symbols: ['A', 'B'], sessions: Int32Array.of(1, 2), columns });
    const long = new Panel({ symbols: ['A'], sessions: Int32Array.of(1, 2, 3, 4), columns });
    expect(panelKey(wide)).not.toBe(panelKey(long));
  });

  it('is computed once', () => {
    const panel = new Panel({ ...PARTS, columns: { rank: Float32Array.of(1, 2, 3, 4) } });
    const before = panelKey(panel);
    (panel.column('rank') as Float32Array)[0] = 9; // against the convention, to see whether it is read again
    expect(panelKey(panel)).toBe(before);
  });
});
