import { settings } from '../../src/config/describe.js';

const START = '<!-- settings: written by tests/config/example.test.ts -->';
const END = '<!-- end of settings -->';

/** The document with its table of settings as the schema has them. */
export function withReference(document: string): string {
  const start = document.indexOf(START);
  const end = document.indexOf(END);
  if (start < 0 || end < start) throw new Error(`expected the marks "${START}" and "${END}", found not both`);
  return `${document.slice(0, start + START.length)}\n\n${referenceTable()}\n\n${document.slice(end)}`;
}

function referenceTable(): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|');
  const rows = settings().map(({ name, describe, expectation, ...setting }) => `| \`${name}\` | ${cell(describe)} | ${cell(expectation)} | ${setting.default === undefined ? 'absent' : `\`${JSON.stringify(setting.default)}\``} |`);
  return ['| setting | meaning (unit) | accepted | default |', '|---|---|---|---|', ...rows].join('\n');
}
