// Reservations, and the platform that makes them, for pages and commands. Times are ISO 8601 with the offset of the
// lot.
import type { BilingualText } from '#base/pure/faults/faults.ts'
import type { ReservationTerms } from '#base/pure/rows/reservation-row.ts'

export interface ReservationView {
  readonly orderNo: string
  readonly kind: 'reserved' | 'shared'
  readonly plate: string
  readonly fromIso: string
  readonly toIso: string
  readonly terms: ReservationTerms
  readonly shareNo: string | null
  /** `awaited`: a bay is kept for it now. `inside`: its car is in the lot. */
  readonly state:
    | 'open'
    | 'awaited'
    | 'inside'
    | 'overstayed'
    | 'left'
    | 'cancelled'
    | 'revoked'
    | 'overdue'
  readonly stayId: string | null
}

export interface ShareView {
  readonly shareNo: string
  /** 0: withdrawn. */
  readonly bays: number
  readonly fromIso: string
  readonly toIso: string
  /** `HH:MM` of the lot's own day. */
  readonly dayFrom: string
  readonly dayTo: string
  readonly providers: readonly { readonly providerId: string; readonly bp: number }[]
}

export interface ReservationLinkView {
  readonly broker: string
  /** `ahead`: the platform reports a higher number than the lot ever sent, so nothing is sent. */
  readonly state: 'down' | 'asking' | 'up' | 'ahead'
  /** Why it is down. */
  readonly detail: string | null
  readonly sinceIso: string
  readonly lastSeq: number
  readonly ackSeq: number
  readonly unsent: number
  /** The platform has fewer messages than it acknowledged; null: it has not. */
  readonly behindSeq: number | null
  /** Number of messages from the platform by result: `done`, words of refusals, `repeated`. */
  readonly received: Readonly<Record<string, number>>
  readonly retained: number
  /** Null: the lot uses the broker only. */
  readonly http: { readonly answered: number; readonly failed: number } | null
}

export interface ReservationsView {
  /** False: the lot has no reservation platform. */
  readonly isOn: boolean
  /** Why the named platform is not contacted. */
  readonly fault: { readonly code: string; readonly what: BilingualText } | null
  readonly link: ReservationLinkView | null
  readonly isFlowControlled: boolean
  /** 0 to 3. */
  readonly level: number
  readonly keptBays: number
  /** Reservations that touch this day of the lot, by their start. */
  readonly today: readonly ReservationView[]
  readonly shares: readonly ShareView[]
}

export interface RequirementView {
  readonly id: string
  readonly what: BilingualText
  readonly verdict: 'met' | 'notMet' | 'person'
  /** The values in the lot file that decided. */
  readonly value: string
}

export interface ReservationCheckView {
  readonly standard: string
  readonly requirements: readonly RequirementView[]
  readonly deadlines: readonly { readonly what: BilingualText; readonly withinMs: number }[]
}
