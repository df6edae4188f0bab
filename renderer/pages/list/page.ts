// The page /list.
import { t } from '#base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/list',
  place: 'works',
  order: 120,
  title: t('状态名单', 'Status list'),
  also: t('黑名单 灰名单 下发', 'Blacklist'),
  reads: 'list.status',
} as const satisfies Page
