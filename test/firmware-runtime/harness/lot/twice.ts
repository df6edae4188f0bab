// Does each step twice: on what cannot be changed, then on a copy of it. A step that keeps something of its own, or
// changes what it is given, is named.
import { isDeepStrictEqual } from 'node:util'

/** Steps done, by name. */
export const done = new Map<string, number>()
/** Names of steps whose second time was another. */
export const differs = new Set<string>()

/** Bytes of a picture cannot be frozen. */
export function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  if (ArrayBuffer.isView(value)) return value
  Object.freeze(value)
  for (const one of Object.values(value)) freeze(one)
  return value
}

/** What a step is given each time: the same, or a copy of it. */
export interface Given<A> {
  readonly first: A
  readonly second: A
}

export const twice =
  <A extends readonly unknown[], R>(
    name: string,
    step: (...args: A) => R,
    given: (...args: A) => Given<A>,
  ) =>
  (...args: A): R => {
    const { first, second } = given(...args)
    const once = step(...first)
    done.set(name, (done.get(name) ?? 0) + 1)
    if (!isDeepStrictEqual(once, step(...second))) differs.add(name)
    return once
  }
