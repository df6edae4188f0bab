// Table G.1 on a running lot: which of its records go to the operator's platform and which to the expansion platform, one
// row per destination, each with its own state. No car waits for the operator; a lot without one makes no rows for it.
import { describe, expect, it } from 'vitest'
import { ControlActs } from '#base/desk/handlers/control-acts.ts'
import { ControlDay } from '#money/desk/handlers/control-day.ts'
import { DayBills } from '#lane/money/day-bills.ts'
import { personDeviceId } from '#lane/pure/exit-match.ts'
import { exposureFen } from '#lane/pure/etc/offline.ts'
import type { LaneEvent } from '#lane/pure/lane.ts'
import type { PlateRead } from '#devices/pure/lane/plate-read.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { present } from '#base/pure/values/must.ts'
import { cardReadEvent, loop, plate, plateEvent } from '../../pure/lane-bench.ts'
import { MemoryLedgerService, startMs } from '../../../runtime/control/control-kit.ts'
import { channel } from '../lot-kit.ts'
import { lotOn, nobody, ok, silence, type Given, type Lot } from '../lot-on.ts'
import { violationsOf } from '../../pure/lot/violations.ts'

const platform = channel
const operator = { ...channel, url: 'https://127.0.0.1:8444', appId: 'OPER1' }
const both: Partial<LotConfig> = { platform, operator }

function passesEntry(lot: Lot, ...reads: Given): void {
  const at = (...events: Given): void => {
    for (const event of events) lot.runtime.dispatch('entry', event)
  }
  at({ type: 'barrierUp' }, ...nobody, loop('arrive', 'on'), ...reads)
  at(loop('under', 'on'), loop('arrive', 'off'), loop('under', 'off'))
  at({ type: 'passed', passId: lot.opens.at(-1) ?? '' })
}
const comesToExit = (lot: Lot, read = plateEvent(plate)): void => {
  lot.clock.advance(3_600_000)
  // Hourly batches that became due meanwhile (batch-rows.test.ts).
  for (const list of [lot.asked, lot.toOperator])
    for (const one of list.splice(0))
      if (one.word.includes(' batch ')) one.answer(ok)
      else list.push(one)
  lot.give(loop('arrive', 'on'), read, cardReadEvent())
}
const leaves = (lot: Lot): void => {
  lot.give(loop('under', 'on'), loop('arrive', 'off'), loop('under', 'off'))
  lot.give({ type: 'passed', passId: lot.opens.at(-1) ?? '' })
}
const isOutbox = (row: LedgerRow): row is Extract<LedgerRow, { kind: 'outbox' }> =>
  row.kind === 'outbox'
const sent = (lot: Lot): readonly string[] =>
  lot.ledger.list
    .filter(isOutbox)
    .filter(({ body }) => body.op !== 'batch')
    .map(({ body: { destination, op } }) => `${destination} ${op}`)
const bodyOf = (lot: Lot, destination: string, op: string) => {
  const found = lot.ledger.list.filter(isOutbox).filter(({ body }) => {
    return body.destination === destination && body.op === op
  })
  const { body } = present(found.at(-1), `${destination} ${op}`).body
  return JSON.parse(body) as Record<string, unknown>
}

function judge(lot: Lot): void {
  const open = exposureFen(lot.runtime.queue, lot.runtime.lot)
  expect(violationsOf(lot.ledger.list, {}, { exposureFen: open })).toEqual([])
  // A restart from the stored rows restores the same queue.
  const again = lotOn(lot.ledger.list, both)
  expect([...again.runtime.queue.records.byDestination]).toEqual([
    ...lot.runtime.queue.records.byDestination,
  ])
}

