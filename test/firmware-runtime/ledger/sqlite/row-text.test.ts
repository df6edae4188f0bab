// The canonical text and hash of a row against fixed texts. Writer and checker share the code, so only a fixed text shows
// when older ledgers would stop verifying (docs/ledger-format.md).
import { createHash, createHmac } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { pageRows } from '#ledger/sqlite/chain.ts'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import {
  canonicalRowText,
  chainHash,
  ledgerRowOf,
  storedOf,
  storedOfSql,
  zeroHash,
  type StoredRow,
} from '#ledger/sqlite/row-text.ts'
import type { LedgerRow, RowDraft } from '#base/pure/rows/ledger-row.ts'
import { event, newFolder, optionsFor, removeFolders, testCrypto, testKey } from './ledger-kit.ts'

afterEach(removeFolders)

const whole: StoredRow = {
  nodeId: 'lot-1',
  seq: 7,
  kind: 'intent',
  atMs: 1_795_132_800_000,
  laneId: 'exit',
  stayId: 's"1',
  orderId: 'o1',
  deductionId: 'o1.1',
  amountFen: 500,
  bodyText: '{"plate":"测A00001"}',
}
const wholeText =
  '{"amountFen":500,"atMs":1795132800000,"body":{"plate":"测A00001"},"deductionId":"o1.1",' +
  '"kind":"intent","laneId":"exit","nodeId":"lot-1","orderId":"o1","seq":7,"stayId":"s\\"1"}'
const bare: StoredRow = {
  ...whole,
  laneId: null,
  stayId: null,
  orderId: null,
  deductionId: null,
  amountFen: null,
}
const bareText =
  '{"atMs":1795132800000,"body":{"plate":"测A00001"},"kind":"intent","nodeId":"lot-1","seq":7}'

const hmac = (prevHash: string, text: string): string =>
  createHmac('sm3', testKey).update(Buffer.from(prevHash, 'hex')).update(text).digest('hex')
const key = { crypto: testCrypto, chainKey: testKey }

describe('the text of a row', () => {
  it('is what the page of the format says, members without a value left out', () => {
    expect(canonicalRowText(whole)).toBe(wholeText)
    expect(canonicalRowText(bare)).toBe(bareText)
  })
  it('and the hash before it make its hash, whatever rows came before', () => {
    const prevHash = 'ab'.repeat(32)
    const detail = '长'.repeat(9000)
    const long = { ...whole, bodyText: JSON.stringify({ detail }) }
    const longText = canonicalRowText(long)
    for (const [row, text] of [
      [whole, wholeText],
      [long, longText],
      [bare, bareText],
      [long, longText],
    ] as const) {
      expect(chainHash(key, zeroHash, row)).toBe(hmac(zeroHash, text))
      expect(chainHash(key, prevHash, row)).toBe(hmac(prevHash, text))
    }
  })
})

describe('what may not be stored is named', () => {
  it.each<[string, Partial<RowDraft>, RegExp]>([
    ['a lane', { laneId: 'a\0' }, /laneId is storable text/],
    ['a stay', { stayId: '\ud83d' }, /stayId is storable text/],
    ['an order', { orderId: 'a\0' }, /orderId is storable text/],
    ['a deduction', { deductionId: 'a\0' }, /deductionId is storable text/],
    ['an amount', { amountFen: 0.5 }, /0\.5 is an amount in fen/],
    ['a time', { atMs: 1.5 }, /1\.5 is a time in whole milliseconds/],
  ])('%s', (_what, over, why) => {
    expect(() => storedOf({ ...event(1), ...over } as RowDraft, 'lot-1', 1)).toThrow(why)
  })
})

describe('a row of the table', () => {
  const hash = Uint8Array.from({ length: 32 }, (_, i) => i)
  const hashText = Buffer.from(hash).toString('hex')
  it('comes back as it was stored', () => {
    const { bodyText, ...rest } = whole
    const row = storedOfSql({ ...rest, body: bodyText, hash })
    expect(row).toEqual({ ...whole, hash: hashText })
    expect(ledgerRowOf(row, 'prev')).toEqual({
      ...rest,
      body: { plate: '测A00001' },
      prevHash: 'prev',
      hash: hashText,
    })
    expect(Object.keys(ledgerRowOf({ ...bare, hash: hashText }, 'prev'))).toEqual(
      ['nodeId', 'seq', 'kind', 'atMs', 'body', 'prevHash', 'hash'], // No member without a value.
    )
  })
  it('that is damaged has empty members instead of wrong ones', () => {
    const wrong = Uint8Array.of(1)
    const damaged = { nodeId: wrong, seq: 'x', kind: 1, atMs: 'y', body: wrong, hash: 'text' }
    expect(storedOfSql({ ...damaged, laneId: 1, amountFen: '5' })).toEqual({
      nodeId: '',
      seq: 0,
      kind: '',
      atMs: 0,
      bodyText: '',
      hash: '',
      laneId: null,
      stayId: null,
      orderId: null,
      deductionId: null,
      amountFen: null,
    })
  })
})

describe('a ledger longer than its pages', () => {
  it('is read whole, from any row on, each row with the hash of the one before', () => {
    const { ledger } = openLedger(optionsFor(newFolder()))
    const count = 2 * pageRows + 45
    ledger.append(Array.from({ length: count }, (_, i) => event(i + 1)))
    const all = [...ledger.rows(0)]
    expect(all.map(({ seq }) => seq)).toEqual(Array.from({ length: count }, (_, i) => i + 1))
    expect(all[0]?.prevHash).toBe(zeroHash)
    for (let i = 1; i < count; i++) expect(all[i]?.prevHash).toBe(all[i - 1]?.hash)
    // Page sizes grow: 2, 8, 32, then a constant size.
    const edges = [1, 2, 3, 9, 10, 11, 41, 42, 43, 169, 170, 171, pageRows, 2 * pageRows]
    for (const after of [...edges, -5, count - 1, count, count + 1]) {
      const rows = [...ledger.rows(after)]
      expect(rows, `after ${after}`).toEqual(all.slice(Math.max(0, after)))
    }
    ledger.close()
  })
  it('is summed up for a checkpoint as anybody can from its rows', () => {
    const { ledger } = openLedger(optionsFor(newFolder()))
    ledger.append(Array.from({ length: 20 }, (_, i) => event(i + 1)))
    const textOf = ({ body, ...row }: LedgerRow): string =>
      `{"atMs":${row.atMs},"body":${JSON.stringify(body, ['detail', 'type'])},"kind":"event",` +
      `"nodeId":"lot-1","seq":${row.seq}}\n`
    const rows = [...ledger.rows(0)]
    for (const [from, to] of [
      [0, 20],
      [0, 1],
      [4, 13],
      [19, 20],
      [20, 20],
    ] as const) {
      const text = rows.slice(from, to).map(textOf).join('')
      expect(ledger.rowsSm3(from, to)).toBe(createHash('sm3').update(text).digest('hex'))
    }
    ledger.close()
    expect(() => ledger.rowsSm3(0, 1)).toThrow(/closed ledger/)
  })
})
