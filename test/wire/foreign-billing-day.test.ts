// The billing system in Python against a real access system over HTTP: a day in an enclosed and in an open lot, either side
// killed at three moments. At the end every order has one end, and journal, ledger, platform and cards have the same sums.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operations, rightOf, type OperationName } from '#money/partners/protocol.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { carMaker, trafficMixes, type CarObu } from '#simulators/traffic/cars.ts'
import { eventually, type UnderTest } from '../kit/eventually.ts'
import { newIdentity, type Signing } from '../kit/partner-kit.ts'
import { newFolder, runToEnd } from './kit/live-program.ts'
import { PartnerLot, sentCars, type PartnerLotPlan } from './kit/partner-lot.ts'
import { journalIn, PythonBilling, type Line } from './kit/python-billing.ts'

const maker = carMaker(trafficMixes.clean, 7)
const minutesAgo = (minutes: number): string =>
  new Date(Date.now() - minutes * 60_000).toISOString()

/** A car of the day for Python, with its OBU where the antenna reads one. */
interface DayCar {
  readonly line: Line
  readonly obu: CarObu | null
}

function car(name: string, more: Line & { readonly noObu?: boolean }): DayCar {
  const { noObu = false, ...own } = more
  const { plate, colour, obu } = maker.next()
  const entered = { enteredAtIso: minutesAgo(90), leftAtIso: null }
  const line = { car: name, plate, colour, ...entered, amountFen: 500, ...own }
  return { line, obu: noObu ? null : obu }
}

/** Twelve cars one after the other at two exits. */
const enclosed = (): DayCar[] =>
  Array.from({ length: 12 }, (_, n) =>
    car(`CAR${n}`, {
      laneId: n % 2 === 0 ? 'exit1' : 'exit2',
      amountFen: 300 + 100 * n,
      noObu: n % 4 === 3,
      ...(n === 4 ? { refundFen: 250 } : {}),
    }),
  )

/** Cars that have left their spaces: read under the gantry, one disputed, one refunded, one never read. */
const open = (): DayCar[] =>
  Array.from({ length: 8 }, (_, n) =>
    car(`CAR${n}`, {
      laneId: null,
      leftAtIso: minutesAgo(5),
      amountFen: 300 + 100 * n,
      ...(n === 2 ? { dispute: true } : {}),
      ...(n === 5 ? { refundFen: 300 } : {}),
      ...(n === 6 ? { noObu: true, collect: true } : {}),
    }),
  )

const count = (rows: readonly LedgerRow[], kind: LedgerRow['kind']): number =>
  rows.filter((row) => row.kind === kind).length
/** The access system is killed at the first look at which one of these holds, each once. */
const moments: readonly ((rows: readonly LedgerRow[]) => boolean)[] = [
  (rows) => count(rows, 'intent') > count(rows, 'outcome'),
  (rows) => count(rows, 'payment') >= 4,
  (rows) => count(rows, 'refund') >= 1,
]
/** Lines after which the billing system is killed, counted from each start. */
const billingKills = [2, 5, 4]

const days: readonly (readonly [string, PartnerLotPlan, () => DayCar[]])[] = [
  [
    'enclosed, online',
    {
      layout: '7.1.1',
      charge: 'online',
      lanes: { exit1: 'MAKER', exit2: 'MAKER', exit3: 'OTHER' },
      others: ['IDLE'],
    },
    enclosed,
  ],
  [
    'enclosed, card',
    { layout: '7.1.1', charge: 'card', lanes: { exit1: 'MAKER', exit2: 'MAKER' } },
    enclosed,
  ],
  ['open, card', { layout: '7.2.1', charge: 'card', lanes: { gantry: 'MAKER' } }, open],
  ['open, online', { layout: '7.2.1', charge: 'online', lanes: { gantry: 'MAKER' } }, open],
]

