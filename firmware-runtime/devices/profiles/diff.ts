// Differences of two JSON values by JSON pointer, for people: list entries with an id are compared with the entry of
// the same id, wherever it is.
import { canonicalJson, isObject, jsonPointer, type Json } from '#base/pure/data/json.ts'

export interface Difference {
  readonly change: 'added' | 'removed' | 'changed'
  /** Into the new value; into the old one for a removed member. */
  readonly pointer: string
  readonly old: Json | null
  readonly new: Json | null
}

type Path = readonly (string | number)[]
const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)

const keyMembers = ['id', 'code', 'row', 'name', 'form'] as const

/** Keys of the entries; null when one has no id or two share one. */
function keysOf(list: readonly Json[]): readonly string[] | null {
  const keys = list.map((entry) => {
    if (!isObject(entry)) return null
    const member = keyMembers.find((name) => typeof entry[name] === 'string')
    return member === undefined ? null : `${member} ${String(entry[member])}`
  })
  const named = keys.filter((key) => key !== null)
  return named.length === list.length && new Set(named).size === named.length ? named : null
}

function differLists(a: readonly Json[], b: readonly Json[], at: Path, out: Difference[]): void {
  const [oldKeys, newKeys] = [keysOf(a), keysOf(b)]
  const byPlace = oldKeys === null || newKeys === null
  const oldAt = (i: number): Json | undefined =>
    byPlace ? a[i] : a[oldKeys.indexOf(newKeys[i] ?? '')]
  b.forEach((entry, i) => differ(oldAt(i), entry, [...at, i], out))
  a.forEach((entry, i) => {
    const gone = byPlace ? i >= b.length : !newKeys.includes(oldKeys[i] ?? '')
    if (gone) differ(entry, undefined, [...at, i], out)
  })
}

function differ(a: Json | undefined, b: Json | undefined, at: Path, out: Difference[]): void {
  const tell = (change: Difference['change']): void => {
    out.push({ change, pointer: jsonPointer(at), old: a ?? null, new: b ?? null })
  }
  if (a === undefined) tell('added')
  else if (b === undefined) tell('removed')
  else if (isObject(a) && isObject(b)) {
    for (const [name, value] of Object.entries(b))
      differ(Object.hasOwn(a, name) ? a[name] : undefined, value, [...at, name], out)
    for (const [name, value] of Object.entries(a))
      if (!Object.hasOwn(b, name)) differ(value, undefined, [...at, name], out)
  } else if (isList(a) && isList(b)) differLists(a, b, at, out)
  else if (canonicalJson(a) !== canonicalJson(b)) tell('changed')
}

export function differences(a: Json, b: Json): readonly Difference[] {
  const out: Difference[] = []
  differ(a, b, [], out)
  return out
}
