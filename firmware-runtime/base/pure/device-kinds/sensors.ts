// The boards of a lane's loops and radars, beyond the inputs of its barrier.
import { t } from '../words/fault-text.ts'
import { defineDeviceKind } from './kind.ts'

export const sensors = defineDeviceKind({
  frames: {
    place: 4,
    more: ['sensors-2', 'sensors-3', 'sensors-4'],
    label: t('线圈和雷达', 'Loops and radars'),
    noSend: t(
      '检测器只有轮询,这里只看不发。',
      'Detectors are only polled; here you can only view the frames.',
    ),
  },
})
