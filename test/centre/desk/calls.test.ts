// The calls of the desk on a real database: what each answers, its bad input and its right.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { calls } from '../../../centre/desk/calls/table.ts'
import { must } from '#base/pure/values/must.ts'
import {
  addAside,
  addBatch,
  addLot,
  addMatter,
  addPairing,
  Browser,
  startMs,
  testDesk,
  type TestDesk,
} from '../../kit/test-desk.ts'

let test: TestDesk
let browser: Browser
const payment = { body: '{}', kind: 'payment', laneId: 'exit', nodeId: 'n1' }
const row = (seq: number): string => JSON.stringify({ atMs: startMs + seq, ...payment, seq })
beforeAll(async () => {
  test = await testDesk({ doorUrl: 'https://192.0.2.1:8443' })
  for (const lot of ['A1', 'B2']) {
    await addLot(test.centre, lot)
    await addBatch(test.centre, lot, 1, [row(1), `#${'0'.repeat(64)}`])
  }
  browser = await test.signedIn()
})
afterAll(() => test.close())
const acts = async (act: string) =>
  (await test.centre.owner('SELECT person, lot_id, detail FROM desk.act WHERE act = $1', [act]))
    .rows

describe('what is shown', () => {
  it('the centre: lots, rows, the last receipt, the database and its months', async () => {
    const { answer } = await browser.call('state.get')
    expect(answer).toEqual({
      door: 'https://192.0.2.1:8443',
      lots: 2,
      rows: 4,
      heardMs: startMs - 60_000,
      waiting: { pairings: 0, matters: 0, loud: 0 },
      database: {
        version: expect.stringMatching(/^15\./),
        bytes: expect.any(Number),
        months: ['202611', '202612', '202701', '202702', '202703'].map((month) => ({
          name: `lot_batch_${month}`,
          bytes: expect.any(Number),
        })),
      },
    })
    expect(answer.database.bytes).toBeGreaterThan(1_000_000)
  })

  it('lots with their feeds and the first end of their keys', async () => {
    const { answer } = await browser.call('lots.list')
    expect(answer).toEqual(
      ['A1', 'B2'].map((lotId) => ({
        lotId,
        name: { zh: `测试停车场 ${lotId}`, en: `Test car park ${lotId}` },
        state: 'active',
        feeds: [
          {
            nodeId: 'n1',
            lastSeq: 2,
            heardMs: startMs - 60_000,
            beatMs: null,
            saidIso: null,
            atMs: null,
            toCome: 0,
            unfolded: 2,
          },
        ],
        matters: [],
        keysToMs: startMs + 365 * 86_400_000,
        today: { n: 0, fen: 0, backN: 0, backFen: 0, entered: 0, left: 0, aside: 0 },
        upTo: { ms: null, isLevel: false },
        beat: null,
        told: null,
      })),
    )
  })

  it('one lot with keys and batches, and the rows of a batch as they came', async () => {
    const { answer } = await browser.call('lots.get', { lotId: 'A1' })
    expect(answer.keys.map(({ use, revokedMs }) => [use, revokedMs])).toEqual([
      ['sign', null],
      ['tls', null],
    ])
    expect(answer.batches).toMatchObject([{ nodeId: 'n1', fromSeq: 1, toSeq: 2 }])
    const batch = await browser.call('lots.batch', { lotId: 'A1', nodeId: 'n1', seq: 2 })
    expect(batch.answer.lines).toEqual([
      { seq: 1, text: row(1) },
      { seq: 2, text: `#${'0'.repeat(64)}` },
    ])
  })

  it('another sequence after each change, and the same without one', async () => {
    const seq = async (): Promise<string> => {
      const { answer } = await browser.call('state.seq')
      return `${answer.seq} ${answer.moved}`
    }
    const owner = test.centre.owner
    let last = await seq()
    expect(await seq()).toBe(last)
    for (const change of [
      () => owner("UPDATE centre.lot_cursor SET last_seq = 3 WHERE lot_id = 'A1'"),
      () => owner("UPDATE centre.lot_cursor SET last_seq = 2 WHERE lot_id = 'A1'"),
      () =>
        owner("UPDATE centre.lot_cursor SET heard = heard + interval '1 s' WHERE lot_id = 'A1'"),
      () => owner("UPDATE centre.lot SET state = 'ended' WHERE lot_id = 'A1'"),
      () => owner("UPDATE centre.lot SET state = 'active' WHERE lot_id = 'A1'"),
      () => addPairing(test.centre, 'S1', null),
      () => owner("UPDATE desk.pairing SET digits = '000000' WHERE lot_id = 'S1'"),
      () => owner("UPDATE desk.pairing SET state = 'expired' WHERE lot_id = 'S1'"),
      () => addMatter(test.centre, 'A1', 'oddClock', { seq: 1 }),
      () => owner("UPDATE desk.matter SET ended_at = now() WHERE lot_id = 'A1'"),
      () =>
        owner(
          "INSERT INTO desk.lot_key VALUES ('S', 'A1', 'tls', '', now(), now() + interval '1 year')",
        ),
      () => owner("UPDATE desk.lot_key SET revoked_at = now() WHERE serial = 'S'"),
    ]) {
      await change()
      const next = await seq()
      expect(next, change.toString()).not.toBe(last)
      last = next
    }
    await owner("DELETE FROM desk.lot_key WHERE serial = 'S'")
    await owner('DELETE FROM desk.matter')
  })
})

