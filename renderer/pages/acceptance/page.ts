// The page /acceptance.
import { t } from '#base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/acceptance',
  place: 'works',
  order: 60,
  title: t('接入验收', 'Acceptance'),
  short: t('验收', 'Acceptance'),
  also: t('开通与验收 试验 检测 附录E', 'Tests appendix E'),
  reads: 'acceptance.state',
} as const satisfies Page
