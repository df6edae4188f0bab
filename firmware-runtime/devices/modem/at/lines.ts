// An AT modem on the link: lines that end with CR LF, an echo of what was sent, messages nobody asked for.
// A line too long is thrown away up to its end; what each is worth is said here once.

/** A +QENG of EN-DC stays below 120; operator messages may be longer. */
export const lineCharsMax = 512

export interface LineScan {
  readonly carry: string
  readonly skipping: boolean
}

export const noLines: LineScan = { carry: '', skipping: false }

interface LinesIn {
  readonly scan: LineScan
  readonly lines: readonly string[]
  readonly discardedBytes: number
}

/** Ends at CR and at LF alike: an echo ends with CR alone. */
export function linesIn(before: LineScan, bytes: Uint8Array): LinesIn {
  let { carry, skipping } = before
  const lines: string[] = []
  let discardedBytes = 0
  for (const byte of bytes) {
    if (byte === 0x0d || byte === 0x0a) {
      const line = carry.trim()
      if (line !== '') lines.push(line)
      carry = ''
      skipping = false
    } else if (skipping) discardedBytes++
    else if (carry.length >= lineCharsMax) {
      discardedBytes += carry.length + 1
      carry = ''
      skipping = true
    } else carry += String.fromCharCode(byte)
  }
  return { scan: { carry, skipping }, lines, discardedBytes }
}

export type FinalLine =
  | { readonly kind: 'ok' }
  /** It understood, and does not do it. */
  | { readonly kind: 'error'; readonly text: string }

/** Makers have final answers of their own: `COMMAND NOT SUPPORT`, `TOO MANY PARAMETERS`. */
const refusals =
  /^(?:\+CM[ES] )?ERROR(?:: ?.{0,60})?$|^[A-Z ]{0,40}\b(?:NOT SUPPORT(?:ED)?|NOT ALLOWED|TOO MANY|INVALID|UNKNOWN|UNRECOGNI[SZ]ED)\b[A-Z ]{0,40}$/i

export function finalIn(line: string): FinalLine | null {
  if (line === 'OK') return { kind: 'ok' }
  return refusals.test(line) ? { kind: 'error', text: line } : null
}

/** Words alone, as a final answer that is in no list is; a message of its own has a sign or a number in it. */
export const isWords = (line: string): boolean => /^[A-Z][A-Z ,.'-]{2,60}$/i.test(line)
