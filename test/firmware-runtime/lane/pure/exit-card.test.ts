// The exit lane in card mode: every expected result as a row of events, what was done in order, and the final state of the
// lane.
import { describe, expect, it } from 'vitest'
import type { LaneEvent } from '#lane/pure/lane.ts'
import { act, b5, cardReadEvent, LaneBench, loop, obuId, proofFor } from './lane-bench.ts'
import { shownWord } from './bench-words.ts'
import { leavingRows } from './exit-card-leaving-rows.ts'
import { cardRows, opened, type CardRow } from './exit-card-rows.ts'
import { arriving, where } from './effects-kit.ts'
function run(row: CardRow): { bench: LaneBench; log: string[] } {
  const [, events, , end, options] = row
  const bench = new LaneBench(options).entered()
  bench.debitLate = end.endsWith(' late')
  bench.done()
  return { bench, log: bench.give(...events).done() }
}

describe('card mode', () => {
  it.each([...cardRows, ...leavingRows].map((row) => ({ name: row[0], row })))(
    '$name',
    ({ row }) => {
      const { bench, log } = run(row)
      const [, , expected, end] = row
      expect(log).toEqual(expected)
      expect(where(bench)).toBe(end.replace(' late', ''))
    },
  )

  it('blacklisted: released, and the driver told', () => {
    const bench = new LaneBench().entered()
    bench.blacklist.add('45010000000000000001')
    bench.give(...arriving, cardReadEvent())
    expect(where(bench)).toBe('manual blacklisted')
    expect(bench.done()).toContain('+exception blacklisted blacklisted')
  })
  it('a card charged a moment ago is not charged again', () => {
    const bench = new LaneBench().entered()
    bench.lot.chargedAtMs.set('45010000000000000001', bench.nowMs - 1000)
    bench.give(...arriving, cardReadEvent())
    expect(where(bench)).toBe('manual repeatSuspected')
    expect(bench.done()).not.toContain('debit')
  })
  it('and nobody has to come: it may be paid by code at once, and by that card five minutes later', () => {
    const bench = new LaneBench().entered()
    const chargedAtMs = bench.nowMs - 1000
    bench.lot.chargedAtMs.set('45010000000000000001', chargedAtMs)
    bench.give(...arriving, cardReadEvent())
    expect(bench.offersCode).toBe(true)
    bench.nowMs = chargedAtMs + 299_999
    bench.done()
    bench.give(cardReadEvent())
    expect([where(bench), bench.offersCode]).toEqual(['manual repeatSuspected', true])
    expect(bench.done()).not.toContain('debit')
    bench.nowMs++
    bench.give(cardReadEvent())
    expect(bench.done().join()).toContain('debit')
  })
  it('offline caps: the lot says no before anything is armed', () => {
    const bench = new LaneBench().entered()
    bench.bar = 'offlineTotal'
    bench.give(...arriving, cardReadEvent())
    expect(where(bench)).toBe('manual offlineCaps')
    expect(bench.done()).not.toContain('+armed')
  })
  it.each([
    ['noDestination', 'noDestination'],
    ['psamNotAuthorised', 'psamNotAuthorised'],
    ['psamNotStated', 'psamNotStated', 'psamNotAuthorised'],
    ['noStatusList', 'statusList'],
    ['listTooOld', 'listTooOld'],
    ['notSignedIn', 'notSignedIn'],
    ['signInExpired', 'signInExpired'],
    ['platformDown', 'platformDown'],
  ])('%s is named, and no limit', (bar, reason, read = reason) => {
    const bench = new LaneBench().entered()
    bench.bar = bar
    bench.give(...arriving, cardReadEvent())
    expect(where(bench)).toBe(`manual ${reason}`)
    expect(shownWord(bench.state.shown)).toBe(`manual ${read} 500`)
    expect(bench.done()).not.toContain('+armed')
  })
  it('C6 carries the amount, the time and the station record of this lane', () => {
    const bench = new LaneBench().entered().give(...arriving, cardReadEvent())
    expect(bench.lastC6).toMatchObject({ amountFen: 500, obuId, timeBcd: '20261120143000' })
    expect(bench.lastC6?.stationHex).toHaveLength(86)
    expect(bench.lastC6?.entryTimeBcd).toBe('20261120132000')
  })
  it('an RSU that keeps silent about an OBU gets that much longer to tell it again', () => {
    const options = { rsuSilenceMs: 20_000 }
    const bench = new LaneBench(options).entered().give(...arriving, cardReadEvent(), b5('unknown'))
    expect(bench.state.car?.suspect?.offer.rereadSilenceMs).toBe(20_000)
    expect(where(bench)).toBe('suspect')
  })
  it('two tries a car at most: the second evidence of no debit goes to a person', () => {
    const bench = new LaneBench().entered().give(...arriving)
    for (let i = 0; i < 2; i++) bench.give(cardReadEvent(), b5('unknown'), cardReadEvent())
    expect(where(bench)).toBe('manual refused')
    expect(bench.rows.filter((r) => r.kind === 'intent')).toHaveLength(2)
    const numbers = bench.rows.flatMap((r) => (r.kind === 'intent' ? [r.body.outTradeNo] : []))
    expect(new Set(numbers).size).toBe(2)
  })
  it('a debit that is late twice goes to a person', () => {
    const bench = new LaneBench().entered()
    bench.debitLate = true
    bench.give(...arriving, cardReadEvent(), cardReadEvent())
    expect(where(bench)).toBe('manual tooLate')
    expect(bench.log).not.toContain('debit')
  })
  it('evidence of the card settles a lost B5 as paid, without a TAC', () => {
    const bench = new LaneBench().entered().give(...arriving, cardReadEvent(), b5('unknown'))
    const station0019Hex = bench.lastC6?.stationHex ?? ''
    bench.done()
    bench.give(cardReadEvent({ balanceFen: 9500, station0019Hex }))
    expect(bench.done()).toEqual([
      'rsu complete',
      'rsu search off',
      '+outcome paid evidence paid',
      '+payment etc 500',
      '+exception noTac noTac',
      '+pass etc',
      ...opened,
    ])
  })
  it('paid and gone: the stay closes, and a car that stands behind it is read at once', () => {
    const bench = new LaneBench().entered().give(...arriving, cardReadEvent())
    bench.give(b5('paid', proofFor(9500)), loop('under', 'on')).done()
    const passId = bench.state.car?.pass?.passId ?? ''
    bench.give({ type: 'passed', passId: 'another' })
    expect(bench.done()).toEqual([])
    bench.give({ type: 'passed', passId })
    expect(bench.done()).toEqual(['+stayClosed etc'])
    expect(where(bench)).toBe('reading')
    expect(bench.lot.stays.size).toBe(0)
  })
  it.each([
    ['paid before it is gone: it ended by ETC', b5('paid', proofFor(9500)), 'etc'],
    ['unknown when it is gone: it is charged later', b5('unknown'), 'later'],
  ])('opened by hand with a C6 open, %s', (_name, result, end) => {
    const bench = new LaneBench().entered().give(...arriving, cardReadEvent())
    bench.give({ type: 'openByHand', act: act() }, result, loop('under', 'on'))
    const passId = bench.state.car?.pass?.passId ?? ''
    bench.done()
    bench.give({ type: 'passed', passId })
    expect(bench.done()).toContain(`+stayClosed ${end}`)
  })
  it('a B5 of another OBU moves nothing', () => {
    const bench = new LaneBench().entered().give(...arriving, cardReadEvent())
    bench.done()
    bench.give({ ...b5('paid'), obuId: '99999999' } as LaneEvent)
    expect([where(bench), ...bench.done()]).toEqual(['debiting'])
  })
})
