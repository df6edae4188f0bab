// A signed checkpoint verifies as written, and a forged or damaged one does not.
// Signatures come from a stand-in here; the real ones have their own vectors.
import { describe, expect, it } from 'vitest'
import { standInSigningKey, standInVerifyingKey } from '#base/crypto/stand-in.ts'
import { checkpointHolds, checkpointText, type CheckpointRow } from '#ledger/pure/lot/checkpoint.ts'
import { hexOf } from '#base/pure/data/bytes.ts'

const utf8 = new TextEncoder()
const head = { seq: 2000, hash: 'ab'.repeat(32) }
const signature = hexOf(standInSigningKey('A1').sign(utf8.encode(checkpointText('n1', head, null))))
type Row = Pick<CheckpointRow, 'nodeId' | 'seq' | 'body'>
const row: Row = {
  nodeId: 'n1',
  seq: 2001,
  body: { headSeq: head.seq, headHash: head.hash, signature, certSerial: 'A1' },
}
const verifyBy =
  (serial: string) =>
  (text: string, signed: Uint8Array): boolean =>
    standInVerifyingKey(serial).verify(utf8.encode(text), signed)
const rowsSm3 = (fromSeq: number, toSeq: number): string => `rows ${fromSeq} to ${toSeq}`
const holds = (made: Row, at: (seq: number) => string | null, serial: string): boolean =>
  checkpointHolds(made, { hashAt: at, rowsSm3, verify: verifyBy(serial) })
const hashAt = (seq: number): string | null => (seq === head.seq ? head.hash : null)

describe('checkpointHolds', () => {
  it('as written, also when rows came between head and checkpoint', () => {
    expect(holds(row, hashAt, 'A1')).toBe(true)
    expect(holds({ ...row, seq: 2009 }, hashAt, 'A1')).toBe(true)
  })

  const but = (change: Partial<CheckpointRow['body']>): Row => ({
    ...row,
    body: { ...row.body, ...change },
  })
  it.each<[string, Row, string, (seq: number) => string | null]>([
    ['another signer', row, 'B2', hashAt],
    ['another hash at that row', row, 'A1', () => 'cd'.repeat(32)],
    ['a row that is gone', row, 'A1', () => null],
    ['another node', { ...row, nodeId: 'n2' }, 'A1', hashAt],
    ['a moved place', but({ headSeq: 1999 }), 'A1', () => head.hash],
    ['a place after itself', { ...row, seq: 2000 }, 'A1', hashAt],
    ['no signature', but({ signature: 'xx' }), 'A1', hashAt],
    ['an empty body', { ...row, body: {} as CheckpointRow['body'] }, 'A1', hashAt],
  ])('not with %s', (_name, forged, signer, at) => {
    expect(holds(forged, at, signer)).toBe(false)
  })
})

describe('checkpointHolds, with the rows it vouches for', () => {
  const vouched = { fromSeq: 1000, rowsSm3: rowsSm3(1000, head.seq) }
  const signed = (rows: typeof vouched): string =>
    hexOf(standInSigningKey('A1').sign(utf8.encode(checkpointText('n1', head, rows))))
  const whole: Row = { ...row, body: { ...row.body, ...vouched, signature: signed(vouched) } }
  const but = (change: object): Row => ({ ...whole, body: { ...whole.body, ...change } })

  it('as written', () => {
    expect(holds(whole, hashAt, 'A1')).toBe(true)
  })
  it.each([
    [
      'rows that were changed',
      but({ rowsSm3: 'x', signature: signed({ ...vouched, rowsSm3: 'x' }) }),
    ],
    ['another range than was signed', but({ fromSeq: 999 })],
    ['its range left out', but({ fromSeq: undefined, rowsSm3: undefined })],
    ['half of its range', but({ rowsSm3: undefined })],
    [
      'an empty range',
      but({ fromSeq: head.seq, signature: signed({ ...vouched, fromSeq: head.seq }) }),
    ],
    ['a range of no number', but({ fromSeq: '0' })],
  ])('not with %s', (_, forged) => {
    expect(holds(forged, hashAt, 'A1')).toBe(false)
  })
})
