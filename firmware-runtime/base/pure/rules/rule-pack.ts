// A rule pack: the standard of a province as data, each clause a rule with id, threshold and evidence (ADR 310).
// An unknown rule or threshold is refused by field and value, so that a pack contains nothing without effect.
import { t, type BilingualText } from '../words/fault-text.ts'
import { isObject } from '../data/json.ts'
import {
  ruleBindings,
  type RuleAlteration,
  type RuleBinding,
  type RuleSource,
} from './rule-kind.ts'
import { isRuleId, kindOf, ruleIds, type LimitOf, type RuleId } from './rule-table.ts'

export interface PackLimit {
  readonly value: number
  readonly unit: string
  /** `assumed`: no text states it. */
  readonly basis: 'printed' | 'assumed'
}

export interface PackRule {
  /** As the standard numbers it; absent: as its layout or its table does. */
  readonly clause?: string
  /** The requirement as printed; absent: as the pack below has it. */
  readonly printed?: string
  /** Only of positions (`siting.`): whether they may be left with a reason; absent: as the pack below has it. */
  readonly binding?: RuleBinding
  /** A pass stands on each of these. */
  readonly evidence?: readonly RuleSource[]
  readonly thresholds?: Readonly<Record<string, PackLimit>>
}

export interface RulePack {
  readonly format: 1
  readonly id: string
  readonly standard: string
  /** First two digits of its province code. */
  readonly province: string
  /** Pack with the rules not named here; null: rules not named are not required. */
  readonly over: string | null
  /** `null`: not required. */
  readonly rules: Readonly<Record<string, PackRule | null>>
  /** Signature of its issuer over all other members; whoever reads a pack from a file checks it. */
  readonly seal?: PackSeal
}

/** Base64, and ISO 8601. */
interface PackSeal {
  readonly certificate: string
  readonly signature: string
  readonly signedAtIso: string
}

/** A pack that is wrong: which member, what it says, and why. */
export interface PackFault {
  readonly field: string
  readonly value: string
  readonly why: BilingualText
}

const shown = (value: unknown): string => JSON.stringify(value) ?? 'undefined'
const fault = (field: string, value: unknown, zh: string, en: string): PackFault => ({
  field,
  value: typeof value === 'string' ? value : shown(value),
  why: t(zh, en),
})

const members = ['format', 'id', 'standard', 'province', 'over', 'rules', 'seal']
const sealMembers = ['certificate', 'signature', 'signedAtIso']
const ruleMembers = ['clause', 'printed', 'evidence', 'thresholds']
const sitingMembers = [...ruleMembers, 'binding']
const isSiting = (id: RuleId): boolean => id.startsWith('siting.')
const limitMembers = ['value', 'unit', 'basis']

const strangers = (at: string, of: Record<string, unknown>, known: readonly string[]) =>
  Object.keys(of)
    .filter((name) => !known.includes(name))
    .map((name) => fault(`${at}/${name}`, of[name], '没有这个成员', 'there is no such member'))

function limitFaults(at: string, id: RuleId, name: string, limit: unknown): readonly PackFault[] {
  const known = kindOf(id).thresholds[name]
  if (known === undefined) {
    const names = Object.keys(kindOf(id).thresholds).join(', ')
    return [
      fault(
        at,
        name,
        `规则 ${id} 没有这个限值;有:${names || '无'}`,
        `the rule ${id} has no such threshold; it has: ${names || 'none'}`,
      ),
    ]
  }
  if (!isObject(limit)) return [fault(at, limit, '应有数值、单位和依据', 'value, unit and basis')]
  const { value, unit, basis } = limit
  const faults = [...strangers(at, limit, limitMembers)]
  if (unit !== known.unit)
    faults.push(
      fault(`${at}/unit`, unit, `单位应为 ${known.unit}`, `the unit must be ${known.unit}`),
    )
  const { min, max } = known
  if (typeof value !== 'number' || !(value >= min && value <= max))
    faults.push(
      fault(
        `${at}/value`,
        value,
        `应为 ${min} 到 ${max}`,
        `must be a number from ${min} to ${max}`,
      ),
    )
  if (basis !== 'printed' && basis !== 'assumed')
    faults.push(fault(`${at}/basis`, basis, 'printed 或 assumed', 'printed or assumed'))
  return faults
}

