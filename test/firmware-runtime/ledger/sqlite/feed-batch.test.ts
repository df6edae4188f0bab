// Rows of a real ledger as its centre gets them: whatever the cuts, the digest is the one that docs/centre.md describes,
// computed here with node:crypto alone.
import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keptMark } from '#ledger/centre/feed-file.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { feedBatch, feedDigest, type RowsAfter } from '#ledger/sqlite/feed-batch.ts'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { openLedgerReader } from '#ledger/sqlite/ledger-reader.ts'
import { ReaderWorker } from '#lane/sqlite/reader-worker.ts'
import { noRowsMark, type FeedBatch, type Mark } from '#ledger/pure/centre/follower.ts'
import { feedLimits } from '#ledger/pure/centre/row-feed.ts'
import { present } from '#base/pure/values/must.ts'
import { carRows, newFolder, optionsFor, removeFolders, testKey } from './ledger-kit.ts'

const entry = resolve(import.meta.dirname, '../../../../firmware-runtime/main.ts')
const crypto = openGmCrypto()
const url = 'https://centre'
let dir = ''
let rows: RowsAfter
let head = 0
let lines: readonly string[] = []
let done: () => void = () => undefined

const sm3 = (data: string | Uint8Array): Buffer => createHash('sm3').update(data).digest()
/** d after each row, by the text of docs/centre.md; d of no row first. */
function digestsByHand(texts: readonly string[]): readonly string[] {
  let before: Buffer = Buffer.alloc(32)
  return [before.toString('hex')].concat(
    texts.map((text) => {
      before = sm3(Buffer.concat([before, sm3(Buffer.from(text, 'utf8'))]))
      return before.toString('hex')
    }),
  )
}
const textsOf = ({ body }: FeedBatch): readonly string[] => {
  const text = gunzipSync(body).toString('utf8')
  expect(text.endsWith('\n')).toBe(true)
  return text.slice(0, -1).split('\n')
}
const whole = (steps: Generator<undefined, Mark>): Mark => {
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value
}

beforeAll(() => {
  dir = newFolder()
  const { ledger } = openLedger(optionsFor(dir, { crypto }))
  for (let n = 0; n < 40; n++) ledger.append(carRows(n, n % 5 !== 3))
  head = ledger.head.seq
  ledger.close()
  const reader = openLedgerReader({ dir, nodeId: 'lot-1', chainKey: testKey, crypto })
  rows = reader.storedAfter
  done = () => reader.close()
  // The texts as the export of the ledger has them, independent of the feed.
  lines = [...reader.rows()].map(({ prevHash: _, hash: __, ...row }) => canonical(row))
})
afterAll(() => {
  done()
  removeFolders()
})

