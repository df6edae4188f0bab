// Bytes of which some are kept and some only counted: pictures on a link must not appear in a console or a capture. With the
// gaps filled the original length is restored.

import { joined } from '../data/bytes.ts'

/** Before which kept byte so many bytes were left out. */
export type Gap = readonly [at: number, bytes: number]

export interface Gapped {
  readonly bytes: Uint8Array
  /** In order; absent where everything is there. */
  readonly gaps?: readonly Gap[]
}

/** Zeros stand where bytes were left out. */
export function filled({ bytes, gaps }: Gapped): Uint8Array {
  if (gaps === undefined) return bytes
  const parts: Uint8Array[] = []
  let from = 0
  for (const [at, count] of gaps) {
    parts.push(bytes.subarray(from, at), new Uint8Array(count))
    from = Math.max(from, at)
  }
  return joined([...parts, bytes.subarray(from)])
}
