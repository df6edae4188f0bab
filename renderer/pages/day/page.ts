// The page /day.
import { t } from '#base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/day/:day?',
  place: 'money',
  order: 10,
  title: t('今日', 'Today'),
  also: t('今日与记录 收入 日结 对账 交班 钱箱', 'Takings cash up reconcile shift drawer'),
  reads: 'day.get',
} as const satisfies Page
