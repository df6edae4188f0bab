// The antenna (RSU) of a lane.
import { t } from '../fault-text.ts'
import { defineDeviceKind } from './kind.ts'

export const rsu = defineDeviceKind({
  lane: {
    words: t('天线', 'antenna'),
    label: t('天线', 'RSU'),
    like: t(
      '例如 tcp://192.168.1.20:60001。车道第一次连上天线:天线自报功率就照用;不自报就写入地址里写明的功率(power=),没写明就用备份或设备库的常用值,天线原来的功率会被覆盖,找不回来',
      'For example tcp://192.168.1.20:60001. When a lane first connects, it keeps the power that the antenna reports; if the antenna reports none, the lane writes the power stated in the address (power=), else that of a backup or the usual value of the profile, and the earlier power is overwritten and lost',
    ),
    places: { file: 1, clause: 4, met: 2, call: 2 },
    link: {
      why: t(
        'null:这条车道没有天线,扫码或由人收费',
        'null: the lane has no antenna; payment is by code or to a person',
      ),
    },
    atPlace: true,
  },
  frames: { place: 1, label: t('天线', 'Antenna') },
})
