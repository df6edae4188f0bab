// The signature of an issuer over a rule pack: the way to judge by other rules than those of the program.
import { base64Of } from '#base/pure/data/base64.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { Digests } from '#base/pure/passport/container.ts'
import { packMessage } from '#base/pure/rules/pack-seal.ts'
import type { RulePack } from '#base/pure/rules/rule-pack.ts'

interface Signer {
  readonly certificate: Uint8Array
  sign(message: Uint8Array): Uint8Array
}

export function sealedPack(
  pack: RulePack,
  { certificate, sign }: Signer,
  signedAtMs: InstantMs,
  digests: Digests,
): RulePack {
  const signature = sign(packMessage(pack, certificate, signedAtMs, digests))
  return {
    ...pack,
    seal: {
      certificate: base64Of(certificate),
      signature: base64Of(signature),
      signedAtIso: isoOf(signedAtMs),
    },
  }
}
