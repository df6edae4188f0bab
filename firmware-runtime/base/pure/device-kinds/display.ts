// The display that the driver reads.
import { t } from '../words/fault-text.ts'
import { defineDeviceKind } from './kind.ts'

export const display = defineDeviceKind({
  lane: {
    words: t('显示屏', 'display'),
    label: t('显示屏', 'Display'),
    like: t('例如 tcp://192.168.1.40:5000', 'For example tcp://192.168.1.40:5000'),
    places: { file: 4, clause: 3, met: 4, call: 4 },
    link: { filled: null },
    tried: true,
  },
  frames: {
    place: 3,
    label: t('显示屏', 'Display'),
    noSend: t(
      '显示屏的帧由车道发送,这里只看不发。',
      'The lane sends the display frames; here you can only view them.',
    ),
  },
})
