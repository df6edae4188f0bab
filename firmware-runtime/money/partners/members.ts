// Members of the lot in the published interface: period passes, white lists, emergency vehicles and visitors, kept by both
// sides. A change names the content that it replaces, so that neither side undoes a change of the other unseen.
import { z } from 'zod'
import { memberKinds } from '#base/pure/rows/member-row.ts'
import { person, reason } from './shapes.ts'
import type { ActsOf, Subject } from './subject.ts'

const memberNo = z.string().regex(/^[A-Za-z0-9-]{1,20}$/)
const rev = z.string().max(64)
const day = z.string().max(20).describe('yyyy-mm-dd of +08:00')

const content = {
  kind: z.enum(memberKinds).describe('`points`: it pays as any car and earns points'),
  name: z.string().max(80),
  plates: z.array(z.string().max(32)).max(40),
  spaces: z
    .int()
    .min(1)
    .max(99)
    .nullable()
    .describe('How many of its cars are covered at one time; null: all'),
  areas: z.array(z.string().max(40)).max(16).nullable().describe('null: the whole car park'),
  from: day,
  until: day.nullable().describe('Included'),
}

const member = z.object({
  memberNo,
  rev: rev.nullable().describe('null: nobody has this number, or it has ended'),
  content: z.object(content).nullable(),
})

const schemas = {
  MemberToIssue: z.strictObject({
    rev: rev.nullable().describe('`rev` of the content that it replaces; null: a new member'),
    operator: person,
    content: z.strictObject(content),
  }),
  MemberEnd: z.strictObject({ operator: person, reason }),
  Member: member,
  Members: z.object({
    members: z.array(member),
    next: memberNo.nullable().describe('`after` of the next page; null: this is the last one'),
    eventsAfter: z.int().min(0).describe('Events behind this number are newer than the list'),
  }),
} as const

/** Members of a page: less than 100 kB. */
const pageMax = 200

export const memberSubject = {
  right: 'members',
  pathMembers: { memberNo },
  schemas,
  operations: {
    members: {
      method: 'GET',
      path: '/v1/members',
      does: 'The members of the car park by their numbers, a page at a time',
      query: z.strictObject({ after: memberNo.optional().describe('`next` of the page before') }),
      answer: 'Members',
    },
    member: {
      method: 'GET',
      path: '/v1/members/{memberNo}',
      does: 'The member with a number',
      answer: 'Member',
    },
    issueMember: {
      method: 'PUT',
      path: '/v1/members/{memberNo}',
      does: 'Issues a member, or changes it; valid for cars from now on',
      body: 'MemberToIssue',
      answer: 'Member',
    },
    endMember: {
      method: 'PUT',
      path: '/v1/members/{memberNo}/end',
      does: 'Ends a member now; a car inside pays for the time from now on',
      body: 'MemberEnd',
      answer: 'Member',
    },
  },
  news: { events: ['member'], members: { member: schemas.Member.nullish() } },
} as const satisfies Subject

export const memberActs: ActsOf<typeof memberSubject> = {
  members: (members, { query }) => members.list(String(query['after'] ?? ''), pageMax),
  member: (members, given) => members.member(given.number),
  issueMember: (members, given) => members.issue(given.number, given.read(schemas.MemberToIssue)),
  endMember: (members, given) => {
    const { operator, reason: why } = given.read(schemas.MemberEnd)
    return members.end(given.number, operator, why)
  },
}
