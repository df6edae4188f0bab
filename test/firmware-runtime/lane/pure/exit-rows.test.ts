// The rows of an exit in full, member by member, and what an upload says about a charge: amount, stay, number and proof.
// Their order is tested in exit-card.test.ts and its siblings.
import { describe, expect, it } from 'vitest'
import type { ChargeFacts } from '#devices/pure/charge/charge-facts.ts'
import type { LaneEvent } from '#lane/pure/lane.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { answer, cash } from './exit-online-rows.ts'
import {
  act,
  b5,
  cardNo,
  cardReadEvent,
  LaneBench,
  loop,
  obuId,
  plate,
  plateEvent,
  proofFor,
  startMs,
  station,
  timerEvent,
  type BenchOptions,
} from './lane-bench.ts'
import { shownWord } from './bench-words.ts'
import { carObu } from './open/open-kit.ts'

/** The raw reading may contain more than the plate. */
const arriving = [loop('arrive', 'on'), plateEvent(plate, `${plate}?`)]
const enteredAtMs = startMs - 70 * 60_000
const refs = { laneId: 'exit', stayId: 'gx1-S1', orderId: 'gx1-O2' }
const outTradeNo = 'PLOT1GX126112014300000021'
const charge = { atMs: startMs, ...refs, deductionId: 'gx1-O2.D1', amountFen: 500 }
const proof = proofFor(9500)
const readObu = { ...carObu, cardExpire: '20351231', station0019Hex: station }
const facts = {
  deductionId: 'gx1-O2.D1',
  stayId: 'gx1-S1',
  orderId: 'gx1-O2',
  laneId: 'exit',
  businessNo: outTradeNo,
  outTradeNo,
  plate,
  colour: 'blue',
  enteredAtMs,
  atMs: startMs,
  amountFen: 500,
  obu: readObu,
  proof: null,
  offline: false,
}

/** A bench that lists the facts of the requested records. */
class LedgerBench extends LaneBench {
  get uploads(): (ChargeFacts & { readonly op: string })[] {
    return this.freezes.flatMap((row) =>
      row.op === 'refund' ? [] : [{ op: row.op, ...row.facts }],
    )
  }
}
const bench = (options: BenchOptions = {}, ...events: readonly LaneEvent[]): LedgerBench =>
  new LedgerBench(options).entered().give(...events)

const contentOf = (row: LedgerRow): object => {
  const { nodeId, seq, prevHash, hash, ...content } = row
  expect([nodeId, seq > 0, prevHash, hash]).toEqual(['gx1', true, '', ''])
  return content
}
const rowsOf = (of: LaneBench, kind: LedgerRow['kind']): object[] =>
  of.rows.filter((row) => row.kind === kind).map(contentOf)

