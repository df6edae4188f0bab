// Where a reading came from, inside the chain: read live from an instrument, typed by a person, or imported from a
// file. The program says it; whoever brings a record from outside cannot.
import { base64Of } from '../core/values/base64.ts'

export interface Origin {
  readonly how: 'live' | 'typed' | 'imported'
  /** Of an import: the file, SM3 of its bytes, and which column was taken for what. */
  readonly file?: string
  readonly fileSm3?: string
  readonly columns?: string
  /** Of a level read live: the instrument's link, all bytes that it answered with, and SM3 of them. */
  readonly link?: string
  readonly rawBase64?: string
  readonly rawSm3?: string
}

/** What an instrument said on its link for one reading; `raw` null: more than is kept. */
export interface ReceivedBytes {
  readonly link: string
  readonly raw: Uint8Array | null
}

export function liveOrigin(
  receivedBytes: ReceivedBytes | undefined,
  digestOf: (bytes: Uint8Array) => string,
): Origin {
  if (receivedBytes === undefined) return { how: 'live' }
  const { link, raw } = receivedBytes
  if (raw === null) return { how: 'live', link }
  return { how: 'live', link, rawBase64: base64Of(raw), rawSm3: digestOf(raw) }
}
