// How the door reads a batch: headers, gzip, lines, rows, digests and clocks.
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import {
  batchHeadOf,
  isOddTime,
  Malformed,
  readBatch,
  signedBytes,
  TooLarge,
  unpacked,
  withPassed,
} from '../../../centre/door/batch.ts'
import { dayMs } from '#base/pure/values/instant.ts'
import { feedLimits } from '#ledger/pure/centre/row-feed.ts'
import { gm, headOf, rowText } from './row-kit.ts'

const nowMs = 1_790_000_000_000
const digest = 'ab'.repeat(32)
const headers = {
  'content-type': 'application/x-ndjson',
  'content-encoding': 'gzip',
  'etc-lot': 'GX00012',
  'etc-node': 'n1',
  'etc-from': '11',
  'etc-to': '12',
  'etc-prev': '0'.repeat(64),
  'etc-head': digest,
  'etc-serial': '4EC923EF',
  'etc-signature': '3045022100b522210220086a',
}

const thrown = (work: () => unknown): unknown => {
  try {
    return work()
  } catch (error) {
    return error instanceof Malformed ? error.body : error
  }
}

it('reads the headers of a batch', () => {
  const head = batchHeadOf(headers)
  expect(head).toMatchObject({ lotId: 'GX00012', nodeId: 'n1', fromSeq: 11, toSeq: 12 })
  expect(new TextDecoder().decode(signedBytes(head))).toBe(
    `etc-lane rows 1\nGX00012\nn1\n11\n12\n${'0'.repeat(64)}\n${digest}`,
  )
})

it.each([
  ['content-type', 'application/json'],
  ['content-type', ''],
  ['content-encoding', 'br'],
  ['content-encoding', undefined],
  ['etc-lot', ''],
  ['etc-lot', 'GX00012/../B'],
  ['etc-lot', 'ninechars'],
  ['etc-lot', undefined],
  ['etc-node', 'N1'],
  ['etc-node', 'n1, n2'],
  ['etc-node', '节点'],
  ['etc-from', '0'],
  ['etc-from', '-1'],
  ['etc-from', '011'],
  ['etc-from', '1e3'],
  ['etc-from', '9007199254740993'],
  ['etc-from', '99999999999999999'],
  ['etc-to', '10'],
  ['etc-to', ' 12'],
  ['etc-to', '12.0'],
  ['etc-prev', digest.toUpperCase()],
  ['etc-prev', digest.slice(2)],
  ['etc-head', `${digest}00`],
  ['etc-head', ['a', 'b']],
  ['etc-serial', '4ec923ef'],
  ['etc-serial', '4EC'],
  ['etc-serial', ''],
  ['etc-signature', '30'],
  ['etc-signature', 'zz'.repeat(40)],
  ['etc-signature', '30'.repeat(200)],
])('refuses %s: %s', (field, value) => {
  expect(thrown(() => batchHeadOf({ ...headers, [field]: value }))).toMatchObject({ field })
})

it.each([
  [1, 500, false],
  [1, 501, true],
  [1, Number.MAX_SAFE_INTEGER, true],
])('rows %i to %i: too many is %s', (from, to, isTooLarge) => {
  const found = thrown(() =>
    batchHeadOf({ ...headers, 'etc-from': String(from), 'etc-to': String(to) }),
  )
  expect(found instanceof TooLarge).toBe(isTooLarge)
})

it.each([
  ['a bomb', gzipSync(Buffer.alloc(feedLimits.plainBytesMax + 1, 32)), TooLarge],
  [
    'a bomb in two parts',
    Buffer.concat([1, 2].map(() => gzipSync(Buffer.alloc(5 << 20, 32)))),
    TooLarge,
  ],
  ['no gzip', Buffer.from('{"seq":1}\n'), Malformed],
  ['half of one', gzipSync(Buffer.alloc(1000, 7)).subarray(0, 20), Malformed],
  ['nothing', Buffer.alloc(0), Malformed],
  ['zero bytes behind the end', Buffer.concat([gzipSync('a\n'), Buffer.alloc(4)]), Malformed],
  ['bytes behind the end', Buffer.concat([gzipSync('a\n'), Buffer.from('more')]), Malformed],
  [
    'a changed checksum',
    Buffer.concat([gzipSync('a\n').subarray(0, -8), Buffer.alloc(8)]),
    Malformed,
  ],
] as const)('unpacks no %s', async (_, body, wanted) => {
  await expect(unpacked(body)).rejects.toBeInstanceOf(wanted)
})

const whole = gzipSync(Buffer.alloc(feedLimits.plainBytesMax, 32))
it('unpacks up to the limit', async () => {
  expect((await unpacked(whole)).length).toBe(feedLimits.plainBytesMax)
})

