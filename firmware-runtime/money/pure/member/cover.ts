// Computes the parts of a stay covered by members: within their days and areas, and while one of their spaces is free.
// Spaces go to the car that entered first; the next one is covered from when the space is free again.
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { CoverPart, Member } from '#base/pure/rows/member-row.ts'
import { covers, membersOf, validity, type HeldMember, type MemberList } from './list.ts'

interface CoveredStay {
  readonly stayId: string
  readonly plate: string | null
  readonly fromMs: InstantMs
  readonly toMs: InstantMs
  readonly area: string | null
}

/** A car that is inside now. */
interface CarInside {
  readonly stayId: string
  readonly enteredAtMs: InstantMs
  readonly area: string | null
}
type Inside = (plate: string) => CarInside | null

export interface Cover {
  /** Parts in order of time, without overlap. */
  readonly parts: readonly CoverPart[]
  /** Members of this plate whose spaces were all occupied during an otherwise uncovered time. */
  readonly taken: readonly Member[]
}

type Stretch = readonly [InstantMs, InstantMs]

const isIn = ({ areas }: Member, area: string | null): boolean =>
  areas === null || (area !== null && areas.includes(area))

/** `from` minus `holes`. */
function without(from: readonly Stretch[], holes: readonly Stretch[]): Stretch[] {
  let rest = [...from]
  for (const [start, end] of holes)
    rest = rest.flatMap(([a, b]): Stretch[] => {
      if (end <= a || start >= b) return [[a, b]]
      const before: Stretch[] = start > a ? [[a, start]] : []
      return end < b ? [...before, [end, b]] : before
    })
  return rest
}

/** When others have its spaces: those inside since before this car, and what earlier orders used. */
function othersOf(
  list: MemberList,
  { member }: HeldMember,
  stay: CoveredStay,
  inside: Inside,
): Stretch[] {
  const found: Stretch[] = []
  const holding = new Set<string>([stay.stayId])
  for (const plate of member.plates) {
    const car = plate === stay.plate ? null : inside(plate)
    if (car === null || !isIn(member, car.area) || !isBefore(car, stay)) continue
    holding.add(car.stayId)
    found.push([car.enteredAtMs, Infinity])
  }
  for (const [stayId, parts] of list.uses)
    if (!holding.has(stayId))
      for (const { no, fromMs, toMs } of parts) if (no === member.no) found.push([fromMs, toMs])
  return found
}

/** Order of arrival; in the same millisecond the smaller number comes first. */
const isBefore = (car: CarInside, { stayId, fromMs }: CoveredStay): boolean =>
  car.enteredAtMs === fromMs ? car.stayId < stayId : car.enteredAtMs < fromMs

/** Stretches in which at least `count` of these are at once. */
function whereAtLeast(count: number, others: readonly Stretch[]): Stretch[] {
  const marks = [...new Set(others.flat())].sort((a, b) => a - b)
  return marks.flatMap((start, i): Stretch[] => {
    const end = marks[i + 1]
    if (end === undefined) return []
    const at = others.filter(([a, b]) => a <= start && b >= end).length
    return at >= count ? [[start, end]] : []
  })
}

export function coverOf(list: MemberList, stay: CoveredStay, inside: Inside): Cover {
  const { plate, fromMs, toMs, area } = stay
  const held = plate === null ? [] : membersOf(list, plate).filter(covers)
  let open: Stretch[] = [[fromMs, toMs]]
  const parts: CoverPart[] = []
  const taken: Member[] = []
  // Members without a limit of spaces first, so that they use no limited space.
  const order = [...held].sort(
    (a, b) => Number(a.member.spaces !== null) - Number(b.member.spaces !== null),
  )
  for (const one of order) {
    const { member } = one
    const [validFromMs, validToMs] = validity(one)
    if (!isIn(member, area)) continue
    const beyond: Stretch[] = [
      [-Infinity, validFromMs],
      [validToMs, Infinity],
    ]
    const valid = without(open, beyond)
    const others = member.spaces === null ? [] : othersOf(list, one, stay, inside)
    const free = without(valid, member.spaces === null ? [] : whereAtLeast(member.spaces, others))
    parts.push(...free.map(([from, to]) => ({ no: member.no, fromMs: from, toMs: to })))
    if (without(valid, free).length > 0) taken.push(member)
    open = without(open, free)
  }
  const stillTaken = open.length === 0 ? [] : taken
  return { parts: parts.sort((a, b) => a.fromMs - b.fromMs), taken: stillTaken }
}

/** The parts of a stay that are not covered. */
export const restOf = (
  fromMs: InstantMs,
  toMs: InstantMs,
  parts: readonly CoverPart[],
): readonly Stretch[] =>
  without(
    [[fromMs, toMs]],
    parts.map((p): Stretch => [p.fromMs, p.toMs]),
  )
