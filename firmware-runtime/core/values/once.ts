// A value that is made when it is first asked for: a lane that starts makes none of the shapes that its first cars
// do not need.

/** Made at the first call, the same ever after. What fails fails again each time. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => (made ??= { value: make() }).value
}
