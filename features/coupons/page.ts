// The page /coupons.
import { t } from '../../firmware-runtime/core/values/fault-text.ts'
import type { Page } from '../../renderer/kit/page.ts'

export const page = {
  path: '/coupons',
  place: 'records',
  order: 100,
  title: t('优惠券与欠费', 'Coupons, arrears'),
  reads: 'coupons.list',
} as const satisfies Page
