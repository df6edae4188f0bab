// The page /devices.
import { t } from '../../firmware-runtime/core/values/fault-text.ts'
import type { Page } from '../../renderer/kit/page.ts'
import { devices } from './words.ts'

export const page = {
  path: '/devices',
  place: 'devices',
  order: 10,
  title: t('设备', 'Devices'),
  inHead: t('设置', 'Settings'),
  reads: 'device.settings',
  bench: true,
  words: devices,
} as const satisfies Page
