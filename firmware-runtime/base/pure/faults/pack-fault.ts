// The issuer of a rule pack that was read from a file, or the fault of a pack that is not what it says.
import type { Digests } from '../passport/container.ts'
import { judgedPack } from '../rules/pack-seal.ts'
import type { PackIssuer } from '../rules/rule-kind.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import type { SignatureJudge } from '../data/signed.ts'
import { LaneFault } from './faults.ts'

/** Null: not signed. Throws RULE-01 for a signature that is not of this pack, RULE-02 for the name of another pack. */
export function packIssuer(
  pack: RulePack,
  file: string,
  digests: Digests,
  judge: SignatureJudge,
): PackIssuer | null {
  const judged = judgedPack(pack, digests, judge)
  if (judged.code === null) return judged.issuer
  const { code, field, value, note = '' } = judged
  throw new LaneFault(code, { file, field, value, note })
}
