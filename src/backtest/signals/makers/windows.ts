/** Indicators of one series by name, each computed once. */
export class Windows {
  readonly #computed = new Map<string, Float64Array>();

  /** The indicator `name` of the given window, [bar]. */
  of(name: string, window: number, compute: (window: number) => Float64Array): Float64Array {
    const key = `${name} ${window}`;
    let values = this.#computed.get(key);
    if (values === undefined) this.#computed.set(key, (values = compute(window)));
    return values;
  }

  /** Indicators held. */
  get size(): number {
    return this.#computed.size;
  }
}
