// The page /copies.
import { t } from '#base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/copies',
  place: 'works',
  order: 110,
  title: t('副本与恢复密钥', 'Copies and recovery key'),
  short: t('副本', 'Copies'),
  also: t('备份 恢复 密钥 U盘', 'Backup restore key'),
  reads: 'backup.status',
} as const satisfies Page
