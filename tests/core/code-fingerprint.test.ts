import { describe, expect, it } from 'vitest';

import { codeFingerprint } from '../../src/core/code-fingerprint.js';

describe('the fingerprint of the code', () => {
  it('is of the folders that are named, whatever their order, and of all code where none is', async () => {
    const [core, math, both, turned, all] = await Promise.all([codeFingerprint(['core']), codeFingerprint(['math']), codeFingerprint(['core', 'math']), codeFingerprint(['math', 'core']), codeFingerprint()]);
    expect(turned).toBe(both);
    expect(new Set([core, math, both, all]).size).toBe(4);
  });

  it('fails for a folder that is not there', async () => {
    await expect(codeFingerprint(['nowhere'])).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
