// Copies of a lot in the runtime's answer: the place, the last one, the last restore by test, the recovery key.
// Ages are relative to the board's clock in these tests.
import type { BackupView } from '#ledger/calls/backup-views.ts'

export const copiesView = (over: Partial<BackupView> = {}): BackupView => ({
  keyId: 'K7M2-QX4P',
  keyMadeAtIso: '2026-01-05T09:00:00+08:00',
  to: '/media/stick/copies',
  hostKey: null,
  last: {
    atIso: '2026-03-14T08:05:00+08:00',
    place: '/media/stick/copies/A0001/copy.etc',
    headSeq: 1842,
    headHash: 'a'.repeat(64),
  },
  tested: {
    atIso: '2026-03-14T03:10:00+08:00',
    testedAtIso: '2026-03-14T03:12:00+08:00',
    place: '/media/stick/copies/A0001/copy.etc',
    headSeq: 1700,
    headHash: 'b'.repeat(64),
    opened: 4,
    older: 12,
    photos: { opened: 10, damaged: { count: 0, files: [] } },
  },
  photos: {
    there: {
      count: 812,
      bytes: 96_000_000,
      newestIso: '2026-03-14T08:04:00+08:00',
      isCounted: true,
    },
    left: 0,
    damaged: { count: 0, files: [] },
    back: null,
  },
  running: false,
  fault: null,
  toDo: [],
  ...over,
})
