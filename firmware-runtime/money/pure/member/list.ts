// The present members of a lot, by number and by plate, and the recent use by their cars.
// A fold of rows: a reversed pass keeps covering up to that row while one of its cars is inside.
import { dayMs, instantOfIso, type InstantMs } from '#base/pure/values/instant.ts'
import type { CoverPart, Member, MemberRow } from '#base/pure/rows/member-row.ts'

export interface HeldMember {
  readonly member: Member
  /** Reversed: it covers nothing from then on. */
  readonly endedAtMs: InstantMs | null
}

export interface MemberList {
  readonly byNo: Map<string, HeldMember>
  /** Numbers by plate, or by `*` with a last character. */
  readonly byPlate: Map<string, string[]>
  /** Cover of the last order of each stay, for members whose cars share spaces. */
  readonly uses: Map<string, readonly CoverPart[]>
}

export const emptyMembers = (): MemberList => ({
  byNo: new Map(),
  byPlate: new Map(),
  uses: new Map(),
})

export const dayFromMs = (day: string): InstantMs => instantOfIso(`${day}T00:00:00+08:00`)

/** Half open; an open end is Infinity. */
export const validity = ({ member, endedAtMs }: HeldMember): [InstantMs, InstantMs] => {
  const untilMs = member.until === null ? Infinity : dayFromMs(member.until) + dayMs
  return [dayFromMs(member.from), Math.min(untilMs, endedAtMs ?? Infinity)]
}

/** True when the member has fewer spaces than cars. */
const isShared = ({ plates, spaces }: Member): boolean => spaces !== null && spaces < plates.length

function unlink(list: MemberList, no: string): void {
  for (const plate of list.byNo.get(no)?.member.plates ?? []) {
    const others = (list.byPlate.get(plate) ?? []).filter((one) => one !== no)
    if (others.length === 0) list.byPlate.delete(plate)
    else list.byPlate.set(plate, others)
  }
  list.byNo.delete(no)
}

export function foldMember(list: MemberList, row: MemberRow, atMs: InstantMs): void {
  if (row.row === 'reversed') {
    const held = list.byNo.get(row.no)
    if (held !== undefined && held.endedAtMs === null)
      list.byNo.set(row.no, { member: held.member, endedAtMs: atMs })
    return
  }
  const { member } = row
  unlink(list, member.no)
  list.byNo.set(member.no, { member, endedAtMs: null })
  for (const plate of member.plates)
    list.byPlate.set(plate, [...(list.byPlate.get(plate) ?? []), member.no])
}

/** Members that name this plate, or its last character, by number. */
export function membersOf(list: MemberList, plate: string): readonly HeldMember[] {
  if (list.byNo.size === 0) return []
  const nos = [...(list.byPlate.get(plate) ?? []), ...(list.byPlate.get(`*${plate.at(-1)}`) ?? [])]
  return [...new Set(nos)].sort().flatMap((no) => list.byNo.get(no) ?? [])
}

/** One that earns points covers nothing. */
export const covers = ({ member }: HeldMember): boolean => member.kind !== 'points'

/** The member that collects the points of a car now. */
export function pointsMemberOf(
  list: MemberList,
  plate: string | null,
  nowMs: InstantMs,
): Member | null {
  const found = membersOf(list, plate ?? '').find((held) => {
    const [fromMs, toMs] = validity(held)
    return !covers(held) && nowMs >= fromMs && nowMs < toMs
  })
  return found?.member ?? null
}

/** An order of a stay was made: what it is covered by replaces what the one before it was. */
export function foldCover(
  list: MemberList,
  stayId: string,
  cover: readonly CoverPart[] | undefined,
): void {
  const shared = (cover ?? []).filter(({ no }) => {
    const held = list.byNo.get(no)
    return held !== undefined && isShared(held.member)
  })
  if (shared.length > 0) list.uses.set(stayId, shared)
  else list.uses.delete(stayId)
}

/** Called when a stay ends: forgets uses that no car inside can be counted against. */
export function forgetUses(
  list: MemberList,
  isInside: (plate: string) => boolean,
  isOpen: (stayId: string) => boolean,
): void {
  const asks = (no: string): boolean => list.byNo.get(no)?.member.plates.some(isInside) ?? false
  for (const [stayId, parts] of list.uses)
    if (!isOpen(stayId) && !parts.some(({ no }) => asks(no))) list.uses.delete(stayId)
  for (const [no, { endedAtMs }] of list.byNo) if (endedAtMs !== null && !asks(no)) unlink(list, no)
}
