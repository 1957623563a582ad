declare const bans: {
  readonly areas: readonly {
    readonly name: string;
    readonly files: readonly string[];
    readonly selectors: readonly { readonly selector: string; readonly message: string }[];
  }[];
};
export = bans;
