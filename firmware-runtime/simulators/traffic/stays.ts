// The vocabulary of traffic profiles: lengths of stays, kinds of arrival, and the shape of a profile.
// Shared by the generator and by the fit that made the profiles.

/** Limits of the stay lengths of a profile, in minutes. Lengths within a step are equally likely. */
export const stayEdgesMin = [
  3, 15, 30, 60, 90, 120, 180, 240, 300, 360, 480, 600, 840, 1440, 4320,
] as const

export const staySteps = stayEdgesMin.length - 1

/** Hours at which a part of the day begins; cars of one part share a distribution of stays. */
const dayPartHours = [0, 6, 9, 12, 15, 18, 20] as const

/** Every weekday has its own: a stadium's Friday is not its Wednesday. */
export const arrivalKinds = 7 * dayPartHours.length

/** Distribution of stays for a car that arrives at this time. `weekday`: 0 is Sunday. */
export function arrivalKind(weekday: number, hour: number): number {
  const part = dayPartHours.findLastIndex((from) => hour >= from)
  return weekday * dayPartHours.length + part
}

export interface TrafficProfile {
  /** Spaces of the lot it was fitted to; other capacities scale the rates. */
  readonly capacity: number
  /** Thousandths of a car per hour, by weekday (0 is Sunday) and local hour. */
  readonly entriesPerHour: readonly (readonly number[])[]
  /** Permille of stays in each step, by kind of arrival. */
  readonly stayPermille: readonly (readonly number[])[]
  /** Ten equally likely kinds of day, quiet to busy: permille of the weekday's mean. */
  readonly dayPermille: readonly number[]
  /** Permille of the exits of an hour that fall into one quarter of it beyond chance. */
  readonly rushPermille: number
}
