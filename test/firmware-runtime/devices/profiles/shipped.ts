// The shipped library for tests of profiles: each profile as plain JSON with its templates put in,
// to be changed and read again.
import { join } from 'node:path'
import { readProfileFolder } from '#devices/files/profile-files.ts'
import type { Finding } from '#devices/profiles/findings.ts'
import { readLibrary } from './whole-library.ts'
import { readProfile, type CheckedProfile } from '#devices/profiles/read-profile.ts'
import { present } from '#base/pure/values/must.ts'

export const libraryFolder = join(import.meta.dirname, '../../../../device-profiles')

export const library = readLibrary(readProfileFolder(libraryFolder))

export const shipped = (id: string): CheckedProfile =>
  present(library.profiles.get(id), `${id} is shipped`)

type JsonLike = Record<string, unknown>

/** A copy that a test may change. */
export const copyOf = (id: string): JsonLike =>
  structuredClone(shipped(id).profile) as unknown as JsonLike

/** Puts a value at a JSON pointer; undefined takes the member out. */
export function put(target: JsonLike, pointer: string, value: unknown): JsonLike {
  const path = pointer.split('/').slice(1)
  const last = path.pop() ?? ''
  let at: JsonLike = target
  for (const name of path) {
    at[name] ??= {}
    at = at[name] as JsonLike
  }
  if (value === undefined) Reflect.deleteProperty(at, last)
  else at[last] = value
  return target
}

export const at = (target: unknown, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((value, name) => (value as JsonLike)[name], target)

export const bytesOf = (value: unknown): Uint8Array =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))

export const readAgain = (value: unknown) =>
  readProfile(bytesOf(value), 'a.json', library.templates)

export const findingsOf = (value: unknown, place: string | null = null): readonly Finding[] =>
  readProfile(bytesOf(value), 'a.json', library.templates, place).findings

/** `CODE /pointer` of each finding. */
export const problemsOf = (value: unknown, place: string | null = null): string[] =>
  findingsOf(value, place).map(({ code, pointer }) => `${code} ${pointer}`)
