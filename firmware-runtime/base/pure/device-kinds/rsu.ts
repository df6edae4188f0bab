// The antenna (RSU) of a lane.
import { t } from '../words/fault-text.ts'
import { defineDeviceKind } from './kind.ts'

export const rsu = defineDeviceKind({
  lane: {
    words: t('天线', 'antenna'),
    label: t('天线', 'RSU'),
    like: t('例如 tcp://192.168.1.20:60001', 'For example tcp://192.168.1.20:60001'),
    places: { file: 1, clause: 4, met: 2, call: 2 },
    link: {
      why: t(
        'null:这条车道没有天线,扫码或由人收费',
        'null: the lane has no antenna; payment is by code or to a person',
      ),
    },
    members: ['psams', 'siting'],
    atPlace: true,
  },
  frames: { place: 1, label: t('天线', 'Antenna') },
})
