import type { GraphInputs } from './graph-inputs.js';

/** The inputs of some sessions in a row, from position `from` to, not including, `to`: a graph of one session is built from its window, not from a copy of all years. */
export function cutInputs(inputs: GraphInputs, from: number, to: number): GraphInputs {
  const { symbols, sessions, returns, member, suspect, priced, sectors } = inputs;
  const width = sessions.length;
  const cut = <Values extends Float64Array | Uint8Array>(values: Values): Values => {
    const part = new (values.constructor as new (length: number) => Values)(symbols.length * (to - from));
    for (let row = 0; row < symbols.length; row++) part.set(values.subarray(row * width + from, row * width + to), row * (to - from));
    return part;
  };
  return {
    symbols,
    sessions: sessions.slice(from, to),
    returns: cut(returns),
    ...(member ? { member: cut(member) } : {}),
    ...(suspect ? { suspect: cut(suspect) } : {}),
    ...(priced ? { priced: cut(priced) } : {}),
    ...(sectors ? { sectors } : {}),
  };
}
