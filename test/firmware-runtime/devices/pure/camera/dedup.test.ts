// De-duplication of readings: scenarios as rows of [atMs, reading, verdict].
// Bounds, history and unread plates have rows of their own.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PlateRead } from '#devices/pure/lane/plate-read.ts'
import { emptyDedup, judgeRead, standardDedup } from '#devices/pure/camera/dedup.ts'
import type { DedupState, DedupVerdict } from '#devices/pure/camera/dedup.ts'

const base: PlateRead = {
  deviceId: 'cam1',
  recordId: 'r1',
  deviceAtMs: null,
  plate: '测A12345',
  plateRaw: '测A12345',
  plateState: 'read',
  colour: 'blue',
  confidence: 0.9,
  history: false,
  jpeg: null,
}
const config = { ...standardDedup, plateWindowMs: 8_000, recordMemoryMs: 100_000, entriesMax: 4 }

type Row = readonly [atMs: number, read: Partial<PlateRead>, verdict: DedupVerdict]
const scenarios: Readonly<Record<string, readonly Row[]>> = {
  'an event sent again is the same record, at any time': [
    [0, {}, 'new'],
    [10, {}, 'sameRecord'],
    [90_000, {}, 'sameRecord'],
  ],
  'a record id is forgotten in the end': [
    [0, {}, 'new'],
    [100_001, {}, 'new'],
  ],
  'the same id of another device is another record': [
    [0, {}, 'new'],
    [1, { deviceId: 'cam2', plate: '测A12346' }, 'new'],
  ],
  'another record of the same plate is the same car within the window': [
    [0, {}, 'new'],
    [8_000, { recordId: 'r2' }, 'samePlate'],
  ],
  'and another car after it': [
    [0, {}, 'new'],
    [8_001, { recordId: 'r2' }, 'new'],
  ],
  'a car that stays is read again and again': [
    [0, {}, 'new'],
    [5_000, { recordId: 'r2' }, 'samePlate'],
    [10_000, { recordId: 'r3' }, 'samePlate'],
    [15_000, { recordId: 'r4' }, 'samePlate'],
    [23_001, { recordId: 'r5' }, 'new'],
  ],
  'a repeated record does not keep the window open': [
    [0, {}, 'new'],
    [7_000, {}, 'sameRecord'],
    [8_001, { recordId: 'r2' }, 'new'],
  ],
  'plates that were not read are never one plate': [
    [0, { plate: null }, 'new'],
    [1, { plate: null, recordId: 'r2' }, 'new'],
    [2, { plate: null, recordId: 'r2' }, 'sameRecord'],
  ],
  'history neither hides a live reading nor is hidden by one': [
    [0, { history: true, recordId: 'h1' }, 'new'],
    [1, {}, 'new'],
    [2, { history: true, recordId: 'h2' }, 'new'],
  ],
  'a live event pushed again as history is the same record': [
    [0, {}, 'new'],
    [50_000, { history: true }, 'sameRecord'],
  ],
  'without a record id the plate alone decides': [
    [0, { recordId: '' }, 'new'],
    [1, { recordId: '', plate: '测A12346' }, 'new'],
    [2, { recordId: '' }, 'samePlate'],
    [9_000, { recordId: '' }, 'new'],
  ],
}

describe('de-duplication', () => {
  it.each(Object.entries(scenarios))('%s', (_name, rows) => {
    let state: DedupState = emptyDedup
    for (const [atMs, read, verdict] of rows) {
      const judged = judgeRead(config, state, { ...base, ...read }, atMs)
      expect([atMs, judged.verdict]).toEqual([atMs, verdict])
      state = judged.state
    }
  })
  it('remembers no more than it may', () => {
    let state: DedupState = emptyDedup
    for (let i = 0; i < 20; i++) {
      const read = { ...base, recordId: `r${i}`, plate: `测A${10_000 + i}` }
      state = judgeRead(config, state, read, i).state
    }
    expect([state.records.length, state.plates.length]).toEqual([4, 4])
  })

  it('says the same of an earlier state as if nothing had come since', () => {
    const reads = fc.array(
      fc.record({
        stepMs: fc.integer({ min: -20_000, max: 40_000 }),
        record: fc.nat(5),
        plate: fc.nat(3),
        /** How many readings back: an older state, as one that was stored. */
        back: fc.nat(3),
      }),
      { minLength: 1, maxLength: 60 },
    )
    fc.assert(
      fc.property(reads, (rows) => {
        const states: DedupState[] = [emptyDedup]
        let atMs = 1_000_000
        for (const { stepMs, record, plate, back } of rows) {
          atMs += stepMs
          const state = states.at(-1 - back) ?? emptyDedup
          const read = { ...base, recordId: `r${record}`, plate: `测A1234${plate}` }
          const judged = judgeRead(config, state, read, atMs)
          const copy = { records: [...state.records], plates: [...state.plates] }
          expect(judged).toEqual(judgeRead(config, copy, read, atMs))
          const hasIt = copy.records.some(
            (seen) => seen.key === `cam1|r${record}` && atMs - seen.atMs <= config.recordMemoryMs,
          )
          const oldestFirst = copy.records.every(
            (seen, i) => i === 0 || seen.atMs >= (copy.records[i - 1]?.atMs ?? 0),
          )
          if (oldestFirst) expect(judged.verdict === 'sameRecord').toBe(hasIt)
          states.push(judged.state)
        }
      }),
    )
  })
})
