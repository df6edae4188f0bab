// The page /leave.
import { t } from '#base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/leave',
  place: 'works',
  order: 100,
  title: t('可以回家了吗?', 'May I drive home?'),
  also: t('离场检查 交付', 'Before leaving hand over'),
  reads: 'lot.leave',
} as const satisfies Page
