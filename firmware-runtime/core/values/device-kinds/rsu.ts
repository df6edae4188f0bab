// The antenna (RSU) of a lane.
import { t } from '../fault-text.ts'
import { defineDeviceKind } from './kind.ts'

export const rsu = defineDeviceKind({
  words: t('天线', 'antenna'),
  lane: {
    places: { file: 1, clause: 4, met: 2, call: 2 },
    link: {
      why: t(
        'null:这条车道没有天线,扫码或由人收费',
        'null: the lane has no antenna; payment is by code or to a person',
      ),
    },
    atPlace: true,
    page: '/devices',
  },
})
