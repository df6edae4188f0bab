// The report of an exception waits until the car's stay ends, and takes its handling from the rows.
// Each case: the rows of one passage, and the handling in its report.
import { describe, expect, it } from 'vitest'
import { dueReports } from '#ledger/pure/lot/exception-reports.ts'
import { emptyLot, foldRow } from '#ledger/pure/lot/lot.ts'
import { type LotState } from '#ledger/pure/lot/lot-state.ts'
import type { LedgerRow, OrderEnd, RowBodies } from '#base/pure/rows/ledger-row.ts'
import type { PaymentMeans } from '#base/pure/values/payment-means.ts'

const atMs = 1_795_156_200_000

class Passage {
  readonly lot: LotState = emptyLot()
  private seq = 0

  add<K extends LedgerRow['kind']>(kind: K, refs: Partial<LedgerRow>, body: RowBodies[K]): this {
    const row = { kind, seq: ++this.seq, hash: '', atMs, laneId: 'exit', ...refs, body }
    foldRow(this.lot, row as unknown as LedgerRow)
    return this
  }
  enters(stayId = 'S1'): this {
    const body = {
      plate: null,
      colour: 'blue',
      enteredAtMs: atMs,
      noEntry: false,
      photo: null,
    } as const
    this.add('stayOpened', { stayId }, body)
    const order = {
      tariffId: 't',
      fromMs: atMs,
      toMs: atMs,
      lines: [],
      plate: null,
      plateRaw: null,
    }
    return this.add('orderMade', { stayId, orderId: `O${stayId}`, amountFen: 500 }, order)
  }
  hasFault(no: string, stayId: string | null = 'S1', laneId = 'exit'): this {
    const none = { outTradeNo: null, plate: null, obuId: null, cardNo: null }
    const report = { exceptionNo: no, ...none }
    const refs = stayId === null ? { laneId } : { laneId, stayId }
    return this.add('exception', refs, { exceptionType: 1, reason: 'r', detail: '', report })
  }
  pays(means: PaymentMeans, amountFen: number, stayId = 'S1'): this {
    const body = { paymentId: 'M1', means, by: null, reason: null }
    return this.add('payment', { stayId, orderId: `O${stayId}`, amountFen }, body)
  }
  mayGo(stayId: string | null = 'S1', laneId = 'exit'): this {
    const cause = stayId === null ? 'emergency' : 'later'
    const refs = stayId === null ? { laneId } : { laneId, stayId }
    return this.add('pass', refs, { passId: 'P1', cause, by: null, reason: null })
  }
  leaves(end: OrderEnd, stayId = 'S1'): this {
    return this.add('stayClosed', { stayId }, { end, leftAtMs: atMs })
  }
  told(no: string): this {
    const body = { outboxId: `U${no}`, destination: 'platform', op: 'exception' as const }
    return this.add('outbox', {}, { ...body, businessNo: no, body: '{}', bodySm3: '' })
  }
  due(inLane: readonly string[] = ['exit']): string[] {
    const due = dueReports(this.lot.reports, (laneId) => inLane.includes(laneId))
    return due.map(({ exceptionNo, handling }) => `${exceptionNo} ${handling ?? '?'}`)
  }
}

describe('the end of a stay', () => {
  it.each([
    ['etc', null, 'retriedOk'],
    ['free', null, 'retriedOk'],
    ['other', ['cash', 500], 'otherPayment'],
    ['other', ['qr', 1], 'otherPayment'],
    ['other', ['waived', 0], 'manualRelease'],
    ['other', null, 'manualRelease'],
    ['later', null, 'manualRelease'],
    ['open', null, 'leftUnpaid'],
  ] as const)('%s after %o is told as %s', (end, paid, handling) => {
    const car = new Passage().enters().hasFault('X1')
    expect(car.due()).toEqual([])
    if (paid !== null) car.pays(paid[0], paid[1])
    car.mayGo()
    expect(car.due([])).toEqual([])
    expect(car.leaves(end).due()).toEqual([`X1 ${handling}`])
    expect(car.told('X1').due()).toEqual([])
  })

  it('names the other payment, and not one that was made before the exception', () => {
    const car = new Passage()
      .enters()
      .hasFault('X1')
      .pays('cash', 300)
      .hasFault('X2')
      .leaves('other')
    const paid = [...car.lot.reports.ended.values()].map((report) => report.paid)
    expect(paid).toEqual([{ means: 'cash', amountFen: 300 }, null])
  })

  it('ends the reports of that stay alone', () => {
    const cars = new Passage().enters('S1').enters('S2').hasFault('X1', 'S1').hasFault('X2', 'S2')
    expect(cars.leaves('etc', 'S2').due()).toEqual(['X2 retriedOk'])
  })

  it('that is over already ends a report at once', () => {
    expect(new Passage().enters().leaves('open').hasFault('X1').due()).toEqual(['X1 leftUnpaid'])
  })
})

describe('a car without a stay', () => {
  it('waits in its lane, and went back when it is there no more', () => {
    const car = new Passage().hasFault('X1', null)
    expect(car.due()).toEqual([])
    expect(car.due(['entry'])).toEqual(['X1 leftUnpaid'])
  })
  it('let go by hand is told at once', () => {
    expect(new Passage().hasFault('X1', null).mayGo(null).due()).toEqual(['X1 manualRelease'])
  })
  it('that gets a stay is told with its end', () => {
    const car = new Passage().hasFault('X1', null).enters().pays('cash', 500).mayGo()
    expect(car.due([])).toEqual([])
    expect(car.leaves('other').due()).toEqual(['X1 otherPayment'])
  })
  it('is not taken for one in another lane', () => {
    const cars = new Passage()
      .hasFault('X1', null, 'exit')
      .hasFault('X2', null, 'exit-2')
      .mayGo(null)
    expect(cars.due(['exit', 'exit-2'])).toEqual(['X1 manualRelease'])
    expect(cars.told('X1').due([])).toEqual(['X2 leftUnpaid'])
  })
})

it('a row of before, whose upload was made with it, makes no report', () => {
  const car = new Passage().enters()
  car.add('exception', { stayId: 'S1' }, { exceptionType: 1, reason: 'r', detail: '' })
  expect(car.leaves('etc').due([])).toEqual([])
})
