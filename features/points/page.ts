// The page /points.
import { t } from '../../firmware-runtime/core/values/fault-text.ts'
import type { Page } from '../../renderer/kit/page.ts'

export const page = {
  path: '/points',
  place: 'records',
  order: 90,
  title: t('会员积分', 'Points'),
  reads: 'points.list',
} as const satisfies Page
