import { describe, expect, it } from 'vitest';
import { cssVariables, CSS_REFERENCES, DARK, LIGHT, type Palette } from '../../src/report/palette.js';

/** Relative luminance of WCAG 2.2. */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const TEXT_ON: readonly (readonly [keyof Palette, readonly (keyof Palette)[]])[] = [
  ['text', ['background', 'surface', 'raised', 'cautionSoft', 'downSoft']], ['muted', ['background', 'surface', 'raised']], ['accent', ['background', 'surface', 'accentSoft']],
  ['up', ['background', 'surface', 'raised', 'upSoft']], ['down', ['background', 'surface', 'raised', 'downSoft']], ['caution', ['cautionSoft']],
];

describe.each([['light', LIGHT], ['dark', DARK]] as const)('the %s palette', (_, palette) => {
  it('is readable: text has a contrast of at least 4.5 on everything it stands on', () => {
    for (const [text, grounds] of TEXT_ON) {
      for (const ground of grounds) expect(contrast(palette[text], palette[ground]), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
  });
});

describe('colours in style sheets', () => {
  it('refers to custom properties that the style sheet defines', () => {
    for (const [role, reference] of Object.entries(CSS_REFERENCES)) {
      const name = /^var\((--[a-z-]+)\)$/.exec(reference)![1];
      expect(cssVariables(DARK)).toContain(`${name}: ${DARK[role as keyof Palette]};`);
    }
  });
});
