// A day as the books tell it, for tests of the page: takings, a difference of each side, a counted shift.
// Another state is made from it by what changes.
import type { DayView } from '../../firmware-runtime/api/calls/day.ts'

export const dayView: DayView = {
  day: '2026-03-14',
  fromIso: '2026-03-14T00:00:00+08:00',
  toIso: '2026-03-15T00:00:00+08:00',
  inside: 37,
  capacity: 60,
  stays: 142,
  takings: [
    { means: 'etc', count: 96, amountFen: 81_400 },
    { means: 'qr', count: 31, amountFen: 26_300 },
    { means: 'cash', count: 9, amountFen: 7_500 },
    { means: 'waived', count: 2, amountFen: 0 },
  ],
  refundedFen: 500,
  books: [
    { means: 'etc', expectedFen: 81_400, foundFen: null, state: 'noBill', atIso: '', by: '' },
    {
      means: 'qr',
      expectedFen: 25_800,
      foundFen: 26_700,
      state: 'differs',
      atIso: '2026-03-15T10:12:00+08:00',
      by: '王老板',
    },
    {
      means: 'cash',
      expectedFen: 7_500,
      foundFen: 7_500,
      state: 'equal',
      atIso: '2026-03-14T20:00:00+08:00',
      by: '李四',
    },
  ],
  items: [
    {
      itemId: 'qr-2026-03-14-DEMO-O7P1-0-900',
      day: '2026-03-14',
      means: 'qr',
      kind: 'notInLedger',
      ref: 'DEMO-O7P1',
      stayId: null,
      expectedFen: 0,
      foundFen: 900,
      foundAtIso: '2026-03-15T10:12:00+08:00',
      owner: '王老板',
      end: null,
    },
    {
      itemId: 'cash-2026-03-14-x',
      day: '2026-03-14',
      means: 'cash',
      kind: 'counted',
      ref: '2026-03-14T12:00:00+08:00',
      stayId: null,
      expectedFen: 3_000,
      foundFen: 2_900,
      foundAtIso: '2026-03-14T12:00:00+08:00',
      owner: '李四',
      end: {
        how: 'writtenOff',
        by: '李四',
        approvedBy: '王老板',
        reason: '收银差错',
        atIso: '2026-03-14T12:30:00+08:00',
      },
    },
  ],
  shifts: [
    {
      fromIso: '2026-03-14T08:00:00+08:00',
      toIso: '2026-03-14T20:00:00+08:00',
      beforeFen: 0,
      takenFen: 7_500,
      countedFen: 7_500,
      leftFen: 2_000,
      by: '李四',
    },
  ],
  drawer: { sinceIso: '2026-03-14T20:00:00+08:00', beforeFen: 2_000, takenFen: 1_500 },
}
