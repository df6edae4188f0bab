// The page of reservations against the commands as they are read: each member has its type, unit, bounds and an example there,
// the examples are read, and a member that is missing, of another type or beyond its bounds is refused by its name.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readCommand } from '#ledger/pure/platforms/shenzhen/commands.ts'
import { answerData } from '#ledger/pure/platforms/shenzhen/messages.ts'
import { codes } from '#ledger/pure/platforms/shenzhen/codes.ts'
import {
  members,
  type CommandMember,
  type MemberName,
} from '#ledger/pure/platforms/shenzhen/members.ts'
import type { Doubt } from '#ledger/ports/reservation.ts'
import type { CommandAnswer } from '#base/pure/rows/reservation-row.ts'

const of = (name: MemberName): unknown => members[name].example
const head = { cmdId: of('cmdId'), expireAt: of('expireAt') }
const order = {
  kind: 'shared',
  orderNo: of('orderNo'),
  plateNo: of('plateNo'),
  plateColor: of('plateColor'),
  startTime: of('startTime'),
  endTime: of('endTime'),
  terms: of('terms'),
  shareNo: of('shareNo'),
}
/** A command of each type, of the examples alone; members that may be left out. */
const commands: Readonly<Record<string, readonly [object, ...string[]]>> = {
  reserve: [order],
  change: [order],
  cancel: [{ orderNo: of('orderNo'), plateNo: of('plateNo') }, 'plateNo'],
  revoke: [{ orderNo: of('orderNo') }],
  share: [
    {
      shareNo: of('shareNo'),
      bays: of('bays'),
      startTime: of('startTime'),
      endTime: of('endTime'),
      dayFromMin: of('dayFromMin'),
      dayToMin: of('dayToMin'),
      providers: of('providers'),
    },
  ],
  unshare: [{ shareNo: of('shareNo') }],
  flow: [{ on: of('on') }],
}
const say = (type: string, data: object) => readCommand(type, JSON.stringify({ ...head, ...data }))

function typeOf(member: CommandMember): string {
  if ('text' in member) return `text: ${member.says}`
  if ('whole' in member) return `integer ${member.whole.join(' to ')}`
  if ('words' in member) return `one of ${member.words.map((word) => `\`${word}\``).join(' ')}`
  if ('listMax' in member) return `list of objects, at most ${member.listMax}`
  return 'flag' in member ? '`true` or `false`' : 'object'
}
/** Commands that carry the member, at any depth. */
const carriedBy = (name: MemberName): string =>
  Object.entries(commands)
    .filter(([, [data]]) =>
      JSON.stringify({
        ...head,
        ...data,
        terms: 'terms' in data ? { type: 0, amountFen: 0, bp: 0 } : undefined,
      }).includes(`"${name}":`),
    )
    .map(([type]) => type)
    .join(', ')
const rowOf = (name: MemberName): string => {
  const { unit, example } = members[name]
  const who = carriedBy(name)
  const all = who.split(', ').length === Object.keys(commands).length ? 'all' : who
  return `| \`${name}\` | ${all} | ${typeOf(members[name])} | ${unit === '' ? '-' : unit} | \`${JSON.stringify(example)}\` |`
}

it('the page has the type, unit and example of each member', () => {
  const page = readFileSync(
    join(import.meta.dirname, '../../../../../../docs/reservation.md'),
    'utf8',
  )
  const rows = page.split('\n').filter((line) => /^\| `\w+` \| .*\|.*\|.*\| `/.test(line))
  expect(rows).toEqual((Object.keys(members) as MemberName[]).map(rowOf))
})

/** Values that are none of the member's. */
function wrongOf(member: CommandMember): readonly unknown[] {
  const others = [null, '', {}, []]
  if ('text' in member) return [null, 7, '', {}]
  if ('whole' in member) {
    const [min, max] = member.whole
    return [...others, min - 1, max + 1, min + 0.5, String(member.example)]
  }
  if ('words' in member) return [...others, 'other', 7]
  return 'flag' in member ? [...others, 'true', 1] : [null, '', 7, 'x']
}

describe.each(Object.entries(commands))('%s', (type, [data, ...mayLack]) => {
  it('is read as the examples of the page', () => {
    expect(say(type, data).kind).toBe('command')
  })

  it.each(Object.keys({ ...head, ...data }) as MemberName[])(
    'is refused by the name of %s',
    (name) => {
      const field = `/${name}`
      for (const wrong of wrongOf(members[name]))
        expect(say(type, { ...data, [name]: wrong })).toMatchObject({ kind: 'misread', field })
      const { [name]: _, ...without } = { ...head, ...data } as Record<string, unknown>
      const found = readCommand(type, JSON.stringify(without))
      expect(found).toMatchObject(
        mayLack.includes(name) ? { kind: 'command' } : { kind: 'misread', field },
      )
    },
  )

  it('is refused by the name of a member that it does not have', () => {
    expect(say(type, { ...data, other: 1 })).toMatchObject({ kind: 'misread', field: '/other' })
  })
})

it('an answer names the member that it is about', () => {
  const fieldOf = (answer: CommandAnswer | Doubt, field?: string): unknown =>
    (JSON.parse(answerData('C1', answer, field)) as { field?: string }).field
  expect(fieldOf('format', '/plateNo')).toBe('/plateNo')
  const nameless = ['done', 'format', 'rate', 'noBay']
  for (const answer of Object.keys(codes) as (CommandAnswer | Doubt)[])
    expect(fieldOf(answer) === undefined, answer).toBe(nameless.includes(answer))
})
