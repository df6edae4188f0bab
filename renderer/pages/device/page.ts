// The page /gear/:laneId/:kind: one device of a lane.
import { t } from '#base/pure/words/fault-text.ts'
import { laneKinds } from '#base/pure/device-kinds/lane-kinds.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/gear/:laneId/:kind',
  place: 'devices',
  title: t('设备', 'Device'),
  short: t('状态', 'State'),
  reads: 'device.settings',
  parts: laneKinds,
} as const satisfies Page
