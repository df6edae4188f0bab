// A pin: what the program answers, makes or writes at present, stored as lines of `/member value` in kept/ and compared
// with the present result. ETC_LANE_RENEW_PINS=1 writes the lines again; the stages refuse that (CONTRIBUTING.md,
// pins).
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { hash } from 'node:crypto'
import { expect } from 'vitest'

const isPlain = (value: unknown): boolean => value === null || typeof value !== 'object'
const shortList = 160
/** Greatest number of differing lines shown. */
const shownMax = 40

const shortText = (value: unknown): string => JSON.stringify(value) ?? 'absent'

/** Short lists of plain values, and short objects in a list, are one line. */
function linesAt(path: string, value: unknown, isListed = false): string[] {
  if (isPlain(value)) return [`${path} ${shortText(value)}`]
  const members = Object.entries(value as object)
  if (isListed && members.every(([, one]) => isPlain(one))) {
    const text = shortText(Object.fromEntries(members.toSorted(byName)))
    if (text.length <= shortList) return [`${path} ${text}`]
  }
  const isOneLine = members.length === 0 || (Array.isArray(value) && value.every(isPlain))
  if (isOneLine && shortText(value).length <= shortList) return [`${path} ${shortText(value)}`]
  // The order of members does not matter; an ordered value is a list.
  const sorted = Array.isArray(value) ? members : members.toSorted(byName)
  return sorted.flatMap(([name, one]) =>
    one === undefined
      ? []
      : linesAt(`${path}/${name.replaceAll(/[~/ ]/g, escapeOf)}`, one, Array.isArray(value)),
  )
}
const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0
const escapeOf = (char: string): string => ({ '~': '~0', '/': '~1', ' ': '~2' })[char] ?? char

export const linesOf = (value: unknown): string[] => linesAt('', value)

const partMax = 200
/** Of long texts the part around the first difference. */
function partsOf(was: string, is: string): readonly [string, string] {
  if (was.length + is.length <= 2 * partMax) return [was, is]
  const at = [...was].findIndex((sign, i) => sign !== is[i])
  const from = Math.max(0, (at < 0 ? was.length : at) - partMax / 2)
  const part = (text: string): string => `…${text.slice(from, from + partMax)}…`
  return [part(was), part(is)]
}

/** Members that were added, removed or changed. */
export function differencesOf(kept: readonly string[], now: readonly string[]): string[] {
  const split = (line: string): readonly [string, string] => {
    const at = line.indexOf(' ')
    return [line.slice(0, at), line.slice(at + 1)]
  }
  const before = new Map(kept.map(split))
  const after = new Map(now.map(split))
  const of = (path: string): string[] => {
    const was = before.get(path)
    const is = after.get(path)
    if (was === is) return []
    const [a, b] = partsOf(was ?? 'nothing', is ?? 'nothing')
    return [`${path}: ${a} > ${b}`]
  }
  return [...new Set([...before.keys(), ...after.keys()])].flatMap(of)
}

export type PinEnv = Readonly<Record<string, string | undefined>>

/** Throws inside a stage, where pins are only compared. */
export function renews(env: PinEnv): boolean {
  if (env['ETC_LANE_RENEW_PINS'] !== '1') return false
  if (env['ETC_LANE_SCALE'] !== undefined)
    throw new Error('pins are renewed by hand and committed with their reason; no stage does it')
  return true
}

/** The differences; renews the file when requested. */
export function heldAgainst(file: URL, now: unknown, env: PinEnv = process.env): readonly string[] {
  const lines = linesOf(now)
  if (renews(env)) writeFileSync(file, `${lines.join('\n')}\n`)
  if (!existsSync(file)) return [`${basename(file.pathname)} is not there: renew it`]
  return differencesOf(readFileSync(file, 'utf8').trimEnd().split('\n'), lines)
}

function mustBeNone(file: URL, lines: readonly string[]): void {
  const more = lines.length - shownMax
  const shown = more > 0 ? [...lines.slice(0, shownMax), `and ${more} more`] : lines
  expect(shown, `pins: ${basename(file.pathname)}`).toEqual([])
}

/** Compares a value with its stored lines. */
export const pin = (file: URL, now: unknown): void => mustBeNone(file, heldAgainst(file, now))

/** For numbers that may grow and members that may be added: a smaller number or a missing member fails. */
export function pinLeast(file: URL, now: unknown): void {
  const less = heldAgainst(file, now).filter((line) => {
    const [, was = '', is = ''] = /: (\S+) > (\S+)$/.exec(line) ?? []
    return was !== 'nothing' && !(Number(is) >= Number(was))
  })
  mustBeNone(file, less)
}

/** Length and digest of a value that is too large to read. */
export const digestOf = (bytes: Uint8Array | string): string =>
  `${bytes.length} ${hash('sha256', bytes)}`
