// The page /devices/safety/:laneId?.
import { t } from '#base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/devices/safety/:laneId?/:kind?',
  place: 'devices',
  order: 50,
  title: t('接管与测试', 'Take over, test'),
  also: t('道闸测试 检修 停用', 'Test boom maintenance'),
  reads: 'device.settings',
  parts: ['rsu', 'barrier'],
} as const satisfies Page
