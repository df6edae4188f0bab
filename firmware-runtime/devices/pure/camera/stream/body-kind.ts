// What the body of a push is: its first bytes decide, and its header only where they do not. Cameras name their body
// wrongly or not at all (lane-devices.md 1.8).
import { utf16Of } from '../text.ts'

/** `form`: fields of a heartbeat or a registration. `packed`: gzip. `unknown`: neither the bytes nor the header say it. */
export type BodyKind = 'parts' | 'json' | 'text' | 'form' | 'packed' | 'unknown'

/** This many bytes behind the blanks decide. */
const tellingBytes = 64

const blanks: ReadonlySet<number | undefined> = new Set([0x20, 0x09, 0x0a, 0x0d])

function byHeader(contentType: string): BodyKind {
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (type.startsWith('multipart/')) return 'parts'
  if (type === 'application/x-www-form-urlencoded') return 'form'
  if (/\bjson$/.test(type)) return 'json'
  return /^text\/|\bxml$/.test(type) ? 'text' : 'unknown'
}

/** `first`: the beginning of the body, or all of it. Null: more bytes are needed. */
export function bodyKindOf(
  first: Uint8Array,
  contentType: string,
  isWhole = false,
): BodyKind | null {
  let from = first[0] === 0xef && first[1] === 0xbb && first[2] === 0xbf ? 3 : 0
  while (blanks.has(first[from])) from++
  const said = first.subarray(from, from + tellingBytes)
  const [mark, second] = said
  // Blanks without end are no body of a camera.
  if (said.length < tellingBytes && !isWhole && from < 1_024) return null
  if (utf16Of(said) !== null || mark === 0x3c) return 'text'
  if (mark === 0x7b || mark === 0x5b) return 'json'
  if (mark === 0x1f && second === 0x8b) return 'packed'
  const text = String.fromCharCode(...said)
  if (/^--[!-~]/.test(text)) return 'parts'
  if (/^(?:(?:Return)?Events\[|Code=)/.test(text)) return 'text'
  const named = byHeader(contentType)
  return named === 'unknown' && /^[\w.-]{1,40}=/.test(text) ? 'form' : named
}
