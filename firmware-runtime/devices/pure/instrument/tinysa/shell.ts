// The command line of a tinySA: a command is echoed, answered in lines, and followed by a prompt. The payload of a raw
// scan is read by its byte count, because a level may look like a prompt. A prompt before the echo is stale.
import { latin1 } from '../meter.ts'

/** A text scan of 450 points takes about 20,000 bytes. */
export const answerBytesMax = 65_536
/** The longest command that the instrument reads. */
export const commandCharsMax = 47

export interface Expect {
  readonly command: string
  readonly prompt: string
  /** Number of binary bytes between the echo and the prompt; 0: the answer is lines of text. */
  readonly rawBytes: number
}

export type ShellReply =
  | { readonly kind: 'open' }
  /** Longer than any answer, and still without a prompt. */
  | { readonly kind: 'lost' }
  | { readonly kind: 'lines'; readonly lines: readonly string[] }
  | { readonly kind: 'raw'; readonly payload: Uint8Array }

const newLine = '\r\n'

/** The answer to one command, as far as the bytes received so far show it. */
export function shellReply(bytes: Uint8Array, expect: Expect): ShellReply {
  const text = latin1(bytes)
  const echo = `${expect.command}${newLine}`
  const open: ShellReply = bytes.length > answerBytesMax ? { kind: 'lost' } : { kind: 'open' }
  // The echo begins a line: it follows a prompt, a line end, or nothing.
  let at = text.indexOf(echo)
  while (
    at > 0 &&
    !text.slice(0, at).endsWith(expect.prompt) &&
    !'\r\n'.includes(text[at - 1] ?? '')
  )
    at = text.indexOf(echo, at + 1)
  if (at < 0) return open
  const from = at + echo.length
  if (expect.rawBytes > 0) return rawReply(bytes, text, from, expect) ?? open
  const end = text.startsWith(expect.prompt, from)
    ? from
    : text.indexOf(`${newLine}${expect.prompt}`, from)
  if (end < 0) return open
  const lines = text.slice(from, end).split(newLine)
  return { kind: 'lines', lines: lines.map((line) => line.trim()).filter((line) => line !== '') }
}

function rawReply(bytes: Uint8Array, text: string, from: number, expect: Expect) {
  const end = from + expect.rawBytes
  if (bytes.length < end) return refusedEarly(text, from, expect)
  const prompt = text.indexOf(expect.prompt, end)
  // Between the closing brace and the prompt there is a line end, or nothing.
  if (prompt < 0 || prompt - end > newLine.length) return refusedEarly(text, from, expect)
  return { kind: 'raw', payload: bytes.slice(from, end) } satisfies ShellReply
}

/** A raw scan that is answered with text lines is not supported by this firmware. */
function refusedEarly(text: string, from: number, { prompt }: Expect): ShellReply | null {
  if (text[from] === '{' || !text.endsWith(`${newLine}${prompt}`)) return null
  const lines = text.slice(from, -prompt.length).split(newLine)
  return { kind: 'lines', lines: lines.map((line) => line.trim()).filter((line) => line !== '') }
}

const openBrace = 0x7b
const closeBrace = 0x7d
const mark = 0x78

export type RawScale = 'offset' | 'signed'
export const rawScales: readonly RawScale[] = ['offset', 'signed']

/** Bytes of a raw scan: `{`, then `x` and 16 bits for each point, low byte first, then `}`. */
export const rawBytesOf = (points: number): number => 3 * points + 2

/** Levels of a raw scan in dBm, by one of the two scales of the firmware; null: the payload is not a raw scan. */
export function rawLevels(payload: Uint8Array, scale: RawScale): readonly number[] | null {
  const points = (payload.length - 2) / 3
  if (!Number.isInteger(points) || points < 1) return null
  if (payload[0] !== openBrace || payload.at(-1) !== closeBrace) return null
  const levels: number[] = []
  for (let i = 0; i < points; i++) {
    const at = 1 + 3 * i
    if (payload[at] !== mark) return null
    const word = (payload[at + 1] ?? 0) + 256 * (payload[at + 2] ?? 0)
    levels.push(scale === 'offset' ? word / 32 - 174 : (word > 0x7fff ? word - 0x10000 : word) / 32)
  }
  return levels
}

const numberShape = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,2})?$/

/** One line for each point: frequency, level, and a third number that is ignored. */
export function scanLevels(lines: readonly string[], points: number): readonly number[] | null {
  if (lines.length !== points) return null
  const levels: number[] = []
  for (const line of lines) {
    const parts = line.split(/\s+/)
    if (parts.length < 2 || parts.length > 3 || !parts.every((part) => numberShape.test(part)))
      return null
    levels.push(Number(parts[1]))
  }
  return levels
}
