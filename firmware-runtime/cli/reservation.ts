// `etc-lane reservation`: reservations of today and the link to their platform, and the check list of its standard.
// Exit 1 where the link is down or a row of the list is not met.
import { asking, commandOf } from './acts.ts'

export const reservationCommand = commandOf('reservation', [
  asking(
    ['reservation status --data DIR'],
    { name: 'reservation.get', exit: ({ link }) => (link?.state === 'up' ? 0 : 1) },
    () => ({}),
  ),
  asking(
    ['reservation check --data DIR'],
    {
      name: 'reservation.check',
      exit: ({ requirements }) => (requirements.some((row) => row.verdict === 'notMet') ? 1 : 0),
    },
    () => ({}),
  ),
])
