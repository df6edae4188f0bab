// The page /ledger/:stayId.
import { t } from '#base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/ledger/:stayId',
  place: 'money',
  title: t('过车经过 {plate}', 'Timeline {plate}'),
  reads: 'ledger.timeline',
  screen: 'ledger/TimelineScreen.vue',
} as const satisfies Page
