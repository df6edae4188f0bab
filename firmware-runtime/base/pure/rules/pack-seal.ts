// What a rule pack from a file is: the signature of its issuer over the canonical text of the pack without it, and the
// digest of a pack that has the name of one of the program. One check for the acceptance, its packages and surveys.
import { t, type Why } from '../words/fault-text.ts'
import { parseIso, type InstantMs } from '../values/instant.ts'
import { canonicalJson } from '../data/json.ts'
import type { Digests } from '../passport/container.ts'
import { exactBytes, signedLines } from '../data/sealed-lines.ts'
import { judgeSigned, type SignatureJudge } from '../data/signed.ts'
import { isWhatItSays } from './packs.ts'
import type { PackIssuer } from './rule-kind.ts'
import type { RulePack } from './rule-pack.ts'

/** `RULE-01`: the signature is not of this pack. `RULE-02`: it has the name of a pack of the program, and other rules. */
type PackJudged =
  | { readonly code: null; readonly issuer: PackIssuer | null }
  | {
      readonly code: 'RULE-01' | 'RULE-02'
      readonly field: string
      readonly value: string
      readonly note?: Why
    }

export const packMessage = (
  { seal: _, ...pack }: RulePack,
  certificate: Uint8Array,
  signedAtMs: InstantMs,
  digests: Digests,
): Uint8Array =>
  signedLines('etc-lane rules 1', canonicalJson(pack), certificate, signedAtMs, digests)

/** `issuer` null: not signed. */
export function judgedPack(pack: RulePack, digests: Digests, judge: SignatureJudge): PackJudged {
  const packId = pack.id
  const digest = digests.ofText(canonicalJson(pack))
  if (!isWhatItSays({ packId, digest }))
    return { code: 'RULE-02', field: 'pack', value: `${packId} ${digest}` }
  const { seal } = pack
  if (seal === undefined) return { code: null, issuer: null }
  const refused = (note: Why): PackJudged => ({
    code: 'RULE-01',
    field: '/seal',
    value: seal.signedAtIso,
    note,
  })
  const certificate = exactBytes(seal.certificate)
  const signature = exactBytes(seal.signature)
  const signedAtMs = parseIso(seal.signedAtIso)
  if (certificate === null || signature === null || signedAtMs === null)
    return refused(t('签名无法读取', 'the signature cannot be read'))
  const state = judgeSigned(
    (atMs) => packMessage(pack, certificate, atMs, digests),
    { certificate, signature, signedAtMs },
    judge,
  )
  if (state.state === 'bad') return refused(state.why)
  if (state.state === 'revoked')
    return refused(
      t(
        `签发者的证书已吊销:${state.why}`,
        `the certificate of its issuer was revoked: ${state.why}`,
      ),
    )
  if (state.state === 'unsigned') return { code: null, issuer: null }
  const { by, certSerial, fingerprint, signedAtIso } = state
  return { code: null, issuer: { by, certSerial, fingerprint, signedAtIso } }
}
