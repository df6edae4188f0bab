// The page /system.
import { t } from '#base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/system',
  place: 'works',
  order: 150,
  title: t('系统', 'System'),
  also: t('设置 关于 版本 语言 主题 更新', 'Settings about version language theme update'),
  reads: 'device.health',
  bench: true,
} as const satisfies Page