describe('a card that pays', () => {
  const paid = bench({}, ...arriving, cardReadEvent(), b5('paid', proof), loop('under', 'on'))
  paid.nowMs += 5000
  paid.give({ type: 'passed', passId: paid.state.car?.pass?.passId ?? '' })

  it('has its order, intent and armed row before the C6', () => {
    expect(rowsOf(paid, 'orderMade')).toMatchObject([{ atMs: startMs, ...refs, amountFen: 500 }])
    expect(rowsOf(paid, 'intent')).toEqual([
      {
        kind: 'intent',
        ...charge,
        body: { chargeMode: 'card', outTradeNo, plate, colour: 'blue', obuId: null, cardNo: null },
      },
    ])
    const { obuPlate, vehicleClass, cardVersion, cardPlate, cardExpire } = readObu
    const { issuerHex, statusHex } = readObu
    expect(rowsOf(paid, 'armed')).toEqual([
      {
        kind: 'armed',
        atMs: startMs,
        ...refs,
        deductionId: 'gx1-O2.D1',
        body: {
          obuId,
          cardNo,
          cardType: 22,
          balanceBeforeFen: 10_000,
          station0019Hex: station,
          writeHex: paid.lastC6?.stationHex,
          timeBcd: '20261120143000',
          unit: {
            issuerHex,
            statusHex,
            obuPlate,
            vehicleClass,
            cardVersion,
            cardPlate,
            cardExpire,
          },
        },
      },
    ])
  })
  it('has its outcome, payment and upload, and its stay ends when it is gone', () => {
    expect(rowsOf(paid, 'outcome')).toEqual([
      {
        kind: 'outcome',
        ...charge,
        body: { state: 'paid', source: 'b5', reason: 'paid', obuId, cardNo, proof },
      },
    ])
    expect(rowsOf(paid, 'payment')).toEqual([
      {
        kind: 'payment',
        ...charge,
        body: { paymentId: 'gx1-M3', means: 'etc', by: null, reason: null },
      },
    ])
    const { stayId, laneId, orderId } = refs
    const pass = { passId: 'gx1-P5', cause: 'etc', by: null, reason: null }
    expect(rowsOf(paid, 'pass')).toEqual([
      { kind: 'pass', atMs: startMs, laneId, stayId, body: pass },
    ])
    expect(rowsOf(paid, 'barrier')).toEqual([
      {
        kind: 'barrier',
        atMs: startMs,
        laneId,
        stayId,
        body: { passId: 'gx1-P5', command: 'open', result: 'told' },
      },
    ])
    expect(rowsOf(paid, 'stayClosed')).toEqual([
      {
        kind: 'stayClosed',
        atMs: startMs + 5000,
        laneId,
        stayId,
        orderId,
        body: { end: 'etc', leftAtMs: startMs + 5000 },
      },
    ])
    expect(paid.uploads).toEqual([{ op: 'exitUpload', ...facts, proof }])
  })
  it('says so when it was charged while the platform was silent', () => {
    const silent = new LedgerBench({}).entered()
    silent.platformUp = false
    silent.give(...arriving, cardReadEvent(), b5('paid', proof))
    expect(silent.uploads).toEqual([{ op: 'exitUpload', ...facts, proof, offline: true }])
  })
  it.each([
    ['TAC', { tac: null }],
    ['terminal', { psamTerminal: null }],
  ])('without a %s there is nothing to upload, and it says so', (_what, lack) => {
    const poor = bench({}, ...arriving, cardReadEvent(), b5('paid', { ...proof, ...lack }))
    expect([poor.state.name, poor.uploads]).toEqual(['opening', []])
    expect(rowsOf(poor, 'exception')).toMatchObject([
      { ...refs, body: { exceptionType: 'noTac', reason: 'noTac' } },
    ])
  })
})

describe('a charge by the platform', () => {
  it('has OBU and card in its intent, and its record beside it', () => {
    const onlineBench = bench({ chargeMode: 'online' }, ...arriving, cardReadEvent())
    expect(rowsOf(onlineBench, 'intent')).toEqual([
      {
        kind: 'intent',
        ...charge,
        body: { chargeMode: 'online', outTradeNo, plate, colour: 'blue', obuId, cardNo },
      },
    ])
    expect(onlineBench.uploads).toEqual([{ op: 'charge', ...facts }])
    onlineBench.give(answer('refused', 'blacklisted'))
    expect(rowsOf(onlineBench, 'outcome')).toEqual([
      {
        kind: 'outcome',
        ...charge,
        body: {
          state: 'refused',
          source: 'platform',
          reason: 'blacklisted',
          obuId,
          cardNo,
          proof: null,
        },
      },
    ])
    expect(rowsOf(onlineBench, 'exception')).toEqual([
      {
        kind: 'exception',
        atMs: startMs,
        ...refs,
        body: {
          exceptionType: 'blacklisted',
          reason: 'blacklisted',
          detail: `${plate}?`,
          report: { exceptionNo: 'LOT1-gx1-X4', outTradeNo: null, plate, obuId, cardNo },
        },
      },
    ])
  })
  it('that nobody takes an upload of is refused at once, and sent nowhere', () => {
    const lone = bench({ chargeMode: 'online', hasPlatform: false }, ...arriving, cardReadEvent())
    expect([lone.state.name, lone.state.car?.manual]).toEqual(['manual', 'platformDown'])
    expect(rowsOf(lone, 'intent')).toEqual([])
    expect(lone.state.car?.refusedCards).toEqual([cardNo])
  })
})

