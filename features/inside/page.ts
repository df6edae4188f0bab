// The page /inside.
import { t } from '../../firmware-runtime/core/values/fault-text.ts'
import type { Page } from '../../renderer/kit/page.ts'

export const page = {
  path: '/inside',
  place: 'records',
  order: 70,
  title: t('场内车辆', 'Cars inside'),
  short: t('场内车辆', 'Inside'),
  reads: 'inside.list',
} as const satisfies Page
