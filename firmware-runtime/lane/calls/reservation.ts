// Calls about reservations of bays; rows of the table in table.ts. Only the platform makes and ends reservations, so
// these calls only read.
import { none, read, reply } from '#base/calls/rows.ts'
import type { ReservationCheckView, ReservationsView } from './reservation-views.ts'

export const reservationCalls = {
  'reservation.get': read('desk', none, reply<ReservationsView>(), {
    rest: 'lanes',
    command: 'reservation status',
  }),
  /** The check list of the standard, applied to the lot file. */
  'reservation.check': read('desk', none, reply<ReservationCheckView>(), {
    rest: 'lanes',
    command: 'reservation check',
  }),
} as const
