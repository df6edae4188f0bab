// Names of files between a lot and its platform (9.3.5, P10): service, type, command, mark, appId, time, and `.json`.
// A name is read from its right end, because a national one joins type and command into one word.
import { bcdInstantOf, type InstantMs } from '../../core/values/instant.ts'

interface FileName {
  /** Service, type and command; two of them where type and command are one word. */
  readonly words: readonly string[]
  readonly mark: 'REQ' | 'RES'
  readonly appId: string
  readonly atMs: InstantMs
}

/** 17 digits of Beijing time, to the millisecond. */
function instantOf(digits: string): InstantMs | null {
  const atMs = /^\d{17}$/.test(digits) ? bcdInstantOf(digits.slice(0, 14)) : null
  return atMs === null ? null : atMs + Number(digits.slice(14))
}

/** Null for what is no such name. */
export function readFileName(text: string): FileName | null {
  const stem = /^([A-Za-z0-9_]{1,120})\.json$/.exec(text)?.[1] ?? ''
  const [digits = '', appId = '', mark = '', ...left] = stem.split('_').toReversed()
  const words = left.toReversed()
  const atMs = instantOf(digits)
  if (atMs === null || (mark !== 'REQ' && mark !== 'RES')) return null
  if (!/^[A-Za-z0-9]{1,32}$/.test(appId) || words.length < 2 || words.length > 3) return null
  return words.every((word) => /^[A-Z0-9]{1,20}$/.test(word)) ? { words, mark, appId, atMs } : null
}
