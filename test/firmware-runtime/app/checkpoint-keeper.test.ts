// Signed checkpoints: when one is due, and that a forged one does not hold.
// Signatures are the stand-in's here; the real ones have their own vectors.
import { describe, expect, it } from 'vitest'
import {
  standInSigningKey,
  standInVerifyingKey,
} from '../../../firmware-runtime/adapters/crypto/stand-in.ts'
import {
  checkpointHolds,
  checkpointRows,
  dueCheckpoint,
} from '../../../firmware-runtime/app/checkpoint-keeper.ts'
import { instantOf } from '../../../firmware-runtime/core/values/instant.ts'
import type { LedgerRow } from '../../../firmware-runtime/core/values/ledger-row.ts'

const key = standInSigningKey('A1')
const noon = instantOf(2026, 11, 20, 12 * 3_600_000)
const head = (seq: number) => ({ seq, hash: 'ab'.repeat(32) })
const now = (seq: number, atMs = noon, quiet = true) => ({
  head: head(seq),
  atMs,
  quiet,
  nodeId: 'n1',
})
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
    const row = dueCheckpoint(last, at, key)
    expect(row?.kind === 'checkpoint' ? row.body.headSeq : null).toBe(seq)
  })
})

describe('checkpointHolds', () => {
  const draft = dueCheckpoint(last, now(2000), key)
  const row = { ...draft, nodeId: 'n1', seq: 2001, prevHash: '', hash: '' } as Extract<
    LedgerRow,
    { kind: 'checkpoint' }
  >
  const hashAt = (seq: number): string | null => (seq === 2000 ? head(seq).hash : null)
  const verifier = standInVerifyingKey('A1')

  it('holds as written', () => {
    expect(checkpointHolds(row, hashAt, verifier)).toBe(true)
  })

  it.each([
    ['another signer', row, standInVerifyingKey('B2'), hashAt],
    ['another hash at that row', row, verifier, () => 'cd'.repeat(32)],
    ['a row that is gone', row, verifier, () => null],
    ['another node', { ...row, nodeId: 'n2' }, verifier, hashAt],
    ['a moved place', { ...row, body: { ...row.body, headSeq: 1999 } }, verifier, hashAt],
    ['no signature', { ...row, body: { ...row.body, signature: 'xx' } }, verifier, hashAt],
  ])('does not hold with %s', (_name, forged, by, at) => {
    expect(checkpointHolds(forged, at, by)).toBe(false)
  })
})
