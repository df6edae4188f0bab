// The free spaces of a lot, as published to drivers (000 clause 6.3): shapes alone.
import type { LotConfig } from '../lot/config.ts'

/** An area that entry lanes lead into, or a street. */
export interface PartSpaces {
  readonly name: string
  /** Null: the lot file does not say. */
  readonly capacity: number | null
  readonly inside: number
  /** Streets: without a car by the last report, and out of sight now. */
  readonly unwatched: number
  /** Null where the capacity is. */
  readonly free: number | null
}

export interface FreeSpaces {
  readonly capacity: number
  readonly inside: number
  /** Bays kept for reservations. */
  readonly kept: number
  readonly unwatched: number
  readonly free: number
  /** False: the platform of reservations has stopped the admission of cars without one. */
  readonly isOpen: boolean
  readonly parts: readonly PartSpaces[]
  /** Capacity by kind; null: the lot file does not say. */
  readonly kinds: NonNullable<LotConfig['spaceKinds']> | null
}
