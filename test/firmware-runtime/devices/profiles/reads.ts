// A deep proxy that records which members of a value are read, and by which file of the product.
// Also lists the members of a zod schema as paths: `*` for any key of a record, `[]` for any entry of a list.
import type { z } from 'zod'

type Path = readonly string[]

/** The nearest product file on the stack; from call sites, as formatting the stack text costs much more. */
function readerNow(): string | null {
  const { prepareStackTrace, stackTraceLimit } = Error
  Error.stackTraceLimit = 12
  Error.prepareStackTrace = (_, sites) => sites
  const sites = new Error().stack as unknown as readonly NodeJS.CallSite[]
  Object.assign(Error, { prepareStackTrace, stackTraceLimit })
  for (const site of sites) {
    const file = site.getFileName() ?? ''
    const inProduct = file.lastIndexOf('/firmware-runtime/')
    if (inProduct >= 0 && !file.includes('/test/')) return file.slice(inProduct + 1)
  }
  return null
}

/** Reads recorded per member; by then every reader has read it. */
const readsNoted = 4_000

export class Reads {
  /** Files by the path that they read. */
  readonly by = new Map<string, Set<string>>()
  private readonly times = new Map<string, number>()
  private readonly proxies = new WeakMap<object, object>()

  of<T>(value: T, at: Path = []): T {
    if (typeof value !== 'object' || value === null) return value
    const known = this.proxies.get(value)
    if (known !== undefined) return known as T
    const made = new Proxy(value, {
      get: (target, key) => {
        const member: unknown = Reflect.get(target, key)
        if (typeof key === 'symbol' || !Object.hasOwn(target, key)) return member
        if (key === 'length' && Array.isArray(target)) return member
        const path = [...at, Array.isArray(target) ? '0' : key]
        this.note(path.join('/'))
        return this.of(member, path)
      },
    })
    this.proxies.set(value, made)
    return made
  }

  private note(path: string): void {
    const readers = this.by.get(path) ?? new Set()
    this.by.set(path, readers)
    const times = (this.times.get(path) ?? 0) + 1
    this.times.set(path, times)
    if (times > readsNoted) return
    const reader = readerNow()
    if (reader !== null) readers.add(reader)
  }

  /** Files that read a member, for any keys and entries on its path. */
  readersOf(member: string): readonly string[] {
    const shape = member
      .split('.')
      .map((part) => part.replace('*', '[^/]+').replaceAll('[]', '/0'))
      .join('/')
    const all = [...this.by].filter(([path]) => new RegExp(`^${shape}$`).test(path))
    return [...new Set(all.flatMap(([, readers]) => [...readers]))]
  }
}

interface Def {
  readonly type: string
  readonly shape?: Readonly<Record<string, z.ZodType>>
  readonly element?: z.ZodType
  readonly innerType?: z.ZodType
  readonly valueType?: z.ZodType
  readonly options?: readonly z.ZodType[]
}

const defOf = (schema: z.ZodType): Def => (schema as unknown as { def: Def }).def

/** Every member that holds a value; an object used in several places is walked once. */
export function membersOf(schema: z.ZodType, at = '', seen = new Set<z.ZodType>()): string[] {
  const { type, shape, element, innerType, valueType, options } = defOf(schema)
  const below = (one: z.ZodType, path: string): string[] => membersOf(one, path, seen)
  // A text in two languages counts as one member.
  if (type === 'object' && Object.keys(shape ?? {}).join() === 'zh,en') return [at]
  if (type === 'object' && seen.has(schema)) return []
  if (type === 'object') seen.add(schema)
  if (type === 'object')
    return Object.entries(shape ?? {}).flatMap(([name, one]) =>
      below(one, at === '' ? name : `${at}.${name}`),
    )
  if (type === 'array' && element !== undefined) return below(element, `${at}[]`)
  if (type === 'record' && valueType !== undefined) return below(valueType, `${at}.*`)
  if (type === 'union') return [...new Set((options ?? []).flatMap((one) => below(one, at)))]
  if (innerType !== undefined) return below(innerType, at)
  return [at]
}
