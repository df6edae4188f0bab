// The rows of tables F.1, G.1 and H.1 that need more than one platform, judged over real links: a lot with the platforms of its
// operator and of its ETC operator beside the expansion platform, a car by ETC, a refund approved by two people, a
// counted drawer, an hour that ends, and the morning after the day.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { PayAttemptView } from '#money/calls/pay.ts'
import type { AcceptanceView } from '#acceptance/calls/acceptance-views.ts'
import { dayMs, isoOf } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import { bestOf, keepRun } from '../docs/shown-runs.ts'
import { eventually } from '../kit/eventually.ts'
import { ledgerRows } from './kit/ledger-rows.ts'
import { Program, runToEnd } from './kit/live-program.ts'
import { obu, plate } from './kit/one-car.ts'
import { keepPatientRules } from './kit/patient-rules.ts'
import { nothingFree, RunLot } from './kit/run-lot.ts'

const minuteMs = 60_000
const leaping = fileURLToPath(new URL('./kit/leaping-run.ts', import.meta.url))
const lot = new RunLot({
  charge: 'card',
  variant: 'generic-ver',
  tariff: nothingFree,
  others: ['operator', 'etcOperator'],
})
const { dir, harness } = lot
const platform = () => present(harness.platform, 'a platform')
const operator = () => present(harness.others.get('operator'), "an operator's platform")
const lotFile = join(dir, 'lot.json')
const day = isoOf(Date.now()).slice(0, 10)

/** Rows that only this run shows. */
const wanted = [
  ...[
    'F2',
    'F6',
    'G2',
    'G3',
    'G4',
    'G5',
    'G6',
    'G7',
    'G8',
    'G9',
    'G10',
    'G11',
    'G12',
    'G13',
    'G14',
  ],
  ...['H1', 'H2'],
]

beforeAll(async () => {
  await lot.startSims()
  keepPatientRules(dir)
  const config = JSON.parse(readFileSync(lotFile, 'utf8')) as { lotId: string }
  for (const sim of [platform(), operator()])
    await sim.admin('POST', '/policy', { bills: 'atOnce' })
  const shift = { shiftNo: 'B1', staffId: '李四', laneNo: 'exit' }
  const at = (time: string): string => `${day}T${time}:00.000+08:00`
  const planned = { ...shift, onTime: at('00:00'), offTime: at('23:59') }
  await operator().admin('POST', '/shifts', { parkId: config.lotId, date: day, shifts: [planned] })
  await lot.start('exit', new Program([dir], [], 'ipc', leaping))
})
afterAll(() => lot.close())

async function passes(): Promise<void> {
  const [car, rsu] = [{ ...obu, plate, colour: 'blue' }, harness.sims('exit').rsu]
  await lot.until('entry', ({ state }) => state === 'idle')
  await lot.goesIn('entry', car)
  await lot.until('exit', ({ state }) => state === 'idle')
  await rsu?.admin('POST', '/cars', car)
  await lot.goesIn('exit', car)
}

/** The lanes begin anew with this lead of business time, and so do the platforms. */
async function leapsTo(aheadMs: number): Promise<Program> {
  await lot.run.stop('SIGTERM')
  for (const sim of [platform(), ...harness.others.values()])
    await sim.admin('POST', '/time', { shiftMs: aheadMs })
  const next = new Program([dir, String(aheadMs)], [], 'ipc', leaping)
  await lot.start('exit', next)
  return next
}

/** Everything so far is confirmed. */
const isSent = () =>
  eventually(
    () => runToEnd(['queue', 'status', '--data', dir]),
    ({ json }) => json['unsent'] === 0,
    { of: lot.of },
  )

let asks = 0