describe('what a person settles', () => {
  it('without a stay: stay and order are made after the fact, for what was taken', () => {
    const blind = bench({}, loop('arrive', 'on'), plateEvent(null, 'blur'))
    blind.give({ ...cash, amountFen: 700 })
    const at = { atMs: startMs, laneId: 'exit', stayId: 'gx1-S3' }
    expect(blind.rows.slice(2).map(contentOf)).toEqual([
      {
        kind: 'stayOpened',
        ...at,
        body: { plate: null, colour: 'blue', enteredAtMs: startMs, noEntry: true, photo: null },
      },
      {
        kind: 'orderMade',
        ...at,
        orderId: 'gx1-O4',
        amountFen: 700,
        body: {
          tariffId: 'demo-small-lot',
          fromMs: startMs,
          toMs: startMs,
          lines: [],
          plate: null,
          plateRaw: 'blur',
        },
      },
      { kind: 'audit', ...at, body: { act: 'lane.settle cash', ...act(), result: 'done' } },
      {
        kind: 'payment',
        ...at,
        orderId: 'gx1-O4',
        amountFen: 700,
        body: { paymentId: 'gx1-M5', means: 'cash', by: 'anna', reason: 'asked' },
      },
      {
        kind: 'pass',
        ...at,
        body: { passId: 'gx1-P6', cause: 'other', by: 'anna', reason: 'asked' },
      },
      { kind: 'barrier', ...at, body: { passId: 'gx1-P6', command: 'open', result: 'told' } },
    ])
    expect(rowsOf(blind, 'exception')).toEqual([
      {
        kind: 'exception',
        atMs: startMs,
        laneId: 'exit',
        body: {
          exceptionType: 'other',
          reason: 'plateNotRead',
          detail: 'blur',
          report: {
            exceptionNo: 'LOT1-gx1-X2',
            outTradeNo: null,
            plate: null,
            obuId: null,
            cardNo: null,
          },
        },
      },
    ])
    const alone = bench({ hasPlatform: false }, loop('arrive', 'on'), plateEvent(null, 'blur'))
    expect(rowsOf(alone, 'exception')).toMatchObject([{ body: { reason: 'plateNotRead' } }])
    expect(JSON.stringify(rowsOf(alone, 'exception'))).not.toContain('report')
  })
  it('for a plate without a stay: the order is of the plate that was read', () => {
    const stranger = bench({}, loop('arrive', 'on'), plateEvent('测C00001', 'C1'))
    stranger.nowMs += 60_000
    stranger.give({ ...cash, amountFen: 100 })
    const [, order] = stranger.rows.filter(({ kind }) => /stayOpened|orderMade/.test(kind)).slice(1)
    const [stay] = stranger.rows.filter(({ kind }) => kind === 'stayOpened').slice(1)
    expect(stay?.body).toMatchObject({ plate: '测C00001', noEntry: true, photo: null })
    expect(order?.body).toMatchObject({ plate: '测C00001', plateRaw: 'C1' })
  })
})

