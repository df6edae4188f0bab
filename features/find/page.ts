// The page /devices/find.
import { t } from '../../firmware-runtime/core/values/fault-text.ts'
import type { Page } from '../../renderer/kit/page.ts'

export const page = {
  path: '/devices/find',
  place: 'devices',
  order: 20,
  title: t('查找设备', 'Find devices'),
  short: t('查找', 'Find'),
  keys: 'F4',
  reads: 'find.ports',
  bench: true,
} as const satisfies Page
