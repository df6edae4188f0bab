// The reading worker against a real ledger, in a real thread: answers, faults, and its end.
// The worker is the program file itself, as in the product.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PassageFile } from '#ledger/files/passage-file.ts'
import { readFoldFile } from '#ledger/files/fold-file.ts'
import { foldLedger, noFold } from '#lane/lot/upkeep/fold-start.ts'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { ReaderWorker } from '#lane/sqlite/reader-worker.ts'
import { dayStartMs } from '#base/pure/values/instant.ts'
import type { OutboxState } from '#base/pure/rows/ledger-row.ts'
import {
  carRows,
  newFolder,
  optionsFor,
  removeFolders,
  startMs,
  testKey,
} from '../../ledger/sqlite/ledger-kit.ts'
import { cameIn } from '../pure/lot/row-kit.ts'

const entry = resolve(import.meta.dirname, '../../../../firmware-runtime/main.ts')
const readers: ReaderWorker[] = []
let dir = ''

const readerOf = (folder: string): ReaderWorker => {
  const reader = new ReaderWorker(entry, { dir: folder, nodeId: 'lot-1', chainKey: testKey })
  readers.push(reader)
  return reader
}

beforeAll(() => {
  dir = newFolder()
  const { ledger } = openLedger(optionsFor(dir, { crypto: openGmCrypto() }))
  for (let n = 0; n < 5; n++) ledger.append(carRows(n, n !== 3))
  ledger.close()
})
afterAll(async () => {
  for (const reader of readers) await reader.close()
  removeFolders()
})

test('answers queries, timelines, checks and the day', async () => {
  const reader = readerOf(dir)
  const [page, rows, verdict, day] = await Promise.all([
    reader.query('deduction', { limit: 2 }),
    reader.timeline('s1'),
    reader.verify(),
    reader.day(startMs),
  ])
  expect(page.rows).toHaveLength(2)
  expect(page.next).not.toBeNull()
  expect(rows.map((row) => row.stayId)).toEqual(rows.map(() => 's1'))
  expect(verdict).toMatchObject({ ok: true, chain: 'ok' })
  expect(await reader.damage()).toBeNull()
  expect(day.paidFen).toBe(verdict.sums.paidFen)
  expect(day.last).toHaveLength(day.passages)
  expect(day.last[0]?.plate).toMatch(/^测A/)
  expect(day.last.filter((one) => one.takenFen > one.amountFen)).toEqual([])
  expect(await reader.day(startMs + 86_400_000)).toEqual({ passages: 0, paidFen: 0, last: [] })
})

test.each([
  [['spaces'], 0, 40, ['stayOpened', 'stayClosed']],
  [['members'], 0, 40, ['member']],
  [['members', 'invoices'], 0, 40, ['member', 'event']],
  [['members'], 0, 2, []],
] as const)(
  'reads rows that tell a partner with %j something',
  async (rights, after, lastNo, kinds) => {
    const folder = newFolder()
    const { ledger } = openLedger(optionsFor(folder, { crypto: openGmCrypto() }))
    const row = { row: 'reversed', partnerId: 'P', invoiceNo: 'I', reason: '', atIso: '' } as const
    ledger.append(carRows(1, true))
    ledger.append([
      { kind: 'member', atMs: startMs, body: { row: 'reversed', no: 'M-1' } },
      { kind: 'event', atMs: startMs, body: { type: 'photosBack', detail: '' } },
      { kind: 'event', atMs: startMs, body: { type: 'invoice', detail: '', invoice: row } },
    ])
    const asked = { after, lastNo, rights }
    const { rows, readNo } = await readerOf(folder).newsRows(asked)
    expect([...new Set(rows.map(({ kind }) => kind))]).toEqual(kinds)
    expect(readNo).toBe(Math.min(lastNo, ledger.head.seq))
    // Rows of a writer that goes on are read next.
    ledger.append([{ kind: 'member', atMs: startMs, body: { row: 'reversed', no: 'M-2' } }])
    const next = await readerOf(folder).newsRows({ ...asked, after: ledger.head.seq - 1 })
    expect(next.rows).toHaveLength(lastNo > 2 && rights.some((one) => one === 'members') ? 1 : 0)
    ledger.close()
  },
)

