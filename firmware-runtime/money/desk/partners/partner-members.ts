// Members of the lot as a partner has them. Its change is the same row as one made at the desk, with an audit row that names
// the partner and its person.
import { createHash } from 'node:crypto'
import { membersNow } from '../../pure/member/member-diff.ts'
import { issuedMember } from '../../pure/member/member-issue.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { areasOf, type LotConfig } from '#base/pure/lot/config.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import type { Member, MemberRow } from '#base/pure/rows/member-row.ts'
import type { MemberToIssue, PartnerMembers, SharedMember } from '../../ports/partner.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'

export type MembersLot = Pick<LotRuntime, 'append' | 'headSeq' | 'lot' | 'mint' | 'nowMs'>

const contentOf = ({ no: _, ...content }: Member): SharedMember['content'] => content

const revOf = (content: SharedMember['content']): string =>
  createHash('sha256').update(canonicalJson(content)).digest('hex').slice(0, 16)

export function sharedMember(memberNo: string, member: Member | null): SharedMember {
  if (member === null) return { memberNo, rev: null, content: null }
  const content = contentOf(member)
  return { memberNo, rev: revOf(content), content }
}

interface PartnerAct {
  readonly name: string
  readonly operator: string
  readonly reason: string
}

export function partnerMembers(
  runtime: MembersLot,
  config: LotConfig,
  partnerId: string,
): PartnerMembers {
  const heldOf = (no: string): Member | null => {
    const held = runtime.lot.members.byNo.get(no)
    return held === undefined || held.endedAtMs !== null ? null : held.member
  }
  const viewOf = (no: string): SharedMember => sharedMember(no, heldOf(no))
  const write = (body: MemberRow, { name, operator, reason }: PartnerAct): void => {
    const atMs = runtime.nowMs()
    const commandId = runtime.mint('W')
    const act = { act: name, by: operator, role: partnerId, reason, commandId, result: 'done' }
    runtime.append([
      { kind: 'audit', atMs, body: act },
      { kind: 'member', atMs, body },
    ])
  }
  return {
    list: (after, limit) => {
      const behind = membersNow(runtime.lot.members).filter(({ no }) => no > after)
      const page = behind.slice(0, limit)
      return {
        members: page.map((member) => sharedMember(member.no, member)),
        next: behind.length > limit ? (page.at(-1)?.no ?? null) : null,
        eventsAfter: runtime.headSeq,
      }
    },
    member: viewOf,
    issue: (memberNo, { rev, operator, content }: MemberToIssue) => {
      const now = viewOf(memberNo)
      const given = { no: memberNo, ...content }
      const member = issuedMember(runtime.lot.members, given, areasOf(config))
      if (now.rev === revOf(contentOf(member))) return now
      if (now.rev !== rev) {
        const note = t('对方之后又改过', 'it was changed meanwhile')
        throw new LaneFault('ORDER-06', { field: '/rev', value: rev ?? 'null', note })
      }
      write({ row: 'issued', member }, { name: `members.issue ${memberNo}`, operator, reason: '' })
      return viewOf(memberNo)
    },
    end: (memberNo, operator, reason) => {
      if (heldOf(memberNo) !== null)
        write(
          { row: 'reversed', no: memberNo },
          { name: `members.reverse ${memberNo}`, operator, reason },
        )
      return viewOf(memberNo)
    },
  }
}
