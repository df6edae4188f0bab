// The plate camera of a lane.
import { t } from '../fault-text.ts'
import { defineDeviceKind } from './kind.ts'

export const camera = defineDeviceKind({
  words: t('相机', 'camera'),
  lane: {
    places: { file: 2, clause: 1, met: 1, call: 3 },
    link: {},
    tried: true,
    page: '/devices/find',
  },
})
