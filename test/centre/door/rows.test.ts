// Rows of lots over HTTPS into a real database: the answers of docs/centre.md, and what is kept then.
import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { eventually } from '../../kit/eventually.ts'
import { dayMs } from '#base/pure/values/instant.ts'
import { derOf, openScene, ownSigned, sent, serialOf, type Lot, type Scene } from './door-kit.ts'
import { batchOf, digestOf, rowText } from './row-kit.ts'

let scene: Scene
let lot: Lot
let other: Lot
beforeAll(async () => {
  scene = await openScene()
  lot = await scene.lot('A1')
  other = await scene.lot('B2')
})
afterAll(() => scene.close())
afterEach(() => expect(scene.failures).toEqual([]))

it('takes rows, and answers a batch that arrives again as the first time', async () => {
  const batch = lot.batch(3)
  const first = await lot.send(batch)
  const pace = { everyMs: 2000, maxRows: 500 }
  expect(first).toEqual({ status: 200, body: { last: 3, pace, commands: [] } })
  expect(await lot.send(batch)).toEqual(first)
  expect(await scene.cursor('A1')).toBe(`n1 3 ${batch.head}`)
  lot.seq = 3
  lot.prev = batch.head
  await lot.sendNext(500)
})

it('asks for the rows that are missing, and for the rest of what is partly known', async () => {
  const before = await scene.cursor('A1')
  expect(await lot.send(lot.batch(2, { fromSeq: lot.seq + 2 }))).toEqual({
    status: 409,
    body: { want: 504 },
  })
  expect(await lot.send(lot.batch(9, { fromSeq: lot.seq - 2 }))).toEqual({
    status: 409,
    body: { want: 504 },
  })
  expect(await scene.cursor('A1')).toBe(before)
})

it.each([
  [
    'rows of another lot',
    () => batchOf({ lotId: 'B2', fromSeq: 1, lines: [rowText('n1', 1)], signing: lot.signing }),
    401,
    { reason: 'lot' },
  ],
  [
    'a signature of another lot',
    () => lot.batch(1, { signing: other.signing }),
    401,
    { reason: 'lot' },
  ],
  [
    'an unknown serial number',
    () => lot.batch(1, { headers: { 'etc-serial': '41AA' } }),
    401,
    { reason: 'unknown' },
  ],
  [
    'a certificate for connections as that of signatures',
    () => lot.batch(1, { headers: { 'etc-serial': serialOf(lot.tlsCertificate) } }),
    401,
    { reason: 'unknown' },
  ],
  [
    'a signature over other rows',
    () => ({
      ...lot.batch(2),
      headers: {
        ...lot.batch(2).headers,
        'etc-signature': lot.batch(1).headers['etc-signature'] ?? '',
      },
    }),
    401,
    { reason: 'signature' },
  ],
  [
    'a changed head',
    () => lot.batch(1, { headers: { 'etc-head': 'ab'.repeat(32) } }),
    401,
    { reason: 'signature' },
  ],
  ['a head that lies', () => lot.batch(1, { head: 'ab'.repeat(32) }), 400, { row: 504 }],
  [
    'other rows than signed',
    () => ({
      ...lot.batch(2),
      body: gzipSync(`${rowText('n1', 504, 1)}\n${rowText('n1', 505, 1)}\n`),
    }),
    400,
    { row: 505 },
  ],
  [
    'no gzip',
    () => ({ ...lot.batch(1), body: Buffer.from('{}\n') }),
    400,
    { field: 'content-encoding', value: 'gzip' },
  ],
  [
    'nothing',
    () => ({ ...lot.batch(1), body: Buffer.alloc(0) }),
    400,
    { field: 'content-encoding', value: 'gzip' },
  ],
  [
    'a bomb',
    () => ({ ...lot.batch(1), body: gzipSync(Buffer.alloc(64 << 20)) }),
    413,
    { bytesMax: 1 << 20, rowsMax: 500 },
  ],
  [
    '2 MiB',
    () => ({ ...lot.batch(1), body: randomBytes(2 << 20) }),
    413,
    { bytesMax: 1 << 20, rowsMax: 500 },
  ],
  ['501 rows', () => lot.batch(501), 413, { bytesMax: 1 << 20, rowsMax: 500 }],
  [
    'a header that breaks a rule',
    () => lot.batch(1, { headers: { 'etc-from': '1x' } }),
    400,
    { field: 'etc-from', value: '1x' },
  ],
])('refuses %s, and keeps nothing', async (_, make, status, body) => {
  const before = await scene.kept()
  expect(await lot.send(make())).toEqual({ status, body })
  expect(await scene.kept()).toEqual(before)
})

