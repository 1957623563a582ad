const made = new WeakSet<object>();

/**
 * Marks what a factory of this package made: its name and parameters say all that it does, so that results may be kept by
 * them. What a user wrote may change while its name stays.
 */
export function builtIn<Value extends object>(value: Value): Value {
  made.add(value);
  return value;
}

export const isBuiltIn = (value: object): boolean => made.has(value);
