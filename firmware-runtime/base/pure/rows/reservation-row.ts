// Reservations of a lot, as rows: commands of its platform with their answers, and messages to the platform.
// ledger/pure/reservation folds them; the discount of a reservation is in the order of its stay.
import type { Fen } from '../values/fen.ts'
import type { InstantMs } from '../values/instant.ts'
import type { PlateColour } from '../plates/plate.ts'

/** `reserved`: a bay of the lot for a time. `shared`: a bay that a provider lends for a time. */
type ReservationKind = 'reserved' | 'shared'

/**
 * Effect on the price. `prepaid`: fen already paid at the platform. `discount`: basis points off the price of its
 * window. `rate`: upper limit in fen of the price of its window.
 */
export type ReservationTerms =
  | { readonly kind: 'none' }
  | { readonly kind: 'prepaid'; readonly amountFen: Fen }
  | { readonly kind: 'discount'; readonly bp: number }
  | { readonly kind: 'rate'; readonly amountFen: Fen }

export interface Reservation {
  /** The platform's own number. */
  readonly orderNo: string
  readonly kind: ReservationKind
  readonly plate: string
  readonly colour: PlateColour
  /** Half open. */
  readonly fromMs: InstantMs
  readonly toMs: InstantMs
  readonly terms: ReservationTerms
  /** Number of the shared bay. */
  readonly shareNo: string | null
}

/** Share of a provider in the income of a shared bay, in basis points; the rest belongs to the lot. */
export interface SharePart {
  readonly providerId: string
  readonly bp: number
}

/** Bays that providers lend, between two days and within a part of each day. */
export interface Share {
  readonly shareNo: string
  readonly spaces: number
  readonly fromMs: InstantMs
  readonly toMs: InstantMs
  /** Minutes of the lot's own day; `toMin` 1440 is midnight, and a smaller one than `fromMin` lies in the next day. */
  readonly fromMin: number
  readonly toMin: number
  readonly parts: readonly SharePart[]
}

/** Effect of a command, which never includes money or booms. */
export type ReservationEffect =
  | { readonly do: 'make' | 'change'; readonly reservation: Reservation }
  | { readonly do: 'cancel' | 'revoke'; readonly orderNo: string }
  | { readonly do: 'share'; readonly share: Share }
  | { readonly do: 'unshare'; readonly shareNo: string }
  | { readonly do: 'flow'; readonly on: boolean }

/** Answer to a command; a dialect has a number for each. */
export type CommandAnswer =
  | 'done'
  | 'noBay'
  | 'orderMissing'
  | 'alreadyCancelled'
  | 'otherVehicle'
  | 'outsideTime'
  | 'overstayed'
  | 'alreadyUsed'
  | 'expired'
  | 'otherContent'
  | 'shareMissing'

export interface IncomePart extends SharePart {
  readonly amountFen: Fen
}

/** A message to the platform before it has a number. */
export type UpFact =
  | {
      readonly kind: 'entry' | 'exit'
      readonly stayId: string
      readonly laneId: string
      readonly plate: string | null
      readonly colour: PlateColour
      readonly orderNo: string | null
    }
  | {
      readonly kind: 'reservation'
      readonly what: 'made' | 'changed' | 'cancelled' | 'used' | 'overdue' | 'overstayed'
      readonly orderNo: string
      readonly plate: string
    }
  | {
      readonly kind: 'income'
      readonly orderNo: string
      readonly stayId: string
      readonly enteredAtMs: InstantMs
      /** Taken at the lot by any means. */
      readonly paidFen: Fen
      /** The part that was paid at the platform. */
      readonly prepaidFen: Fen
      /** Parts of both sums; the lot's own part has no provider and comes last. */
      readonly parts: readonly IncomePart[]
    }
  | { readonly kind: 'saturation'; readonly level: number }
  | { readonly kind: 'flow'; readonly on: boolean }
  | { readonly kind: 'bay'; readonly spaceId: string; readonly occupied: boolean }
  | {
      readonly kind: 'device'
      readonly laneId: string
      readonly device: string
      readonly up: boolean
    }
  | { readonly kind: 'list' }

export type ReservationRow =
  /** From now on events are reported to the platform under this lot code. */
  | { readonly row: 'joined'; readonly parkCode: string }
  /** Events are no longer reported; unsent ones stay unsent. */
  | { readonly row: 'left' }
  /** A command with its answer; `sm3`: of its content, so that a repeat is known from another one. */
  | {
      readonly row: 'command'
      readonly cmdId: string
      readonly sm3: string
      readonly answer: CommandAnswer
      readonly effect: ReservationEffect | null
    }
  | { readonly row: 'passed'; readonly orderNo: string; readonly what: 'overdue' | 'overstayed' }
  | { readonly row: 'level'; readonly level: number }
  /** A numbered, frozen message; `of`: the fact that it reports, null for one without a row. */
  | {
      readonly row: 'up'
      readonly of: string | null
      readonly seq: number
      readonly msgId: string
      readonly topic: string
      readonly data: string
    }
  /** The platform has everything up to here. */
  | { readonly row: 'acked'; readonly seq: number }

/** Discount of an order by the reservation of its stay, with the terms it was computed from. */
export interface ReservationUse {
  readonly orderNo: string
  readonly fromMs: InstantMs
  readonly toMs: InstantMs
  readonly terms: ReservationTerms
  readonly amountFen: Fen
}