it('goes on after all that', async () => {
  expect((await lot.sendNext(1)).headers['etc-from']).toBe('504')
})

it('knows nobody without a certificate of its authority', async () => {
  const { headers, body } = lot.batch(1)
  const asked = { path: '/v1/rows', headers, body }
  expect(await sent(scene.door.url, scene.anybody, asked)).toEqual({
    status: 401,
    body: { reason: 'unknown' },
  })
  const stranger = scene.agent(ownSigned())
  expect(await sent(scene.door.url, stranger, asked)).toEqual({
    status: 401,
    body: { reason: 'unknown' },
  })
  // A certificate of the authority that the desk does not know.
  const issued = await scene.authority.issue('tls', derOf(lot.keys.tlsRequest), 'A1', Date.now())
  const former = await scene.authority.issue(
    'tls',
    derOf(lot.keys.tlsRequest),
    'A1',
    Date.now() - 11 * 365 * dayMs,
  )
  const ended = scene.agent({ key: lot.keys.tlsKeyPem, cert: former.pem })
  expect(await sent(scene.door.url, ended, asked)).toEqual({
    status: 401,
    body: { reason: 'expired' },
  })
  const unknown = scene.agent({ key: lot.keys.tlsKeyPem, cert: issued.pem })
  expect(await sent(scene.door.url, unknown, asked)).toEqual({
    status: 401,
    body: { reason: 'unknown' },
  })
})

it('keeps each node of a lot apart', async () => {
  const lines = [1, 2].map((seq) => rowText('n2', seq))
  const batch = batchOf({ lotId: 'A1', nodeId: 'n2', fromSeq: 1, lines, signing: lot.signing })
  expect(await lot.send(batch)).toMatchObject({ status: 200, body: { last: 2 } })
  expect(await scene.cursor('A1')).toBe(`n1 504 ${lot.prev}\nn2 2 ${batch.head}`)
})

it('takes a row of 2099, keeps it in the month of its receipt and tells the desk once', async () => {
  const year2099 = Date.UTC(2099, 0, 1)
  for (const seq of [1, 2]) await other.sendNext(1, { lines: [rowText('n1', seq, year2099)] })
  const detail = { seq: 1, atMs: year2099, receiptMs: expect.any(Number) }
  const told = { lot_id: 'B2', node_id: 'n1', detail }
  expect(await scene.matters('oddClock')).toEqual([{ ...told, ended_at: null }])
  await other.sendNext(1)
  expect(await scene.matters('oddClock')).toEqual([{ ...told, ended_at: expect.any(Date) }])
  const { rows } = await scene.centre.owner(
    "SELECT DISTINCT to_char(month, 'YYYY-MM-DD') AS month FROM centre.lot_batch",
  )
  expect(rows).toHaveLength(1)
  expect(rows[0].month.slice(0, 7)).toBe(
    new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7),
  )
})

it('stops a feed at a row that cannot be read until a person lets it pass, and no neighbour', async () => {
  const from = other.seq + 1
  const broken = `{"atMs":17,"body":{"plate":"测A0`
  const lines = [rowText('n1', from), broken, rowText('n1', from + 2)]
  const batch = other.batch(3, { lines })
  const [stopped, neighbour] = await Promise.all([other.send(batch), lot.sendNext(2)])
  expect(stopped).toEqual({ status: 422, body: { aside: from + 1 } })
  expect(neighbour.headers['etc-to']).toBe('506')
  expect(await other.send(batch)).toEqual(stopped)
  // The rows before it may come alone.
  await other.sendNext(1, { lines: lines.slice(0, 1) })
  const rest = other.batch(2, { lines: lines.slice(1) })
  expect(await other.send(rest)).toEqual(stopped)
  const digest = digestOf(broken)
  expect(await scene.matters('aside')).toMatchObject([
    { lot_id: 'B2', detail: { seq: from + 1, digest, why: 'text' }, ended_at: null },
  ])
  const row = { lotId: 'B2', nodeId: 'n1', seq: from + 1, digest: Buffer.from(digest, 'hex') }
  expect(await scene.pass({ ...row, seq: from })).toBe(false)
  expect(await scene.pass({ ...row, digest: Buffer.alloc(32) })).toBe(false)
  expect(await scene.pass(row)).toBe(true)
  expect(await scene.pass(row)).toBe(false)
  expect(await scene.matters('aside')).toMatchObject([{ ended_at: expect.any(Date) }])
  await other.sendNext(2, { lines: lines.slice(1) })
  expect(await scene.plainOf('B2', from + 2)).toBe(`#${digest}\n${lines[2]}\n`)
  await other.sendNext(1)
})

