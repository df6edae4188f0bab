// The page /survey.
import { t } from '#base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/survey',
  place: 'works',
  order: 30,
  title: t('现场勘测', 'Site survey'),
  short: t('勘测', 'Survey'),
  also: t('测量 勘察 信号', 'Measure signal'),
  reads: 'survey.list',
  bench: true,
} as const satisfies Page
