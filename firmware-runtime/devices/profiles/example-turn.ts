// The result of every example codec:
// the decoded bytes compared with the expectation, and the bytes encoded again.
import { bothOf, type BilingualText } from '#base/pure/words/fault-text.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import type { Profile } from './schema.ts'

export type Example = Profile['examples'][number]
type Expect = Example['expect']
export type Of<A extends Expect['as']> = Extract<Expect, { as: A }>

export interface ExampleTurn {
  /** What the bytes decode to instead; null: they decode as expected. */
  readonly decoded: BilingualText | null
  /** The bytes encoded from the expectation; null: the protocol cannot be encoded. */
  readonly again: Uint8Array | null
}

export const differs = (found: unknown, wanted: unknown): BilingualText | null =>
  canonicalJson(found) === canonicalJson(wanted) ? null : bothOf(canonicalJson(found))

/** `read.plate` of a nested value. */
function memberAt(value: unknown, path: string): unknown {
  let at = value
  for (const name of path.split('.'))
    at = typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined
  return at ?? null
}

/** The members named in an example, as decoded by the driver. */
export const membersOf = (value: unknown, wanted: object): Record<string, unknown> =>
  Object.fromEntries(Object.keys(wanted).map((path) => [path, memberAt(value, path)]))

export const refused = (why: BilingualText): ExampleTurn => ({ decoded: why, again: null })
