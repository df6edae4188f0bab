// When a signed checkpoint is due. That a forged one is refused: ledger/pure/lot/checkpoint.test.ts.
// Signatures come from a stand-in here; the real ones have their own vectors.
import { describe, expect, it } from 'vitest'
import { standInSigningKey } from '#base/crypto/stand-in.ts'
import {
  checkpointRows,
  checkpointRowsMax,
  dueCheckpoint,
  type CheckpointState,
} from '#lane/lot/upkeep/checkpoint-writer.ts'
import { instantOf } from '#base/pure/values/instant.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'

const key = standInSigningKey('A1')
const noon = instantOf(2026, 11, 20, 12 * 3_600_000)
const head = (seq: number) => ({ seq, hash: 'ab'.repeat(32) })
const now = (seq: number, atMs = noon, quiet = true) => ({
  head: head(seq),
  atMs,
  quiet,
  nodeId: 'n1',
})
const ledger = {
  rowsSm3: (fromSeq: number, toSeq: number): string => `${fromSeq}-${toSeq}`,
  rows: (afterSeq: number) => [{ hash: `hash of ${afterSeq + 1}` } as LedgerRow],
}
const last = { lastSeq: 10, headSeq: 9, lastAtMs: noon }

describe('dueCheckpoint', () => {
  it.each([
    ['nothing new', now(10), null],
    ['a few rows in the same shift', now(20), null],
    ['a thousand rows', now(10 + checkpointRows), 10 + checkpointRows],
    ['a thousand rows while a car is about', now(10 + checkpointRows, noon, false), null],
    ['one row in the next shift', now(11, noon + 4 * 3_600_000), 11],
    ['the last moment of the shift', now(11, noon + 4 * 3_600_000 - 1), null],
    ['nothing new in the next shift', now(10, noon + 86_400_000), null],
  ])('%s', (_name, at, seq) => {
    const row = dueCheckpoint(last, at, ledger, key)
    const body = row?.kind === 'checkpoint' ? row.body : null
    expect(body?.headSeq ?? null).toBe(seq)
    // A checkpoint covers the rows from the previous checkpoint on, so no row lies between two of them.
    if (seq !== null) expect([body?.fromSeq, body?.rowsSm3]).toEqual([9, `9-${seq}`])
  })
  it('vouches for rows without end in one checkpoint after another, each a bounded piece', () => {
    // A lot that had no key for months: no row is covered by a checkpoint.
    let state: CheckpointState = { lastSeq: 0, headSeq: 0, lastAtMs: noon }
    let headSeq = 4 * checkpointRowsMax + 700
    const pieces: number[] = []
    for (let row; (row = dueCheckpoint(state, now(headSeq), ledger, key)) !== null;) {
      if (row.kind !== 'checkpoint') throw new Error('no checkpoint')
      const { body } = row
      pieces.push(body.headSeq - (body.fromSeq ?? 0))
      expect([body.fromSeq, body.rowsSm3]).toEqual([
        state.headSeq,
        `${state.headSeq}-${body.headSeq}`,
      ])
      // The signed hash is that of the last row covered, which need not be the last row of the ledger.
      expect(body.headHash).toBe(
        body.headSeq === headSeq ? head(headSeq).hash : `hash of ${body.headSeq}`,
      )
      state = { lastSeq: ++headSeq, headSeq: body.headSeq, lastAtMs: noon }
    }
    expect(Math.max(...pieces)).toBe(checkpointRowsMax)
    // The last one covers everything up to the row before itself, as usual without a backlog.
    expect(state.headSeq).toBe(state.lastSeq - 1)
  })
})