describe('a debit in doubt', () => {
  const lost = [...arriving, cardReadEvent(), b5('unknown')]
  it('found paid by the card itself: booked with what the card showed before', () => {
    const found = bench({}, ...lost)
    const station0019Hex = found.lastC6?.stationHex ?? ''
    found.give(cardReadEvent({ balanceFen: 9500, station0019Hex }))
    expect(rowsOf(found, 'outcome').at(-1)).toMatchObject({
      body: { state: 'paid', source: 'evidence', obuId, cardNo },
    })
    expect(rowsOf(found, 'payment')).toMatchObject([{ ...charge, body: { means: 'etc' } }])
  })
  it('with a result that fits no C6 is kept as it was told', () => {
    const odd = bench({}, ...arriving, cardReadEvent(), b5('paid', proofFor(9600)))
    expect(rowsOf(odd, 'event')).toEqual([
      {
        kind: 'event',
        atMs: startMs,
        laneId: 'exit',
        stayId: 'gx1-S1',
        deductionId: 'gx1-O2.D1',
        body: {
          type: 'resultDoubted',
          detail:
            '{"balanceAfterFen":9600,"cardSerial":18,"misfit":"resultPurse","psamSerial":42,"timeBcd":"20261120143000"}',
        },
      },
    ])
    expect(rowsOf(odd, 'outcome')).toMatchObject([
      { body: { state: 'unknown', source: 'b5', reason: 'resultDoubted', proof: null } },
    ])
    expect(odd.faults).toContain('resultPurse')
  })
  it('whose code has no word is named by its code', () => {
    const event = b5('unknown')
    const { reason: _reason, ...bare } = event as Extract<LaneEvent, { type: 'debitResult' }>
    const mute = bench({}, ...arriving, cardReadEvent(), { ...bare, code: 7 } as LaneEvent)
    expect(rowsOf(mute, 'outcome')).toMatchObject([{ body: { reason: 'b5 7' } }])
  })
  it('whose result comes when the car has gone back is booked once, under its own numbers', () => {
    const back = bench({}, ...arriving, cardReadEvent(), loop('arrive', 'off'), b5('unknown'))
    back.give(b5('paid', proof), b5('paid', proof))
    expect(rowsOf(back, 'payment')).toMatchObject([{ ...charge, body: { means: 'etc' } }])
    expect(back.uploads).toEqual([{ op: 'exitUpload', ...facts, proof }])
    expect(rowsOf(back, 'outcome')[0]).toMatchObject({
      body: { state: 'unknown', source: 'lane', reason: 'backedOut' },
    })
  })
})

describe('a card that was refused', () => {
  const again = (bench: LaneBench): string[] => {
    bench.done()
    return bench.give(cardReadEvent()).done()
  }
  const refusedBy = (code: number, reason?: string): LaneBench => {
    const event = { ...b5('unpaid'), code, reason: reason ?? 'word' } as LaneEvent
    return bench({}, ...arriving, cardReadEvent(), event)
  }
  it('is not charged again for the same order', () => {
    expect(again(refusedBy(1))).toEqual(['rsu release'])
    expect(refusedBy(1).state.car?.refusedCards).toEqual([cardNo])
  })
  it('is charged again where its C6 never left, unless our own fields were wrong', () => {
    expect(again(refusedBy(-2, 'obuGone'))).toEqual(['+intent', '+armed', 'debit'])
    expect(again(refusedBy(-2, 'badDebitFields'))).toEqual(['rsu release'])
    expect(again(refusedBy(2, 'obuGone'))).toEqual(['rsu release'])
  })
  it('that shows no debit is charged anew, five times in all', () => {
    const shown = bench({}, ...arriving)
    for (let n = 0; n < 9; n++) shown.give(cardReadEvent(), b5('unknown'), cardReadEvent())
    expect(rowsOf(shown, 'armed')).toHaveLength(5)
    expect(again(shown)).toEqual(['rsu release'])
    expect(rowsOf(shown, 'payment')).toEqual([])
  })
})

describe('the time a car stood', () => {
  it.each([
    [70 * 60_000, 70],
    [71 * 60_000 - 1, 70],
    [71 * 60_000, 71],
  ])('%i ms is told to the driver in whole minutes', (stoodMs, stayMin) => {
    const timed = new LedgerBench({}).entered(70)
    timed.nowMs += stoodMs - 70 * 60_000
    timed.give(...arriving, timerEvent('obu'), cash)
    expect(shownWord(timed.state.shown)).toBe(`paid ${plate} ${stayMin} 500`)
  })
})
