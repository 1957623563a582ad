import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Rng, createRng, restoreRng } from '../../src/core/rng.js';

const draw = (rng: Rng, count: number) => Array.from({ length: count }, () => rng.float());

/**
 * Whether counts fit a uniform law. Null hypothesis: every cell has the same probability. Under it the statistic is close
 * to chi-square with k - 1 degrees of freedom; by Wilson and Hilferty its cube root is normal. Rejected when the z-score
 * is beyond 4 on either side (p < 1e-4): too uneven or too even.
 */
function uniformZ(counts: readonly number[]): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const expected = total / counts.length;
  const statistic = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  const freedom = counts.length - 1;
  const spread = 2 / (9 * freedom);
  return (Math.cbrt(statistic / freedom) - (1 - spread)) / Math.sqrt(spread);
}

function tally(count: number, cells: number, cellOf: () => number): number[] {
  const counts = new Array<number>(cells).fill(0);
  for (let index = 0; index < count; index++) counts[cellOf()] += 1;
  return counts;
}

describe('createRng', () => {
  it('gives the same numbers for the same seed, on every machine', () => {
    expect(draw(createRng(7), 5)).toEqual(draw(createRng(7), 5));
    expect(draw(createRng(7), 3)).toMatchInlineSnapshot(`
      [
        0.5713007295272239,
        0.07643511862976604,
        0.18516714284775937,
      ]
    `);
    expect(createRng(7).fork('twin/NVDA').float()).toMatchInlineSnapshot(`0.10806174540662494`);
  });

  it('gives unrelated numbers for neighbouring seeds', () => {
    const firsts = Array.from({ length: 4096 }, (_, seed) => createRng(seed - 2048).float());
    expect(new Set(firsts).size).toBe(4096);
    expect(Math.abs(uniformZ(tally(4096, 64, counter(firsts, 64))))).toBeLessThan(4);
    expect(Math.abs(correlation(firsts.slice(1), firsts.slice(0, -1)))).toBeLessThan(4 / Math.sqrt(4095));
  });

  it('tells seeds apart that differ beyond 32 bits', () => {
    const seeds = [1, 1 + 2 ** 32, 1 + 2 ** 40, -1, -1 - 2 ** 32, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];
    expect(new Set(seeds.map((seed) => createRng(seed).float())).size).toBe(seeds.length);
  });

  it('rejects a seed that is no whole number', () => {
    for (const seed of [NaN, 0.5, Infinity, 2 ** 53]) expect(() => createRng(seed)).toThrow(/whole number as seed/);
  });
});

describe('fork', () => {
  it('does not depend on what the parent drew, nor on other forks', () => {
    const early = createRng(3).fork('a');
    const parent = createRng(3);
    draw(parent, 100);
    parent.normal();
    parent.fork('b').float();
    expect(draw(parent.fork('a'), 10)).toEqual(draw(early, 10));
  });

  it('leaves the parent where it was', () => {
    const parent = createRng(3);
    parent.fork('a').float();
    expect(draw(parent, 5)).toEqual(draw(createRng(3), 5));
  });

  it('has its own stream for each label and each way', () => {
    const root = createRng(3);
    const ways = [root, root.fork('ab'), root.fork('a').fork('b'), root.fork('b').fork('a'), root.fork('ba'), root.fork(''), root.fork('a\0'), root.fork('a')];
    expect(new Set(ways.map((rng) => rng.float())).size).toBe(ways.length);
    expect(createRng(4).fork('a').float()).not.toBe(createRng(3).fork('a').float());
  });

  it('never gives two of 200,000 labels the same key', () => {
    const root = createRng(11);
    const keys = new Set<string>();
    for (let index = 0; index < 200_000; index++) keys.add(root.fork(`symbol/${index}`).state().key.join());
    expect(keys.size).toBe(200_000);
  });

  it('is uncorrelated with its parent and its siblings, and uniform across them', () => {
    const root = createRng(5);
    const count = 20_000;
    const [parent, first, second] = [root, root.fork('epoch/1'), root.fork('epoch/2')].map((rng) => draw(rng, count));
    const bound = 4 / Math.sqrt(count);
    expect(Math.abs(correlation(parent, first))).toBeLessThan(bound);
    expect(Math.abs(correlation(first, second))).toBeLessThan(bound);
    const across = Array.from({ length: count }, (_, index) => root.fork(`path/${index}`).float());
    expect(Math.abs(uniformZ(tally(count, 256, counter(across, 256))))).toBeLessThan(4);
  });
});