it('takes a withheld row only where a person let it pass', async () => {
  const seq = other.seq + 1
  const digest = digestOf(rowText('n1', seq))
  const lines = [`#${digest}`]
  expect(await other.send(other.batch(1, { lines }))).toEqual({ status: 422, body: { aside: seq } })
  expect(await scene.matters('aside')).toMatchObject([{}, { detail: { why: 'withheld' } }])
  await scene.pass({ lotId: 'B2', nodeId: 'n1', seq, digest: Buffer.from(digest, 'hex') })
  await other.sendNext(1, { lines })
})

it('stops a feed that has another history, until a person decides', async () => {
  const clone = await scene.lot('C3')
  await clone.sendNext(2)
  const [seq, prev] = [clone.seq, clone.prev]
  await clone.sendNext(2)
  const before = await scene.kept()
  // A copy of its disk goes on from row 2 with rows of its own.
  const lines = [3, 4].map((one) => rowText('n1', one, Date.now(), '{"clone":true}'))
  const copied = clone.batch(2, { fromSeq: seq + 1, prev, lines })
  expect(await clone.send(copied)).toEqual({ status: 412, body: { forked: 4 } })
  const next = clone.batch(1)
  expect(await clone.send(next)).toEqual({ status: 412, body: { forked: 4 } })
  expect(await scene.kept()).toEqual(before)
  expect(await scene.matters('forked')).toMatchObject([
    { lot_id: 'C3', node_id: 'n1', detail: { last: 4, fromSeq: 3, toSeq: 4 }, ended_at: null },
  ])
  await lot.sendNext(1)
  await scene.endMatter('C3', 'forked')
  await clone.sendNext(1)
  // The other history shows again, now by what it follows.
  const more = clone.batch(2, { fromSeq: 6, prev: copied.head })
  expect(await clone.send(more)).toEqual({ status: 412, body: { forked: 5 } })
  expect(await scene.matters('forked')).toMatchObject([
    { ended_at: expect.any(Date) },
    { ended_at: null },
  ])
})

it('takes one of two senders under one name', async () => {
  const twin = await scene.lot('D4')
  const batches = ['left', 'right'].map((side) =>
    twin.batch(3, {
      lines: [1, 2, 3].map((seq) => rowText('n1', seq, Date.now(), `{"s":"${side}"}`)),
    }),
  )
  const answers = await Promise.all(batches.map((batch) => twin.send(batch)))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412])
  const taken = batches[answers.findIndex(({ status }) => status === 200)]
  expect(await scene.cursor('D4')).toBe(`n1 3 ${taken?.head}`)
})

it('refuses a revoked key at once, tells the desk, and takes the rows with new keys', async () => {
  const former = await scene.lot('E5')
  const known = await former.sendNext(1)
  const paired = await scene.lot('E5')
  const refused = { status: 401, body: { reason: 'revoked' } }
  // Keys are read again after two seconds.
  await eventually(() => former.send(known)).toEqual(refused)
  expect(await former.send(former.batch(1))).toEqual(refused)
  expect(await scene.matters('keyRevoked')).toMatchObject([
    { lot_id: 'E5', node_id: '', ended_at: null },
  ])
  // The connection of the new key with a signature of the former one.
  expect(await paired.send(former.batch(1))).toEqual(refused)
  paired.seq = former.seq
  paired.prev = former.prev
  await paired.sendNext(1)
  expect(await scene.matters('keyRevoked')).toMatchObject([{ ended_at: null }])
  scene.time.laterMs += dayMs / 2
  await paired.sendNext(1)
  expect(await scene.matters('keyRevoked')).toMatchObject([{ ended_at: expect.any(Date) }])
  scene.time.laterMs = 0
})

it('refuses keys that have ended', async () => {
  scene.time.laterMs = 11 * 365 * dayMs
  expect(await lot.send(lot.batch(1))).toEqual({ status: 401, body: { reason: 'expired' } })
  scene.time.laterMs = 0
  await lot.sendNext(1)
})

it('holds what the Python program proves', () => {
  const { ok, faults, heads } = scene.checked()
  expect(faults).toEqual([])
  expect(ok).toBe(true)
  expect(heads['A1/n1']).toBe(`${lot.seq} ${lot.prev}`)
  expect(heads['B2/n1']).toBe(`${other.seq} ${other.prev}`)
})
