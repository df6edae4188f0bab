// The page /ledger.
import { t } from '../../firmware-runtime/core/values/fault-text.ts'
import type { Page } from '../../renderer/kit/page.ts'

export const page = {
  path: '/ledger',
  place: 'records',
  order: 10,
  title: t('今日与记录', 'Today and records'),
  short: t('记录', 'Records'),
  reads: 'ledger.query',
} as const satisfies Page
