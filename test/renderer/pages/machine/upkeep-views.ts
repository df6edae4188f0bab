// Upkeep in the runtime's answers, for tests of the window: in order, and in trouble.
// Numbers are invented.
import type { UpkeepView } from '#lane/calls/views.ts'

/** A folder in order: 61 days of photos, last night's backup. */
export const upkeep = (over: Partial<UpkeepView> = {}): UpkeepView => ({
  disk: { freeMb: 183_296, warnMb: 2048, low: false },
  photos: {
    days: 61,
    oldestDay: '2026-01-13',
    keepDays: 60,
    mb: null,
    budgetGb: null,
    heldUntilIso: null,
  },
  backup: {
    lastAtIso: '2026-03-14T03:00:41.000+08:00',
    file: 'nightly-00412-20260314T030041-184220.db',
    rows: 184_220,
    verified: true,
    kept: 7,
    keep: 7,
    nextAtIso: '2026-03-15T03:00:00.000+08:00',
    running: false,
    failed: null,
  },
  faults: [],
  ...over,
})

/** Nearly full, last night's backup failed, and the clock had jumped before. */
export const upkeepInTrouble = upkeep({
  disk: { freeMb: 1_412, warnMb: 2048, low: true },
  photos: {
    days: 44,
    oldestDay: '2025-12-30',
    keepDays: 60,
    mb: null,
    budgetGb: null,
    heldUntilIso: '2026-04-20T09:14:02.000+08:00',
  },
  backup: {
    ...upkeep().backup,
    failed: { code: 'DATA-02', atIso: '2026-03-14T10:02:09.000+08:00' },
    nextAtIso: '2026-03-14T11:02:09.000+08:00',
  },
  faults: [
    { code: 'UPKEEP-01', note: '1412 MB' },
    { code: 'UPKEEP-02', note: 'DATA-02' },
  ],
})

/** Upkeep of a folder made today. */
export const upkeepNew = upkeep({
  photos: { days: 0, oldestDay: null, keepDays: 60, mb: null, budgetGb: null, heldUntilIso: null },
  backup: { ...upkeep().backup, lastAtIso: null, file: null, rows: null, verified: false, kept: 0 },
})