/** Members in the order of their names, without blanks. */
const canonical = (value: unknown): string =>
  Array.isArray(value)
    ? `[${value.map(canonical).join(',')}]`
    : typeof value === 'object' && value !== null
      ? `{${Object.entries(value)
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`)
          .join(',')}}`
      : JSON.stringify(value)

test('any cuts give the same lines and the same digests', () => {
  const byHand = digestsByHand(lines)
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 20 }),
      (cuts) => {
        let at = noRowsMark
        const sent: string[] = []
        for (let n = 0; at.seq < head; n++) {
          const batch = present(
            feedBatch(rows, at, cuts[n % cuts.length] ?? 1, crypto.sm3),
            'there are rows',
          )
          expect(batch.from).toEqual(at)
          expect(batch.to.digest).toBe(byHand[batch.to.seq])
          sent.push(...textsOf(batch))
          at = batch.to
        }
        expect(sent).toEqual(lines)
        expect(feedBatch(rows, at, 5, crypto.sm3)).toBeNull()
      },
    ),
    { numRuns: 25 },
  )
})

test.each([
  ['from the first row', noRowsMark],
  [
    'of a mark with the hash of another ledger',
    { seq: 9, digest: '12'.repeat(32), hash: '34'.repeat(32) },
  ],
  ['of a mark behind the ledger', { seq: 100_000, digest: '12'.repeat(32), hash: '34'.repeat(32) }],
])('the digest %s is that of the own rows', (_name, from) => {
  const byHand = digestsByHand(lines)
  for (const seq of [0, 1, 30, head])
    expect(whole(feedDigest(rows, seq, from, crypto.sm3)).digest).toBe(byHand[seq])
})

test('a mark of this ledger is gone on from, and not computed again', () => {
  const mark = whole(feedDigest(rows, 30, noRowsMark, crypto.sm3))
  const read: number[] = []
  const counted: RowsAfter = (seq) => (read.push(seq), rows(seq))
  expect(whole(feedDigest(counted, 31, mark, crypto.sm3)).digest).toBe(digestsByHand(lines)[31])
  expect(read).toEqual([29, 30])
})

describe('rows that are not sent as they are', () => {
  const stored = (seq: number, bodyText: string) => ({
    nodeId: 'lot-1',
    seq,
    kind: 'event',
    atMs: 1,
    laneId: null,
    stayId: null,
    orderId: null,
    deductionId: null,
    amountFen: null,
    bodyText,
    hash: '00'.repeat(32),
  })
  const textOf = (seq: number, body: string) =>
    `{"atMs":1,"body":${body},"kind":"event","nodeId":"lot-1","seq":${seq}}`
  const of =
    (bodies: readonly string[]): RowsAfter =>
    (after) =>
      bodies.map((body, at) => stored(at + 1, body)).slice(after)
  /** Does not compress. */
  const noise = (bytes: number): string =>
    JSON.stringify(
      Array.from({ length: bytes / 32 }, (_, at) => sm3(String(at)).toString('base64')).join(''),
    )

  test.each([
    ['a line end, which only damage puts there', '{"a":\n1}'],
    ['more than a batch holds unpacked', `"${'x'.repeat(feedLimits.plainBytesMax)}"`],
    ['more than a batch holds packed', noise(2 * feedLimits.bytesMax)],
  ])('%s: as its r, and the digest is the same', (_name, body) => {
    const bodies = ['1', body, '3']
    const byHand = digestsByHand(bodies.map((one, at) => textOf(at + 1, one)))
    let at = noRowsMark
    const sent: string[] = []
    while (at.seq < 3) {
      const batch = present(feedBatch(of(bodies), at, 500, crypto.sm3), 'there are rows')
      expect(batch.body.length).toBeLessThanOrEqual(feedLimits.bytesMax)
      sent.push(...textsOf(batch))
      at = batch.to
      expect(at.digest).toBe(byHand[at.seq])
    }
    expect(sent).toEqual([
      textOf(1, '1'),
      `#${sm3(textOf(2, body)).toString('hex')}`,
      textOf(3, '3'),
    ])
  })

  test('many large rows are cut into batches within the limits', () => {
    const bodies = Array.from({ length: 12 }, () => noise(feedLimits.bytesMax / 4))
    let at = noRowsMark
    let batches = 0
    for (; at.seq < 12; batches++) {
      const batch = present(feedBatch(of(bodies), at, 500, crypto.sm3), 'there are rows')
      expect(batch.body.length).toBeLessThanOrEqual(feedLimits.bytesMax)
      expect(textsOf(batch)).toEqual(
        bodies.slice(at.seq, batch.to.seq).map((body, n) => textOf(at.seq + n + 1, body)),
      )
      at = batch.to
    }
    expect(batches).toBeGreaterThan(2)
  })

  test('a missing row is no batch', () => {
    const gap: RowsAfter = () => [stored(1, '1'), stored(3, '3')]
    expect(() => feedBatch(gap, noRowsMark, 5, crypto.sm3)).toThrow('LEDGER-04')
    expect(() => whole(feedDigest(gap, 3, noRowsMark, crypto.sm3))).toThrow('LEDGER-04')
    expect(() => whole(feedDigest(of(['1']), 3, noRowsMark, crypto.sm3))).toThrow('LEDGER-04')
  })
})

test('the worker answers the same, and keeps a mark that the next start reads', async () => {
  const reader = new ReaderWorker(entry, { dir, nodeId: 'lot-1', chainKey: testKey })
  try {
    const batch = present(await reader.feedBatch(noRowsMark, 7), 'there are rows')
    expect(textsOf(batch)).toEqual(lines.slice(0, 7))
    const mark = await reader.feedDigest(head, batch.to)
    expect(mark.digest).toBe(digestsByHand(lines)[head])
    await reader.feedKeep(url, mark)
    expect(keptMark(dir, 'lot-1', url)).toEqual(mark)
    expect(keptMark(dir, 'n2', url)).toBeNull()
    expect(keptMark(dir, 'lot-1', 'https://other')).toBeNull()
    await expect(reader.feedDigest(head + 1, mark)).rejects.toMatchObject({ code: 'LEDGER-04' })
  } finally {
    await reader.close()
  }
})
