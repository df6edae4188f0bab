// Clause 7.2.2, open lot: a sensor in the road reports that its space is occupied, the pile there reads the OBU, and the
// platform charges it when the car has left (8.1.2.3).
import { t } from '#base/pure/words/fault-text.ts'
import { defineLayout } from './layout.ts'
import { recordLayout } from './place.ts'
import { atSpaces } from '../street-picture.ts'

export const pileSensor = defineLayout({
  clause: '7.2.2',
  lanes: {
    exit: {
      ...recordLayout,
      devices: { rsu: '7.2.2 b' },
      open: {
        name: t('ETC 识别桩 + 地磁', 'ETC piles and sensors in the road'),
        watch: 'sensor',
        collects: 'platform',
        pile: '7.2.2 b',
        headToTail: '7.2.2 a',
        siting: {
          headToTail: '7.2.2 a',
          pilePlace: '7.2.2 b',
          sensorFlush: '7.2.2 c',
          pileKeys: '7.2.2 d',
        },
        picture: [...atSpaces('space'), ...atSpaces('sensor'), ...atSpaces('pile')],
        record: recordLayout,
      },
    },
  },
})
