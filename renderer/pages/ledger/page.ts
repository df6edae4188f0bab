// The page /ledger.
import { t } from '#base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/ledger',
  place: 'money',
  order: 20,
  title: t('记录', 'Records'),
  also: t('今日与记录 交易 流水 停车记录 查车', 'Transactions stays find a car'),
  reads: 'ledger.query',
} as const satisfies Page
