import { requireOptions } from './checks.js';
import type { MaType } from './overlap/ma.js';
import type { Memory } from './rows.js';

export type InputName = 'open' | 'high' | 'low' | 'close' | 'volume' | 'other';

export type Inputs = Readonly<Record<InputName, Float64Array>>;

/** A parameter of an indicator; periods are whole numbers of rows. */
export interface Parameter<Value = number | MaType> {
  readonly default: Value;
  /** Smallest value allowed; absent for types of averages. */
  readonly minimum?: number;
  readonly kind: 'period' | 'number' | 'average';
}

export type ParameterValues = Readonly<Record<string, number | MaType>>;

export type IndicatorGroup = 'overlap' | 'momentum' | 'volume' | 'volatility' | 'price' | 'statistics' | 'rolling' | 'cycle';

/** What there is to know about an indicator without calling it. */
export interface Indicator {
  /** TA-Lib's name. */
  readonly name: string;
  /** The function here, as one writes it. */
  readonly call: string;
  readonly title: string;
  readonly group: IndicatorGroup;
  /** In the order of the function's parameters. */
  readonly inputs: readonly InputName[];
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** Names of the outputs; one that is the function's result itself bears the function's name. */
  readonly outputs: readonly string[];
  /** How it smooths and what the smoothing starts from. */
  readonly smoothing: string;
  /** Where the formula comes from. */
  readonly reference: string;
  /** Rows before the first value, counted from the first row where all inputs are there. */
  lookback(parameters?: ParameterValues): number;
  /** How far back a value reaches. */
  memory(parameters?: ParameterValues): Memory;
  /** Calls the function; parameters left out have their defaults. */
  compute(inputs: Inputs, parameters?: ParameterValues): Readonly<Record<string, Float64Array>>;
}

type Values<Parameters> = { readonly [Name in keyof Parameters]: Parameters[Name] extends Parameter<infer Value> ? Value : never };

export interface IndicatorSpec<Parameters> {
  readonly name: string;
  readonly call: string;
  readonly title: string;
  readonly group: IndicatorGroup;
  readonly inputs: readonly InputName[];
  readonly parameters: Parameters;
  readonly outputs?: readonly string[];
  readonly smoothing?: string;
  readonly reference: string;
  readonly memory: Memory | ((parameters: Values<Parameters>) => Memory);
  readonly lookback: (parameters: Values<Parameters>) => number;
  /** An array for one output, an object of arrays for several. */
  readonly compute: (inputs: Inputs, parameters: Values<Parameters>) => Float64Array | object;
}

/** An entry of the registry, with the types of its parameters checked against its functions. */
export function indicator<const Parameters extends Readonly<Record<string, Parameter<number> | Parameter<MaType>>>>(spec: IndicatorSpec<Parameters>): Indicator {
  const defaults = Object.fromEntries(Object.entries(spec.parameters).map(([name, parameter]) => [name, parameter.default]));
  const filled = (parameters: ParameterValues = {}): Values<Parameters> => {
    requireOptions(parameters, Object.keys(defaults), spec.call);
    return { ...defaults, ...parameters } as unknown as Values<Parameters>;
  };
  const { memory } = spec;
  return {
    name: spec.name,
    call: spec.call,
    title: spec.title,
    group: spec.group,
    inputs: spec.inputs,
    parameters: spec.parameters,
    outputs: spec.outputs ?? [spec.call],
    smoothing: spec.smoothing ?? 'none',
    reference: spec.reference,
    lookback: (parameters) => spec.lookback(filled(parameters)),
    memory: (parameters) => (typeof memory === 'function' ? memory(filled(parameters)) : memory),
    compute: (inputs, parameters) => {
      const found = spec.compute(inputs, filled(parameters));
      return found instanceof Float64Array ? { [spec.call]: found } : (found as Readonly<Record<string, Float64Array>>);
    },
  };
}

export const period = (usual: number, minimum = 2): Parameter<number> => ({ default: usual, minimum, kind: 'period' });
export const number = (usual: number, minimum = 0): Parameter<number> => ({ default: usual, minimum, kind: 'number' });
export const average = (usual: MaType): Parameter<MaType> => ({ default: usual, kind: 'average' });
