// Clause 7.2.3, open lot: a sensor in the road reports that its space is occupied, a person reads the OBU with a handheld,
// and the platform charges it when the car has left (8.1.2.4).
import { t } from '#base/pure/words/fault-text.ts'
import { defineLayout } from './layout.ts'
import { recordLayout } from './place.ts'
import { atSpaces } from '../street-picture.ts'

export const handheldSensor = defineLayout({
  clause: '7.2.3',
  lanes: {
    exit: {
      ...recordLayout,
      devices: { rsu: '7.2.3 b' },
      open: {
        name: t('人工手持机 + 地磁', 'handhelds and sensors in the road'),
        watch: 'sensor',
        collects: 'platform',
        siting: { sensorFlush: '7.2.3 a, 7.2.2 c', handheldReads: '7.2.3 b' },
        picture: [...atSpaces('space'), ...atSpaces('sensor'), { part: 'handheld', at: 150 }],
        record: recordLayout,
        reader: t('手持机', 'Handheld'),
      },
    },
  },
})
