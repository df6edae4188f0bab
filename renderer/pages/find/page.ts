// The page /devices/find.
import { t } from '#base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/devices/find',
  place: 'devices',
  order: 20,
  title: t('查找设备', 'Find devices'),
  short: t('查找', 'Find'),
  also: t('搜索 串口 网口 添加设备', 'Search ports add a device'),
  keys: 'F4',
  reads: 'find.ports',
  bench: true,
} as const satisfies Page
