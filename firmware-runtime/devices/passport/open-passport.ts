// Opens a passport from the bytes of its file: intact, signed, with its content. A changed byte is refused with its
// part; nothing is read that the seal does not cover.
import { t } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import {
  changedParts,
  openContainer,
  signedPassportText,
  type Digests,
  type PassportSeal,
} from '#base/pure/passport/container.ts'
import type { PassportContent } from '#base/pure/passport/tables.ts'
import { judgeSigned, type SignatureJudge, type SignatureState } from '#base/pure/data/signed.ts'

const utf8 = new TextEncoder()

/** The signed bytes; `certificate` is the signer's DER. */
export const signedPassportBytes = (
  { claim, certificate }: Pick<PassportSeal, 'claim' | 'certificate'>,
  signedAtMs: InstantMs,
  digests: Digests,
): Uint8Array => utf8.encode(signedPassportText(claim, signedAtMs, digests.ofBytes(certificate)))

export interface OpenedPassport {
  readonly content: PassportContent
  readonly signature: Extract<SignatureState, { state: 'signed' | 'revoked' }>
  readonly sealedAtIso: string
}

export interface PassportReader {
  readonly digests: Digests
  readonly judge: SignatureJudge
  read(database: Uint8Array): PassportContent | null
}

function whole(file: string, seal: PassportSeal, database: Uint8Array, reader: PassportReader) {
  const content = reader.read(database)
  const changed = changedParts(seal, database, content, reader.digests)
  if (content === null || changed.length > 0)
    throw new LaneFault('PASSPORT-01', { file, field: changed.join(' '), note: 'changed' })
  return content
}

/** Throws PASSPORT-01 or PASSPORT-02. A revoked signer gives PASSPORT-02 as well. */
export function openPassport(
  bytes: Uint8Array,
  file: string,
  reader: PassportReader,
): OpenedPassport {
  const opened = openContainer(bytes)
  if (!opened.ok)
    throw new LaneFault('PASSPORT-01', {
      file,
      field: opened.part,
      note: t('与封存时不同', 'it differs from what was sealed'),
    })
  const { seal, database } = opened
  const message = (atMs: number): Uint8Array => signedPassportBytes(seal, atMs, reader.digests)
  const signature = judgeSigned(message, seal, reader.judge)
  if (signature.state === 'bad' || signature.state === 'unsigned')
    throw new LaneFault('PASSPORT-02', {
      file,
      field: 'signature',
      note: signature.state === 'bad' ? signature.why : t('没有签名', 'unsigned'),
    })
  const content = whole(file, seal, database, reader)
  if (signature.state === 'revoked')
    throw new LaneFault('PASSPORT-02', {
      file,
      field: 'certificate',
      value: signature.by,
      note: t(`已吊销:${signature.why}`, `revoked: ${signature.why}`),
    })
  return { content, signature, sealedAtIso: isoOf(seal.signedAtMs) }
}