describe('numbers', () => {
  it('follow sfc32, computed here with whole numbers of any size', () => {
    const rng = createRng(100);
    let [a, b, c, counter] = rng.state().words.map(BigInt) as [bigint, bigint, bigint, bigint];
    const word = (value: bigint) => value % 2n ** 32n;
    const next = () => {
      const drawn = word(a + b + counter);
      const rotated = word(c * 2n ** 21n) + c / 2n ** 11n;
      [a, b, c, counter] = [b ^ (b / 2n ** 9n), word(9n * c), word(rotated + drawn), word(counter + 1n)];
      return drawn;
    };
    for (let index = 0; index < 1000; index++) {
      const expected = (next() / 2n ** 5n) * 2n ** 26n + next() / 2n ** 6n;
      expect(BigInt(rng.float() * 2 ** 53)).toBe(expected);
    }
  });

  it('are uniform in each byte of a float', () => {
    const rng = createRng(101);
    for (const scale of [2 ** 8, 2 ** 21, 2 ** 32, 2 ** 45, 2 ** 53]) {
      const counts = tally(200_000, 256, () => Math.floor(rng.float() * scale) % 256);
      expect(Math.abs(uniformZ(counts)), `2^${Math.log2(scale)}`).toBeLessThan(4);
    }
  });

  it('are uniform in pairs and stay within [0, 1)', () => {
    const rng = createRng(102);
    // A number outside [0, 1) would add a cell or, by its NaN count, spoil the statistic.
    const counts = tally(200_000, 1024, () => Math.floor(rng.float() * 32) * 32 + Math.floor(rng.float() * 32));
    expect(counts).toHaveLength(1024);
    expect(Math.abs(uniformZ(counts))).toBeLessThan(4);
  });

  it('are unbiased whole numbers, both ends included', () => {
    const rng = createRng(103);
    expect(Math.abs(uniformZ(tally(140_000, 7, () => rng.integer(-3, 3) + 3)))).toBeLessThan(4);
    // Of 3 * 2^30 values, a remainder without rejection would give the lowest third half of all draws.
    const range = 3 * 2 ** 30;
    expect(Math.abs(uniformZ(tally(30_000, 3, () => Math.floor(rng.integer(0, range - 1) / 2 ** 30))))).toBeLessThan(4);
    const wide = 3 * 2 ** 51;
    expect(Math.abs(uniformZ(tally(30_000, 3, () => Math.floor(rng.integer(0, wide - 1) / 2 ** 51))))).toBeLessThan(4);
  });

  it('stay within the bounds asked for', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(), fc.integer(), (min, width, seed) => {
        const drawn = createRng(seed).integer(min, min + width);
        expect(Number.isInteger(drawn) && drawn >= min && drawn <= min + width).toBe(true);
      }),
    );
    expect(createRng(1).integer(5, 5)).toBe(5);
    for (const [min, max] of [[2, 1], [0.5, 3], [0, NaN], [-(2 ** 53) + 1, 2 ** 53 - 1]] as const) {
      expect(() => createRng(1).integer(min, max)).toThrow(/whole numbers min <= max/);
    }
  });

  it('are normal: moments, tails and independence', () => {
    const rng = createRng(104);
    const count = 400_000;
    const drawn = Array.from({ length: count }, () => rng.normal());
    const moment = (power: number) => drawn.reduce((sum, value) => sum + value ** power, 0) / count;
    // Four standard errors of each sample moment of a standard normal: variances 1, 2, 15, 96.
    const near = (power: number, expected: number, variance: number) => expect(Math.abs(moment(power) - expected)).toBeLessThan(4 * Math.sqrt(variance / count));
    near(1, 0, 1);
    near(2, 1, 2);
    near(3, 0, 15);
    near(4, 3, 96);
    const tail = drawn.filter((value) => Math.abs(value) > 1.959964).length / count;
    expect(Math.abs(tail - 0.05)).toBeLessThan(4 * Math.sqrt((0.05 * 0.95) / count));
    expect(Math.abs(correlation(drawn.slice(1), drawn.slice(0, -1)))).toBeLessThan(4 / Math.sqrt(count));
  });
});