describe.each(days)('a day: %s', (_name, plan, carsOf) => {
  let lot: PartnerLot
  beforeAll(async () => {
    lot = new PartnerLot(plan)
    await lot.start()
  })
  afterAll(() => lot.close())

  it('loses nothing and books nothing twice, with either side killed three times', async () => {
    const folder = newFolder()
    const cars = carsOf()
    await runs(lot, folder, cars)
    await lot.drained()
    const rows = lot.rows()
    const sent = sentCars(rows)
    expect(sent.map(({ orderNo }) => orderNo).toSorted()).toEqual(cars.map(numberOf).toSorted())
    for (const { orderId, orderNo } of sent) {
      const ends = rows.filter(
        (row) =>
          row.orderId === orderId &&
          (row.kind === 'payment' || (row.kind === 'sentOrder' && row.body.what === 'withdrawn')),
      )
      expect([orderNo, ends.length]).toEqual([orderNo, 1])
    }
    const journal = journalOf(folder, cars)
    const ledger = await ledgerOf(lot)
    expect(ledger.sums).toEqual(journal)
    expect(ledger.means).toEqual(['billing', 'etc'])

    const { config } = loadLot(lot.dir)
    const { violations, openFen, chargedFen, refunds, debits } = await lot.judge(config)
    expect(violations).toEqual([])
    // The debit of a card whose proof was lost is named in the ledger, and has no record.
    const unproved = rows.flatMap((row) =>
      row.kind === 'exception' && row.body.exceptionType === 'noTac' ? [row.orderId] : [],
    )
    const openFens = rows.map((row) =>
      row.kind === 'payment' && unproved.includes(row.orderId) ? (row.amountFen ?? 0) : 0,
    )
    expect(openFens.reduce((sum, fen) => sum + fen, 0)).toBe(openFen)
    expect([chargedFen + openFen, refunds]).toEqual([journal.etcFen, journal.refunds])
    expect(debits.toSorted()).toEqual([...new Set(debits)].toSorted())
    expect(debits).toHaveLength(plan.charge === 'card' ? ledger.etcPayments : 0)
    const verified = await runToEnd(['ledger', 'verify', '--data', lot.dir])
    expect([verified.code, verified.json['ok']]).toEqual([0, true])
  })

  if (plan.others !== undefined)
    it('shows nothing of it to another partner', async () => {
      const [order] = sentCars(lot.rows())
      const orderNo = order?.orderNo ?? ''
      expect(orderNo).not.toBe('')
      await showsNothing(lot, orderNo)
    })
})

const numberOf = ({ line }: DayCar): string => `MAKER-${String(line['car'])}`

/** Runs the day until the billing system has done it; kills either side on the way. */
async function runs(lot: PartnerLot, folder: string, cars: readonly DayCar[]): Promise<void> {
  const lines = cars.map(({ line }) => line)
  const obus = new Map(cars.flatMap((one) => (one.obu === null ? [] : [[numberOf(one), one.obu]])))
  const kills = [...billingKills]
  const left = [...moments]
  const starts = (): PythonBilling => {
    const made = new PythonBilling(lot.url, folder, lines, lot.keysOf('MAKER'))
    made.killAt = kills.shift() ?? Infinity
    void made.ended.then(([code]) => {
      if (code === 0) isOver = true
      else if (code === null) billing = starts()
    })
    return made
  }
  let [isOver, isReviewed] = [false, false]
  await lot.losesAnswer()
  let billing = starts()
  const of: UnderTest = {
    died: () => billing.died() ?? lot.of.died(),
    said: () => `${billing.said()}\n${lot.of.said()}`,
  }
  await eventually(
    async () => {
      const rows = await lot.drive(obus)
      if (left[0]?.(rows) === true) {
        left.shift()
        await lot.killAccess()
      }
      const disputed = rows.find((row) => row.kind === 'review' && row.body.result === 'disputed')
      // A disputed charge by the platform is not made: nothing waits for a person.
      if (disputed !== undefined && !isReviewed && lot.plan.charge === 'card') {
        isReviewed = true
        const args = { orderId: disputed.orderId, by: '业主', reason: '已核对' }
        await lot.run.call('partners.review', { ...args, commandId: 'partner-review-0001' })
      }
      return isOver
    },
    (over) => over,
    { of },
  )
  expect([left.length, kills.length]).toEqual([0, 0])
}

/** Sums of the billing system. */
function journalOf(folder: string, cars: readonly DayCar[]) {
  const { made, state } = journalIn(folder)
  const fenOf = (no: string): number => Number(made.get(no)?.['amountFen'])
  const sumOf = (wanted: string): number =>
    cars.map(numberOf).reduce((sum, no) => (state.get(no) === wanted ? sum + fenOf(no) : sum), 0)
  const done = [...state].filter(([no, is]) => no.endsWith('-R') && is === 'success')
  return {
    etcFen: sumOf('paid'),
    otherFen: sumOf('settled'),
    refunds: done.map(([no]) => fenOf(no)),
  }
}

async function ledgerOf(lot: PartnerLot) {
  const { json } = await runToEnd(['ledger', 'query', '--data', lot.dir, '--kind', 'payment'])
  const payments = json['rows'] as { means: string; amountFen: number }[]
  const byEtc = payments.filter(({ means }) => means === 'etc')
  const sum = (rows: typeof payments): number => rows.reduce((n, { amountFen }) => n + amountFen, 0)
  const refunds = lot.rows().flatMap((row) => (row.kind === 'refund' ? [row.amountFen ?? 0] : []))
  const etcFen = sum(byEtc)
  return {
    sums: { etcFen, otherFen: sum(payments) - etcFen, refunds },
    means: [...new Set(payments.map(({ means }) => means))].toSorted(),
    etcPayments: byEtc.length,
  }
}

