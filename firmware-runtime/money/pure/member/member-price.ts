// The price of a stay that members cover in whole or in part: a covered stretch is a line of nothing, each rest is
// priced as a stay of its own. All rests together never cost more than the whole stay without a member.
import { price, type Price } from '../billing/price.ts'
import type { Tariff, Vehicle } from '../billing/tariff.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { CountedBefore } from '#base/pure/rows/counted-before.ts'
import type { OrderLine } from '#base/pure/rows/ledger-row.ts'
import type { CoverPart, Member, MemberKind } from '#base/pure/rows/member-row.ts'
import type { BilingualText } from '#base/pure/faults/faults.ts'
import { restOf, type Cover } from './cover.ts'

const kindText: Record<MemberKind, BilingualText> = {
  period: { zh: '月租车', en: 'Period pass' },
  white: { zh: '白名单', en: 'White list' },
  emergency: { zh: '应急车辆', en: 'Emergency vehicle' },
  visitor: { zh: '访客', en: 'Visitor' },
  points: { zh: '积分会员', en: 'Points member' },
}

const memberText = ({ kind, no, until }: Member): BilingualText => {
  const { zh, en } = kindText[kind]
  return {
    zh: `${zh} ${no}${until === null ? '' : ` 有效至 ${until}`}`,
    en: `${en} ${no}${until === null ? '' : `, valid until ${until}`}`,
  }
}

const takenText = ({ kind, no, spaces }: Member): BilingualText => ({
  zh: `${kindText[kind].zh} ${no} 的 ${spaces ?? 0} 个车位已有车占用,按临停计费`,
  en: `${kindText[kind].en} ${no}: its spaces (${spaces ?? 0}) are taken, priced as any car`,
})

const dearerText: BilingualText = {
  zh: '分段计费高于全程,按全程计费',
  en: 'The rests cost more than the whole stay: priced as a whole',
}

const zeroLine = (fromMs: InstantMs, toMs: InstantMs, text: BilingualText): OrderLine => ({
  fromMs,
  toMs,
  rule: 'member',
  amountFen: 0,
  text,
})

/** A member at the exit whose entry is not known. */
export function unseenEntryLine(member: Member, atMs: InstantMs): OrderLine {
  const { zh, en } = memberText(member)
  return zeroLine(atMs, atMs, { zh: `${zh},无入场记录`, en: `${en}, no entry known` })
}

interface PricedStay {
  readonly fromMs: InstantMs
  readonly toMs: InstantMs
  readonly vehicle: Vehicle
  /** Absent: each stay is charged by itself. */
  readonly before?: CountedBefore | null
}

/** Price of the uncovered parts of a stay. */
export function priceOfRest(
  tariff: Tariff,
  { fromMs, toMs, vehicle, before }: PricedStay,
  parts: readonly CoverPart[],
): Price & { readonly isWhole: boolean } {
  const priced = (a: InstantMs, b: InstantMs): Price =>
    price(tariff, a, b, vehicle, before ?? undefined)
  const whole = priced(fromMs, toMs)
  if (parts.length === 0) return { ...whole, isWhole: true }
  const rests = restOf(fromMs, toMs, parts).map(([a, b]) => priced(a, b))
  const amountFen = rests.reduce((sum, rest) => sum + rest.amountFen, 0)
  if (amountFen > whole.amountFen) return { ...whole, isWhole: true }
  return { amountFen, lines: rests.flatMap(({ lines }) => lines), isWhole: false }
}

/** `memberOf`: by number. */
export function memberPrice(
  tariff: Tariff,
  stay: PricedStay,
  { parts, taken }: Cover,
  memberOf: (no: string) => Member | undefined,
): Price & { readonly cover: readonly CoverPart[] } {
  const { fromMs } = stay
  const notes = taken.map((member) => zeroLine(fromMs, fromMs, takenText(member)))
  const { amountFen, lines, isWhole } = priceOfRest(tariff, stay, parts)
  if (isWhole) {
    const dearer = parts.length === 0 ? [] : [zeroLine(fromMs, fromMs, dearerText)]
    return { amountFen, lines: [...notes, ...dearer, ...lines], cover: [] }
  }
  const covered = parts.flatMap((part) => {
    const member = memberOf(part.no)
    return member === undefined ? [] : [zeroLine(part.fromMs, part.toMs, memberText(member))]
  })
  const all = [...covered, ...lines].sort((a, b) => a.fromMs - b.fromMs || a.toMs - b.toMs)
  return { amountFen, lines: [...notes, ...all], cover: parts }
}
