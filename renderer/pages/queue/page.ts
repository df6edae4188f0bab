// The page /queue.
import { t } from '#base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/queue/:thing?',
  place: 'money',
  order: 110,
  title: t('待上传', 'To upload'),
  also: t('补传 离线 重传 交易上传', 'Offline resend'),
  reads: 'queue.list',
} as const satisfies Page
