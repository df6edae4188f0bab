// The page /reports.
import { t } from '#base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/reports',
  place: 'money',
  order: 30,
  title: t('报表', 'Reports'),
  also: t('月报 日报 导出 统计', 'Month day export'),
  reads: 'report.state',
} as const satisfies Page
