// The page /day.
import { t } from '../../firmware-runtime/core/values/fault-text.ts'
import type { Page } from '../../renderer/kit/page.ts'

export const page = {
  path: '/day',
  place: 'money',
  order: 10,
  title: t('今日', 'Today'),
  reads: 'day.get',
} as const satisfies Page
