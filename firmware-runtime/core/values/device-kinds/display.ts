// The display that the driver reads.
import { t } from '../fault-text.ts'
import { defineDeviceKind } from './kind.ts'

export const display = defineDeviceKind({
  words: t('显示屏', 'display'),
  lane: {
    places: { file: 4, clause: 3, met: 4, call: 4 },
    link: { filled: null },
    tried: true,
    page: '/lane',
  },
})
