// The rules that a lot is judged by: DIR/rules.json when it exists, else the pack of its province, else the base rules.
// Lanes neither charge nor open by them: a wrong pack stops the judging only.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { baseRules, packOfProvince, rulesIn, wrongIn } from '../../core/values/rules/packs.ts'
import type { RulePack, Rules } from '../../core/values/rules/rule-pack.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import { parsed } from '../../core/values/json.ts'
import { readText } from '../process/read-file.ts'

/** Throws RULE-01 with the file, field and value that is wrong. */
export function readPack(file: string): RulePack {
  const pack = parsed(readText(file))
  const wrong = wrongIn(pack)
  if (wrong === null) return pack as RulePack
  const { field, value, why } = wrong
  throw new LaneFault('RULE-01', { file, field, value, note: why })
}

/** Null when only the base rules apply. Throws RULE-01. */
export function packHere(dir: string, provinceCode: string): RulePack | null {
  const file = join(dir, 'rules.json')
  return existsSync(file) ? readPack(file) : packOfProvince(provinceCode)
}

/** Throws RULE-01. */
export function rulesHere(dir: string, provinceCode: string): Rules {
  const pack = packHere(dir, provinceCode)
  return pack === null ? baseRules : rulesIn(pack)
}
