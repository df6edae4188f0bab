// The rule packs of the program by province, one JSON file each below packs/, and a pack as its rules.
// A province without a pack uses the first one; its figures are then marked as assumed.
// Figures of the acceptance are in the files of its items, and belong to the base pack.
import { t } from '../words/fault-text.ts'
import { canonicalJson } from '../data/json.ts'
import { acceptedRules } from './accepted-rules.ts'
import dbjt45 from './packs/dbjt45.json' with { type: 'json' }
import digestsOfPacks from './packs/known-digests.json' with { type: 'json' }
import { alterationsOf } from './rule-alterations.ts'
import type { OwnRule } from './rule-kind.ts'
import {
  packFault,
  rulesOfPack,
  type PackFault,
  type PackRule,
  type RulePack,
  type Rules,
} from './rule-pack.ts'
import type { RuleId } from './rule-table.ts'

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

/** True for a pack of the program, in each of its copies. */
function isBuiltIn(pack: RulePack): boolean {
  const own = rulePacks.find(({ id }) => id === pack.id)
  return own !== undefined && (own === pack || canonicalJson(own) === canonicalJson(pack))
}

/** A pack that names itself like a pack of the program has to be that pack. */
export function wrongIn(pack: unknown): PackFault | null {
  const wrong = packFault(pack, packIds)
  if (wrong !== null) return wrong
  const { id } = pack as RulePack
  if (!packIds.includes(id) || isBuiltIn(pack as RulePack)) return null
  const why = t(
    '程序自带的规则包叫这个名字,内容与它不同:改过的规则包要另取名字',
    'a pack of the program has this name and other contents: name an altered pack differently',
  )
  return { field: '/id', value: id, why }
}

/** A pack in a record, perhaps of an earlier version: what was altered is shown, not refused. */
export const wrongInKept = (pack: unknown): PackFault | null => packFault(pack, packIds, true)

/** SM3 of the canonical text of each pack of the program, upper-case hex: of earlier versions, and last of this one. */
export const knownDigests: Readonly<Record<string, readonly string[]>> = digestsOfPacks

/** Of a pack of the program itself, without computing it; null: this is another pack, or a copy. */
export const knownDigestOf = (pack: RulePack): string | null =>
  rulePacks.includes(pack) ? (knownDigests[pack.id]?.at(-1) ?? null) : null

/** False for a pack that has the name of a pack of the program and no digest of it. */
export const isWhatItSays = (pack: { readonly packId: string; readonly digest: string }): boolean =>
  knownDigests[pack.packId]?.includes(pack.digest) ?? true

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
  const under = below(pack)
  const own = rulesOfPack(pack, under)
  const reference = under.at(-1)
  const altered =
    reference === undefined || isBuiltIn(pack) ? [] : alterationsOf(own, rulesIn(reference))
  // Without the signature of an issuer no text is known that prints an altered figure.
  const isAltered = (rule: RuleId, name: string): boolean =>
    pack.seal === undefined && altered.some((one) => one.rule === rule && one.member === name)
  const rules: Rules = {
    ...own,
    altered,
    limits: (rule) =>
      own
        .limits(rule)
        .map((one) => (isAltered(rule, one.name) ? { ...one, basis: 'assumed' } : one)),
  }
  resolved.set(pack, rules)
  return rules
}

export const baseRules: Rules = rulesIn(basePack)

/** Null: the province has no pack of its own. */
export const packOfProvince = (provinceCode: string): RulePack | null =>
  rulePacks.find(({ province }) => provinceCode.startsWith(province)) ?? null
