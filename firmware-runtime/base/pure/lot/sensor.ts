// Loops and radars of a lane that are not wired to the barrier's own inputs.
// They are inputs like any other; an unknown state counts as occupied (lane-devices.md 2.4).

/**
 * `arrive`: a car stands before the boom (trigger loop). `under`: the closing loop, whose car uses a
 * pass. `presence`: only keeps the boom from coming down (radar, photocell). `inner`: the trigger loop at
 * the inner end of a reused lane, before which a car stands that leaves.
 */
export const sensorRoles = ['arrive', 'under', 'presence', 'inner'] as const
export type SensorRole = (typeof sensorRoles)[number]

export const sensorKinds = ['loop', 'radar'] as const

export interface Sensor {
  readonly name: string
  readonly role: SensorRole
}

/** One contact as its driver reports it; null: unknown (not read, refused, or too old). */
export interface ContactSeen {
  readonly name: string
  /** As last read. */
  readonly raw: boolean | null
  /** Unchanged for its time. */
  readonly stable: boolean | null
  /** Not known because this process stood still: nothing closes on it, and no boom turns round for it. */
  readonly aged?: true
}
