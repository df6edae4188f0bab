// Compares the present list of members with another one: the changes as rows and as text for review.
// This writes nothing: the rows of a difference are applied in one ledger transaction or not at all.
import { canonicalJson } from '#base/pure/data/json.ts'
import type { Member, MemberRow } from '#base/pure/rows/member-row.ts'
import type { MemberList } from './list.ts'

/** Members not reversed, by number. */
export const membersNow = (list: MemberList): readonly Member[] =>
  [...list.byNo.values()]
    .flatMap(({ member, endedAtMs }) => (endedAtMs === null ? [member] : []))
    .sort((a, b) => (a.no < b.no ? -1 : 1))

interface MemberDiff {
  readonly added: readonly Member[]
  readonly changed: readonly { readonly before: Member; readonly after: Member }[]
  /** That are not in the other list: they stay, unless a person says that it is complete. */
  readonly ended: readonly Member[]
  readonly same: number
}

export function diffOf(now: readonly Member[], wanted: readonly Member[]): MemberDiff {
  const before = new Map(now.map((one) => [one.no, one]))
  const after = new Set(wanted.map(({ no }) => no))
  const isSame = (a: Member, b: Member): boolean => canonicalJson(a) === canonicalJson(b)
  const pairs = wanted.flatMap((one) => {
    const old = before.get(one.no)
    return old === undefined ? [] : [{ before: old, after: one }]
  })
  const changed = pairs.filter((pair) => !isSame(pair.before, pair.after))
  return {
    added: wanted.filter(({ no }) => !before.has(no)),
    changed,
    ended: now.filter(({ no }) => !after.has(no)),
    same: pairs.length - changed.length,
  }
}

export const rowsOfDiff = (
  { added, changed, ended }: MemberDiff,
  isComplete: boolean,
): readonly MemberRow[] => [
  ...(isComplete ? ended : []).map(({ no }): MemberRow => ({ row: 'reversed', no })),
  ...[...changed.map(({ after }) => after), ...added].map((member): MemberRow => ({
    row: 'issued',
    member,
  })),
]
