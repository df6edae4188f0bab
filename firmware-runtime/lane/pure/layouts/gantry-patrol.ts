// Clause 7.2.5, open lot: a sensor in the road reports that its space is occupied, a patrol car reads the OBU, and gantries
// at both ends of the road and at main junctions charge the amount due (8.1.2.6).
import { t } from '#base/pure/words/fault-text.ts'
import { defineLayout } from './layout.ts'
import { gantry, gantrySiting } from './gantry-video.ts'
import { recordLayout } from './place.ts'
import { atSpaces, gantries } from '../street-picture.ts'

export const gantryPatrol = defineLayout({
  clause: '7.2.5',
  lanes: {
    exit: {
      ...gantry,
      devices: { rsu: '7.2.5 a' },
      siting: gantrySiting('7.2.5 a', '7.2.5 a, '),
      open: {
        name: t('门架天线 + 地磁和巡检车', 'gantry, sensors in the road and a patrol car'),
        watch: 'sensor',
        collects: 'gantry',
        siting: {
          gantryEnds: '7.2.5 a',
          gantryKey: '7.2.5 a',
          sensorFlush: '7.2.5 b, 7.2.2 c',
          patrolVideo: '7.2.5 c',
          patrolSpaces: '7.2.5 c',
        },
        picture: [
          ...gantries,
          ...atSpaces('space'),
          ...atSpaces('sensor'),
          { part: 'patrolCar', at: 170 },
        ],
        record: recordLayout,
        reader: t('巡检车', 'Patrol car'),
      },
    },
  },
})