async function showsNothing(lot: PartnerLot, orderNo: string): Promise<void> {
  const refundNo = 'MAKER-CAR4-R'
  const own = lot.keysOf('MAKER')
  const atIso = new Date().toISOString()
  const entered = { enteredAtIso: minutesAgo(9), leftAtIso: null, madeAtIso: atIso }
  const car = { plate: '测A00001', colour: 'blue', amountFen: 1 }
  const content = { stayNo: 'STAY-OTHER', laneId: 'exit1', ...car, ...entered }
  const outTradeNo = String(
    ((await lot.call('GET', `/v1/orders/${orderNo}`, own)).json['charge'] as Line)['outTradeNo'],
  )
  const give = { orderNo, amountFen: 1, reason: 'x', operator: 'wang', approvedBy: 'li' }
  const bodies: Partial<Record<OperationName, object>> = {
    openOrder: content,
    settleOrder: { means: 'cash', amountFen: 1, atIso },
    withdrawOrder: { reason: 'x' },
    reviewOrder: { result: 'disputed', outTradeNo, amountFen: 1, plate: '测A00001' },
    refund: give,
  }
  const ask = (name: OperationName, by: Signing) => {
    const { method, path } = operations[name]
    const numbered = path.replace('{orderNo}', orderNo).replace('{refundNo}', refundNo)
    const filled = numbered.replace(/\{\w+\}/, 'NUMBER-1')
    return lot.call(method, `${filled}${name === 'events' ? '?after=0' : ''}`, by, bodies[name])
  }
  const names = Object.keys(operations) as OperationName[]
  const ofOtherRights = names.filter((name) => !['orders', null].includes(rightOf(name)))
  const answersTo = async (by: Signing) => {
    const all: Record<string, readonly (string | null)[] | number> = {}
    for (const name of names) {
      const { status, refused } = await ask(name, by)
      all[name] = refused ?? status
    }
    return all
  }
  const same = <T>(value: T) => Object.fromEntries(names.map((name) => [name, value]))
  const before = [await ask('order', own), await ask('refundState', own)].map(({ json }) => json)
  const rowsBefore = lot.rows().length

  const other = lot.keysOf('OTHER')
  const unknown = ['ORDER-04', '/orderNo']
  expect(await answersTo(other)).toEqual({
    ...same(unknown),
    ...Object.fromEntries(ofOtherRights.map((name) => [name, ['ORDER-03', 'path']])),
    facts: 200,
    openOrder: ['ORDER-09', '/laneId'],
    refundState: ['ORDER-04', '/refundNo'],
    events: 200,
  })
  expect((await ask('facts', other)).json['lanes']).toEqual([
    { laneId: 'exit3', isUp: true, orderNo: null },
  ])
  expect((await ask('events', other)).json['events']).toEqual([])
  expect(await answersTo(lot.keysOf('IDLE'))).toEqual(same(['ORDER-03', 'path']))
  const stranger = { appid: 'MAKER', identity: newIdentity('maker', { serialHex: '5B10' }) }
  expect(await answersTo(stranger)).toEqual(same(['ORDER-02', 'Authorization.signature']))
  const crossed = { ...other, appid: 'MAKER' }
  expect(await answersTo(crossed)).toEqual(same(['ORDER-02', 'Authorization.serial_no']))
  expect(lot.rows()).toHaveLength(rowsBefore)

  // The same number is another order at another partner.
  const sameNumber = { ...content, laneId: 'exit3' }
  const opened = await lot.call('PUT', `/v1/orders/${orderNo}`, other, sameNumber)
  expect(opened).toMatchObject({ status: 200, json: { orderNo, amountFen: 1, charge: null } })
  const told = (await ask('events', other)).json['events'] as { order: Line }[]
  expect(told.map(({ order }) => order['amountFen'])).not.toContain(300)
  const facts = (await ask('facts', own)).json['lanes'] as { laneId: string }[]
  expect(facts.map(({ laneId }) => laneId)).toEqual(['exit1', 'exit2'])
  await lot.call('PUT', `/v1/orders/${orderNo}/withdrawal`, other, { reason: 'x' })
  const after = [await ask('order', own), await ask('refundState', own)].map(({ json }) => json)
  expect(after).toEqual(before)
}
