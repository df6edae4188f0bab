// The page /support: the file that a stranger needs to answer for this car park, and such a file opened.
import { t } from '#base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/support',
  place: 'works',
  order: 170,
  title: t('诊断包', 'Support file'),
  also: t('技术支持 求助 为什么付 日志 脱敏', 'Diagnostics help why paid logs masked'),
  reads: 'support.file',
  bench: true,
} as const satisfies Page
