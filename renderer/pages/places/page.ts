// The page /devices/places/:laneId?.
import { t } from '#base/pure/words/fault-text.ts'
import type { Page } from '../../kit/page.ts'

export const page = {
  path: '/devices/places/:laneId?',
  place: 'devices',
  order: 70,
  title: t('识别桩与手持机', 'Piles and handhelds'),
  short: t('桩与手持机', 'Piles, handhelds'),
  also: t('手持机 车位', 'Handhelds spaces'),
  reads: 'place.state',
} as const satisfies Page
