// The page /passport/:laneId?/:kind?.
import { t } from '#base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/passport/:laneId?/:kind?',
  place: 'works',
  order: 80,
  title: t('车道档案', 'Lane passport'),
  short: t('车道档案', 'Passport'),
  also: t('档案 首车 一分钱', 'First car'),
  reads: 'passport.drift',
  bench: true,
} as const satisfies Page
