// Origin of a reading, inside the chain: read live from an instrument, typed by a person, or imported from a file.
// The program sets it; a record supplied from outside cannot claim an origin.
import { base64Of } from '#base/pure/data/base64.ts'

export interface Origin {
  readonly how: 'live' | 'typed' | 'imported'
  /** Import only: the file, SM3 of its bytes, and the mapping of its columns. */
  readonly file?: string
  readonly fileSm3?: string
  readonly columns?: string
  /** Live reading only: the link of the instrument, all bytes of its answer, and their SM3. */
  readonly link?: string
  readonly rawBase64?: string
  readonly rawSm3?: string
}

/** Bytes received from an instrument for one reading; `raw` null: more than the limit. */
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
