// Reservations of a lot, as rows: what its platform ordered and how it was answered, and what the platform is told.
// core/reservation folds them; what a reservation took off stands in the order of its stay.
import type { Fen } from '../fen.ts'
import type { InstantMs } from '../instant.ts'
import type { PlateColour } from '../plates/plate.ts'

/** `reserved`: a bay of the lot for a time. `shared`: a bay that a provider lends for a time. */
type ReservationKind = 'reserved' | 'shared'

/**
 * What it does to the price. `prepaid`: so many fen were paid at the platform. `discount`: basis points off what its
 * window costs. `rate`: its window costs at most so many fen.
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
  /** Of a shared one. */
  readonly shareNo: string | null
}

/** Of the income of a shared bay, in basis points; what is left is the lot's. */
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

/** What a command did. Money and booms are no part of it. */
export type ReservationEffect =
  | { readonly do: 'make' | 'change'; readonly reservation: Reservation }
  | { readonly do: 'cancel' | 'revoke'; readonly orderNo: string }
  | { readonly do: 'share'; readonly share: Share }
  | { readonly do: 'unshare'; readonly shareNo: string }
  | { readonly do: 'flow'; readonly on: boolean }

/** What a command was answered; a dialect has a number for each. */
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

/** What the platform is told, before it has a number. */
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
      /** Of what was paid at the platform. */
      readonly prepaidFen: Fen
      /** Of both together; the lot's own part has no provider and comes last. */
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
  /** From here on the platform of this lot code is told what happens. */
  | { readonly row: 'joined'; readonly parkCode: string }
  /** It is told nothing any more; what was not sent stays unsent. */
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
  /** A message with its number, frozen; `of`: the fact that it tells, null for one that no row told. */
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

/** Of an order: what its stay's reservation took off, with all that it was priced by. */
export interface ReservationUse {
  readonly orderNo: string
  readonly fromMs: InstantMs
  readonly toMs: InstantMs
  readonly terms: ReservationTerms
  readonly amountFen: Fen
}
