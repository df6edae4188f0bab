// A member as somebody issues it: in normal form, with every rule kept. A form, a file and another system are judged alike.
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { Member } from '#base/pure/rows/member-row.ts'
import type { MemberList } from './list.ts'
import { membersNow } from './member-diff.ts'
import { mustBeOnce } from './member-once.ts'
import { memberPlate, memberRefusal } from './member-rules.ts'

export const platesIn = ({ plates, kind }: Member): readonly string[] =>
  plates.map((plate) => memberPlate(plate, kind) ?? plate)

/** Throws MEMBER-01 or MEMBER-02 with the field. `areas`: those that an entry lane leads into. */
export function issuedMember(list: MemberList, given: Member, areas: readonly string[]): Member {
  const member: Member = { ...given, plates: platesIn(given) }
  const wrong = memberRefusal(member, areas)
  if (wrong !== null) {
    const { field, value, text } = wrong
    throw new LaneFault('MEMBER-01', { field: `/member/${field}`, value, note: text })
  }
  mustBeOnce([...membersNow(list).filter(({ no }) => no !== member.no), member])
  return member
}
