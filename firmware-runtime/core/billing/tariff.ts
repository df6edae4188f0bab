// A tariff as data: editions with their validity, plans for kinds of vehicle, bands of the day, caps, packages.
// What each member means, to the millisecond: docs/tariffs.md and ADR 142. price.ts turns it into lines.
import type { BilingualText } from '../faults/faults.ts'
import type { Fen } from '../values/fen.ts'
import { instantOfIso, minuteMs, type InstantMs } from '../values/instant.ts'
import { present } from '../values/must.ts'
import type { PlateColour } from '../values/plates/plate.ts'
import type { PointsRules } from '../values/rows/points-row.ts'

export const dayKinds = ['workday', 'weekend', 'holiday'] as const
export type DayKind = (typeof dayKinds)[number]

/** A length that is charged in full as soon as it has begun. */
export interface TariffStep {
  readonly min: number
  readonly fen: Fen
  /** How many periods of this step there are; the last step has none and goes on without end. */
  readonly times?: number | undefined
}

/** A part of the day, half open, at +08:00. `to` not behind `from`: over midnight. */
export interface TariffBand {
  readonly name?: BilingualText | undefined
  /** Absent: every day. The day of an instant is its own date, also behind midnight. */
  readonly days?: readonly DayKind[] | undefined
  readonly from: string
  readonly to: string
  /** Either these, or one price for each time that a stay comes into the band. */
  readonly steps?: readonly TariffStep[] | undefined
  readonly visitFen?: Fen | undefined
  /** Most for one unbroken run of the band. */
  readonly capFen?: Fen | undefined
}

/** One price for a whole stay that begins and ends in two windows: early bird, overnight. */
export interface TariffPackage {
  readonly name: BilingualText
  /** Of the day of the entry; absent: every day. */
  readonly days?: readonly DayKind[] | undefined
  readonly enterFrom: string
  readonly enterTo: string
  /** 0: on the day of the entry; 1: on the day after it. */
  readonly leaveAfterDays: number
  readonly leaveFrom: string
  readonly leaveTo: string
  readonly fen: Fen
}

/** All members that are there must fit; what is not known of a vehicle fits none. */
interface TariffWhen {
  /** Vehicle class as in the OBU: 1 small car, 2 bus ... */
  readonly classes?: readonly number[] | undefined
  readonly colours?: readonly PlateColour[] | undefined
  readonly newEnergy?: boolean | undefined
  readonly areas?: readonly string[] | undefined
}

export interface TariffCaps {
  readonly stayFen?: Fen | undefined
  /** From 00:00 to 24:00. */
  readonly dayFen?: Fen | undefined
  /** Blocks of 24 h from the entry. */
  readonly day24hFen?: Fen | undefined
  /** Of the second block, the third, ...; the last is that of all further ones. Absent: `day24hFen`. */
  readonly later24hFen?: readonly Fen[] | undefined
}

export interface TariffPlan {
  /** Only the last plan has none: it is everybody's. */
  readonly when?: TariffWhen | undefined
  /** A stay of exactly this length is still free; one ms more is not. */
  readonly freeMin: number
  /** True: a stay longer than the free time is charged from its entry. False: from the free time's end. */
  readonly freeMinutesCounted: boolean
  /** When the steps of a band begin anew. `24h`: each 24 h from the entry are counted as a stay of their own. */
  readonly stepsRestart: 'never' | 'day' | 'run' | '24h'
  /** With `24h`: each of them has its free minutes. */
  readonly freeEach24h?: boolean | undefined
  /** What begins no more than this before the exit is not charged; the first period always is. */
  readonly tailMin?: number | undefined
  /** A flat in front of the steps, whatever band it begins in: once, and whenever steps begin anew. */
  readonly first?: Pick<TariffStep, 'min' | 'fen'> | undefined
  /** Together they cover each minute of each kind of day exactly once. */
  readonly bands: readonly TariffBand[]
  readonly caps: TariffCaps
  readonly packages?: readonly TariffPackage[] | undefined
}

interface TariffEdition {
  /** Absent in the first alone. */
  readonly validFrom?: string | undefined
  /** Minutes a driver has to leave after paying before the exit; afterwards the stay is priced anew. */
  readonly graceAfterPayMin: number
  /** What a car without an entry record may pay by code where nobody helps it; absent: it waits for a person. */
  readonly noEntryFen?: Fen | undefined
  /** Absent: there are no points. */
  readonly points?: PointsRules | undefined
  /** The first that fits the vehicle. */
  readonly plans: readonly TariffPlan[]
}

/** Dates that are not what their weekday says. */
export interface TariffDays {
  readonly holidays: readonly string[]
  /** Weekends on which people work. */
  readonly workdays: readonly string[]
}

export interface Tariff {
  readonly id: string
  /** Version of this format, not of the prices. */
  readonly version: 2
  readonly name: BilingualText
  /** A non-commercial lot that is filed with the issuer charges nothing (000 clause 8.7). */
  readonly use: 'commercial' | 'nonCommercial'
  /** Which instant of a stay picks its edition. */
  readonly decidedBy: 'entry' | 'exit'
  readonly days: TariffDays
  readonly editions: readonly TariffEdition[]
}

/** What is known of a vehicle that a plan may ask for. */
export interface Vehicle {
  readonly vehicleClass: number | null
  readonly colour: PlateColour
  readonly area: string | null
}

export const unknownVehicle: Vehicle = { vehicleClass: null, colour: 'unknown', area: null }

const newEnergyColours: readonly PlateColour[] = ['green', 'yellowGreen']

function fits(when: TariffWhen, { vehicleClass, colour, area }: Vehicle): boolean {
  const { classes, colours, newEnergy, areas } = when
  if (classes !== undefined && (vehicleClass === null || !classes.includes(vehicleClass)))
    return false
  if (colours?.includes(colour) === false) return false
  const isNewEnergy = colour === 'unknown' ? null : newEnergyColours.includes(colour)
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

/** The price of a car whose entry nobody saw, or null where a person decides. */
export const noEntryFenOf = (tariff: Tariff, nowMs: InstantMs): Fen | null =>
  tariff.use === 'nonCommercial' ? null : (editionOf(tariff, nowMs, nowMs).noEntryFen ?? null)

/** Of the edition that prices a stay; null where it knows no points. */
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
