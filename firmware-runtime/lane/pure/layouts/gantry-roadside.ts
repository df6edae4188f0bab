// Clause 7.2.4, open lot: cameras behind the spaces at the right report arrivals and departures, gantries at both ends of
// the road and at main junctions charge the amount due (8.1.2.5).
import { t } from '#base/pure/words/fault-text.ts'
import { defineLayout } from './layout.ts'
import { gantry, gantrySiting } from './gantry-video.ts'
import { atSpaces, gantries } from '../street-picture.ts'

export const gantryRoadside = defineLayout({
  clause: '7.2.4',
  lanes: {
    exit: {
      ...gantry,
      devices: { rsu: '7.2.4 a' },
      siting: gantrySiting('7.2.4 a', '7.2.4 a, '),
      open: {
        name: t('门架天线 + 路侧车牌识别摄像机', 'gantry and cameras at the roadside'),
        watch: 'camera',
        collects: 'gantry',
        siting: { gantryEnds: '7.2.4 a', gantryKey: '7.2.4 a', cameraBehind: '7.2.4 b' },
        picture: [...gantries, ...atSpaces('space'), ...atSpaces('roadCamera')],
      },
    },
  },
})
