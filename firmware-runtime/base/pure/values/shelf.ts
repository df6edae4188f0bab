// A store of values by name: a Map, or a table on disk for simulations of years.
// A changed value must be stored again, or the change may be lost.

export interface Shelf<V> {
  readonly size: number
  get(name: string): V | undefined
  has(name: string): boolean
  set(name: string, value: V): unknown
  /** In the order in which the names came first. */
  values(): Iterable<V>
}

/** Makes one shelf; what lies on it comes back as JSON would give it back. */
export type ShelfMaker = <V>() => Shelf<V>

export const inMemory: ShelfMaker = <V>() => new Map<string, V>()
