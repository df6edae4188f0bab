// The page /updates: which version runs, which is offered, and how far it is on its way to the lanes.
import { t } from '#base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/updates',
  place: 'works',
  order: 167,
  title: t('程序更新', 'Program updates'),
  also: t('升级 新版本 回退 试运行 U盘', 'Upgrade new version rollback trial stick'),
  reads: 'updates.get',
} as const satisfies Page