describe('a lot with an operator of its own', () => {
  const whole = (): Lot => {
    const lot = lotOn([], both)
    passesEntry(lot, plateEvent(plate))
    comesToExit(lot)
    return lot
  }

  const readOf = (over: Partial<PlateRead>): LaneEvent => {
    const event = plateEvent(plate)
    return event.type === 'plate' ? { ...event, read: { ...event.read, ...over } } : event
  }
  it.each([
    ['a camera', { confidence: 0.984 }, [1, 984]],
    ['a camera without a confidence', {}, [1, undefined]],
    ['a person', { deviceId: personDeviceId }, [4, undefined]],
  ] as const)('says of each plate that %s read it (P12, P19)', (_, over, said) => {
    const lot = lotOn([], both)
    const saidIn = (op: string) => {
      const { plateSource, plateConfidence } = bodyOf(lot, 'operator', op)
      return [plateSource, plateConfidence]
    }
    passesEntry(lot, readOf(over))
    expect(saidIn('entryRecord')).toEqual(said)
    expect(saidIn('plateRecord')).toEqual(said)
    comesToExit(lot, readOf(over))
    expect(lot.answer(ok)).toMatch(/^post charge P/)
    leaves(lot)
    expect(bodyOf(lot, 'operator', 'plateRecord')).toMatchObject({ direction: 2 })
    expect(saidIn('plateRecord')).toEqual(said)
  })

  it('tells each destination what table G.1 has for it, in one transaction with the act', () => {
    const lot = whole()
    expect(lot.answer(ok)).toMatch(/^post charge P/)
    leaves(lot)
    expect(sent(lot)).toEqual([
      'operator entryRecord',
      'operator plateRecord',
      'platform charge',
      'operator exitRecord',
      'platform plateRecord',
      'operator plateRecord',
    ])
    const rows = lot.ledger.list.filter(isOutbox).filter(({ body: { op } }) => op !== 'batch')
    // The copy has the number and the bytes of the charge itself (D.2 rule 13).
    const [charge, copy] = [rows[2], rows[3]]
    expect(copy?.body).toMatchObject({
      businessNo: charge?.body.businessNo,
      body: charge?.body.body,
      bodySm3: charge?.body.bodySm3,
    })
    expect(rows[4]?.body.businessNo).toBe(rows[5]?.body.businessNo)
    const stayId = rows[0]?.stayId
    expect(bodyOf(lot, 'operator', 'entryRecord')).toMatchObject({
      entryNo: stayId,
      laneNo: 'entry',
      vehiclePlate: plate,
    })
    expect(bodyOf(lot, 'platform', 'charge')).toMatchObject({ entryNo: stayId })
    expect(bodyOf(lot, 'platform', 'plateRecord')).toMatchObject({
      direction: 2,
      laneNo: 'exit',
      matchedTradeNo: charge?.body.businessNo,
    })
    judge(lot)
  })

  it('charges at once while the operator is silent, and its circuit is its own', () => {
    const lot = lotOn([], both)
    passesEntry(lot, plateEvent(plate))
    for (let n = 0; n < 12; n++) {
      while (lot.toOperator.length > 0) lot.toOperator.shift()?.answer(silence)
      lot.clock.advance(60_000)
    }
    const { destinations } = lot.runtime.queue
    expect(destinations.get('operator')?.openUntilMs).not.toBeNull()
    expect([lot.runtime.platformUp, destinations.get('platform')?.fails ?? 0]).toEqual([true, 0])
    comesToExit(lot)
    lot.answer(ok)
    expect(lot.opens).toHaveLength(2)
    leaves(lot)
    while (lot.asked.length > 0) lot.answer(ok)
    expect([...lot.runtime.queue.records.byDestination]).toEqual([['operator', 8]])
    // Operator records count neither as money at risk nor towards the age limits of the queue.
    expect(exposureFen(lot.runtime.queue, lot.runtime.lot)).toBe(0)
    expect(lot.runtime.queue.records.oldestMs('upload')).toBeNull()
    judge(lot)
    lot.clock.advance(3_600_000)
    for (let n = 0; n < 300 && lot.runtime.queue.records.size > 0; n++) {
      for (const list of [lot.asked, lot.toOperator])
        while (list.length > 0) list.shift()?.answer(ok)
      lot.clock.advance(10_000)
    }
    expect(lot.runtime.queue.records.size).toBe(0)
  })

  it('a charge that is refused makes no exit record, and a car that pays cash one plate a platform', () => {
    const lot = whole()
    lot.answer({ kind: 'refused', reason: 'insufficient' })
    const act = { by: 'anna', role: 'attendant', reason: 'card', commandId: 'c1' }
    lot.give({ type: 'settle', means: 'cash', amountFen: null, act })
    leaves(lot)
    expect(sent(lot)).not.toContain('operator exitRecord')
    expect(bodyOf(lot, 'operator', 'plateRecord')).not.toHaveProperty('matchedTradeNo')
    judge(lot)
  })

  it('an entry that was read late has its plate record then, and its entry record without one', () => {
    const lot = lotOn([], both)
    const at = (...events: Given): void => {
      for (const event of events) lot.runtime.dispatch('entry', event)
    }
    at({ type: 'barrierUp' }, ...nobody, loop('arrive', 'on'), plateEvent(null, '?'))
    expect(sent(lot)).toEqual(['operator entryRecord'])
    expect(bodyOf(lot, 'operator', 'entryRecord')).not.toHaveProperty('vehiclePlate')
    at(plateEvent(plate))
    expect(sent(lot)).toEqual(['operator entryRecord', 'operator plateRecord'])
    judge(lot)
  })

  it('a record that no platform takes is named, and holds up nobody', () => {
    const lot = lotOn([], both)
    passesEntry(lot, plateEvent('测'.repeat(21)))
    expect(lot.opens).toHaveLength(1)
    expect(sent(lot)).toEqual([])
    const named = lot.ledger.list.flatMap((row) => (row.kind === 'event' ? [row.body] : []))
    expect(named.filter(({ type }) => type === 'recordNotMade')).toHaveLength(2)
    const items = lot.ledger.list.flatMap(({ kind, body }) => (kind === 'book' ? [body] : []))
    expect(items, 'one a kind of record').toMatchObject([
      { row: 'item', kind: 'notMade', owner: '' },
      { row: 'item', kind: 'notMade', owner: '' },
    ])
  })
})

