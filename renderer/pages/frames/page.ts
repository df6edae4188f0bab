// The page /devices/frames/:laneId?/:kind?.
import { t } from '#base/pure/words/fault-text.ts'
import { framedKinds } from '#base/pure/lot/logged-device.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/devices/frames/:laneId?/:kind?',
  place: 'devices',
  order: 30,
  title: t('报文', 'Frames'),
  also: t('日志 协议 通信', 'Log protocol traffic'),
  reads: 'device.frames',
  bench: true,
  parts: framedKinds,
} as const satisfies Page
