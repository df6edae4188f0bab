// Signed files of canonical JSON lines: an error names the line that contains a changed byte. Each kind of file defines
// the signed content and its lines.
import { base64Of, bytesOfBase64 } from './base64.ts'
import { bytesOfAscii } from './bytes.ts'
import { t, type BilingualText } from '../words/fault-text.ts'
import { isoOf, parseIso, type InstantMs } from '../values/instant.ts'
import { canonicalJson, parsed } from './json.ts'
import type { Digests } from '../passport/container.ts'
import type { FileSignature } from './signed.ts'

export type Line = Readonly<Record<string, unknown>>

/** Creates the error for a changed line. */
type Changed = (line: number, note: BilingualText) => Error

export interface Seal extends FileSignature {
  /** Time stamp token over the signature (RFC 3161), not part of the signed content; null: not obtained. */
  readonly timeStamp: Uint8Array | null
}

/** `kind` is the first line: it keeps a signature of one kind of file from being one of anything else. */
export const signedLines = (
  kind: string,
  body: string,
  certificate: Uint8Array,
  signedAtMs: InstantMs,
  digests: Digests,
): Uint8Array =>
  bytesOfAscii(
    `${kind}\n${isoOf(signedAtMs)}\n${digests.ofBytes(certificate)}\n${digests.ofText(body)}`,
  )

export const bodyOf = (lines: readonly unknown[]): string =>
  lines.map((line) => `${canonicalJson(line)}\n`).join('')

export const sealedText = (
  body: string,
  { signedAtMs, certificate, signature, timeStamp }: Seal,
): string =>
  body +
  bodyOf([
    {
      ...(timeStamp === null ? {} : { timeStampToken: base64Of(timeStamp) }),
      seal: 'SM2-SM3',
      signedAtIso: isoOf(signedAtMs),
      certificate: base64Of(certificate),
      signature: base64Of(signature),
    },
  ])

const lineFeed = 10

/** Without its last line where the end is missing. */
function splitLines(bytes: Uint8Array): { lines: readonly Uint8Array[]; whole: boolean } {
  const lines: Uint8Array[] = []
  let from = 0
  for (let end = bytes.indexOf(lineFeed); end >= 0; end = bytes.indexOf(lineFeed, from)) {
    lines.push(bytes.subarray(from, end))
    from = end + 1
  }
  return { lines, whole: from === bytes.length }
}

/** Base64 has bits that decode to nothing: they are bytes of the file too. */
export function exactBytes(text: string): Uint8Array | null {
  const bytes = bytesOfBase64(text)
  return bytes !== null && base64Of(bytes) === text ? bytes : null
}

const asWritten = t('与写入时不同', 'not as it was written')

/** Each line as it was written: what reads the same and is not the same bytes was changed. */
export function linesOf(
  bytes: Uint8Array,
  textOf: (bytes: Uint8Array) => string | null,
  changed: Changed,
): readonly Line[] {
  const { lines, whole } = splitLines(bytes)
  const read = lines.map((line, i) => {
    const text = textOf(line)
    const value = parsed(text ?? '')
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw changed(i + 1, t('无法读取', 'not readable'))
    if (canonicalJson(value) !== text) throw changed(i + 1, asWritten)
    return value as Line
  })
  if (!whole) throw changed(lines.length + 1, t('结尾缺失', 'the end is missing'))
  return read
}

/** The members of the seal are not under the signature: an unknown one was added. */
const sealMembers: ReadonlySet<string> = new Set([
  'seal',
  'signedAtIso',
  'certificate',
  'signature',
  'timeStampToken',
])

export function sealOf(line: Line | undefined, number: number, changed: Changed): Seal {
  const { seal, signedAtIso, certificate, signature, timeStampToken = null } = line ?? {}
  if (Object.keys(line ?? {}).some((name) => !sealMembers.has(name)))
    throw changed(number, asWritten)
  const signedAtMs = typeof signedAtIso === 'string' ? parseIso(signedAtIso) : null
  const texts = typeof certificate === 'string' && typeof signature === 'string'
  if (seal !== 'SM2-SM3' || signedAtMs === null || !texts)
    throw changed(number, t('没有封签', 'no seal'))
  if (isoOf(signedAtMs) !== signedAtIso) throw changed(number, asWritten)
  const [der, made] = [exactBytes(certificate), exactBytes(signature)]
  if (der === null || made === null) throw changed(number, asWritten)
  const timeStamp = typeof timeStampToken === 'string' ? exactBytes(timeStampToken) : null
  if (timeStamp === null && timeStampToken !== null)
    throw changed(number, t('没有时间戳', 'no time stamp'))
  return { signedAtMs, certificate: der, signature: made, timeStamp }
}
