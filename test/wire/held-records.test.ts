// A platform over real HTTPS with its own device names: a card's record is refused with 200005, which names the member,
// shown as held, edited by the command and accepted once, even if the program is killed between the act and the answer.
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { HeldRecordView } from '#ledger/calls/queue.ts'
import { present } from '#base/pure/values/must.ts'
import { runToEnd } from './kit/live-program.ts'
import { obu } from './kit/one-car.ts'
import { eventually } from '../kit/eventually.ts'
import { tcpLot } from './kit/run-lot.ts'

const lot = tcpLot({ charge: 'card' })
const { dir, harness } = lot
const who = ['--by', '老板', '--reason', '平台按自己的编号登记设备']
const post = 'POST /v1/etc/exit-charges'

interface Books {
  readonly count: number
  readonly rows: readonly Readonly<Record<string, unknown>>[]
}
const platform = () => present(harness.platform, 'the lot has a platform')
const books = () => platform().admin<Books>('GET', '/books?kind=exit-charges&limit=100')
const mend = (id: string, member: string, commandId: string) =>
  runToEnd([
    ...['queue', 'mend', '--data', dir, '--id', id, '--set', member, ...who],
    ...['--command-id', commandId],
  ])
const held = async (): Promise<readonly HeldRecordView[]> =>
  (await runToEnd(['queue', 'held', '--data', dir])).json['rows'] as never
const oneHeld = async (): Promise<HeldRecordView> =>
  present((await eventually(held, (rows) => rows.length === 1, { of: lot.of }))[0], 'one is held')

function rowsOf(no: string) {
  const db = new DatabaseSync(join(dir, 'ledger.db'), { readOnly: true })
  try {
    const sql = `SELECT o.state, o.bodySm3, json_extract(r.body, '$.body') AS body,
      json_extract(r.body, '$.replaces') AS replaces, o.outboxId
      FROM v_outbox o JOIN ledger_row r ON r.kind = 'outbox' AND r.subjectId = o.outboxId
      WHERE o.businessNo = ? ORDER BY r.seq`
    const upload = db.prepare('SELECT upload FROM v_deduction').all()
    return { rows: db.prepare(sql).all(no) as Record<string, string>[], upload }
  } finally {
    db.close()
  }
}

async function passes(n: number): Promise<void> {
  const plate = `测A1234${n}`
  await lot.until('entry', ({ state }) => state === 'idle')
  await lot.comes('entry', { plate, colour: 'blue' })
  await lot.leaves('entry')
  const own = { obuId: `1A2B3C4${n}`, cardNo: `4501229900000001234${n}`, plate }
  await harness.sims('exit').rsu?.admin('POST', '/cars', { ...obu, ...own })
  await lot.until('exit', ({ state }) => state === 'idle')
  await lot.comes('exit', { plate, colour: 'blue' })
  await lot.leaves('exit')
}

const status = async () => (await runToEnd(['queue', 'status', '--data', dir])).json
async function agrees(count: number): Promise<void> {
  const end = await eventually(status, (one) => one['unsent'] === 0 && one['poison'] === 0, {
    of: lot.of,
  })
  expect(end).toMatchObject({ exposureFen: 0 })
  const verified = await runToEnd(['ledger', 'verify', '--data', dir])
  const { sums } = verified.json as { sums: { paidFen: number } }
  const { rows, count: there } = await books()
  expect(there).toBe(count)
  const fen = rows.reduce((sum, row) => sum + Number(row['realFee']), 0)
  expect([verified.json['ok'], sums.paidFen]).toEqual([true, fen])
}

beforeAll(async () => {
  await lot.startSims()
  const shapes = [{ kind: 'exit-charges', member: 'deviceId', shape: '^GX-[0-9]{4}$' }]
  await platform().admin('POST', '/policy', { shapes })
  await lot.start('exit')
})
afterAll(() => lot.close())

it('a record that is refused for a member is mended by the command, and taken once', async () => {
  await passes(1)
  const record = await oneHeld()
  expect(record).toMatchObject({ op: 'exitUpload', named: 'deviceId', mayMend: true })
  expect(record.why).toBe('memberRefused 200005 characters /deviceId')
  expect((await books()).count).toBe(0)
  expect(await status()).toMatchObject({ poison: 1, exposureFen: record.amountFen })

  const { outboxId, businessNo } = record
  const tac = await mend(outboxId, 'tac=00000001', 'mend-tac-0001')
  expect([tac.code, tac.json]).toMatchObject([2, { error: { code: 'QUEUE-03', field: '/tac' } }])
  expect(rowsOf(businessNo).rows).toHaveLength(1)

  const done = await mend(outboxId, 'deviceId=GX-0001', 'mend-device-0001')
  expect(done.json).toMatchObject({ ok: true, repeated: false })
  await agrees(1)
  const again = await mend(outboxId, 'deviceId=GX-0001', 'mend-device-0001')
  expect(again.json).toMatchObject({ ok: true, repeated: true })

  const { rows, upload } = rowsOf(businessNo)
  const [first, second] = rows
  expect(rows.map(({ state }) => state)).toEqual(['replaced', 'confirmed'])
  expect([second?.['replaces'], second?.['outboxId']]).toEqual([outboxId, done.json['outboxId']])
  const members = (text: string | undefined) => JSON.parse(text ?? '{}') as object
  expect(members(second?.['body'])).toEqual({ ...members(first?.['body']), deviceId: 'GX-0001' })
  const [book] = (await books()).rows
  expect(book).toMatchObject({ outTradeNo: businessNo, requests: 1 })
  expect(String(book?.['bodySm3']).toLowerCase()).toBe(second?.['bodySm3'])
  expect(upload).toEqual([{ upload: 'confirmed' }])
  expect(await held()).toEqual([])
})

it('killed between the act and the answer it is sent again, and counts once', async () => {
  await passes(2)
  const { outboxId, businessNo } = await oneHeld()
  await platform().admin('POST', '/faults', { at: post, when: 'after', do: 'drop', times: 1 })
  await mend(outboxId, 'deviceId=GX-0002', 'mend-device-0002')
  await eventually(books, ({ count }) => count === 2, { of: lot.of })
  await lot.run.stop('SIGKILL')
  expect(rowsOf(businessNo).rows.map(({ state }) => state)).toEqual(['replaced', 'new'])
  await lot.start('exit')
  await agrees(2)
  expect(rowsOf(businessNo).rows.map(({ state }) => state)).toEqual(['replaced', 'confirmed'])
  const book = (await books()).rows.find((row) => row['outTradeNo'] === businessNo)
  expect(book).toMatchObject({ status: 'SUCCESS' })
})

it('where the platform changes its rule, the record goes as it is', async () => {
  await passes(3)
  const { outboxId, businessNo } = await oneHeld()
  await platform().admin('POST', '/policy', { shapes: [] })
  const release = ['queue', 'release', '--data', dir, '--id', outboxId, ...who]
  expect((await runToEnd(release)).json).toMatchObject({ ok: true })
  await eventually(books, ({ count }) => count === 3, { of: lot.of })
  await agrees(3)
  expect(rowsOf(businessNo).rows.map(({ state }) => state)).toEqual(['confirmed'])
})
