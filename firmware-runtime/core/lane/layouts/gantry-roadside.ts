// Clause 7.2.4, open lot: cameras behind the spaces at the right report arrivals and departures, gantries at both ends of
// the road and at main junctions charge the amount due (8.1.2.5).
import { t } from '../../values/fault-text.ts'
import { defineLayout } from './layout.ts'
import { gantry } from './gantry-video.ts'

export const gantryRoadside = defineLayout({
  clause: '7.2.4',
  lanes: {
    exit: {
      ...gantry,
      devices: { rsu: '7.2.4 a' },
      open: {
        name: t('门架天线 + 路侧车牌识别摄像机', 'gantry and cameras at the roadside'),
        watch: 'camera',
        collects: 'gantry',
      },
    },
  },
})