const good = [rowText('n1', 11, nowMs), rowText('n1', 12, nowMs)]
const read = (lines: readonly string[], change: { head?: string; end?: string } = {}) => {
  const head = change.head ?? headOf(lines)
  const signed = batchHeadOf({ ...headers, 'etc-head': head })
  const plain = Buffer.from(lines.join('\n') + (change.end ?? '\n'))
  return readBatch(signed, plain, plain, { sm3: gm.sm3, receiptMs: nowMs })
}

it('reads rows and computes their head again', () => {
  expect(read(good)).toMatchObject({ asides: [], odd: null })
})

it.each([
  ['a head that lies', () => read(good, { head: digest }), { row: 12 }],
  ['rows in another order', () => read(good.toReversed()), { row: 11 }],
  ['a row of another node', () => read([good[0] ?? '', rowText('n2', 12, nowMs)]), { row: 12 }],
  ['a row with another number', () => read([good[0] ?? '', rowText('n1', 13, nowMs)]), { row: 12 }],
  ['a number as a text', () => read([good[0] ?? '', '{"nodeId":"n1","seq":"12"}']), { row: 12 }],
  ['a row without a number', () => read([good[0] ?? '', '{"nodeId":"n1"}']), { row: 12 }],
  ['a cut r', () => read([good[0] ?? '', '#abcd'], { head: digest }), { row: 12 }],
  ['one row too few', () => read(good.slice(1), { head: digest }), { field: 'body', value: '1' }],
  ['one row too many', () => read([...good, 'x'], { head: digest }), { field: 'body', value: '3' }],
  ['no LF at the end', () => read(good, { end: '' }), { field: 'body', value: 'LF' }],
  ['an empty line at the end', () => read(good, { end: '\n\n' }), { field: 'body', value: '3' }],
])('refuses %s', (_, work, wanted) => {
  expect(thrown(work)).toEqual(wanted)
})

it.each([
  ['half a row', good[1]?.slice(0, -5), 'text'],
  ['no JSON', 'plate=测A00001', 'text'],
  ['a list', '[1]', 'text'],
  ['null', 'null', 'text'],
  ['an empty line', '', 'text'],
  ['no kind', '{"atMs":1,"nodeId":"n1","seq":12}', 'kind'],
  ['an empty kind', '{"atMs":1,"kind":"","nodeId":"n1","seq":12}', 'kind'],
  ['a kind that is a number', '{"atMs":1,"kind":7,"nodeId":"n1","seq":12}', 'kind'],
  ['no time', '{"kind":"pay","nodeId":"n1","seq":12}', 'atMs'],
  ['a time as a text', '{"atMs":"1","kind":"pay","nodeId":"n1","seq":12}', 'atMs'],
  ['a broken time', '{"atMs":1.5,"kind":"pay","nodeId":"n1","seq":12}', 'atMs'],
  ['a withheld row', `#${digest}`, 'withheld'],
])('sets aside %s', (_, line = '', why) => {
  const lines = [good[0] ?? '', line]
  expect(read(lines).asides).toMatchObject([{ seq: 12, why }])
})

it('sets aside a row that is not UTF-8, and keeps it by its r alone once it is passed', () => {
  const plain = Buffer.concat([Buffer.from(`${good[0]}\n`), Buffer.from([0xff, 0xfe, 10])])
  const r = Buffer.from(gm.sm3(Uint8Array.of(0xff, 0xfe))).toString('hex')
  const head = headOf([good[0] ?? '', `#${r}`])
  const signed = batchHeadOf({ ...headers, 'etc-head': head })
  const batch = readBatch(signed, plain, plain, { sm3: gm.sm3, receiptMs: nowMs })
  expect(batch.asides).toEqual([{ seq: 12, digest: r, why: 'text' }])
  const passed = withPassed(batch, batch.asides)
  expect(Buffer.from(passed).toString()).toBe(`${good[0]}\n#${r}\n`)
  const again = readBatch(signed, passed, passed, { sm3: gm.sm3, receiptMs: nowMs })
  expect(again.asides).toMatchObject([{ seq: 12, digest: r }])
})

const year2099 = Date.UTC(2099, 0, 1)
it.each([
  [nowMs, false],
  [nowMs + dayMs, false],
  [nowMs + dayMs + 1, true],
  [nowMs - 400 * dayMs, false],
  [nowMs - 400 * dayMs - 1, true],
  [year2099, true],
  [0, true],
  [-1, true],
])('a row of %i is odd: %s', (atMs, isOdd) => {
  expect(isOddTime(atMs, nowMs)).toBe(isOdd)
  const { odd } = read([rowText('n1', 11, atMs), good[1] ?? ''])
  expect(odd).toEqual(isOdd ? { seq: 11, atMs } : null)
})
