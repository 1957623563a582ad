import { DataError } from '../../../core/errors.js';
import { DATASET_NAMES, datasetSchema, type DatasetName, type Field } from '../../datasets.js';
import { identifier, literal } from '../../store/duckdb.js';
import { MISSING_DATE } from '../../provider.js';

/** Columns of a file by lower-case name, with the name as written. */
export type FileColumns = ReadonlyMap<string, string>;

/** The file's columns that carry a field, best name first: the field's own, then its aliases. */
function carriers(name: string, field: Field, columns: FileColumns): string[] {
  return [name, ...(field.aliases ?? [])].flatMap((candidate) => columns.get(candidate) ?? []);
}

/** Without one of these columns a file is not taken for the dataset unless one says so: its other names are those of another. */
const TELLING: Partial<Record<DatasetName, readonly string[]>> = { bars: ['close'], symbol_history: ['listed_symbol'], option_underlyings: ['close', 'underlying_close_raw'] };

/** The dataset whose required fields the file has and of whose fields it has most; ties go to the first in the schema. */
export function inferDataset(columns: FileColumns, path: string): DatasetName {
  const scored = DATASET_NAMES.map((name) => {
    const fields = Object.entries(datasetSchema(name).fields);
    const present = fields.filter(([field, spec]) => carriers(field, spec, columns).length > 0);
    const complete = fields.every(([field, spec]) => spec.optional || carriers(field, spec, columns).length > 0);
    const telling = TELLING[name];
    return { name, score: complete && (telling === undefined || telling.some((column) => columns.has(column))) ? present.length : -1 };
  });
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a));
  if (best.score < 0) {
    throw new DataError(`expected the columns of one of ${DATASET_NAMES.join(', ')}, found ${[...columns.values()].join(', ')} in "${path}"`, { code: 'UNKNOWN_COLUMNS', fields: { path } });
  }
  return best.name;
}

/** SQL type that a field is read as. */
const SQL_TYPES = { text: 'VARCHAR', number: 'DOUBLE', date: 'DATE', timestamp: 'TIMESTAMPTZ', boolean: 'BOOLEAN' } as const;

export interface ColumnExpression {
  readonly field: string;
  readonly spec: Field;
  /** The value as the file has it. */
  readonly source: string;
  readonly sqlType: string;
  /** The value in the form of a batch. */
  readonly expression: string;
}

/** Instruments are written with "-" for share classes; vendors use ".", "/" or a blank. */
export const INSTRUMENT_FIELDS: ReadonlySet<string> = new Set(['symbol', 'underlying']);

/**
 * How each field of a dataset is read from a file with these columns; absent optional fields are left out.
 * @throws DataError naming the required columns that are missing
 */
export function columnExpressions(dataset: DatasetName, columns: FileColumns, path: string): ColumnExpression[] {
  const result: ColumnExpression[] = [];
  const missing: string[] = [];
  for (const [field, spec] of Object.entries(datasetSchema(dataset).fields)) {
    const names = carriers(field, spec, columns);
    if (names.length === 0) {
      if (!spec.optional) missing.push([field, ...(spec.aliases ?? [])].join(' or '));
      continue;
    }
    const source = names.length === 1 ? identifier(names[0]) : `coalesce(${names.map(identifier).join(', ')})`;
    const sqlType = SQL_TYPES[spec.type];
    const value = spec.type === 'timestamp' ? instant(source) : `cast(${source} as ${sqlType})`;
    result.push({ field, spec, source, sqlType, expression: batchForm(field, spec, value) });
  }
  if (missing.length > 0) {
    throw new DataError(`expected the columns of "${dataset}" (missing: ${missing.join('; ')}), found ${[...columns.values()].join(', ')} in "${path}"`, { code: 'MISSING_COLUMNS', fields: { path, dataset, missing } });
  }
  return result;
}

/**
 * Times with a zone are converted and those without are UTC. A date without a time counts from the end of that day in New
 * York: from its beginning, news of the day would be known before it happened.
 */
function instant(source: string): string {
  const day = `regexp_full_match(trim(cast(${source} as varchar)), '\\d{4}-\\d{2}-\\d{2}')`;
  return `case when ${day} then timezone('America/New_York', cast(cast(${source} as date) + 1 as timestamp)) else cast(${source} as timestamptz) end`;
}

function batchForm(field: string, spec: Field, value: string): string {
  switch (spec.type) {
    case 'text':
      if (field === 'right') return `case lower(trim(${value})) when 'c' then 'call' when 'p' then 'put' when 'call' then 'call' when 'put' then 'put' else ${value} end`;
      return INSTRUMENT_FIELDS.has(field) ? `translate(upper(trim(${value})), './ ', '---')` : value;
    case 'number':
      return `coalesce(${value}, cast(${literal('nan')} as double))`;
    case 'date':
      return `coalesce(cast(${value} - date '1970-01-01' as integer), ${MISSING_DATE})`;
    case 'timestamp':
      return `coalesce(cast(epoch_ms(${value}) as double), cast(${literal('nan')} as double))`;
    case 'boolean':
      return `cast(coalesce(${value}, false) as utinyint)`;
  }
}
