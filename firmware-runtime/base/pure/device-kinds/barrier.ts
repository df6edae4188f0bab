// The barrier of a lane.
import { t } from '../words/fault-text.ts'
import { defineDeviceKind } from './kind.ts'

export const barrier = defineDeviceKind({
  lane: {
    words: t('道闸', 'barrier'),
    label: t('道闸', 'Barrier'),
    like: t(
      '继电器板的地址,例如 tcp://192.168.1.30:502',
      'Address of the relay board, for example tcp://192.168.1.30:502',
    ),
    places: { file: 3, clause: 2, met: 3, call: 1 },
    link: {},
    members: ['sensors', 'sharesBarrierOf'],
    tried: true,
  },
  frames: {
    place: 2,
    label: t('道闸', 'Barrier'),
    noSend: t(
      '道闸的帧会动杆,没有一帧可以手动发送。',
      'Barrier frames move the boom, so none can be sent by hand.',
    ),
  },
})
