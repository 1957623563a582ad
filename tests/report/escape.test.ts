import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anchor, escapeHtml, escapeJson, escapeScript } from '../../src/report/escape.js';
import { html, trusted } from '../../src/report/html.js';
import { HOSTILE } from './hostile.js';

/** What a browser makes of text without tags: the reverse of escaping, written independently. */
function unescapeHtml(markup: string): string {
  return markup.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
}

describe('escaping', () => {
  it('leaves nothing that opens a tag or ends an attribute, and loses nothing', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constant(HOSTILE)), (text) => {
      expect(escapeHtml(text)).not.toMatch(/[<>"']/);
      expect(unescapeHtml(escapeHtml(text))).toBe(text);
    }));
  });

  it('writes JSON that parses to the same value and cannot end its script element', () => {
    fc.assert(fc.property(fc.oneof(fc.jsonValue(), fc.constant({ [HOSTILE]: HOSTILE })), (value) => {
      const text = escapeJson(value);
      expect(text).not.toMatch(/[<>&\u2028\u2029]/);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
    }));
    expect(escapeJson('<\u2028')).toBe('"\\u003c\\u2028"');
  });

  it('keeps program text from ending its script element without changing what it says', () => {
    const program = `'</script><!--<SCRIPT>' + "a < b"`;
    expect(escapeScript(program)).not.toMatch(/<\/script|<!--|<script/i);
    expect(runInNewContext(escapeScript(program))).toBe(`</script><!--<SCRIPT>a < b`);
  });

  it('gives different texts different anchors of safe characters', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      expect(anchor('name', a)).toMatch(/^name-[A-Za-z0-9_-]*$/);
      if (a !== b) expect(anchor('name', a)).not.toBe(anchor('name', b));
    }));
    expect(anchor('name', 'BRK-B')).toBe('name-BRK-B');
  });
});

describe('the html template', () => {
  it('escapes text, also in lists, and inserts markup as it stands', () => {
    expect(html`<b title="${'"x"'}">${['<i>', trusted('<u>'), 3]}</b>`.markup).toBe('<b title="&quot;x&quot;">&lt;i&gt;<u>3</b>');
  });

  it('leaves nothing for null and false, and keeps zero', () => {
    expect(html`[${null}${false}${0}]`.markup).toBe('[0]');
  });
});
