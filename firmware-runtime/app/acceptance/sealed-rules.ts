// The signature of an issuer over a rule pack: the way to judge by other rules than those of the program. It covers the
// canonical text of the pack without the signature itself.
import { base64Of } from '../../core/values/base64.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import { t } from '../../core/values/fault-text.ts'
import { isoOf, parseIso, type InstantMs } from '../../core/values/instant.ts'
import { canonicalJson } from '../../core/values/json.ts'
import type { Digests } from '../../core/values/passport/container.ts'
import type { PackIssuer } from '../../core/values/rules/rule-kind.ts'
import type { RulePack } from '../../core/values/rules/rule-pack.ts'
import { exactBytes, signedLines } from '../../core/values/sealed-lines.ts'
import { judgeSigned, type SignatureJudge } from '../../core/values/signed.ts'

const kind = 'etc-lane rules 1'

interface Signer {
  readonly certificate: Uint8Array
  sign(message: Uint8Array): Uint8Array
}

const bodyOf = ({ seal: _, ...pack }: RulePack): string => canonicalJson(pack)

export function sealedPack(
  pack: RulePack,
  { certificate, sign }: Signer,
  signedAtMs: InstantMs,
  digests: Digests,
): RulePack {
  const signature = sign(signedLines(kind, bodyOf(pack), certificate, signedAtMs, digests))
  return {
    ...pack,
    seal: {
      certificate: base64Of(certificate),
      signature: base64Of(signature),
      signedAtIso: isoOf(signedAtMs),
    },
  }
}

/** Null: not signed. Throws RULE-01 for a signature that is not of this pack. */
export function packIssuer(
  pack: RulePack,
  file: string,
  digests: Digests,
  judge: SignatureJudge,
): PackIssuer | null {
  const { seal } = pack
  if (seal === undefined) return null
  const certificate = exactBytes(seal.certificate)
  const signature = exactBytes(seal.signature)
  const signedAtMs = parseIso(seal.signedAtIso)
  const refused = (note: LaneFault['detail']['note']): LaneFault =>
    new LaneFault('RULE-01', { file, field: '/seal', value: seal.signedAtIso, note: note ?? '' })
  if (certificate === null || signature === null || signedAtMs === null)
    throw refused(t('签名无法读取', 'the signature cannot be read'))
  const state = judgeSigned(
    (atMs) => signedLines(kind, bodyOf(pack), certificate, atMs, digests),
    { certificate, signature, signedAtMs },
    judge,
  )
  if (state.state === 'bad') throw refused(state.why)
  if (state.state === 'unsigned') return null
  const { by, certSerial, fingerprint, signedAtIso } = state
  return { by, certSerial, fingerprint, signedAtIso }
}
