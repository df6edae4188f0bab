// What a profile may say about money by a result code. "Paid" without proof lets a car go and claims a debit that never
// was; "unpaid" without proof charges the same money again. Only "unknown" does neither.
import type { MoneyState } from '../../pure/etc/rsu.ts'
import type { MoneyTable, VariantTable } from '../../pure/rsu/table-types.ts'
import type { Findings, Path } from '../findings.ts'
import { moneyLists } from '../rsu-override.ts'
import type { Profile } from '../schema.ts'
import { shownByCaptures } from './money-proof.ts'
import { moneyWords as words } from '../money-words.ts'

type MoneyList = (typeof moneyLists)[number]
type Code = Profile['codeLists'][string]['codes'][number]

const success = '00'

interface Known {
  readonly exit: MoneyState | null
  readonly entry: MoneyState | null
}

/** The meaning in the generic variant; null: it does not know the code. */
function knownOf(base: VariantTable, list: MoneyList, code: string): Known {
  const { codes, entryLane }: MoneyTable = base.moneyState[list]
  const listed = base.enums[list]?.[code] === undefined ? null : 'unknown'
  const exit = codes[code] ?? listed
  return { exit, entry: entryLane[code] ?? exit }
}

interface Claim {
  readonly member: 'money' | 'moneyOnEntry'
  readonly says: MoneyState
  readonly known: MoneyState | null
}

const claimsOf = ({ money, moneyOnEntry }: Code, known: Known): readonly Claim[] => {
  if (money === undefined) return []
  const exit: Claim = { member: 'money', says: money, known: known.exit }
  // Without a value of its own the entry lane uses the same one, which may be wrong there alone.
  const entry: Claim = { member: 'moneyOnEntry', says: moneyOnEntry ?? money, known: known.entry }
  const sameThing = entry.says === exit.says && entry.known === exit.known
  return sameThing ? [exit] : [exit, entry]
}

export function checkMoneyCodes(p: Profile, base: VariantTable, findings: Findings): void {
  for (const list of moneyLists)
    for (const [i, one] of (p.codeLists[list]?.codes ?? []).entries()) {
      const at: Path = ['codeLists', list, 'codes', i]
      const named = (says: string): string => `${one.code} ${says}`
      if (one.code === success) {
        for (const member of ['money', 'moneyOnEntry'] as const)
          if ((one[member] ?? 'paid') !== 'paid')
            findings.add(
              'PROFILE-24',
              [...at, member],
              named(one[member] ?? ''),
              words.successPays(success),
            )
        continue
      }
      for (const { member, says, known } of claimsOf(one, knownOf(base, list, one.code))) {
        if (says === 'unknown' || says === known) continue
        const shown = known === null ? shownByCaptures(p, list, one.word) : null
        if (says === shown) continue
        const why =
          known === null ? words.notListed(base.id, says) : words.knownAs(base.id, known, says)
        findings.add('PROFILE-24', [...at, member], named(says), why)
      }
    }
}

/** Only results of antennas concern money; in other profiles nothing would read it. */
export function checkNoMoney(p: Profile, findings: Findings): void {
  for (const [list, { codes }] of Object.entries(p.codeLists))
    codes.forEach(({ code, money, moneyOnEntry }, i) => {
      if (money === undefined && moneyOnEntry === undefined) return
      const at: Path = ['codeLists', list, 'codes', i]
      findings.add('PROFILE-24', at, code, words.onlyAntenna())
    })
}