describe('a request for pairing', () => {
  it('is shown once its digits are there, and accepted with those that the person saw', async () => {
    const pairingId = await addPairing(test.centre, 'C3', null)
    expect((await browser.call('pairings.list')).answer).toEqual([])
    const unseen = { pairingId, digits: '123456', reason: '' }
    expect((await browser.call('pairings.accept', unseen)).code).toBe('CENTRE-38')
    await test.centre.owner("UPDATE desk.pairing SET digits = '123456' WHERE lot_id = 'C3'")
    expect((await browser.call('pairings.list')).answer).toMatchObject([
      {
        pairingId,
        lotId: 'C3',
        address: '192.0.2.7',
        digits: '123456',
        askedMs: startMs - 90_000,
        replaces: false,
      },
    ])
    const other = { pairingId, digits: '123457', reason: '' }
    expect(await browser.call('pairings.accept', other)).toMatchObject({
      code: 'CENTRE-38',
      field: 'digits',
    })
    expect((await browser.call('pairings.accept', unseen)).status).toBe(200)
    expect((await browser.call('lots.get', { lotId: 'C3' })).answer.keys).toHaveLength(2)
    expect(await acts('pairing.accept')).toMatchObject([
      { person: 'admin', lot_id: 'C3', detail: { pairingId, digits: '123456' } },
    ])
    expect((await browser.call('pairings.accept', unseen)).code).toBe('CENTRE-38')
  })

  it('of a lot with keys needs a reason, and ends those', async () => {
    const pairingId = await addPairing(test.centre, 'B2', '000123')
    const accept = (reason: string) =>
      browser.call('pairings.accept', { pairingId, digits: '000123', reason })
    expect((await browser.call('pairings.list')).answer).toMatchObject([{ replaces: true }])
    expect((await accept(' ')).code).toBe('CENTRE-37')
    expect((await accept('新电脑')).status).toBe(200)
    const { keys } = (await browser.call('lots.get', { lotId: 'B2' })).answer
    expect(keys.map(({ revokedBy }) => revokedBy)).toEqual([null, null, 'admin', 'admin'])
  })

  it('is refused with a reason, once', async () => {
    const pairingId = await addPairing(test.centre, 'D4', '654321')
    expect((await browser.call('pairings.refuse', { pairingId, reason: '' })).code).toBe(
      'CENTRE-37',
    )
    expect((await browser.call('pairings.refuse', { pairingId, reason: '不认识' })).status).toBe(
      200,
    )
    expect((await browser.call('pairings.refuse', { pairingId, reason: '不认识' })).code).toBe(
      'CENTRE-38',
    )
    expect(await acts('pairing.refuse')).toMatchObject([
      { lot_id: 'D4', detail: { reason: '不认识' } },
    ])
  })

  it('that two people accept at once is decided once', async () => {
    const pairingId = await addPairing(test.centre, 'E5', '111222')
    const accept = () =>
      browser.call('pairings.accept', { pairingId, digits: '111222', reason: '' })
    const statuses = (await Promise.all([accept(), accept(), accept()])).map(({ status }) => status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    expect(await acts('pairing.accept')).toHaveLength(3)
  })
})

describe('a matter', () => {
  it('of a row that cannot be read is ended by letting the row pass', async () => {
    const digest = await addAside(test.centre, 'A1', 3)
    const [matter] = (await browser.call('inbox.list')).answer
    must(matter !== undefined, 'a matter')
    expect(matter).toMatchObject({
      lotId: 'A1',
      nodeId: 'n1',
      kind: 'aside',
      endedMs: null,
      aside: { seq: 3, digest, why: 'text' },
    })
    const row = { lotId: 'A1', nodeId: 'n1', seq: 3, digest, reason: '看过原文' }
    expect(
      (await browser.call('inbox.end', { matterId: matter.matterId, reason: 'no' })).code,
    ).toBe('CENTRE-38')
    expect((await browser.call('inbox.pass', { ...row, reason: '' })).code).toBe('CENTRE-37')
    expect((await browser.call('inbox.pass', { ...row, seq: 4 })).code).toBe('CENTRE-38')
    expect((await browser.call('inbox.pass', { ...row, digest: '0'.repeat(64) })).code).toBe(
      'CENTRE-38',
    )
    expect((await browser.call('inbox.pass', row)).status).toBe(200)
    expect((await browser.call('inbox.pass', row)).code).toBe('CENTRE-38')
    expect((await browser.call('inbox.list')).answer).toMatchObject([
      { endedMs: startMs, aside: null },
    ])
    expect(await acts('row.pass')).toMatchObject([{ lot_id: 'A1', detail: { seq: 3, digest } }])
  })

  it('of a fork is ended by a person, with a reason', async () => {
    const matterId = await addMatter(test.centre, 'B2', 'forked', { last: 2 })
    expect((await browser.call('inbox.end', { matterId, reason: '' })).code).toBe('CENTRE-37')
    expect((await browser.call('inbox.end', { matterId, reason: '另一台已停用' })).status).toBe(200)
    expect((await browser.call('inbox.end', { matterId, reason: '另一台已停用' })).code).toBe(
      'CENTRE-38',
    )
    expect(await acts('matter.end')).toMatchObject([{ lot_id: 'B2', detail: { kind: 'forked' } }])
  })
})

it('the keys of a lot are revoked with a reason, and no second time', async () => {
  const revoke = (reason: string) => browser.call('keys.revoke', { lotId: 'E5', reason })
  expect((await revoke('')).code).toBe('CENTRE-37')
  expect((await revoke('停业')).status).toBe(200)
  expect((await revoke('停业')).code).toBe('CENTRE-38')
  expect((await browser.call('lots.get', { lotId: 'E5' })).answer.keysToMs).toBeNull()
  expect(await acts('keys.revoke')).toMatchObject([{ lot_id: 'E5', detail: { reason: '停业' } }])
})

describe('bad input', () => {
  const lotId = 'A1'
  const digest = '0'.repeat(64)
  const aside = { lotId, nodeId: 'n1', seq: 1, digest, reason: 'because' }
  it.each([
    ['lots.get', {}, '/lotId'],
    ['lots.get', { lotId: 7 }, '/lotId'],
    ['lots.get', { lotId: '' }, '/lotId'],
    ['lots.get', { lotId: 'x'.repeat(81) }, '/lotId'],
    ['lots.get', { lotId, more: 1 }, '/more'],
    ['lots.get', [], ''],
    ['lots.list', { lotId }, '/lotId'],
    ['lots.batch', { lotId, nodeId: 'n1', seq: -1 }, '/seq'],
    ['lots.batch', { lotId, nodeId: 'n1', seq: 1.5 }, '/seq'],
    ['lots.batch', { lotId, nodeId: 'n1', seq: '1' }, '/seq'],
    ['pairings.accept', { pairingId: 'x', digits: '12345', reason: '' }, '/digits'],
    ['pairings.accept', { pairingId: 'x', digits: 123_456, reason: '' }, '/digits'],
    ['pairings.accept', { pairingId: 'x', digits: '123456' }, '/reason'],
    ['pairings.refuse', { pairingId: 'x', reason: 'x'.repeat(201) }, '/reason'],
    ['inbox.pass', { ...aside, digest: 'F'.repeat(64) }, '/digest'],
    ['inbox.pass', { ...aside, digest: '0'.repeat(63) }, '/digest'],
    ['inbox.pass', { ...aside, seq: 2 ** 53 }, '/seq'],
    ['inbox.end', { matterId: '1; DROP TABLE desk.act', reason: 'because' }, '/matterId'],
    ['inbox.end', { matterId: 1, reason: 'because' }, '/matterId'],
    ['keys.revoke', { lotId, reason: null }, '/reason'],
    ['session.begin', { name: 'admin' }, '/secret'],
    ['session.begin', { name: 'x'.repeat(81), secret: 'x' }, '/name'],
    ['session.setSecret', { secret: 'x' }, '/wanted'],
  ])('%s %j names %s', async (name, args, field) => {
    expect(await browser.call(name, args)).toMatchObject({ status: 400, code: 'API-01', field })
  })

  it.each([
    ['no JSON', 'state.get', '{'],
    ['an empty body', 'state.get', ''],
    ['17 KiB', 'lots.get', JSON.stringify({ lotId: 'x'.repeat(17 * 1024) })],
    ['no such call', 'lots.drop', '{}'],
    ['a name of JavaScript', '__proto__', '{}'],
    ['a name of JavaScript', 'constructor', '{}'],
    ['a path', '..%2f..%2fetc%2fpasswd', '{}'],
    ['a prototype', 'lots.get', '{"__proto__":{"lotId":"A1"}}'],
  ])('%s is refused', async (_, name, body) => {
    expect(await browser.call(name, body)).toMatchObject({ status: 400, code: 'API-01' })
  })

  it.each(['lots.get', 'lots.batch', 'keys.revoke'])(
    '%s of an unknown lot finds nothing',
    async (name) => {
      const more = name === 'lots.batch' ? { nodeId: 'n1', seq: 2 } : {}
      const reason = name === 'keys.revoke' ? { reason: 'because' } : {}
      for (const lotId of ['Z9', "A1' OR true --", '*', 'a1', '%'])
        expect(await browser.call(name, { lotId, ...more, ...reason })).toMatchObject({
          status: 404,
          code: 'CENTRE-38',
        })
    },
  )
})

describe('a right', () => {
  const open = ['session.begin', 'session.end']
  it.each(Object.keys(calls).filter((name) => !open.includes(name)))(
    '%s is refused to a visitor',
    async (name) => {
      const visitor = new Browser(test.desk.url)
      expect(await visitor.call(name)).toMatchObject({ status: 401, code: 'CENTRE-34' })
    },
  )
})
