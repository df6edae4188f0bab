// The draft of a tariff: forms read and change it by the path of a member, so that a form keeps no state of its own.
// A refusal of the runtime's check is shown where its member is edited.
import { inject, provide, type InjectionKey } from 'vue'
import type { Tariff, TariffPlan } from '#money/calls/tariff-views.ts'
import type { BilingualText } from '#base/pure/faults/faults.ts'

export type Path = readonly (string | number)[]

interface TariffForm {
  read(path: Path): unknown
  put(path: Path, value: unknown): void
  /** The refusal of exactly this member, or null. */
  noteOf(path: Path): BilingualText | null
}

const formKey: InjectionKey<TariffForm> = Symbol('tariff form')
export const provideTariff = (form: TariffForm): void => provide(formKey, form)
export function useTariffForm(): TariffForm {
  const form = inject(formKey)
  if (form === undefined) throw new Error('no tariff is edited here')
  return form
}

export function readAt(root: unknown, path: Path): unknown {
  let here = root
  for (const part of path)
    here = typeof here === 'object' && here !== null ? Reflect.get(here, part) : undefined
  return here
}

/** A copy with another value at the path; undefined removes the member. */
export function putAt<T>(root: T, path: Path, value: unknown): T {
  const [first, ...rest] = path
  if (first === undefined) return value as T
  const list: unknown = root
  if (Array.isArray(list))
    return list.map((one: unknown, i) => (i === first ? putAt(one, rest, value) : one)) as T
  const members = Object.entries(root ?? {}).filter(([name]) => name !== first)
  const next = putAt(readAt(root, [first]), rest, value)
  return Object.fromEntries(next === undefined ? members : [...members, [first, next]]) as T
}

/** Deep equality; the order of members does not matter. */
export function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) return a === b
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...names].every((name) => isSame(readAt(a, [name]), readAt(b, [name])))
}

export const pointerOf = (path: Path): string => path.map((part) => `/${part}`).join('')

/** Whether four fields describe the plan: one price all day for every vehicle, at most one cap a day. */
export function isSimple(plan: TariffPlan): boolean {
  const { when, bands, caps, packages, stepsRestart, tailMin, first: flat } = plan
  const { wholePeriods, periodsEndWithBand, dayVisits } = plan
  const [band] = bands
  if (tailMin !== undefined || flat !== undefined || caps.later24hFen !== undefined) return false
  if (wholePeriods === true || periodsEndWithBand === true || dayVisits !== undefined) return false
  if (when !== undefined || bands.length !== 1 || band?.steps === undefined) return false
  if ((packages ?? []).length > 0 || stepsRestart !== 'never' || band.capFen !== undefined)
    return false
  if (band.days !== undefined || band.steps.length > 2 || caps.stayFen !== undefined) return false
  const [first] = band.steps
  if (band.steps.length === 2 && first?.times !== 1) return false
  return caps.dayFen === undefined || caps.day24hFen === undefined
}

const dayMs = 86_400_000

/** 00:00 of the next Monday at +08:00. */
export function nextMonday(nowIso: string): string {
  const todayMs = Date.parse(`${nowIso.slice(0, 10)}T00:00:00Z`)
  const weekday = new Date(todayMs).getUTCDay()
  const days = weekday === 0 ? 1 : 8 - weekday
  return `${new Date(todayMs + days * dayMs).toISOString().slice(0, 10)}T00:00:00+08:00`
}

/** A stay of 2 h 10 min on the next Saturday morning, the example that explains a tariff. */
export function exampleSaturday(nowIso: string): {
  readonly fromIso: string
  readonly toIso: string
} {
  const monday = Date.parse(`${nextMonday(nowIso).slice(0, 10)}T00:00:00Z`)
  const day = new Date(monday + 5 * dayMs).toISOString().slice(0, 10)
  return { fromIso: `${day}T09:00:00+08:00`, toIso: `${day}T11:10:00+08:00` }
}

/** A copy with one more edition, which repeats the last one and begins at a later time. */
export function withEdition(tariff: Tariff, nowIso: string): Tariff {
  const last = tariff.editions.at(-1)
  if (last === undefined) return tariff
  const monday = nextMonday(nowIso)
  const validFrom =
    last.validFrom !== undefined && Date.parse(last.validFrom) >= Date.parse(monday)
      ? nextMonday(last.validFrom)
      : monday
  return { ...tariff, editions: [...tariff.editions, { ...last, validFrom }] }
}

export const hasBegun = (validFrom: string | undefined, nowIso: string): boolean =>
  validFrom === undefined || Date.parse(validFrom) <= Date.parse(nowIso)
