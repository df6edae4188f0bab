// The rules that a lot is judged by: DIR/rules.json when it exists, else the pack of its province, else the base rules.
// Lanes neither charge nor open by them: a wrong pack stops the judging only.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { basePack, packOfProvince, rulesIn, wrongIn } from '../../core/values/rules/packs.ts'
import type { RulePack, Rules } from '../../core/values/rules/rule-pack.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import { canonicalJson, parsed } from '../../core/values/json.ts'
import { openGmCrypto } from '../../adapters/crypto/gm-crypto.ts'
import { digestsOf } from '../../adapters/crypto/passport-digests.ts'
import { packIssuer, type PackIssuer } from '../../app/acceptance/sealed-rules.ts'
import { readText } from '../process/read-file.ts'
import { signatureJudge } from '../profile/signatures.ts'

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
  const digests = digestsOf(openGmCrypto())
  const issuer = packIssuer(pack, file, digests, signatureJudge(noLists))
  return { pack, digest: digests.ofText(canonicalJson(pack)), issuer }
}

const noLists = { signers: undefined, revoked: undefined, dir: null }

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
