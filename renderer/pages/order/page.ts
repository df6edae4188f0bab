// The page /survey/order.
import { t } from '#base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/survey/order',
  place: 'works',
  order: 40,
  title: t('施工单', 'Work order'),
  reads: 'survey.list',
  bench: true,
} as const satisfies Page
