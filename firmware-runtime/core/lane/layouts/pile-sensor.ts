// Clause 7.2.2, open lot: a sensor in the road reports that its space is occupied, the pile there reads the OBU, and the
// platform charges it when the car has left (8.1.2.3).
import { defineLayout } from './layout.ts'
import { recordLayout } from './place.ts'

export const pileSensor = defineLayout({
  clause: '7.2.2',
  lanes: {
    exit: {
      ...recordLayout,
      devices: { rsu: '7.2.2 b' },
      open: { watch: 'sensor', collects: 'platform', record: recordLayout },
    },
  },
})
