// The page /gear, on which the place of the devices opens.
import { t } from '#base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/gear',
  place: 'devices',
  order: 5,
  title: t('全部设备', 'All devices'),
  short: t('一览', 'Overview'),
  also: t('状态 失联 相机 道闸 显示屏 打印机', 'State lost camera boom display printer'),
  reads: 'device.settings',
} as const satisfies Page
