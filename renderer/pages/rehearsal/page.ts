// The page /rehearsal.
import { t } from '#base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/rehearsal',
  place: 'works',
  order: 90,
  title: t('断网演练', 'Outage rehearsal'),
  reads: 'rehearse.get',
} as const satisfies Page