test('finds the exits without entry, and no others', async () => {
  const folder = newFolder()
  const { ledger } = openLedger(optionsFor(folder, { crypto: openGmCrypto() }))
  const stay = (stayId: string, noEntry: boolean, atMs: number, closedBy?: string) => {
    ledger.append([cameIn(stayId, atMs, { laneId: 'exit', noEntry })])
    if (closedBy === undefined) return
    const lane = closedBy === '' ? {} : { laneId: closedBy }
    const left = { end: 'other', leftAtMs: atMs + 1 } as const
    ledger.append([{ kind: 'stayClosed', atMs: atMs + 1, ...lane, stayId, body: left }])
  }
  stay('s1', true, startMs, 'exit')
  stay('s2', true, startMs + 10)
  stay('s3', true, startMs + 20, '')
  stay('s4', false, startMs + 30, 'exit')
  stay('s5', true, startMs + 40, 'exit')
  const by = { by: 'a', reason: 'b', role: 'owner', commandId: 'c', result: 'done' } as const
  const body = { ...by, act: 'stays.close s9 s1' } as const
  ledger.append([{ kind: 'audit', atMs: startMs + 50, stayId: 's9', body }])
  ledger.close()
  const exit = { plate: '测A12345', laneId: 'exit' }
  expect(await readerOf(folder).exitsWithoutEntry(startMs + 1)).toEqual([
    { ...exit, stayId: 's5', leftAtMs: startMs + 41, isJoined: false },
  ])
  const all = await readerOf(folder).exitsWithoutEntry(startMs)
  expect(all.map(({ stayId, isJoined }) => [stayId, isJoined])).toEqual([
    ['s5', false],
    ['s1', true],
  ])
})

test('counts a day by its hours, and first cars, lists of cars and other days in none', async () => {
  const folder = newFolder()
  const { ledger } = openLedger(optionsFor(folder, { crypto: openGmCrypto() }))
  const [dayAtMs, hourMs] = [dayStartMs(startMs), 3_600_000]
  const enters = (n: number, hours: number, odd: object = {}, laneId: object = lane) =>
    ledger.append([
      {
        kind: 'stayOpened',
        atMs: dayAtMs + hours * hourMs,
        ...laneId,
        stayId: `h${n}`,
        body: {
          plate: '测A12345',
          colour: 'blue',
          enteredAtMs: dayAtMs,
          noEntry: false,
          photo: null,
          ...odd,
        },
      },
    ])
  const lane = { laneId: 'entry' }
  const leaves = (n: number, hours: number, from: object = lane) =>
    ledger.append([
      {
        kind: 'stayClosed',
        atMs: dayAtMs + hours * hourMs,
        ...from,
        stayId: `h${n}`,
        body: { end: 'other', leftAtMs: dayAtMs + hours * hourMs },
      },
    ])
  const pays = (n: number, hours: number, orderId: string) =>
    ledger.append([
      {
        kind: 'payment',
        atMs: dayAtMs + hours * hourMs,
        stayId: `h${n}`,
        orderId,
        amountFen: 300,
        body: { paymentId: `hp${n}`, means: 'cash', by: 'Guo', reason: 'r' },
      },
    ])
  enters(1, 0)
  enters(2, 23 + 3_599 / 3_600)
  enters(3, 24)
  enters(4, -1)
  enters(5, 9, { noEntry: true })
  enters(6, 9, { imported: true })
  leaves(1, 9)
  leaves(2, 9, {})
  pays(1, 9, 'n1-O1')
  pays(2, 9.5, 'n1-O2')
  pays(3, 9, 'n1-T3')
  pays(4, 24, 'n1-O4')
  ledger.close()
  const hours = await readerOf(folder).hoursOfDay(dayAtMs)
  const none = { entered: 0, left: 0, takenFen: 0 }
  expect(hours).toHaveLength(24)
  expect(hours[0]).toEqual({ ...none, entered: 1 })
  expect(hours[9]).toEqual({ entered: 0, left: 1, takenFen: 600 })
  expect(hours[23]).toEqual({ ...none, entered: 1 })
  expect(hours.filter((_, hour) => ![0, 9, 23].includes(hour))).toEqual(
    Array.from({ length: 21 }, () => none),
  )
})

test('finds the refunds that no platform carries out, and no others', async () => {
  const folder = newFolder()
  const { ledger } = openLedger(optionsFor(folder, { crypto: openGmCrypto() }))
  const stayId = 's1'
  const none = { httpStatus: null, respCode: null, requestId: null, tradeNo: null }
  const answer = { ...none, attempt: 1, note: 'why' }
  const refund = (
    refundId: string,
    atMs: number,
    withOutbox: boolean,
    state?: 'success' | 'rejected',
    reason = 'paid twice',
    steps: readonly OutboxState[] = [],
  ) => {
    const refs = { atMs, laneId: 'exit', stayId, orderId: 'o1', deductionId: 'd1', amountFen: 500 }
    const by = { reason, operator: 'system', approvedBy: null }
    const more = { destination: 'platform', op: 'refund', body: '{}', bodySm3: '' } as const
    const outbox = { ...more, outboxId: `u${refundId}`, businessNo: refundId }
    ledger.append([
      { kind: 'refund', ...refs, body: { refundId, outTradeNo: 'P1', ...by } },
      ...(withOutbox ? [{ kind: 'outbox', ...refs, body: outbox } as const] : []),
      ...(state === undefined
        ? []
        : [{ kind: 'refundState', atMs, stayId, body: { refundId, state } } as const]),
      ...steps.map((step) => ({
        kind: 'outboxState' as const,
        atMs,
        stayId,
        body: { ...answer, outboxId: outbox.outboxId, state: step },
      })),
    ])
  }
  refund('r1', startMs + 2, false)
  refund('r2', startMs + 1, true)
  refund('r3', startMs, true, 'rejected')
  refund('r4', startMs, true, 'success')
  refund('r5', startMs, false, 'success')
  refund('r6', startMs + 3, false, undefined, 'overcharged')
  refund('r7', startMs + 4, true, undefined, 'x', ['unknown', 'held'])
  refund('r8', startMs + 4, true, 'success', 'x', ['held'])
  refund('r9', startMs + 4, true, undefined, 'x', ['held', 'new'])
  ledger.close()
  const found = { stayId, laneId: 'exit', plate: null, amountFen: 500 }
  expect(await readerOf(folder).refundsByHand()).toEqual([
    { ...found, refundId: 'r3', askedAtMs: startMs, rejected: true },
    { ...found, refundId: 'r1', askedAtMs: startMs + 2, rejected: false },
    { ...found, refundId: 'r6', askedAtMs: startMs + 3, rejected: false, overcharged: true },
    { ...found, refundId: 'r7', askedAtMs: startMs + 4, rejected: false, held: 'why' },
  ])
})