describe('shuffle and choice', () => {
  it('gives every order equally often, in a new array', () => {
    const rng = createRng(105);
    const items = ['a', 'b', 'c', 'd'];
    const seen = new Map<string, number>();
    for (let index = 0; index < 48_000; index++) {
      const order = rng.shuffle(items).join('');
      seen.set(order, (seen.get(order) ?? 0) + 1);
    }
    expect(seen.size).toBe(24);
    expect(Math.abs(uniformZ([...seen.values()]))).toBeLessThan(4);
    expect(items).toEqual(['a', 'b', 'c', 'd']);
    expect(rng.shuffle([])).toEqual([]);
  });

  it('chooses each item equally often, and none from none', () => {
    const rng = createRng(106);
    expect(Math.abs(uniformZ(tally(50_000, 5, () => rng.choice([0, 1, 2, 3, 4]))))).toBeLessThan(4);
    expect(() => rng.choice([])).toThrow(/at least one item/);
  });
});

describe('state', () => {
  it('goes on after a checkpoint written as JSON, forks and the spare normal included', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat({ max: 9 }), (seed, drawn) => {
        const rng = createRng(seed).fork('trainer');
        for (let index = 0; index < drawn; index++) rng.normal();
        const saved = JSON.parse(JSON.stringify(rng.state())) as ReturnType<Rng['state']>;
        const expected = [rng.normal(), rng.normal(), rng.normal(), rng.float(), rng.fork('x').float()];
        const resumed = restoreRng(saved);
        expect([resumed.normal(), resumed.normal(), resumed.normal(), resumed.float(), resumed.fork('x').float()]).toEqual(expected);
        rng.restore(saved);
        expect([rng.normal(), rng.normal()]).toEqual(expected.slice(0, 2));
      }),
    );
  });

  it('is a copy that later draws do not change', () => {
    const rng = createRng(1);
    const saved = rng.state();
    const text = JSON.stringify(saved);
    rng.float();
    expect(JSON.stringify(saved)).toBe(text);
  });

  it('is checked before it is taken over', () => {
    const rng = createRng(1);
    const good = rng.state();
    for (const bad of [{ ...good, key: [1, 2, 3] }, { ...good, words: [1, 2, 3, -1] }, { ...good, spare: NaN }, {}]) {
      expect(() => rng.restore(bad as never)).toThrow(expect.objectContaining({ code: 'BAD_RNG_STATE' }));
    }
    expect(rng.state()).toEqual(good);
  });
});

function counter(values: readonly number[], cells: number): () => number {
  let index = 0;
  return () => Math.floor(values[index++] * cells);
}

function correlation(x: readonly number[], y: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(x), mean(y)];
  let [xy, xx, yy] = [0, 0, 0];
  x.forEach((value, index) => {
    xy += (value - meanX) * (y[index] - meanY);
    xx += (value - meanX) ** 2;
    yy += (y[index] - meanY) ** 2;
  });
  return xy / Math.sqrt(xx * yy);
}
