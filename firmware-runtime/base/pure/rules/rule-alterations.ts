// How the rules of a pack differ from those of the program's pack under it: each member with its former and its present
// value, so that a report says which rules were altered, and nobody takes them for those of the standard.
import { t, type BilingualText } from '../words/fault-text.ts'
import type { RuleAlteration } from './rule-kind.ts'
import type { PackLimit, Rules } from './rule-pack.ts'
import { ruleIds, type RuleId } from './rule-table.ts'

type Own = Omit<Rules, 'altered'>

const limitText = ({ value, unit, basis }: PackLimit): string => `${value} ${unit} (${basis})`

/** Each member of a rule as text. */
const membersOf = (rules: Own, rule: RuleId): ReadonlyMap<string, string> =>
  new Map([
    ['clause', rules.clause(rule) ?? ''],
    ['printed', rules.printed(rule) ?? ''],
    ['binding', rules.binding(rule) ?? ''],
    ['evidence', rules.evidence(rule).join(', ')],
    ...rules.limits(rule).map((limit): [string, string] => [limit.name, limitText(limit)]),
  ])

export const alterationsOf = (own: Own, below: Own): readonly RuleAlteration[] =>
  ruleIds.flatMap((rule): readonly RuleAlteration[] => {
    const [was, is] = [below.asks(rule), own.asks(rule)]
    if (was !== is) return [{ rule, member: 'asked', was: `${was}`, is: `${is}` }]
    if (!is) return []
    const [before, now] = [membersOf(below, rule), membersOf(own, rule)]
    return [...new Set([...before.keys(), ...now.keys()])].flatMap((member) => {
      const of = { was: before.get(member) ?? '', is: now.get(member) ?? '' }
      return of.was === of.is ? [] : [{ rule, member, ...of }]
    })
  })

/** One alteration as a sentence. */
export function alterationWords({ rule, member, was, is }: RuleAlteration): BilingualText {
  if (member === 'asked')
    return is === 'false'
      ? t(`${rule}:改为不要求`, `${rule}: struck, not required any more`)
      : t(`${rule}:新增要求`, `${rule}: added`)
  return t(
    `${rule} ${member}:原为“${was}”,改为“${is}”`,
    `${rule} ${member}: was "${was}", is "${is}"`,
  )
}

/** The alterations of one rule in one sentence; null: it is not altered. */
export function alteredWords(
  altered: readonly RuleAlteration[],
  rule: string,
): BilingualText | null {
  const own = altered.filter((one) => one.rule === rule).map(alterationWords)
  if (own.length === 0) return null
  const [zh, en] = [own.map((one) => one.zh).join(';'), own.map((one) => one.en).join('; ')]
  return t(`规则已改动:${zh}`, `Altered rule: ${en}`)
}