test('backs up, clears photos and drops a backup beside the hot thread', async () => {
  const reader = readerOf(dir)
  const day = join(dir, 'photos', '2026-01-01')
  mkdirSync(day, { recursive: true })
  writeFileSync(join(day, 'a.jpg'), 'jpeg')
  const [{ copy, fault }, page] = await Promise.all([
    reader.backup(startMs),
    reader.query('stay', {}),
  ])
  expect(copy).toMatchObject({ number: 1, atMs: startMs })
  expect(fault).toBeNull()
  expect(page.rows).toHaveLength(5)
  expect(await reader.facts(true)).toMatchObject({ photoDays: ['2026-01-01'], backups: [copy] })
  expect(await reader.clearPhotos('2026-01-01', false)).toEqual({ files: 1, bytes: 4 })
  expect(await reader.facts(true)).toMatchObject({ photoDays: [], begun: ['2026-01-01'] })
  await reader.forgetPhotos('2026-01-01')
  await reader.dropBackup(copy.file)
  expect(await reader.facts(true)).toMatchObject({ begun: [], backups: [] })
  await expect(reader.dropBackup(copy.file)).rejects.toMatchObject({ code: 'FILE-01' })
})

test('reads the traces of a passage', async () => {
  const file = new PassageFile(dir)
  const trace = { stayId: 's1', kind: 'frame', value: { hex: 'B4' } } as const
  file.add('2026-11-20', trace)
  await file.close()
  const reader = readerOf(dir)
  expect(await reader.passage('s1', ['2026-11-19', '2026-11-20'])).toEqual([trace])
  expect(await reader.passage('s1', [])).toEqual([])
})

test('a fault of the folder comes back as the fault it is, and the worker lives on', async () => {
  const reader = readerOf(newFolder())
  await expect(reader.query('stay', {})).rejects.toMatchObject({ code: 'FILE-01' })
  await expect(reader.query('stay', {})).rejects.toMatchObject({ code: 'FILE-01' })
})

test('keeps the folded state for the next start, and answers others meanwhile', async () => {
  const folder = newFolder()
  const { ledger } = openLedger(optionsFor(folder, { crypto: openGmCrypto() }))
  for (let n = 0; n < 400; n++) ledger.append(carRows(n))
  const { head } = ledger
  const reader = readerOf(folder)
  const done: string[] = []
  const note = (what: string) => (): void => void done.push(what)
  const kept = reader.keepFold('1.2.3')
  await Promise.all([kept.then(note('kept')), reader.day(startMs).then(note('day'))])
  expect(done).toEqual(['day', 'kept'])
  expect(await kept).toEqual({ ok: true, seq: head.seq })
  const place = { dir: folder, nodeId: 'lot-1', program: '1.2.3', chainKey: testKey }
  const found = readFoldFile({ ...place, crypto: openGmCrypto() })
  const { folded, keptSeq } = foldLedger(ledger, found, 5)
  expect(keptSeq).toBe(head.seq)
  const anew = foldLedger(ledger, noFold, 5).folded
  // Compacts the resting records, as the stored fold has no gaps either.
  for (const { queue } of [folded, anew]) queue.records.resting.state()
  expect(folded).toEqual(anew)
  ledger.close()
})

test('says why nothing was kept, and never throws', async () => {
  const dead = readerOf(newFolder())
  expect(await dead.keepFold('1.2.3')).toEqual({ ok: false, why: 'there is no ledger.db' })
  await dead.close()
  expect(await dead.keepFold('1.2.3')).toEqual({ ok: false, why: 'the worker is closed' })
})

test('questions under way are answered with an error when it is closed', async () => {
  const reader = readerOf(dir)
  const refused = expect(reader.verify()).rejects.toMatchObject({
    code: 'RUN-03',
    detail: { note: { zh: '工作线程已关闭', en: 'the worker is closed' } },
  })
  await reader.close()
  await refused
})
