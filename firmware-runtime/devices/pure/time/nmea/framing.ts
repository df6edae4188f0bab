// NMEA 0183 on the link: `$`, a body, `*`, two hex digits of the XOR over the body, CR LF. Restarts at each `$`; every
// sentence keeps the arrival time of its first byte.

/** The standard allows 82 including its ends; receivers with fields of their own stay below this. */
export const sentenceCharsMax = 128

/** Arrival of a chunk: by monotonic time, and by the clock that is being measured. */
export interface Arrival {
  readonly atMs: number
  readonly wallMs: number
}

export interface Scan {
  /** From the `$` on; empty between sentences. */
  readonly carry: string
  readonly began: Arrival
}

interface Sentence {
  /** Text between `$` and `*`. */
  readonly body: string
  readonly began: Arrival
}

export interface Scanned {
  readonly scan: Scan
  readonly sentences: readonly Sentence[]
  /** Sentences with a wrong or missing checksum. */
  readonly badSums: number
  readonly discardedBytes: number
}

export const noScan: Scan = { carry: '', began: { atMs: 0, wallMs: 0 } }

export function sumOf(body: string): string {
  let sum = 0
  for (let i = 0; i < body.length; i++) sum ^= body.charCodeAt(i)
  return sum.toString(16).toUpperCase().padStart(2, '0')
}

const shape = /^\$([^*]+)\*([0-9A-Fa-f]{2})$/

/** The body of a whole sentence; null: wrong or missing checksum. */
export function bodyOf(line: string): string | null {
  const [, body = '', sum = ''] = shape.exec(line) ?? []
  return body !== '' && sum.toUpperCase() === sumOf(body) ? body : null
}

const isPrintable = (byte: number): boolean => byte >= 0x20 && byte <= 0x7e
const dollar = 0x24

export function scan(before: Scan, bytes: Uint8Array, now: Arrival): Scanned {
  let { carry, began } = before
  const sentences: Sentence[] = []
  let [badSums, discardedBytes] = [0, 0]
  const drop = (more: number): void => {
    discardedBytes += carry.length + more
    carry = ''
  }
  for (const byte of bytes) {
    if (byte === dollar) {
      drop(0)
      carry = '$'
      began = now
    } else if (byte === 0x0d || byte === 0x0a) {
      if (carry === '') continue
      const body = bodyOf(carry)
      if (body !== null) sentences.push({ body, began })
      else {
        badSums++
        discardedBytes += carry.length
      }
      carry = ''
    } else if (carry === '') discardedBytes++
    else if (!isPrintable(byte) || carry.length >= sentenceCharsMax) drop(1)
    else carry += String.fromCharCode(byte)
  }
  return { scan: { carry, began }, sentences, badSums, discardedBytes }
}