function evidenceFaults(at: string, id: RuleId, evidence: unknown): readonly PackFault[] {
  if (!Array.isArray(evidence)) return [fault(at, evidence, '应为列表', 'must be a list')]
  const { sources } = kindOf(id)
  return evidence.flatMap((one: unknown, i) =>
    sources.some((source) => source === one)
      ? []
      : [
          fault(
            `${at}/${i}`,
            one,
            `规则 ${id} 的证据只能是:${sources.join(', ')}`,
            `the evidence of rule ${id} can only be: ${sources.join(', ')}`,
          ),
        ],
  )
}

function ruleFaults(id: string, rule: unknown, isWhole: boolean): readonly PackFault[] {
  const at = `/rules/${id}`
  if (!isRuleId(id)) return [fault(at, id, '没有这条规则', 'there is no such rule')]
  if (rule === null) return []
  if (!isObject(rule)) return [fault(at, rule, '应为规则或 null', 'a rule, or null')]
  const { thresholds = {}, evidence, binding } = rule
  const faults = [...strangers(at, rule, isSiting(id) ? sitingMembers : ruleMembers)]
  if (binding !== undefined && !ruleBindings.some((one) => one === binding))
    faults.push(fault(`${at}/binding`, binding, '应为 should 或 must', 'must be should or must'))
  for (const name of ['clause', 'printed'])
    if (rule[name] !== undefined && (typeof rule[name] !== 'string' || rule[name] === ''))
      faults.push(fault(`${at}/${name}`, rule[name], '应为文字', 'must be a text'))
  if (evidence !== undefined) faults.push(...evidenceFaults(`${at}/evidence`, id, evidence))
  if (!isObject(thresholds))
    return [...faults, fault(`${at}/thresholds`, thresholds, '应为限值', 'must be thresholds')]
  for (const [name, limit] of Object.entries(thresholds))
    faults.push(...limitFaults(`${at}/thresholds/${name}`, id, name, limit))
  if (!isWhole) return faults
  for (const [name, { isLater }] of Object.entries(kindOf(id).thresholds))
    if (thresholds[name] === undefined && isLater !== true)
      faults.push(
        fault(`${at}/thresholds/${name}`, '', '缺少这个限值', 'this threshold is missing'),
      )
  return faults
}

const crossed = ({ thresholds = {} }: PackRule, at: string): readonly PackFault[] => {
  const { min, max } = thresholds
  if (min === undefined || max === undefined || min.value <= max.value) return []
  return [fault(`${at}/thresholds/max/value`, max.value, '小于最小值', 'less than the minimum')]
}

function sealFaults(seal: unknown): readonly PackFault[] {
  if (seal === undefined) return []
  if (!isObject(seal)) return [fault('/seal', seal, '应为签名', 'must be a signature')]
  return [
    ...strangers('/seal', seal, sealMembers),
    ...sealMembers.flatMap((name) =>
      typeof seal[name] === 'string'
        ? []
        : [fault(`/seal/${name}`, seal[name], '应为文字', 'must be a text')],
    ),
  ]
}

/**
 * The first that is wrong; null: it is a pack. `known` are packs that it may lie over. `isKept`: a pack in a record of an
 * earlier version, which may lack thresholds of this version.
 */
