// The page /profiles.
import { t } from '#base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/profiles',
  place: 'works',
  order: 130,
  title: t('设备库', 'Device profiles'),
  short: t('设备库', 'Profiles'),
  also: t('设置 设备资料 型号', 'Settings devices models'),
  reads: 'profiles.library',
} as const satisfies Page
