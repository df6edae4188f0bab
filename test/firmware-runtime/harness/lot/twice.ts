// Runs each step twice: on frozen values, then on copies. A step that keeps state of its own, or changes its arguments, is
// named.
import { isDeepStrictEqual } from 'node:util'

/** Number of steps run, by name. */
export const done = new Map<string, number>()
/** Names of steps whose second run gave another result. */
export const differs = new Set<string>()

/** Freezes a value deeply, except typed arrays (picture bytes), which cannot be frozen. */
export function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  if (ArrayBuffer.isView(value)) return value
  Object.freeze(value)
  for (const one of Object.values(value)) freeze(one)
  return value
}

/** The arguments of both runs: the same values, or copies. */
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
