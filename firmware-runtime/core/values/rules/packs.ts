// The rule packs of the program by province, one JSON file each below packs/, and a pack as its rules.
// A province without a pack uses the first one; its figures are then marked as assumed.
// Figures of the acceptance are in the files of its items, and belong to the base pack.
import { acceptedRules } from './accepted-rules.ts'
import dbjt45 from './packs/dbjt45.json' with { type: 'json' }
import type { OwnRule } from './rule-kind.ts'
import {
  packFault,
  rulesOfPack,
  type PackFault,
  type PackRule,
  type RulePack,
  type Rules,
} from './rule-pack.ts'

function packRule({ clause, evidence, thresholds = {} }: OwnRule): PackRule {
  const limits = Object.entries(thresholds).map(
    ([name, { value, unit, basis }]) => [name, { value, unit, basis }] as const,
  )
  const own = { clause, evidence }
  return limits.length === 0 ? own : { ...own, thresholds: Object.fromEntries(limits) }
}
const accepted = Object.fromEntries(
  Object.entries<OwnRule>(acceptedRules).map(([id, rule]) => [id, packRule(rule)]),
)

const [first, ...others] = [dbjt45 as unknown as RulePack]
export const basePack = { ...first, rules: { ...first?.rules, ...accepted } } as RulePack
const rulePacks: readonly RulePack[] = [basePack, ...others]
const packIds = rulePacks.map(({ id }) => id)

export const wrongIn = (pack: unknown): PackFault | null => packFault(pack, packIds)

/** The packs below a pack; the base supplies figures for what is drawn but not required. */
function below(pack: RulePack): readonly RulePack[] {
  const under = rulePacks.find(({ id }) => id === pack.over && id !== pack.id)
  if (under !== undefined) return [...below(under), under]
  return pack === basePack ? [] : [basePack]
}

const resolved = new WeakMap<RulePack, Rules>()

/** The rules of a checked pack. */
export function rulesIn(pack: RulePack): Rules {
  const kept = resolved.get(pack)
  if (kept !== undefined) return kept
  const rules = rulesOfPack(pack, below(pack))
  resolved.set(pack, rules)
  return rules
}

export const baseRules: Rules = rulesIn(basePack)

/** Null: the province has no pack of its own. */
export const packOfProvince = (provinceCode: string): RulePack | null =>
  rulePacks.find(({ province }) => provinceCode.startsWith(province)) ?? null
