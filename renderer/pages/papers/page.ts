// The page /papers.
import { t } from '#base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/papers',
  place: 'works',
  order: 70,
  title: t('验收文件', 'Acceptance papers'),
  short: t('验收文件', 'Papers'),
  also: t('开通与验收 报告 盖章', 'Reports stamps'),
  reads: 'papers.state',
} as const satisfies Page
