import { describe, expect, it } from 'vitest';
import type { Action, Reason } from '../../src/recommendation/recommendation.js';
import { leadReason } from '../../src/report/lead-reason.js';
import { AS_OF, reportInput } from './fixture.js';

const [base] = reportInput().document.recommendations;
const reason = (code: string, contribution?: number): Reason => ({ code, text: code, values: contribution === undefined ? {} : { contribution }, units: {}, source: 'model', asOf: AS_OF });
const lead = (action: Action, ...reasons: readonly Reason[]): Reason | null => leadReason({ ...base, action, reasons });

describe('the reason that is told first', () => {
  it('is what raised the score most, then what moved it, then any that is not only a rank', () => {
    const [rank, lowers, raises] = [reason('model-rank'), reason('driver', -2), reason('driver', 1)];
    expect(lead('enter', rank, lowers, raises)).toBe(raises);
    expect(lead('hold', rank, lowers)).toBe(lowers);
    const size = reason('size');
    expect(lead('hold', rank, reason('priority'), size)).toBe(size);
    expect(lead('enter', rank)).toBe(rank);
  });

  it('is what was broken for an exit and the rule for a reduction', () => {
    const [rank, stop, rule] = [reason('model-rank'), reason('stop'), reason('risk-rule')];
    expect(lead('exit', rank, reason('driver', 1), stop)).toBe(stop);
    expect(lead('reduce', stop, rank, rule)).toBe(rule);
    expect(lead('reduce', rank, stop)).toBe(stop);
  });

  it('is none where there are none', () => {
    for (const action of ['enter', 'hold', 'reduce', 'exit'] as const) expect(lead(action)).toBeNull();
  });
});
