// The barrier of a lane.
import { t } from '../fault-text.ts'
import { defineDeviceKind } from './kind.ts'

export const barrier = defineDeviceKind({
  words: t('道闸', 'barrier'),
  lane: {
    places: { file: 3, clause: 2, met: 3, call: 1 },
    link: {},
    tried: true,
    page: '/devices/safety',
  },
})
