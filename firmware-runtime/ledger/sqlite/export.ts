// The ledger as JSON Lines for other programs: every row with its hash, then one line with head and seal.
// The seal covers all bytes before it and can be checked without the chain key.
import type { DatabaseSync } from 'node:sqlite'
import { hexOf } from '#base/pure/data/bytes.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import type { Crypto, SigningKey } from '#base/ports/crypto.ts'
import { storedRows } from './chain.ts'
import { canonicalRowText, zeroHash } from './row-text.ts'

interface ExportOptions {
  readonly nodeId: string
  readonly crypto: Crypto
  /** Null without a signing key: the seal then has a digest and no signature. */
  readonly signer: SigningKey | null
}

const encoder = new TextEncoder()

/** digest = SM3(digest of the lines before || line), starting from 32 zero bytes. */
function digestStep(crypto: Crypto, digest: Uint8Array, line: string): Uint8Array {
  const bytes = encoder.encode(line)
  const data = new Uint8Array(32 + bytes.length)
  data.set(digest)
  data.set(bytes, 32)
  return crypto.sm3(data)
}

/** Lines without their line feed; a line is hashed without it too. */
export function* exportLines(db: DatabaseSync, options: ExportOptions): Generator<string> {
  let digest: Uint8Array = new Uint8Array(32)
  let head = { seq: 0, hash: zeroHash }
  for (const row of storedRows(db, options.nodeId, 0)) {
    const line = `{"hash":"${row.hash}","row":${canonicalRowText(row)}}`
    digest = digestStep(options.crypto, digest, line)
    head = { seq: row.seq, hash: row.hash }
    yield line
  }
  const seal = { nodeId: options.nodeId, head, digest: hexOf(digest).toLowerCase() }
  const signature = options.signer?.sign(encoder.encode(canonicalJson(seal))) ?? null
  yield canonicalJson({
    seal,
    signature: signature === null ? null : hexOf(signature),
    certSerial: options.signer?.certSerial ?? null,
  })
}
