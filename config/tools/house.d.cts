declare const house: {
  /** Rows of modules, earliest first. */
  readonly layers: readonly (readonly string[])[];
  /** Modules without Node built-ins, clock or ambient randomness. */
  readonly calculations: readonly string[];
  readonly alsoBanned: Readonly<Record<string, readonly string[]>>;
  readonly vendorHomes: readonly { readonly home: string; readonly packages: readonly string[] }[];
  readonly schemaHomes: readonly string[];
};
export = house;
