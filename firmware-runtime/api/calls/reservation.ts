// Calls about reservations of bays. Rows of the one table in table.ts.
// Only the platform makes and ends reservations: nothing here moves anything.
import { none, read, reply } from '../rows.ts'
import type { ReservationCheckView, ReservationsView } from '../reservation-views.ts'

export const reservationCalls = {
  'reservation.get': read('desk', none, reply<ReservationsView>(), {
    rest: 'lanes',
    command: 'reservation status',
  }),
  /** The check list of the standard, held against the lot file. */
  'reservation.check': read('desk', none, reply<ReservationCheckView>(), {
    rest: 'lanes',
    command: 'reservation check',
  }),
} as const
