import { stringify } from 'yaml';

import { settings, type Setting } from '../../src/config/describe.js';
import { SECRETS } from '../../src/config/schema.js';
import { QUALITY_RULES } from '../../src/data/quality/registry.js';

/** Headings of the sections, by the first step of a path. A section without one gets its name. */
const HEADINGS: Readonly<Record<string, string>> = {
  paths: 'Where things are kept. Relative paths belong to the folder of this file, or to its parent when that folder is called "config".',
  clock: 'When decisions are made. A decision for a session uses what was known by then and fills at the next open.',
  data: 'What the pipeline reads.',
  features: 'What is computed about each instrument. `swing features list` tells all names.',
  graph: 'Who moves with whom: the graph of each session. `swing graph show` draws it.',
  forecast: 'Expected returns: a cross-sectional regression on ranks.',
  strategy: 'Which names are chosen, how large, and when they are left.',
  portfolio: 'The paper book.',
  report: 'The HTML report.',
  pipeline: 'How the daily run works.',
  tracking: 'Where runs are copied to, besides the local files, which count.',
  experiment: 'What `swing experiment run` tries; an experiment.yaml sets it, and whatever else it changes above.',
};

/** Values for settings that are absent by default; they stand commented out. */
export const SAMPLE_VALUES: Readonly<Record<string, unknown>> = {
  'data.folder': 'prices',
  'data.symbols': ['AAPL', 'MSFT'],
  'experiment.start': '2013-02-08',
  'experiment.end': '2018-02-07',
  'experiment.benchmark': 'SPY',
};

const MORE: Readonly<Record<string, readonly string[]>> = {
  'experiment.params': ['e.g. { objective: lambdarank }'],
  'experiment.grid': ['e.g. { strategy.priority.top: [10, 20, 40], strategy.priority.horizon: [5, 10] }'],
  'features.sets': ['e.g. { mine: [momentum, realized-volatility-21] }'],
  'data.quality': ['e.g. { zero-volume: mask }; the rules, with the policies of each:', ...QUALITY_RULES.map(({ name, policies }) => `  ${name}: ${policies.join(', ')}`)],
};

const INTRO = `# Settings of swinglab, each with its meaning, unit, range and default.
#
# Every setting stands here with its default; one that is left out keeps it. Optional ones are commented out.
# What stands later wins: this file, then the file given with --experiment, then --set section.key=value.
# Unknown keys are errors. "swing config check" checks, "swing config show" tells where each value comes from.
#
# Secrets never stand here; they come from the environment:
${Object.entries(SECRETS).map(([name, opens]) => `#   ${name.padEnd(16)} ${opens}`).join('\n')}
`;

/** The commented example: what `config/config.example.yaml` must be for the schema as it is. */
export function exampleText(): string {
  const lines: string[] = [INTRO];
  let before: readonly string[] = [];
  for (const setting of settings()) {
    lines.push(...openSections(before, setting.path), ...settingLines(setting), '');
    before = setting.path;
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

function openSections(before: readonly string[], path: readonly string[]): string[] {
  const lines: string[] = [];
  let shared = 0;
  while (shared < path.length - 1 && before[shared] === path[shared]) shared++;
  for (let level = shared; level < path.length - 1; level++) {
    if (level === 0) lines.push(`# ---- ${HEADINGS[path[0]] ?? path[0]}`);
    lines.push(`${'  '.repeat(level)}${path[level]}:`);
  }
  return lines;
}

function settingLines(setting: Setting): string[] {
  const { path, name, describe } = setting;
  const indent = '  '.repeat(path.length - 1);
  const absent = setting.default === undefined;
  const value = stringify({ [path.at(-1)!]: absent ? SAMPLE_VALUES[name] : setting.default }, { collectionStyle: 'flow', flowCollectionPadding: false, lineWidth: 0, compat: 'yaml-1.1' }).trim().replace(/^\{|\}$/g, '');
  const comments = [describe, bounds(setting), ...(MORE[name] ?? [])];
  return [...comments.map((comment) => `${indent}# ${comment}`), `${indent}${absent ? '# ' : ''}${value}`];
}

/** What is accepted and what holds without the key. */
export function bounds({ expectation, ...setting }: Setting): string {
  return `${expectation}; ${setting.default === undefined ? 'optional' : `default ${JSON.stringify(setting.default)}`}`;
}
