// The page /rehearsal.
import { t } from '../../firmware-runtime/core/values/fault-text.ts'
import type { Page } from '../../renderer/kit/page.ts'
import { rehearsal } from './words.ts'

export const page = {
  path: '/rehearsal',
  place: 'commission',
  order: 80,
  title: t('断网演练', 'Outage rehearsal'),
  reads: 'rehearse.get',
  words: rehearsal,
} as const satisfies Page
