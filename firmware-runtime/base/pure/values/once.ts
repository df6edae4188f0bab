// A value computed on first use: the start of a lane builds no schema that its first cars do not need.

/** Calls `make` once and returns the same value afterwards. A failed call is repeated at the next use. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => (made ??= { value: make() }).value
}
