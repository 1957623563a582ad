import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { DataError } from '../../../../src/core/errors.js';
import { unzip } from '../../../../src/models/ranker/library/unzip.js';
import { zip } from './archive.js';

const files = { 'a/one.txt': Buffer.from('one'), 'b/two.bin': Buffer.from([0, 1, 2, 255]), 'c/long': Buffer.alloc(10_000, 'swing') };

describe('unzip', () => {
  it.each([true, false])('gives back what was packed (stored %s)', (stored) => {
    const archive = zip(files, { stored });
    for (const [name, content] of Object.entries(files)) expect(Buffer.from(unzip(archive, name))).toEqual(content);
  });

  it('reads an archive that lies within a larger buffer', () => {
    const archive = zip(files);
    const padded = Buffer.concat([Buffer.alloc(7), archive]);
    expect(Buffer.from(unzip(padded.subarray(7), 'a/one.txt'))).toEqual(files['a/one.txt']);
  });

  it('names the file that is not there', () => {
    expect(() => unzip(zip(files), 'a/three')).toThrow('with "a/three", found none');
  });

  it('refuses what is cut off anywhere with a DataError', () => {
    const archive = zip(files);
    fc.assert(fc.property(fc.integer({ min: 0, max: archive.length - 1 }), (length) => {
      expect(() => unzip(archive.subarray(0, length), 'c/long')).toThrow(DataError);
    }));
  });
});
