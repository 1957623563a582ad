import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { membershipTable } from '../../src/data/market.js';
import { centredRank } from '../../src/math/cross-section.js';
import { ridge } from '../../src/models/baselines/ridge.js';
import { foundation } from '../../src/models/foundation/forecaster.js';
import type { TrainedModel } from '../../src/models/trained-model.js';
import type { EveningModel } from '../../src/recommendation/evening-model.js';
import { networkSamples } from '../../src/recommendation/network-samples.js';
import { opinionOf } from '../../src/recommendation/opinion.js';
import { countedSymbols, predict, type Predictions } from '../../src/recommendation/predict.js';
import { READ, SMALL } from '../models/foundation/session-world.js';
import { eveningAt, LAST, researchSamples, trained } from './network-evening.js';

const PAST = 3;
let [network, ranker]: EveningModel[] = [];
beforeAll(async () => {
  const as = (name: string, model: TrainedModel): EveningModel => ({ name, title: `the ${name}`, origin: 'trained', trained: model });
  network = as('network', await trained(foundation({ ...SMALL, past: PAST, epochs: 1 })));
  ranker = as('ranker', await trained(ridge({ features: [...READ] })));
});
afterAll(() => {
  network.trained.dispose();
  ranker.trained.dispose();
});

const EVENINGS = [LAST - 30, LAST - 7, LAST];
const counted = ({ market: { bars, universe } }: ReturnType<typeof eveningAt>): string[] => countedSymbols(bars, membershipTable(bars, universe), bars.sessions.length - 1);

describe('what a network says on an evening', () => {
  it('is what it says in research, bit for bit: the past, the graph and who counts are the same', async () => {
    for (const t of EVENINGS) {
      const evening = eveningAt(t, PAST);
      const research = researchSamples([t], false);
      const { score } = await network.trained.predict(research);
      const opinion = await opinionOf(network, { ...evening, counted: counted(evening), coverage: 0.8 });
      expect(research.length).toBeGreaterThan(15);
      expect(counted(evening)).toEqual(Array.from(research.symbolRows, (row) => evening.market.bars.symbols[row]));
      expect(opinion.forecasts.map((forecast) => forecast?.score ?? Number.NaN)).toEqual([...score]);
      expect(opinion.ranks).toEqual(centredRank(score));
      expect(opinion).toMatchObject({ title: 'the network', horizon: 5 });
    }
  });

  it('does not hang on how much more of the past there is', async () => {
    const [short, long] = [eveningAt(LAST, PAST), eveningAt(LAST, 40)];
    const [one, other] = [await opinionOf(network, { ...short, counted: counted(short), coverage: 0.8 }), await opinionOf(network, { ...long, counted: counted(long), coverage: 0.8 })];
    expect(other.forecasts).toEqual(one.forecasts);
  });

  it('is not asked without the past that it reads', async () => {
    const evening = eveningAt(LAST, PAST);
    for (const without of [{ past: null }, { market: null }]) await expect(opinionOf(network, { ...evening, ...without, counted: counted(evening), coverage: 0.8 })).rejects.toThrow('expected the past that the network reads');
  });

  it('reads the background of all that count in the last sessions', () => {
    const { market, past, volatility } = eveningAt(LAST, 10);
    const samples = networkSamples(market, past, { symbols: ['AAAA'].filter(() => false), features: READ, volatility, horizon: 5 });
    const research = researchSamples([LAST], false);
    const width = market.bars.sessions.length;
    expect(samples.background!.panel.columnNames).toEqual([...READ]);
    for (let row = 0; row < market.bars.symbols.length; row++) {
      for (let t = 0; t < 10; t++) expect(samples.background!.counts[row * 10 + t]).toBe(research.background!.counts[row * width + width - 10 + t]);
    }
  });
});

describe('an evening on a model and a network', () => {
  const ask = (drivers: number, model: EveningModel | null = ranker, beside: EveningModel | null = network): Promise<Predictions> => {
    const { market, session, past, history } = eveningAt(LAST, PAST);
    return predict(market, { model, network: beside, past, notices: [], session, history, drivers, coverage: 0.8 });
  };
  const alone = async (model: EveningModel): Promise<ReadonlyMap<string, number>> => {
    const { forecasts } = await ask(0, model, null);
    const symbols = [...forecasts.keys()];
    const ranks = centredRank(symbols.map((symbol) => forecasts.get(symbol)!.score));
    return new Map(symbols.map((symbol, at) => [symbol, ranks[at]]));
  };

  it('ranks by the mean of both, and names both', async () => {
    const [{ forecasts, model, network: beside }, own, other] = [await ask(0), await alone(ranker), await alone(network)];
    expect([model?.name, beside?.name]).toEqual(['ranker', 'network']);
    expect(forecasts.size).toBeGreaterThan(15);
    for (const [symbol, { score, model: title }] of forecasts) {
      expect(score).toBeCloseTo((own.get(symbol)! + other.get(symbol)!) / 2, 12);
      expect(title).toBe('the ranker and the network');
    }
  });

  it('tells what moved the model, both ranks, and what the network went by and whom it heard', async () => {
    const { forecasts } = await ask(2);
    const symbols = new Set(forecasts.keys());
    for (const { drivers, rest, remarks, interval, expectedReturn } of forecasts.values()) {
      expect(drivers.map(({ feature }) => feature).every((name) => (READ as readonly string[]).includes(name))).toBe(true);
      expect(rest).toBeNull(); // drivers sum to the model's score, not to the mean of ranks
      const codes = remarks!.map(({ code }) => code);
      expect(codes[0]).toBe('mean-of-ranks');
      expect(codes).toContain('network-driver');
      expect(codes.filter((code) => !['mean-of-ranks', 'network-driver', 'network-sessions', 'network-neighbours'].includes(code))).toEqual([]);
      for (const remark of remarks!) {
        if (remark.code !== 'network-neighbours') continue;
        for (const name of String(remark.values.names).split(', ')) expect(symbols).toContain(name);
        expect(remark.values.share).toBeGreaterThan(0);
        expect(remark.values.share).toBeLessThan(1 + 1e-5);
      }
      if (interval !== null) expect(interval[0] <= expectedReturn! && expectedReturn! <= interval[1]).toBe(true);
    }
    expect([...forecasts.values()].some(({ remarks }) => remarks!.some(({ code }) => code === 'network-neighbours'))).toBe(true);
  });

  it('stands on a network alone where there is no other model: its drivers and the rest make its score', async () => {
    const { forecasts, model, network: beside } = await ask(2, network, null);
    expect([model?.name, beside]).toEqual(['network', null]);
    for (const { score, drivers, rest } of forecasts.values()) expect(drivers.reduce((sum, { contribution }) => sum + contribution, rest!)).toBeCloseTo(score, 9);
  });
});
