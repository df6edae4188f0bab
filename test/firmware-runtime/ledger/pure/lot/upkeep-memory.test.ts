// What upkeep learns about earlier runs from the ledger: the clock, the last backup, troubles.
// Each row has a time; jumps and pauses between rows show how far the clock can be trusted.
import { describe, expect, it } from 'vitest'
import { emptyUpkeepMemory, foldUpkeep, type UpkeepMemory } from '#ledger/pure/lot/upkeep-memory.ts'
import { dayMs } from '#base/pure/values/instant.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'

const hourMs = 3_600_000

type Said = readonly [atMs: number, type: string, detail?: string]

function memoryOf(...rows: readonly Said[]): UpkeepMemory {
  const memory = emptyUpkeepMemory()
  for (const [atMs, type, detail = ''] of rows) {
    const row =
      type === 'boot' ? { kind: 'boot', atMs } : { kind: 'event', atMs, body: { type, detail } }
    foldUpkeep(memory, row as LedgerRow)
  }
  return memory
}

describe('the clock', () => {
  it.each<[string, readonly Said[], number | null, number]>([
    ['is believed from the first row', [[100 * dayMs, 'boot']], null, 0],
    [
      'may be corrected by minutes',
      [
        [dayMs, 'x'],
        [dayMs - hourMs, 'x'],
      ],
      null,
      0,
    ],
    [
      'set back is in doubt',
      [
        [dayMs, 'x'],
        [dayMs - hourMs - 1, 'x'],
      ],
      dayMs - hourMs - 1,
      0,
    ],
    [
      'silent for days is believed',
      [
        [0, 'x'],
        [4 * dayMs, 'x'],
      ],
      null,
      0,
    ],
    [
      'silent for longer is in doubt',
      [
        [0, 'x'],
        [4 * dayMs + 1, 'x'],
      ],
      4 * dayMs + 1,
      0,
    ],
    [
      'across a rest is believed but for the rest',
      [
        [0, 'x'],
        [9 * hourMs, 'boot'],
      ],
      null,
      9 * hourMs,
    ],
    [
      'counts the longest rest',
      [
        [0, 'x'],
        [9 * hourMs, 'boot'],
        [10 * hourMs, 'boot'],
      ],
      null,
      9 * hourMs,
    ],
    [
      'that was seen to jump is in doubt, and older rests with it',
      [
        [0, 'x'],
        [9 * hourMs, 'boot'],
        [10 * hourMs, 'clockJumped', '3600 s'],
      ],
      10 * hourMs,
      0,
    ],
    [
      'across a long rest is in doubt',
      [
        [0, 'x'],
        [5 * dayMs, 'boot'],
      ],
      5 * dayMs,
      0,
    ],
  ])('%s', (_name, rows, steadySinceMs, unprovenMs) => {
    expect(memoryOf(...rows)).toMatchObject({ steadySinceMs, unprovenMs })
  })
})

describe('time lived', () => {
  it('adds up, jumps left out', () => {
    const year = 365 * dayMs
    const memory = memoryOf(
      [0, 'x'],
      [hourMs, 'x'],
      [hourMs + year, 'clockJumped', `${year / 1000} s`],
      [2 * hourMs + year, 'x'],
      [26 * hourMs + year, 'clockJumped', '86400 s'],
      [27 * hourMs + year, 'x'],
      [3 * hourMs, 'x'],
      [4 * hourMs, 'x'],
    )
    expect(memory.livedMs).toBe(4 * hourMs)
  })
  it('says how long ago the last backup was made', () => {
    const memory = memoryOf([0, 'x'], [hourMs, 'backupMade', 'a.db rows=5'], [3 * hourMs, 'x'])
    expect(memory.livedMs - (memory.backedUpLivedMs ?? 0)).toBe(2 * hourMs)
    expect(memoryOf([0, 'x']).backedUpLivedMs).toBeNull()
  })
})

describe('troubles of the last backup', () => {
  it('stay until one is made', () => {
    const failed: Said = [hourMs, 'backupFailed', 'DATA-02 no room']
    expect(memoryOf(failed).backupFailed).toEqual({ atMs: hourMs, code: 'DATA-02' })
    expect(memoryOf(failed, [2 * hourMs, 'backupMade', 'a.db rows=5']).backupFailed).toBeNull()
  })
  it('of the ledger itself stay until one finds none', () => {
    const found: Said = [hourMs, 'backupMade', 'a.db rows=5 fault=LEDGER-07 seq=3']
    expect(memoryOf(found).ledgerTrouble).toEqual({ code: 'LEDGER-07', seq: 3 })
    expect(memoryOf(found, [2 * hourMs, 'backupMade', 'b.db rows=6']).ledgerTrouble).toBeNull()
  })
})
