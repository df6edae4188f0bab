// The page /profiles.
import { t } from '../../firmware-runtime/core/values/fault-text.ts'
import type { Page } from '../../renderer/kit/page.ts'

export const page = {
  path: '/profiles',
  place: 'works',
  order: 130,
  title: t('设备库', 'Device profiles'),
  short: t('设备库', 'Profiles'),
  reads: 'profiles.library',
} as const satisfies Page
