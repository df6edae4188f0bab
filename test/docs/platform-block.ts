// The members of the simulated platform's interfaces for docs/platform-sim.md, from the tables that check them.
import { answerCodes } from '../../firmware-runtime/simulators/platform/answers.ts'
import { magicRows } from '../../firmware-runtime/simulators/platform/magic.ts'
import { memberTables } from '../../firmware-runtime/simulators/platform/member-tables.ts'
import { actKinds } from '../../firmware-runtime/simulators/platform/settlement-records.ts'
import type { MemberRule } from '../../firmware-runtime/simulators/platform/members.ts'

function kindOf(rule: MemberRule): string {
  switch (rule.is) {
    case 'text': {
      const length = rule.min === rule.max ? `${rule.min}` : `${rule.min}–${rule.max}`
      const shapes: readonly (readonly [string, string])[] = [
        ['^\\d+$', ' digits'],
        ['^[0-9A-F]+$', ' hex'],
        ['^[A-Za-z0-9_*-]+$', ' A-Z a-z 0-9 _ * -'],
        ['^[A-Z0-9\\u4e00-\\u9fff]+$', ' A-Z 0-9 Han'],
      ]
      const shape = shapes.find(([source]) => source === rule.shape?.source)?.[1]
      return rule.shape !== undefined && shape === undefined ? 'day' : `${length}${shape ?? ''}`
    }
    case 'int':
      return rule.max >= Number.MAX_SAFE_INTEGER ? 'whole number' : `${rule.min} to ${rule.max}`
    case 'time':
      return rule.mayBeAhead === true ? 'any time' : 'time'
    case 'code':
      return `one of ${rule.oneOf.join(' ')}`
    default:
      return rule.is
  }
}

const memberOf = (rule: MemberRule): string =>
  `\`${rule.name}${rule.optional === true ? '?' : ''}\` (${kindOf(rule)})`

/** Every code that an answer may have. */
export const platformCodeLines = (): string[] => [
  '| `respCode` | HTTP | `code` | means |',
  '|---|---|---|---|',
  ...Object.entries(answerCodes).map(
    ([respCode, { http, code, en }]) => `| ${respCode} | ${http} | ${code} | ${en} |`,
  ),
]

/** Kinds of `GET /books?kind=`. */
export const platformBookLines = (): string[] => [
  [...actKinds, 'rejected'].map((kind) => `\`${kind}\``).join(', '),
]

export const platformMagicLines = (): string[] => [
  '| `realFee` | or `vehiclePlate` | what happens |',
  '|---|---|---|',
  ...magicRows.map(({ amountFen, plate, what }) => `| ${amountFen} | \`${plate}\` | ${what} |`),
]

export const platformMemberLines = (): string[] => [
  '| request | members |',
  '|---|---|',
  ...memberTables.map(({ name, when, rules }) => {
    const all = rules.map(memberOf).join(', ')
    return `| \`${name}\`${when === '' ? '' : `, ${when}`} | ${all} |`
  }),
]
