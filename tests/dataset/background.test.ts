import { describe, expect, it } from 'vitest';

import { forwardLabels } from '../../src/dataset/labels/forward-labels.js';
import { rankWithinSessions } from '../../src/dataset/rank-within-sessions.js';
import { samplesOf } from '../../src/dataset/samples-of.js';
import { buildGraph } from '../../src/graph/build-graphs.js';
import { graphConfig } from '../../src/graph/config.js';
import { graphInputs } from '../../src/graph/graph-inputs.js';
import { normalized } from '../../src/models/normalization.js';
import { selectFeatures } from '../../src/models/select-features.js';
import { createRng } from '../../src/core/rng.js';
import { Panel } from '../../src/table/panel.js';
import { cut, world } from './world.js';

const market = world({ seed: 4, symbols: 15, sessions: 90, gaps: 0.03, breaks: 0.002, suspects: 0.02, outsiders: 0.2 });
const { symbols, sessions } = market.bars;
const labels = forwardLabels(market, { horizon: 5 });
const rng = createRng(8);
const drawn = (): Float32Array => Float32Array.from({ length: symbols.length * sessions.length }, () => (rng.float() < 0.1 ? Number.NaN : rng.normal()));
const features = new Panel({ symbols, sessions, columns: { a: drawn(), b: drawn(), c: drawn() } });
const samples = samplesOf({ features, labels }, Int32Array.of(60, 61, 62), { labelled: true });
const SETTINGS = graphConfig.parse({ window: 30, topK: 3, threshold: 0, sectorEdges: true });

describe('the background of samples', () => {
  it('is the tables that they were picked from, and labels only where there are any to learn from', () => {
    expect(samples.background!.panel).toBe(features);
    expect(samples.background!.counts).toBe(labels.counts);
    expect(samples.background!.labels).toBe(labels);
    const asked = samplesOf({ features, labels }, Int32Array.of(60), { labelled: false });
    expect(asked.background!.labels).toBeNull();
    const byHand = samplesOf({ features, labels: { ...labels, market: undefined } as never }, Int32Array.of(60), { labelled: true });
    expect(byHand).not.toHaveProperty('background');
  });

  it('knows the sector of each row, and nothing of some', () => {
    expect(samples.background!.sectors).toEqual(symbols.map((symbol) => market.sectors.get(symbol) ?? ''));
    expect(samples.background!.sectors).toContain('');
  });

  it('goes with the features that are selected, in their order', () => {
    const { background } = selectFeatures(samples, ['c', 'a'], 'the test');
    expect(background!.panel.columnNames).toEqual(['c', 'a']);
    expect(background!.panel.column('c')).toBe(features.column('c'));
    expect([background!.counts, background!.labels]).toEqual([labels.counts, labels]);
  });

  it('is normalised as the samples are', () => {
    const asked = samplesOf({ features, labels }, Int32Array.of(60, 61, 62), { labelled: false }); // all that count
    const ranked = normalized(asked, 'rank', ['b']);
    const { panel } = ranked.background!;
    expect(panel.column('a')).toEqual(rankWithinSessions(features, labels).column('a'));
    expect(panel.column('b')).toBe(features.column('b'));
    let sample = 0;
    for (const [group, day] of ranked.sessions.entries()) {
      const t = panel.indexOnOrBefore(day);
      for (let i = 0; i < ranked.counts[group]; i++, sample++) {
        for (const [feature, name] of ranked.features.entries()) expect(panel.column(name)[ranked.symbolRows[sample] * sessions.length + t]).toBe(ranked.x[feature * ranked.length + sample]);
      }
    }
    expect(sample).toBe(ranked.length);
    expect(normalized(asked, 'none').background).toBe(asked.background);
    expect(ranked.background!.select(['b', 'a']).panel.column('a')).toEqual(panel.column('a'));
  });

  it('has the graph of a session: the one of the window that ends there', () => {
    const inputs = graphInputs(market.bars, { member: market.member, sectors: market.sectors });
    for (const t of [29, 45, 89]) {
      const graph = samples.background!.graph(SETTINGS, sessions[t])!;
      const { session, nodes, sectors, edges: { correlation, sector } } = buildGraph(inputs, SETTINGS, graph.session);
      expect(graph).toMatchObject({ session, nodes, sectors, edges: { correlation, sector } });
      expect(graph.nodes.every((symbol) => market.member[market.bars.row(symbol) * sessions.length + t] === 1)).toBe(true);
      expect(graph.edges.correlation.source.length).toBeGreaterThan(10);
    }
  });

  it('has none before there is a whole window, nor on a day that is no session', () => {
    expect(samples.background!.graph(SETTINGS, sessions[28])).toBeNull();
    expect(samples.background!.graph(SETTINGS, sessions[0] - 1)).toBeNull();
    expect(samples.background!.graph(SETTINGS, sessions[89] + 1)).toBeNull();
  });

  it('has the same graph when the market goes on', () => {
    for (const t of [40, 70]) {
      const then = cut(market, t + 1);
      const known = samplesOf({ features: features.slice(0, t + 1), labels: forwardLabels(then, { horizon: 5 }) }, Int32Array.of(t), { labelled: false }).background!;
      expect(known.graph(SETTINGS, sessions[t])).toEqual(samples.background!.graph(SETTINGS, sessions[t]));
      expect(known.counts.filter((_, at) => at % (t + 1) === t)).toEqual(labels.counts.filter((_, at) => at % sessions.length === t));
    }
  });
});
