// The rule packs of the program by province, one JSON file each below packs/, and a pack as its rules.
// A province without a pack is judged by the first one, whose figures are then assumed for it.
import dbjt45 from './packs/dbjt45.json' with { type: 'json' }
import { packFault, rulesOfPack, type PackFault, type RulePack, type Rules } from './rule-pack.ts'

const [first, ...others] = [dbjt45 as unknown as RulePack]
export const basePack: RulePack = first as RulePack
const rulePacks: readonly RulePack[] = [basePack, ...others]
const packIds = rulePacks.map(({ id }) => id)

export const wrongIn = (pack: unknown): PackFault | null => packFault(pack, packIds)

/** What lies under a pack; the base lends its figures to what is drawn and not asked. */
function below(pack: RulePack): readonly RulePack[] {
  const under = rulePacks.find(({ id }) => id === pack.over && id !== pack.id)
  if (under !== undefined) return [...below(under), under]
  return pack === basePack ? [] : [basePack]
}

const resolved = new WeakMap<RulePack, Rules>()

/** A pack that was checked. */
export function rulesIn(pack: RulePack): Rules {
  const kept = resolved.get(pack)
  if (kept !== undefined) return kept
  const rules = rulesOfPack(pack, below(pack))
  resolved.set(pack, rules)
  return rules
}

export const baseRules: Rules = rulesIn(basePack)

/** Null: the province has none of its own. */
export const packOfProvince = (provinceCode: string): RulePack | null =>
  rulePacks.find(({ province }) => provinceCode.startsWith(province)) ?? null
