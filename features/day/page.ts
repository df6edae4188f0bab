// The page /day.
import { t } from '../../firmware-runtime/core/values/fault-text.ts'
import type { Page } from '../../renderer/kit/page.ts'

export const page = {
  path: '/day',
  place: 'records',
  order: 20,
  title: t('今日', 'Today'),
  reads: 'day.get',
} as const satisfies Page
