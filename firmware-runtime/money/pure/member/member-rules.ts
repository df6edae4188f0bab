// Checks a member before it is issued: its own fields, and no car twice in one kind at one time.
// Each refusal names the field and the value, in both languages; a file and a form are judged alike.
import type { BilingualText } from '#base/pure/faults/faults.ts'
import type { Member } from '#base/pure/rows/member-row.ts'
import { normalisePlate } from '#base/pure/plates/plate.ts'
import { isDay } from '#base/pure/tables/cells.ts'
import { visible } from '#base/pure/words/visible-text.ts'
import { dayFromMs } from './list.ts'

interface MemberRefusal {
  readonly field: keyof Member
  readonly value: string
  readonly text: BilingualText
}

const platesMax = 20
const areasMax = 8
const noShape = /^[A-Za-z0-9-]{1,20}$/
const lastCharacter = /^\*[\u4e00-\u9fff]$/u

/** In normal form; null where it is no plate of this kind. */
export const memberPlate = (raw: string, kind: Member['kind']): string | null =>
  kind === 'emergency' && lastCharacter.test(raw.trim()) ? raw.trim() : normalisePlate(raw)

/** First fault in its own fields. `areas`: those that an entry lane leads into. */
export const memberRefusal = (member: Member, areas: readonly string[]): MemberRefusal | null =>
  memberRefusals(member, areas)[0] ?? null

/** Every fault in its own fields. */
export const memberRefusals = (
  member: Member,
  areas: readonly string[],
): readonly MemberRefusal[] => [
  ...nameFaults(member),
  ...carFaults(member, areas),
  ...dayFaults(member),
]

const refuse = (field: keyof Member, value: unknown, zh: string, en: string): MemberRefusal => ({
  field,
  value: String(value ?? '').slice(0, 80),
  text: { zh, en },
})

function* nameFaults({ no, name }: Member): Generator<MemberRefusal> {
  if (!noShape.test(no))
    yield refuse('no', no, '编号为 1 到 20 位字母、数字或短横', '1 to 20 letters, digits or dashes')
  const length = [...name].length
  if (name.trim() !== name || length < 1 || length > 40)
    yield refuse('name', name, '姓名为 1 到 40 个字', 'a name of 1 to 40 characters')
  if (name.includes('\ufffd'))
    yield refuse('name', name, '有读不出的字,请另存为 UTF-8', 'not readable: save it as UTF-8')
  // Invisible characters can reverse the surrounding text or make two names look the same.
  if (visible(name) !== name)
    yield refuse('name', visible(name), '姓名里有看不见的字符', 'invisible characters')
}

function* carFaults(member: Member, areas: readonly string[]): Generator<MemberRefusal> {
  const { plates, spaces, kind } = member
  if (plates.length < 1 || plates.length > platesMax)
    yield refuse('plates', plates.length, `车牌 1 到 ${platesMax} 个`, `1 to ${platesMax} plates`)
  const odd = plates.find((plate) => memberPlate(plate, kind) !== plate)
  if (odd !== undefined) yield refuse('plates', odd, '不是车牌', 'not a number plate')
  const twice = plates.find((plate, i) => plates.indexOf(plate) !== i)
  if (twice !== undefined) yield refuse('plates', twice, '车牌写了两次', 'a plate stands twice')
  if (spaces !== null && !(Number.isInteger(spaces) && spaces >= 1 && spaces <= platesMax))
    yield refuse('spaces', spaces, `车位 1 到 ${platesMax} 个`, `1 to ${platesMax} spaces`)
  if (member.areas !== null && (member.areas.length < 1 || member.areas.length > areasMax))
    yield refuse('areas', '', `区域 1 到 ${areasMax} 个`, `1 to ${areasMax} areas`)
  const unknown = member.areas?.find((area) => !areas.includes(area))
  if (unknown !== undefined)
    yield refuse('areas', unknown, '没有入口通向这个区域', 'no entry lane leads into this area')
}

function* dayFaults({ from, until, kind }: Member): Generator<MemberRefusal> {
  if (!isDay(from)) yield refuse('from', from, '不是日期', 'not a date such as 2026-12-01')
  if (until === null && (kind === 'period' || kind === 'visitor'))
    yield refuse(
      'until',
      '',
      '月租车和访客要有截止日',
      'period passes and visitors need a last day',
    )
  if (until !== null && !isDay(until))
    yield refuse('until', until, '不是日期', 'not a date such as 2026-12-31')
  if (until !== null && isDay(from) && isDay(until) && dayFromMs(until) < dayFromMs(from))
    yield refuse('until', until, '截止日早于起始日', 'the last day is before the first')
}

interface MemberTwice {
  readonly plate: string
  readonly no: string
  readonly otherNo: string
}

const meet = (a: Member, b: Member): boolean =>
  (a.until === null || a.until >= b.from) &&
  (b.until === null || b.until >= a.from) &&
  (a.areas === null || b.areas === null || a.areas.some((area) => b.areas?.includes(area) === true))

/** First car in two members of one kind that hold at one time and place: it would be sold twice. */
export const memberTwice = (members: Iterable<Member>): MemberTwice | null =>
  membersTwice(members)[0] ?? null

export function membersTwice(members: Iterable<Member>): readonly MemberTwice[] {
  const found: MemberTwice[] = []
  const byPlate = new Map<string, Member[]>()
  for (const member of members)
    for (const plate of member.plates) {
      const key = `${member.kind} ${plate}`
      const others = byPlate.get(key) ?? []
      const other = others.find((one) => meet(one, member))
      if (other !== undefined) found.push({ plate, no: member.no, otherNo: other.no })
      byPlate.set(key, [...others, member])
    }
  return found
}