it('a late success that was paid in cash meanwhile is told to the operator as well, once', () => {
  const lot = lotOn([], both)
  passesEntry(lot, plateEvent(plate))
  comesToExit(lot)
  for (let i = 0; i < 3; i++) lot.answer(silence)
  const act = { by: 'anna', role: 'attendant', reason: 'silent', commandId: 'c1' }
  lot.give({ type: 'settle', means: 'cash', amountFen: null, act })
  leaves(lot)
  for (let i = 0; i < 10; i++) {
    while (lot.asked.length > 0) lot.answer(ok)
    lot.clock.advance(60_000)
  }
  expect(sent(lot).filter((one) => one === 'operator exitRecord')).toHaveLength(1)
  judge(lot)
})

it('a lot that names no operator makes no rows for one, and one without platform records no plates', () => {
  for (const [over, others] of [
    [{}, []],
    [{ platform }, ['platform plateRecord']],
    [{ operator }, ['operator exitRecord', 'operator plateRecord']],
  ] as const) {
    const lot = lotOn([], over)
    passesEntry(lot, plateEvent(plate))
    comesToExit(lot)
    lot.answer(ok)
    leaves(lot)
    const after = sent(lot).slice(sent(lot).indexOf('platform charge'))
    expect(after).toEqual(['platform charge', ...others])
    expect(lot.toOperator.length > 0).toBe('operator' in over)
  }
})

