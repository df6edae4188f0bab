// The page /belief.
import { t } from '#base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/belief',
  place: 'works',
  order: 140,
  title: t('当时的设置', 'Past settings'),
  also: t('历史设置 参数', 'History of settings'),
  reads: 'lot.believed',
} as const satisfies Page
