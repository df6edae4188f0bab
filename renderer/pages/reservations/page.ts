// The page /reservations.
import { t } from '#base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/reservations',
  place: 'money',
  order: 80,
  title: t('预约与共享', 'Reservations'),
  also: t('预订 共享车位', 'Bookings'),
  reads: 'reservation.get',
  needs: 'reservations',
} as const satisfies Page
