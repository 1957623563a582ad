import { fromEpochDay } from '../core/dates.js';
import { ConfigError } from '../core/errors.js';
import type { Panel } from './panel.js';

/** What we use of danfojs-node, an optional peer: its own types need TensorFlow's. */
export interface DanfoDataFrame {
  readonly columns: string[];
  readonly shape: number[];
  readonly values: unknown[][];
}

/** What a loaded danfojs-node must offer. */
export interface Danfo {
  readonly DataFrame: new (data: Record<string, unknown[]>) => DanfoDataFrame;
}

/**
 * A panel as a long danfo.js DataFrame: `symbol`, `session`, then the panel's columns (copied, as danfo.js needs arrays).
 *
 * Arithmetic between danfo.js data frames is done in single precision: keep prices in panels.
 * @param danfo the loaded package, where it is installed beside the caller and not beside this library (notebooks)
 * @throws ConfigError when the optional package danfojs-node is not installed
 */
export async function toDanfo(panel: Panel, danfo?: Danfo): Promise<DanfoDataFrame> {
  const { DataFrame } = danfo ?? (await loadDanfo());
  const width = panel.sessions.length;
  const dates = Array.from(panel.sessions, fromEpochDay);
  return new DataFrame({
    symbol: panel.symbols.flatMap((name) => new Array<string>(width).fill(name)),
    session: panel.symbols.flatMap(() => dates),
    ...Object.fromEntries(panel.columnNames.map((name) => [name, Array.from(panel.column(name))])),
  });
}

async function loadDanfo(): Promise<Danfo> {
  const name = 'danfojs-node'; // a variable, so that the compiler does not look for an optional package
  try {
    const module = (await import(name)) as Partial<Danfo> & { default?: Partial<Danfo> };
    const DataFrame = module.DataFrame ?? module.default?.DataFrame;
    if (DataFrame === undefined) throw new TypeError('it exports no DataFrame');
    return { DataFrame };
  } catch (error) {
    throw new ConfigError('expected the optional package "danfojs-node" for toDanfo, found it missing or unusable; install it with: npm install danfojs-node (the notebooks package has it)', { code: 'MISSING_PEER', fields: { package: name }, cause: error });
  }
}