/** The refund's number, once it has reached that state by the lot's queries. */
async function refunded(state: 'pending' | 'success'): Promise<string> {
  const rows = await eventually(
    async () => {
      const commandId = `refund-asks-${++asks}`
      await lot.run.call('queue.retryNow', { by: '甲', reason: '查退款', commandId })
      return ledgerRows(dir).filter((row) => row.kind === 'refundState')
    },
    (all) => all.some(({ body }) => body.state === state),
    { of: lot.of },
  )
  return present(rows[0], 'a state').body.refundId
}

it('a car, a refund and a drawer are told to whom table G.1 names', async () => {
  await passes()
  await isSent()
  const stayId = present(
    ledgerRows(dir).find(({ kind }) => kind === 'stayClosed')?.stayId,
    'a stay',
  )
  const { rows } = await lot.run.call<{ rows: PayAttemptView[] }>('pay.attempts', { stayId })
  // A debit that got no answer is an attempt too.
  const { attemptNo } = present(
    rows.find(({ paidFen }) => paidFen > 0),
    'a payment',
  )
  const asked = { by: '甲', approvedBy: '乙', reason: '多收', commandId: 'pay-refund-0001' }
  // The platform reviews it, and the lot queries its state.
  await platform().admin('POST', '/policy', { refunds: 'PENDING_REVIEW' })
  await lot.run.call('pay.refund', { stayId, attemptNo, refundFen: 100, ...asked })
  const outRefundNo = await refunded('pending')
  await platform().admin('POST', '/refunds', { outRefundNo, status: 'SUCCESS' })
  await refunded('success')
  const who = { by: '李四', reason: '交班', commandId: 'shift-ends-1' }
  await lot.run.call('day.count', { countedFen: 0, ...who })
  await isSent()
})

it('its hour ends: batches of each kind go to both', async () => {
  const next = await leapsTo(66 * minuteMs)
  next.child.send(2 * minuteMs)
  const batches = (of: 'operator' | 'platform') => async () => {
    const sim = of === 'operator' ? operator() : platform()
    const { rows } = await sim.admin<{ rows: { batchNo: string; count: number }[] }>(
      'GET',
      '/books?kind=batches',
    )
    return new Set(rows.filter(({ count }) => count > 0).map(({ batchNo }) => batchNo))
  }
  await eventually(batches('operator'), ({ size }) => size >= 4, { of: lot.of })
  await eventually(batches('platform'), ({ size }) => size >= 2, { of: lot.of })
  await isSent()
})

it('the morning behind it has its bills, and the acceptance passes each row that needs them', async () => {
  const morning = Date.parse(`${isoOf(Date.parse(day) + dayMs).slice(0, 10)}T10:35:00+08:00`)
  const next = await leapsTo(morning - Date.now())
  next.child.send(2 * minuteMs)
  await eventually(
    () =>
      ledgerRows(dir).filter(
        ({ kind, body }) => kind === 'book' && 'row' in body && body.row === 'reconciled',
      ),
    (rows) => rows.length >= 3,
    { of: lot.of },
  )
  const who = ['--by', '验收员', '--reason', '勘测在另一台电脑上']
  const said = await runToEnd(['acceptance', 'override', '--data', dir, ...who])
  expect(said).toMatchObject({ code: 0 })
  const verdicts = async () => {
    await lot.run.call('acceptance.run', { fromIso: `${day}T00:00:00.000+08:00` })
    const state = () => lot.run.call<AcceptanceView>('acceptance.state')
    const { items } = await eventually(state, ({ isRunning }) => !isRunning, { of: lot.of })
    return items.filter(({ id }) => wanted.includes(id))
  }
  const items = await eventually(
    verdicts,
    (all) => all.every(({ verdict }) => verdict === 'pass'),
    { of: lot.of },
  )
  expect(items.map(({ id }) => id).toSorted()).toEqual(wanted.toSorted())
  const rules = Object.fromEntries(
    items.map(({ id, verdict, simulated }) => [id, { verdict, simulated }]),
  )
  keepRun('destinations', {
    test: 'test/wire/acceptance-destinations.test.ts',
    rules: bestOf([rules]),
  })
})