it('records of an operator that a lot no longer has wait, and its charges go on', () => {
  const before = lotOn([], both)
  passesEntry(before, plateEvent(plate))
  const lot = lotOn(before.ledger.list, { platform })
  lot.clock.advance(600_000)
  comesToExit(lot)
  lot.answer(ok)
  leaves(lot)
  while (lot.asked.length > 0) lot.answer(ok)
  lot.clock.advance(600_000)
  expect([...lot.runtime.queue.records.byDestination]).toEqual([['operator', 2]])
})

describe('a shift that ended', () => {
  const counted = {
    row: 'counted',
    fromMs: startMs - 3_600_000,
    beforeFen: 0,
    takenFen: 900,
    backFen: 200,
    countedFen: 700,
    leftFen: 0,
    by: '李四',
  } as const
  const etc = { count: 1, fen: 1_500 }
  const count = (lot: Lot, over: object): void =>
    void lot.runtime.append([{ kind: 'book', atMs: startMs, body: { ...counted, ...over } }])

  it('is told to the operator in the transaction of its count, under a number of its own', () => {
    const lot = lotOn([], both)
    count(lot, { etc, planNo: 'B1' })
    lot.runtime.carryOut([])
    expect(sent(lot)).toEqual(['operator shiftRecord'])
    const body = bodyOf(lot, 'operator', 'shiftRecord')
    expect(body).toMatchObject({
      staffId: '李四',
      planNo: 'B1',
      cashFee: 700,
      etcCount: 1,
      etcFee: 1_500,
    })
    expect(body['shiftNo']).toMatch(/^GX00012-n1-G\d+$/)
    expect(lot.toOperator.map(({ word }) => word)).toEqual([`post shiftRecord ${body['shiftNo']}`])
    judge(lot)
  })

  it('goes out with the act that counted its drawer, and waits for no car', async () => {
    const lot = lotOn([], both)
    const { runtime, clock } = lot
    const service = new MemoryLedgerService(lot.ledger)
    const dayBills = new DayBills({ runtime, service, bills: new Map() })
    const config = { capacity: 10, aloneFenMax: 0 }
    const parts = { runtime, service, dayBills, config, drawer: () => () => undefined }
    const days = new ControlDay(parts, new ControlActs(runtime, clock))
    const who = { by: '李四', reason: '交班', commandId: 'shift-ends-1' }
    await days.count({ countedFen: 0, ...who }, 'owner')
    expect(lot.toOperator.map(({ word }) => word)).toEqual([
      expect.stringMatching(/^post shiftRecord /),
    ])
  })

  it('is told without a drawer when its planned time is over', () => {
    const lot = lotOn([], both)
    const shift = {
      shiftNo: 'B1',
      staffId: '李四',
      laneId: 'exit',
      onMs: startMs - 2,
      offMs: startMs,
    }
    const body = { row: 'planEnded', shift, etc } as const
    lot.runtime.append([{ kind: 'book', atMs: startMs + 3_600_000, body }])
    lot.runtime.carryOut([])
    expect(bodyOf(lot, 'operator', 'shiftRecord')).toMatchObject({
      staffId: '李四',
      planNo: 'B1',
      cashFee: 0,
      etcCount: 1,
      etcFee: 1_500,
    })
    judge(lot)
  })

  it('is told to nobody by a lot without an operator, nor of a count that does not know ETC', () => {
    const alone = lotOn([])
    count(alone, { etc })
    const before = lotOn([], both)
    count(before, {})
    expect([sent(alone), sent(before)]).toEqual([[], []])
  })

  it('is named where it cannot be written in the words of the platform, and is counted all the same', () => {
    const lot = lotOn([], both)
    count(lot, { etc, by: '😀' })
    expect(sent(lot)).toEqual([])
    const event = lot.ledger.list.findLast(({ kind }) => kind === 'event')
    expect(event?.body).toMatchObject({
      type: 'recordNotMade',
      detail: expect.stringMatching(/^shiftRecord UPLOAD-02/),
    })
  })
})
