/** How a headline sounds, from very bad to very good. */
export const TONES = ['very negative', 'negative', 'neutral', 'positive', 'very positive'] as const;

/** Bounds between the tones, on a standard normal. */
const BOUNDS = [-1.2, -0.4, 0.4, 1.2];

const TEMPLATES: readonly (readonly string[])[] = [
  ['{} plunges into crisis as fraud probe threatens disaster', '{} suffers terrible loss, warns of bankruptcy', '{} shares destroyed by horrible results and panic'],
  ['{} warns of weak demand and disappointing sales', '{} loses key contract, analysts worried', '{} faces lawsuit over poor controls'],
  ['{} to report quarterly figures on Thursday', '{} names a new head of its regional office', '{} files its annual statement'],
  ['{} gains on solid demand and good sales', '{} wins contract, analysts pleased', '{} improves outlook after strong quarter'],
  ['{} delivers outstanding profit, an amazing success', '{} celebrates best year ever with excellent growth', '{} thrilled by brilliant results and a great win'],
];

/** Position in `TONES` of a tone given as a standard normal number. */
export function toneOf(tone: number): number {
  return BOUNDS.reduce((place, bound) => place + (tone > bound ? 1 : 0), 0);
}

/**
 * A headline whose words say the tone, so that a lexicon of sentiment sees it.
 * @param uniform in [0, 1), chooses among several
 */
export function headline(company: string, tone: number, uniform: number): string {
  const templates = TEMPLATES[toneOf(tone)];
  return templates[Math.floor(uniform * templates.length)].replace('{}', company);
}
