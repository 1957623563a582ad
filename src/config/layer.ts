/** What a YAML text holds: plain values, maps without prototype. */
export type Value = null | boolean | number | string | Value[] | ValueMap;
export interface ValueMap {
  [key: string]: Value;
}

export type LayerKind = 'file' | 'experiment' | 'set';

/** Where something was written: `config.yaml:3:5`, or `--set seed=8`. */
export interface Place {
  readonly key: string;
  readonly value: string;
}

/** One source of settings; later layers win. */
export interface Layer {
  readonly kind: LayerKind;
  readonly value: ValueMap;
  /** By `pathKey`, for every map, list and scalar inside. */
  readonly places: ReadonlyMap<string, Place>;
}

/** Where the final value of a path came from. */
export interface Origin extends Place {
  readonly kind: LayerKind;
}

export interface Merged {
  readonly value: ValueMap;
  /** By `pathKey`; a path that is absent has its default. */
  readonly origins: ReadonlyMap<string, Origin>;
}

/** A path as the key of a map: keys may themselves contain dots. */
export function pathKey(path: readonly PropertyKey[]): string {
  return path.map(String).join('\u0000');
}

export function emptyMap(): ValueMap {
  return Object.create(null) as ValueMap;
}

export function isMap(value: Value | undefined): value is ValueMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** All layers as one: maps are merged key by key, everything else is replaced by the later layer. */
export function mergeLayers(layers: readonly Layer[]): Merged {
  const value = emptyMap();
  const origins = new Map<string, Origin>();
  for (const layer of layers) mergeInto(value, layer.value, { layer, origins, path: [] });
  return { value, origins };
}

interface MergeState {
  readonly layer: Layer;
  readonly origins: Map<string, Origin>;
  readonly path: readonly string[];
}

function mergeInto(target: ValueMap, source: ValueMap, state: MergeState): void {
  for (const [key, next] of Object.entries(source)) {
    const path = [...state.path, key];
    const below = target[key];
    if (isMap(next) && isMap(below)) {
      recordOrigin({ ...state, path });
      mergeInto(below, next, { ...state, path });
      continue;
    }
    forget(state.origins, path);
    if (isMap(next)) {
      const copy = emptyMap();
      recordOrigin({ ...state, path });
      mergeInto(copy, next, { ...state, path });
      target[key] = copy;
    } else {
      target[key] = next;
      recordAll(next, { ...state, path });
    }
  }
}

function recordOrigin({ layer, origins, path }: MergeState): void {
  const place = layer.places.get(pathKey(path));
  if (place) origins.set(pathKey(path), { ...place, kind: layer.kind });
}

function recordAll(value: Value, state: MergeState): void {
  recordOrigin(state);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inside] of Object.entries(value)) recordAll(inside, { ...state, path: [...state.path, key] });
}

/** Where a replaced value and its parts came from no longer matters. */
function forget(origins: Map<string, Origin>, path: readonly string[]): void {
  const key = pathKey(path);
  for (const known of [...origins.keys()]) if (known === key || known.startsWith(`${key}\u0000`)) origins.delete(known);
}
