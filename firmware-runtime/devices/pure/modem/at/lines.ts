// An AT modem on the link: lines that end with CR LF, an echo of what was sent, unsolicited messages. A line that is
// too long is discarded up to its end; each line is classified here.

/** A +QENG of EN-DC has less than 120 characters; operator messages may be longer. */
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

/** Splits at CR and at LF alike: an echo ends with CR alone. */
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
  /** The modem understood the command, and does not carry it out. */
  | { readonly kind: 'error'; readonly text: string }

/** Final results of some makers: `COMMAND NOT SUPPORT`, `TOO MANY PARAMETERS`. */
const refusals =
  /^(?:\+CM[ES] )?ERROR(?:: ?.{0,60})?$|^[A-Z ]{0,40}\b(?:NOT SUPPORT(?:ED)?|NOT ALLOWED|TOO MANY|INVALID|UNKNOWN|UNRECOGNI[SZ]ED)\b[A-Z ]{0,40}$/i

/** Result codes in digits, as after ATV0 (ITU-T V.250, 6.3.1): 0 OK, 4 ERROR; others end no query. */
const digitResults: Readonly<Record<string, FinalLine>> = {
  '0': { kind: 'ok' },
  '4': { kind: 'error', text: 'ERROR (4)' },
}

export function finalIn(line: string): FinalLine | null {
  if (line === 'OK') return { kind: 'ok' }
  const digit = Object.hasOwn(digitResults, line) ? digitResults[line] : undefined
  if (digit !== undefined) return digit
  return refusals.test(line) ? { kind: 'error', text: line } : null
}

/** A line of words alone, such as an undocumented final result; an unsolicited message has a sign or a number in it. */
export const isWords = (line: string): boolean => /^[A-Z][A-Z ,.'-]{2,60}$/i.test(line)
