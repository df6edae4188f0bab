// The daily authorisation of a PSAM over real links (P11): antenna, lane and platform are processes, and a
// platform that refuses records of unauthorised PSAMs accepts this one's. A refusal is reported by its code.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BoardView } from '#lane/calls/views.ts'
import { present } from '#base/pure/values/must.ts'
import { runToEnd } from './kit/live-program.ts'
import { obu, plate } from './kit/one-car.ts'
import { nothingFree, RunLot } from './kit/run-lot.ts'
import { eventually } from '../kit/eventually.ts'

const lot = new RunLot({
  charge: 'card',
  variant: 'generic-ver',
  rsuLink: 'tcp',
  tariff: nothingFree,
})
const platform = () => present(lot.harness.platform, 'the platform runs')
const rsu = () => present(lot.harness.sims('exit').rsu, 'the exit has an antenna')
interface Shown {
  readonly status: string
  readonly laneNo: string
  readonly psamNo: string
  readonly terminalNo: string
}
const books = async (kind: string): Promise<readonly Shown[]> =>
  (await platform().admin<{ rows: Shown[] }>('GET', `/books?kind=${kind}`)).rows
const said = (code: string) =>
  eventually(
    () => runToEnd(['events', '--data', lot.dir]).then(({ stdout }) => JSON.stringify(stdout)),
    (text) => text.includes(code),
    { of: lot.of },
  )

/** After a loss of power the PSAM is locked until it is authorised again. */
async function losesPower(knobs: object): Promise<void> {
  await rsu().admin('POST', '/knobs', { psamAuthorised: false, ...knobs })
  const fault = { at: 'heartbeat', when: 'after', do: 'reboot', ms: 100 }
  await rsu().admin('POST', '/faults', fault)
}

beforeAll(async () => {
  await lot.startSims()
  await platform().admin('POST', '/status-list', { first: '45010000000000000001', count: 3 })
  await platform().admin('POST', '/policy', { requirePsam: true })
  await rsu().admin('POST', '/knobs', { psamAuthorised: false, heartbeatMs: 1000 })
  await lot.start('exit')
})
afterAll(() => lot.close())

test('both PSAMs are authorised and confirmed, and a lane without one signs in by itself', async () => {
  const done = await eventually(
    () => books('authorizations'),
    (rows) => rows.filter(({ status }) => status === 'AUTHORISED').length === 2,
    { of: lot.of },
  )
  expect(done.map(({ psamNo }) => psamNo).toSorted()).toEqual([
    '37010000000000000001',
    '37010000000000000002',
  ])
  const signIns = await eventually(
    () => books('sign-ins'),
    (rows) => rows.some(({ laneNo }) => laneNo === 'entry'),
    { of: lot.of },
  )
  expect(signIns.find(({ laneNo }) => laneNo === 'entry')?.terminalNo).toBeFalsy()
})

test('the card is read and debited, and the platform takes the record of that PSAM', async () => {
  await rsu().admin('POST', '/cars', { ...obu })
  await lot.goesIn('entry', { plate, colour: 'blue' })
  await lot.comes('exit')
  await lot.leaves('exit')
  const { rows } = await eventually(
    () =>
      platform().admin<{ rows: { mode: number; status: string }[] }>(
        'GET',
        '/books?kind=exit-charges',
      ),
    ({ rows: all }) => all.length === 1,
    { of: lot.of },
  )
  expect(rows).toMatchObject([{ mode: 1, status: 'SUCCESS' }])
  await rsu().admin('DELETE', `/cars/${obu.obuId}`)
})

test('a PSAM that refuses the answer, and one that the platform locked, are each said by a code', async () => {
  await losesPower({ psamRefuses: true })
  await said('PSAM-03')
  expect((await books('authorizations')).some(({ status }) => status === 'CARD_REFUSED')).toBe(true)
  await platform().admin('POST', '/psams', { psamNo: '37010000000000000001', status: 3 })
  await losesPower({ psamRefuses: false })
  await said('PSAM-02')
  const { lanes } = await lot.run.call<BoardView>('board.get')
  expect(lanes.find(({ laneId }) => laneId === 'exit')).toBeDefined()
})
