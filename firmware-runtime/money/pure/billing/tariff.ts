// A tariff as data: editions with their validity, plans for kinds of vehicle, bands of the day, caps, packages.
// Types are made of its rows; what each member means, to the millisecond: docs/tariffs.md and ADR 142. price.ts turns it into lines.
import type { Fen } from '#base/pure/values/fen.ts'
import { instantOfIso, minuteMs, type InstantMs } from '#base/pure/values/instant.ts'
import type { Filed } from '#base/pure/lot/member.ts'
import { present } from '#base/pure/values/must.ts'
import type { PlateColour } from '#base/pure/plates/plate.ts'
import { isEnergyColour } from '#base/pure/plates/plate-kinds.ts'
import type { PointsRules } from '#base/pure/rows/points-row.ts'
import type { dayWords, tariffMembers } from './tariff-members.ts'

export const dayKinds = [
  'workday',
  'weekend',
  'holiday',
] as const satisfies readonly (keyof typeof dayWords)[]
export type DayKind = (typeof dayKinds)[number]

export type Tariff = Filed<typeof tariffMembers>
type TariffEdition = Tariff['editions'][number]
export type TariffPlan = TariffEdition['plans'][number]
type TariffWhen = NonNullable<TariffPlan['when']>
export type TariffBand = TariffPlan['bands'][number]
export type TariffStep = NonNullable<TariffBand['steps']>[number]
export type TariffPackage = NonNullable<TariffPlan['packages']>[number]
export type TariffCaps = TariffPlan['caps']
export type TariffDays = Tariff['days']

/** Properties of a vehicle that select a plan; null: unknown. */
export interface Vehicle {
  readonly vehicleClass: number | null
  readonly colour: PlateColour
  readonly area: string | null
}

export const unknownVehicle: Vehicle = { vehicleClass: null, colour: 'unknown', area: null }

function fits(when: TariffWhen, { vehicleClass, colour, area }: Vehicle): boolean {
  const { classes, colours, newEnergy, areas } = when
  if (classes !== undefined && (vehicleClass === null || !classes.includes(vehicleClass)))
    return false
  if (colours?.some((one) => one === colour) === false) return false
  const isNewEnergy = colour === 'unknown' ? null : isEnergyColour(colour)
  if (newEnergy !== undefined && newEnergy !== isNewEnergy) return false
  return areas === undefined || (area !== null && areas.includes(area))
}

/** The edition that prices a whole stay. */
function editionOf({ editions, decidedBy }: Tariff, fromMs: InstantMs, toMs: InstantMs) {
  const atMs = decidedBy === 'entry' ? fromMs : toMs
  const valid = editions.findLast(
    ({ validFrom }) => validFrom === undefined || instantOfIso(validFrom) <= atMs,
  )
  return present(valid, 'the first edition is valid always')
}

export function planOf(
  tariff: Tariff,
  fromMs: InstantMs,
  toMs: InstantMs,
  vehicle: Vehicle,
): TariffPlan {
  const { plans } = editionOf(tariff, fromMs, toMs)
  const plan = plans.find(({ when }) => when === undefined || fits(when, vehicle))
  return present(plan, 'the last plan is for everybody')
}

/** Classes that would lead an unknown one to another plan: the plans before its own that fit it but for their class. */
export function openClassesOf(
  tariff: Tariff,
  fromMs: InstantMs,
  toMs: InstantMs,
  vehicle: Vehicle,
): readonly number[] {
  if (vehicle.vehicleClass !== null || tariff.use === 'nonCommercial') return []
  const { plans } = editionOf(tariff, fromMs, toMs)
  const before = plans.slice(0, plans.indexOf(planOf(tariff, fromMs, toMs, vehicle)))
  const open = before.flatMap(({ when = {} }) =>
    fits({ ...when, classes: undefined }, vehicle) ? (when.classes ?? []) : [],
  )
  return [...new Set(open)].sort((a, b) => a - b)
}

/** Price of a car without an entry record; null: a person decides. */
export const noEntryFenOf = (tariff: Tariff, nowMs: InstantMs): Fen | null =>
  tariff.use === 'nonCommercial' ? null : (editionOf(tariff, nowMs, nowMs).noEntryFen ?? null)

/** Points rules of the edition that prices a stay; null: no points. */
export const pointsRulesOf = (
  tariff: Tariff,
  fromMs: InstantMs,
  toMs: InstantMs,
): PointsRules | null =>
  tariff.use === 'nonCommercial' ? null : (editionOf(tariff, fromMs, toMs).points ?? null)

/** The last instant at which a car that paid inside may leave without a further charge. */
export const graceEndsMs = (tariff: Tariff, fromMs: InstantMs, paidAtMs: InstantMs): InstantMs =>
  tariff.use === 'nonCommercial'
    ? paidAtMs
    : paidAtMs + editionOf(tariff, fromMs, paidAtMs).graceAfterPayMin * minuteMs

/** From when on an overstay is charged that was paid for up to `paidAtMs`; null: from the entry, less what was paid. */
export function overstayFromMs(
  tariff: Tariff,
  fromMs: InstantMs,
  paidAtMs: InstantMs,
): InstantMs | null {
  if (tariff.use === 'nonCommercial') return null
  const { overstay = 'entry' } = editionOf(tariff, fromMs, paidAtMs)
  if (overstay === 'entry') return null
  return overstay === 'payment' ? paidAtMs : graceEndsMs(tariff, fromMs, paidAtMs)
}
