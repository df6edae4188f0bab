// The page /devices/workshop.
import { t } from '#base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/devices/workshop',
  place: 'devices',
  order: 60,
  title: t('新设备资料', 'New profile'),
  short: t('新设备', 'New device'),
  also: t('协议 新型号', 'Protocol new model'),
  reads: 'device.frames',
} as const satisfies Page
