import { DATASET_NAMES, datasetSchema, type DatasetSchema, type Field } from '../../src/data/datasets.js';
import { MACRO_SERIES, type MacroFrequency } from '../../src/data/macro-lags.js';
import { FUNDAMENTAL_CONCEPTS } from '../../src/data/point-in-time/concepts.js';
import type { FileEntry } from '../../src/data/providers/files/provider.js';
import { FILE_SHAPES } from '../../src/data/providers/files/shapes/registry.js';
import { PROVIDERS } from '../../src/data/providers/registry.js';
import { QUALITY_RULES } from '../../src/data/quality/registry.js';
import { RECORD_NAMES, RECORDS } from '../../src/data/records.js';
import { rowChecks } from '../../src/data/validate.js';

const cell = (text: string): string => text.replaceAll('|', '\\|');
const code = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => [`| ${head.join(' | ')} |`, `|${head.map(() => '---').join('|')}|`, ...rows.map((row) => `| ${row.join(' | ')} |`)].join('\n');

function fieldRow(name: string, { type, optional, aliases = [], describe }: Field): string[] {
  return [`\`${name}\``, type, optional ? 'may be missing' : 'required', code(aliases), cell(describe)];
}

function datasetSection(name: string, { describe, key, partitionBy, partitionUnit = 'year', fields }: DatasetSchema): string {
  const files = partitionBy === null ? 'one file' : `one file a ${partitionUnit} of \`${partitionBy}\``;
  const own = rowChecks(name, { describe, key, partitionBy, fields: {} }, { today: 0 }).map(({ expectation }) => expectation);
  const checks = own.length === 0 ? '' : `\n\nExpected of every row: ${own.join('; ')}.`;
  return `### ${name}\n\n${describe}\nOne row a ${code(key)}; ${files}.${checks}\n\n${table(['column', 'type', '', 'also read as', 'meaning (unit)'], Object.entries(fields).map(([field, spec]) => fieldRow(field, spec)))}`;
}

function recordSection(name: string, { describe, key, fields }: DatasetSchema): string {
  return `- \`${name}\`: ${describe} One row a ${code(key)}. Columns ${code(Object.keys(fields))}.`;
}

function macroSection(): string {
  const lags: Readonly<Record<MacroFrequency, string>> = { daily: 'the next session', weekly: '7 days after', monthly: '60 days after the end of the month', quarterly: '60 days after the end of the quarter' };
  const rows = (Object.keys(lags) as MacroFrequency[]).map((frequency) => {
    const of = (revised: boolean): string => code([...MACRO_SERIES].filter(([, series]) => series.frequency === frequency && series.revised === revised && series.lag === undefined).map(([id, { banned }]) => (banned === undefined ? id : `${id} (banned: ${banned})`)));
    return [frequency, lags[frequency], of(false), of(true)];
  });
  const own = [...MACRO_SERIES].flatMap(([id, { frequency, revised, lag }]) => (lag ? [[`\`${id}\``, frequency, `${lag.days} days after${{ daily: '', weekly: '', monthly: ' the end of the month', quarterly: ' the end of the quarter' }[frequency]}`, revised ? 'yes' : 'no', cell(lag.reason)]] : []));
  const rule = table(['observed', 'public at', 'not revised', 'revised later: a backtest sees numbers that nobody had'], rows);
  return `${rule}\n\nSeries that come later than others of their kind:\n\n${table(['series', 'observed', 'public at', 'revised later', 'why'], own)}`;
}

function qualitySection(): string {
  return table(['rule', 'finds', 'usual policy', 'others'], QUALITY_RULES.map(({ name, describe, defaultPolicy, policies }) => [`\`${name}\``, cell(describe), defaultPolicy, policies.filter((policy) => policy !== defaultPolicy).join(', ')]));
}

type DescribedFiles = Readonly<Partial<Record<string, FileEntry | readonly FileEntry[]>>>;

function sampleSection(sample: DescribedFiles): string {
  return table(['dataset', 'file', 'rows', 'licence', 'source'], Object.entries(sample).flatMap(([dataset, entries]) => [entries!].flat().map((entry) => [`\`${dataset}\``, `\`${entry.file}\``, entry.rows!.toLocaleString('en-US'), entry.licence, cell(entry.source)])));
}

/** The parts of docs/data.md that the code decides, by the name in their marks. */
export function dataSections(sample: DescribedFiles): Readonly<Record<string, string>> {
  return {
    providers: table(['`data.source`', 'what it is'], PROVIDERS.map(({ name, describe }) => [`\`${name}\``, describe])),
    datasets: DATASET_NAMES.map((name) => datasetSection(name, datasetSchema(name))).join('\n\n'),
    shapes: table(['shape', 'dataset', 'known by the columns', 'what it is', 'not taken over, or counted'], FILE_SHAPES.map(({ name, dataset, columns, exact, describe, leftOut }) => [`\`${name}\``, `\`${dataset}\``, `${code(columns)}${exact ? ' and no other' : ''}`, describe, leftOut.map((one) => one.describe).join('; ')])),
    concepts: table(['concept', 'kind', 'unit'], Object.entries(FUNDAMENTAL_CONCEPTS).map(([name, { kind, describe }]) => [`\`${name}\``, kind, describe])),
    macro: macroSection(),
    quality: qualitySection(),
    records: RECORD_NAMES.map((name) => recordSection(name, RECORDS[name])).join('\n'),
    sample: sampleSection(sample),
  };
}

const startOf = (name: string): string => `<!-- ${name}: written by tests/data/documentation.test.ts -->`;
const endOf = (name: string): string => `<!-- end of ${name} -->`;

/** The document with the given sections between their marks. */
export function withSections(document: string, sections: Readonly<Record<string, string>>): string {
  return Object.entries(sections).reduce((text, [name, content]) => {
    const start = text.indexOf(startOf(name));
    const end = text.indexOf(endOf(name));
    if (start < 0 || end < start) throw new Error(`expected the marks "${startOf(name)}" and "${endOf(name)}", found not both`);
    return `${text.slice(0, start + startOf(name).length)}\n\n${content}\n\n${text.slice(end)}`;
  }, document);
}
