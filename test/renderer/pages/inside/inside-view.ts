// The cars inside a scripted lot: two that may be gone, one in a lane, one whose plate was not read.
// The oldest first, as the runtime answers.
import type { InsideView } from '#lane/calls/inside-views.ts'

const plain = { colour: 'blue', photoId: null, bar: null } as const

export const insideView: InsideView = {
  rows: [
    { ...plain, stayId: 'n1-S1', plate: '测A12345', enteredAtIso: '2026-11-18T08:02:11+08:00' },
    { ...plain, stayId: 'n1-S2', plate: '测B12345', enteredAtIso: '2026-11-20T07:00:00+08:00' },
    {
      ...plain,
      stayId: 'n1-S3',
      plate: '测C12345',
      enteredAtIso: '2026-11-20T08:00:00+08:00',
      bar: 'carInLane',
    },
    { ...plain, stayId: 'n1-S4', plate: null, enteredAtIso: '2026-11-20T09:00:00+08:00' },
  ],
}
