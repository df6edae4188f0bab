// Reads a value of unknown shape into a type, member by member: nothing is taken over unseen.
// A reader throws `ShapeError` for anything else than what it names; missing members count as else.

export class ShapeError extends Error {}

export type Read<T> = (value: unknown) => T

const named = (value: unknown): string => (value === null ? 'null' : typeof value)

export const text: Read<string> = (value) => {
  if (typeof value === 'string') return value
  throw new ShapeError(`text is wanted, not ${named(value)}`)
}

export const whole: Read<number> = (value) => {
  if (Number.isSafeInteger(value)) return value as number
  throw new ShapeError(`a whole number is wanted, not ${named(value)}`)
}

export const flag: Read<boolean> = (value) => {
  if (typeof value === 'boolean') return value
  throw new ShapeError(`true or false is wanted, not ${named(value)}`)
}

/** One of the words of a union; the table names them all, so that a new one does not compile. */
export const word =
  <T extends string>(words: Readonly<Record<T, true>>): Read<T> =>
  (value) => {
    if (typeof value === 'string' && Object.hasOwn(words, value)) return value as T
    throw new ShapeError(`a known word is wanted, not ${named(value)}`)
  }

export const orNull =
  <T>(read: Read<T>): Read<T | null> =>
  (value) =>
    value === null ? null : read(value)

export const list =
  <T>(read: Read<T>): Read<T[]> =>
  (value) => {
    if (Array.isArray(value)) return value.map((item: unknown) => read(item))
    throw new ShapeError(`a list is wanted, not ${named(value)}`)
  }

/** Entries of a map, in order. */
export const entries = <T>(read: Read<T>): Read<[string, T][]> =>
  list((value) => {
    const [key, item, ...more] = Array.isArray(value) ? (value as unknown[]) : []
    if (more.length > 0) throw new ShapeError('an entry has a key and a value')
    return [text(key), read(item)]
  })

/** Exactly these members, in a new object. */
export const shape = <T extends object>(members: {
  readonly [K in keyof T]-?: Read<T[K]>
}): Read<T> => {
  const names = Object.keys(members) as (keyof T & string)[]
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new ShapeError(`an object is wanted, not ${named(value)}`)
    const given = new Map<string, unknown>(Object.entries(value))
    if (given.size !== names.length) throw new ShapeError(`${names.length} members are wanted`)
    const made: Partial<T> = {}
    for (const name of names) made[name] = members[name](given.get(name))
    return made as T
  }
}
