// The page /devices/settings/:laneId?.
import { t } from '#base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/devices/settings/:laneId?',
  place: 'devices',
  order: 10,
  title: t('天线设置', 'Antenna settings'),
  short: t('天线', 'Antenna'),
  also: t('设备设置 RSU 功率 角度 参数', 'Devices RSU power angle'),
  reads: 'device.settings',
  bench: true,
  parts: ['rsu'],
} as const satisfies Page
