import { describe, expect, it } from 'vitest';
import { InvariantError } from '../../src/core/errors.js';
import { inOneBuffer, macd, rsi, sma } from '../../src/indicators/index.js';

const close = Float64Array.from({ length: 90 }, (_, t) => 40 + 3 * Math.sin(t / 4) + (t % 7) / 5);

describe('inOneBuffer', () => {
  it('gives the same results, side by side in one buffer', () => {
    const [strength, { macd: line, signal, hist }] = inOneBuffer(4 * close.length, () => [rsi(close, 14), macd(close)] as const);
    expect(strength).toEqual(rsi(close, 14));
    expect({ macd: line, signal, hist }).toEqual(macd(close));
    expect(new Set([strength, line, signal, hist].map(({ buffer }) => buffer)).size).toBe(1);
    expect([strength, line, signal, hist].map(({ byteOffset }) => byteOffset / (8 * close.length))).toEqual([0, 1, 2, 3]);
  });

  it('gives results of their own when the buffer is full, and after it', () => {
    const [first, second] = inOneBuffer(close.length + 5, () => [sma(close, 3), sma(close, 4)]);
    expect(first.buffer.byteLength).toBe(8 * (close.length + 5));
    expect(second.buffer.byteLength).toBe(8 * close.length);
    expect(second).toEqual(sma(close, 4));
    expect(sma(close, 3).buffer).not.toBe(first.buffer);
  });

  it('can be nested, and ends with an error too', () => {
    const [outer, inner, after] = inOneBuffer(2 * close.length, () => [sma(close, 3), inOneBuffer(close.length, () => sma(close, 3)), sma(close, 3)]);
    expect(inner.buffer).not.toBe(outer.buffer);
    expect(after.buffer).toBe(outer.buffer);
    expect(() => inOneBuffer(close.length, () => sma(close, 0))).toThrow(InvariantError);
    expect(sma(close, 3).buffer.byteLength).toBe(8 * close.length);
  });

  it('refuses a size that is none', () => {
    for (const values of [0, 1.5, Number.NaN]) expect(() => inOneBuffer(values, () => sma(close, 3))).toThrow(/expected a whole number of values/);
  });
});
