// The page /devices/tune/:laneId?.
import { t } from '#base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/devices/tune/:laneId?',
  place: 'devices',
  order: 40,
  title: t('天线调优', 'Tune the antenna'),
  short: t('调优', 'Tune'),
  also: t('调试 功率 角度', 'Power angle'),
  reads: 'tune.get',
  bench: true,
  parts: ['rsu'],
} as const satisfies Page
