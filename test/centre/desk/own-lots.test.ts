// A person of one lot: no call of the desk shows or changes anything of another one.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { calls } from '../../../centre/desk/calls/table.ts'
import { must } from '#base/pure/values/must.ts'
import { addMoney, addStay, ensureFoldMonths } from '../../kit/centre-figures.ts'
import {
  addAside,
  addBatch,
  addLot,
  addMatter,
  addPairing,
  alarmMail,
  Browser,
  ownSecret,
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
describe('a person of one lot', () => {
  let own: Browser
  let ids: { pairingId: string; matterId: string; digest: string }
  beforeAll(async () => {
    const { owner } = test.centre
    await owner(`INSERT INTO desk.person (name, secret, lots, one_time)
      SELECT 'of A1', secret, 'A1', false FROM desk.person WHERE name = 'admin'`)
    own = new Browser(test.desk.url)
    expect((await own.signIn(ownSecret, 'of A1')).status).toBe(200)
    await owner("DELETE FROM desk.pairing WHERE lot_id = 'B2'")
    ids = {
      pairingId: await addPairing(test.centre, 'B2', '999999'),
      digest: await addAside(test.centre, 'B2', 9),
      matterId: await addMatter(test.centre, 'B2', 'forked', { last: 2 }),
    }
    await ensureFoldMonths(test.centre, ['2026-11'])
    const moved = { seq: 1, atMs: startMs, fen: 4242, stayId: 'n1-S99', orderId: 'n1-O99' }
    await addMoney(test.centre, 'B2', moved)
    const car = { plate: '测B99999', enteredMs: startMs - 60_000, paidFen: 4242 }
    await addStay(test.centre, 'B2', { ...car, stayId: 'n1-S99' })
    await addPairing(test.centre, 'A1', '222222')
    await addMatter(test.centre, 'A1', 'forked', { last: 2 })
  })

  it('gets nothing of another one through any call', async () => {
    const reason = 'because'
    const lotId = 'B2'
    const money = { lotId, span: '2026-11', what: null, means: null }
    const given: Readonly<Record<string, object>> = {
      'lots.get': { lotId },
      'lots.batch': { lotId, nodeId: 'n1', seq: 2 },
      'pairings.accept': { pairingId: ids.pairingId, digits: '999999', reason },
      'pairings.refuse': { pairingId: ids.pairingId, reason },
      'inbox.pass': { lotId, nodeId: 'n1', seq: 9, digest: ids.digest, reason },
      'inbox.end': { matterId: ids.matterId, reason },
      'inbox.take': { matterId: ids.matterId },
      'inbox.quiet': { matterId: ids.matterId, minutes: 30, reason },
      'inbox.release': { matterId: ids.matterId },
      'keys.revoke': { lotId, reason },
      'lot.now': { lotId },
      'money.table': { lotId, span: '2026-11', by: 'day' },
      'money.proof': money,
      'money.rows': { ...money, after: null },
      'money.export': money,
      'stays.find': { lotId, word: '测B99999', after: null },
      'stays.export': { lotId, word: '测B99999' },
      'stays.story': { lotId, nodeId: 'n1', stayId: 'n1-S99' },
    }
    const shown = [
      'lots.list',
      'pairings.list',
      'inbox.list',
      'state.get',
      'state.seq',
      'today.get',
    ]
    const ofNoLot = [
      'session.begin',
      'session.get',
      'session.end',
      'session.setSecret',
      'walls.list',
      'walls.open',
      'walls.end',
    ]
    // Ways hear of all lots, and limits are those of the whole centre.
    const ofAllLots: Readonly<Record<string, object>> = {
      'limits.get': {},
      'limits.restored': { minutes: 60, reason },
      'alarms.list': {},
      'alarms.addWay': { kind: 'mail', address: 'a@example.com', afterS: 0 },
      'alarms.removeWay': { wayId: '1', reason },
      'alarms.setMail': alarmMail,
      'alarms.test': { wayId: '1' },
    }
    // Of all lots of the person: by plate, its parts, and the numbers of a stay and an order.
    const words = ['测B99999', '测B999', '99999', 'n1-S99', 'n1-O99']
    const ofAll = [
      ...['day', 'lot'].map((by) => ['money.table', { lotId: '*', span: '2026-11', by }]),
      ...['money.proof', 'money.export'].map((name) => [name, { ...money, lotId: '*' }]),
      ['money.rows', { ...money, lotId: '*', after: null }],
      ...words.map((word) => ['stays.find', { lotId: '*', word, after: null }]),
      ...words.map((word) => ['stays.export', { lotId: '*', word }]),
    ] as const
    expect(Object.keys(calls).toSorted()).toEqual(
      [...Object.keys({ ...given, ...ofAllLots }), ...shown, ...ofNoLot].toSorted(),
    )
    for (const [name, args] of Object.entries(ofAllLots))
      expect(await own.call(name, args), name).toMatchObject({ status: 403, code: 'CENTRE-41' })
    for (const [name, args] of Object.entries(given)) {
      const reply = await own.call(name, args)
      expect(reply, name).toMatchObject({ status: 404, code: 'CENTRE-38' })
      // The same arguments do something for a person of all lots, so it is the right that refused them.
      if (/^(?:lots|lot|money|stays)\./.test(name))
        expect((await browser.call(name, args)).status, name).toBe(200)
    }
    for (const [name, args] of ofAll) {
      const all = JSON.stringify((await browser.call(String(name), args)).answer)
      const text = JSON.stringify(await own.call(String(name), args))
      expect(all, `${String(name)} of all lots`).toMatch(/B2|999[0-9]|"n":1\b/)
      expect(text, String(name)).not.toMatch(/B2|B9|B·9|BXXX99|n1-S99|n1-O99|4242/)
    }
    for (const name of shown) {
      const text = JSON.stringify((await own.call(name)).answer)
      expect(text, name).not.toMatch(/B2|999999/)
    }
    expect((await own.call('state.get')).answer).toMatchObject({
      lots: 1,
      rows: 2,
      waiting: { pairings: 1, matters: 1, loud: 1 },
    })
    const { rows } = await test.centre.owner(
      "SELECT count(*)::int FROM desk.act WHERE person = 'of A1' AND lot_id <> 'A1'",
    )
    expect(rows).toEqual([{ count: 0 }])
  })

  it('acts on the own one', async () => {
    const [matter] = (await own.call('inbox.list')).answer
    must(matter !== undefined, 'a matter')
    expect(
      await own.call('inbox.end', { matterId: matter.matterId, reason: 'because' }),
    ).toMatchObject({ status: 200 })
    expect((await own.call('lots.get', { lotId: 'A1' })).status).toBe(200)
  })

  it('takes a lot of another name for no own one', async () => {
    await test.centre.owner("UPDATE desk.person SET lots = '' WHERE name = 'of A1'")
    expect((await own.call('lots.list')).answer).toEqual([])
    await test.centre.owner("UPDATE desk.person SET lots = 'A1,B2' WHERE name = 'of A1'")
    expect((await own.call('lots.list')).answer).toHaveLength(2)
  })
})