export function packFault(
  pack: unknown,
  known: readonly string[],
  isKept = false,
): PackFault | null {
  if (!isObject(pack)) return fault('', pack, '不是规则包', 'this is not a rule pack')
  const { format, id, standard, province, over, rules, seal } = pack
  const faults = [...strangers('', pack, members), ...sealFaults(seal)]
  if (format !== 1) faults.push(fault('/format', format, '应为 1', 'must be 1'))
  if (typeof id !== 'string' || !/^[a-z][a-z0-9-]{0,30}$/.test(id))
    faults.push(
      fault('/id', id, '小写字母、数字和连字符', 'use lower-case letters, digits and hyphens'),
    )
  if (typeof standard !== 'string' || standard === '')
    faults.push(fault('/standard', standard, '写出标准号', 'name the standard'))
  if (typeof province !== 'string' || !/^\d{2}$/.test(province))
    faults.push(fault('/province', province, '应为两位数字', 'must be two digits'))
  if (over !== null && !known.some((one) => one === over))
    faults.push(
      fault(
        '/over',
        over,
        `没有这个规则包;有:${known.join(', ')}`,
        `there is no such rule pack; known: ${known.join(', ')}`,
      ),
    )
  if (!isObject(rules)) return faults[0] ?? fault('/rules', rules, '应为规则', 'must be rules')
  for (const [name, rule] of Object.entries(rules)) {
    const wrong = ruleFaults(name, rule, over === null && !isKept)
    faults.push(...wrong)
    if (wrong.length === 0 && rule !== null)
      faults.push(...crossed(rule as PackRule, `/rules/${name}`))
  }
  return faults[0] ?? null
}

/** A pack with what it lies over. */
export interface Rules {
  readonly packId: string
  readonly standard: string
  /** How it differs from the program's pack under it. */
  readonly altered: readonly RuleAlteration[]
  /** False: the province does not require it. A row without a rule cannot be in a pack and is always required. */
  asks(rule: string): boolean
  /** Also for a rule that is not required, because drawings show it. */
  limit<R extends RuleId>(rule: R, name: LimitOf<R>): number
  /** Null: as its layout or its table numbers it. */
  clause(rule: RuleId): string | null
  /** Null: as the item prints it. */
  printed(rule: RuleId): string | null
  /** Null: of a rule that is no position. */
  binding(rule: RuleId): RuleBinding | null
  evidence(rule: RuleId): readonly RuleSource[]
  limits(rule: RuleId): readonly (PackLimit & { readonly name: string })[]
}

type Layer = Readonly<Partial<Record<RuleId, PackRule | null>>>

const merged = (below: PackRule | undefined, own: PackRule): PackRule => ({
  ...below,
  ...own,
  thresholds: { ...below?.thresholds, ...own.thresholds },
})

/** `below`: the packs under it, the lowest first. A pack that is wrong does not come here. */
export function rulesOfPack(pack: RulePack, below: readonly RulePack[]): Omit<Rules, 'altered'> {
  const figures = new Map<RuleId, PackRule>()
  const inForce = new Set<RuleId>()
  for (const { over, rules } of [...below, pack]) {
    if (over === null) inForce.clear()
    for (const id of ruleIds) {
      const own = (rules as Layer)[id]
      if (own === undefined) continue
      if (own === null) {
        inForce.delete(id)
        continue
      }
      inForce.add(id)
      const under = figures.get(id)
      // A pack of an earlier version may lack a threshold, or the binding.
      const binding = own.binding ?? under?.binding
      const whole = {
        ...own,
        ...(binding === undefined ? {} : { binding }),
        thresholds: { ...under?.thresholds, ...own.thresholds },
      }
      figures.set(id, over === null ? whole : merged(under, own))
    }
  }
  const of = (rule: RuleId): PackRule => figures.get(rule) ?? {}
  return {
    packId: pack.id,
    standard: pack.standard,
    asks: (rule) => !isRuleId(rule) || inForce.has(rule),
    limit: (rule, name) => of(rule).thresholds?.[name]?.value ?? Number.NaN,
    clause: (rule) => of(rule).clause ?? null,
    printed: (rule) => of(rule).printed ?? null,
    binding: (rule) => of(rule).binding ?? null,
    evidence: (rule) => of(rule).evidence ?? [],
    limits: (rule) =>
      Object.entries(of(rule).thresholds ?? {}).map(([name, limit]) => ({ name, ...limit })),
  }
}
