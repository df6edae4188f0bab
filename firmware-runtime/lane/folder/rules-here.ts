// The rules that a lot is judged by: DIR/rules.json when it exists, else the pack of its province, else the base rules.
// Lanes neither charge nor open by them: a wrong pack stops the judging only.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import {
  basePack,
  knownDigestOf,
  packOfProvince,
  rulesIn,
  wrongIn,
} from '#base/pure/rules/packs.ts'
import type { RulePack, Rules } from '#base/pure/rules/rule-pack.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { packIssuer } from '#base/pure/faults/pack-fault.ts'
import { canonicalJson, parsed } from '#base/pure/data/json.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { digestsOf } from '#base/crypto/passport-digests.ts'
import { openCertificate } from '#base/crypto/profile-signer.ts'
import type { PackIssuer } from '#base/pure/rules/rule-kind.ts'
import { readText } from '#base/process/read-file.ts'

export interface NamedPack {
  readonly pack: RulePack
  /** SM3 of its canonical text, upper-case hex. */
  readonly digest: string
  /** Null: no issuer signed it. */
  readonly issuer: PackIssuer | null
}

/** Throws RULE-01 with the file, field and value that is wrong. */
export function readPack(file: string): NamedPack {
  const pack = parsed(readText(file))
  const wrong = wrongIn(pack)
  if (wrong === null) return namedPack(pack as RulePack, file)
  const { field, value, why } = wrong
  throw new LaneFault('RULE-01', { file, field, value, note: why })
}

/** Throws RULE-01 for a signature that is not of this pack. */
function namedPack(pack: RulePack, file: string): NamedPack {
  const known = knownDigestOf(pack)
  if (known !== null) return { pack, digest: known, issuer: null }
  const crypto = openGmCrypto()
  const digests = digestsOf(crypto)
  const issuer = packIssuer(pack, file, digests, {
    certificate: (der) => openCertificate(der, crypto),
    trusted: new Set(),
    revoked: new Map(),
  })
  return { pack, digest: digests.ofText(canonicalJson(pack)), issuer }
}

/** Where the folder has none and its province has none: the base pack. Throws RULE-01. */
export function packHere(dir: string, provinceCode: string): NamedPack {
  const file = join(dir, 'rules.json')
  return existsSync(file)
    ? readPack(file)
    : namedPack(packOfProvince(provinceCode) ?? basePack, file)
}

/** Throws RULE-01. */
export const rulesHere = (dir: string, provinceCode: string): Rules =>
  rulesIn(packHere(dir, provinceCode).pack)
