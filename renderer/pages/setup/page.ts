// The page /setup.
import { t } from '#base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/setup',
  place: 'works',
  order: 10,
  title: t('开通停车场', 'Set up a car park'),
  short: t('开通', 'Set-up'),
  reads: 'setup.get',
  needs: 'setup',
} as const satisfies Page
