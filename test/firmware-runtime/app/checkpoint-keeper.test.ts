// Signed checkpoints: when one is due. That a forged one does not hold: core/lot/checkpoint.test.ts.
// Signatures are the stand-in's here; the real ones have their own vectors.
import { describe, expect, it } from 'vitest'
import { standInSigningKey } from '../../../firmware-runtime/adapters/crypto/stand-in.ts'
import { checkpointRows, dueCheckpoint } from '../../../firmware-runtime/app/checkpoint-keeper.ts'
import { instantOf } from '../../../firmware-runtime/core/values/instant.ts'

const key = standInSigningKey('A1')
const noon = instantOf(2026, 11, 20, 12 * 3_600_000)
const head = (seq: number) => ({ seq, hash: 'ab'.repeat(32) })
const now = (seq: number, atMs = noon, quiet = true) => ({
  head: head(seq),
  atMs,
  quiet,
  nodeId: 'n1',
})
const sumOf = (fromSeq: number, toSeq: number): string => `${fromSeq}-${toSeq}`
const last = { lastSeq: 10, lastAtMs: noon }

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
    const row = dueCheckpoint(last, at, sumOf, key)
    const body = row?.kind === 'checkpoint' ? row.body : null
    expect(body?.headSeq ?? null).toBe(seq)
    // The row before the last checkpoint was the last one it spoke for: no row lies between two of them.
    if (seq !== null) expect([body?.fromSeq, body?.rowsSm3]).toEqual([9, `9-${seq}`])
  })
})
