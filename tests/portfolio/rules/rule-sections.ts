import { z } from 'zod';

import { expectation, type SchemaNode } from '../../../src/config/describe.js';
import { riskConfig } from '../../../src/portfolio/rules/config.js';
import type { ListedRule } from '../../../src/portfolio/rules/listed-rule.js';
import { RISK_RULES } from '../../../src/portfolio/rules/registry.js';

/** `|` would end a table's cell. */
const cell = (text: string): string => text.replaceAll('|', '\\|');

const UNITS = { fraction: 'fraction', names: 'names', number: 'plain number' } as const;
const JUDGES = { name: 'the next in rank', book: 'nobody: the book is full' } as const;

/** The generated part of docs/RISK_RULES.md: the rules in their order, then a section each with its settings. */
export function ruleSections(): string {
  const head = ['| | rule | limits | unit | default | switched off by |', '|---:|---|---|---|---|---|'];
  const rows = RISK_RULES.map((rule, i) => `| ${i + 1} | [\`${rule.name}\`](#${rule.name}) | ${cell(rule.limits)} | ${UNITS[rule.unit]} | ${defaultOf(rule)} | \`${rule.key}.enabled: false\` |`);
  return [...head, ...rows, '', '## One by one', '', ...RISK_RULES.flatMap((rule) => [...section(rule), ''])].join('\n').trimEnd();
}

function section(rule: ListedRule): string[] {
  const words = [`- **Cuts.** ${rule.cuts}`, `- **Takes the place of a purchase that it refuses:** ${JUDGES[rule.judges]}.`, `- **Source.** ${rule.source ?? 'common practice'}.`];
  const settings = settingsOf(rule).map(({ name, node }) => `| \`${rule.key}.${name}\` | ${cell(node.description ?? '')} | ${cell(expectation(node))} | \`${JSON.stringify(node.default)}\` |`);
  return [`### ${rule.name}`, '', rule.describe, '', ...words, '', '| setting | meaning (unit) | accepted | default |', '|---|---|---|---|', ...settings];
}

/** What a rule limits to as configured by default; those that only refuse have no number. */
function defaultOf(rule: ListedRule): string {
  const limit = rule.limit({ session: '2018-01-02' as never, equity: 1, drawdown: 0, names: new Map(), correlation: () => Number.NaN }, riskConfig.parse({}));
  return rule.unit === 'fraction' ? `${Number((100 * limit).toFixed(4))} %` : String(limit);
}

/** Its settings but for the switch. */
function settingsOf({ key }: ListedRule): { readonly name: string; readonly node: SchemaNode }[] {
  const schema = z.toJSONSchema(riskConfig, { io: 'input' }) as SchemaNode;
  return Object.entries(schema.properties![key].properties!).filter(([name]) => name !== 'enabled').map(([name, node]) => ({ name, node }));
}
