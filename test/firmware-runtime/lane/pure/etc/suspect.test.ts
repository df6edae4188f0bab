// Every state of the suspect settlement against every kind of event, as rows: what happens to the
// money when a B5 is missing, vague or late.
import { describe, expect, it } from 'vitest'
import type { RsuEvent } from '#devices/pure/etc/rsu.ts'
import {
  isSettled,
  judgeEvidence,
  offerDebit,
  stepSuspect,
  type DebitOffer,
  type SuspectEvent,
  type SuspectState,
} from '#lane/pure/etc/suspect.ts'
import type { DebitProof } from '#base/pure/rows/ledger-row.ts'
import { noProof } from '../good-card.ts'
import { cardReadEvent } from '../lane-bench.ts'

const obuId = '02001234'
const cardNo = '37011200000000000001'
const plate = 'B2E241313233343500000000'
const before = `AA29003701010201${'6553E2F0'}0103${'00'.repeat(7)}${plate}${'00'.repeat(10)}`
const written = `AA29003701010202${'6553F100'}0104${'00'.repeat(7)}${plate}${'00'.repeat(10)}`
const foreign = `AA29003701020309${'6553F000'}0104${'00'.repeat(7)}${plate}${'00'.repeat(10)}`

const offer: DebitOffer = {
  deductionId: 'D1',
  obuId,
  cardNo,
  cardType: 22,
  amountFen: 500,
  balanceBeforeFen: 10_000,
  station0019Hex: before,
  writeHex: written,
  proofSerial: 18,
  canFetchProof: true,
  timeBcd: '20231115061320',
  resultTimeMs: 5000,
}
const proof: DebitProof = { ...noProof, tac: 'A1B2C3D4', cardSerial: 18, balanceAfterFen: 9500 }

const result = (money: 'paid' | 'unpaid' | 'unknown', id = obuId): SuspectEvent => ({
  type: 'debitResult',
  obuId: id,
  money,
  code: 1,
  proof: money === 'paid' ? proof : noProof,
})
const b8 = (
  money: 'paid' | 'unpaid' | 'unknown',
  over: Partial<DebitProof> = {},
): SuspectEvent => ({
  type: 'proofResult',
  obuId,
  money,
  code: 0,
  proof: money === 'paid' ? { ...proof, ...over } : noProof,
})
const read = (balanceFen: number, station: string, card = cardNo, id = obuId): RsuEvent =>
  cardReadEvent({ balanceFen, station0019Hex: station, card: { cardNo: card }, obuId: id })
const timeout: SuspectEvent = { type: 'timer', name: 'suspect' }
const gone: SuspectEvent = { type: 'vehicleGone' }
const down: SuspectEvent = { type: 'rsuDown', reason: 'cut' }
const up: SuspectEvent = { type: 'rsuUp', psamTerminals: [], rsuId: '000829' }
const person = (paid: boolean): SuspectEvent => ({ type: 'personDecides', paid, reason: 'receipt' })

const moreOf = (e: { takenFen?: number }): string =>
  e.takenFen === undefined ? '' : ` ${e.takenFen}`

/** A B5 that reports paid but contradicts the C6 in these members. */
const misfit = (over: Partial<DebitProof>): SuspectEvent => ({
  ...(result('paid') as Extract<SuspectEvent, { type: 'debitResult' }>),
  proof: { ...proof, ...over },
})

interface Played {
  readonly state: SuspectState
  /** All effects except timers as words; settlements as `paid b5`, timers as `wait` and `stop`. */
  readonly last: string[]
}

function play(events: readonly SuspectEvent[], over: Partial<DebitOffer> = {}): Played {
  let state = offerDebit({ ...offer, ...over })
  let last: string[] = []
  for (const event of events) {
    const step = stepSuspect(state, event)
    state = step.state
    last = step.effects.map((e) => {
      if (e.do === 'settle') return `${e.paid ? 'paid' : 'unpaid'} ${e.source}${moreOf(e)}`
      if (e.do === 'manual') return `manual ${e.reason}`
      if (e.do === 'alarm') return `alarm ${e.misfit}`
      if (e.do === 'timer') return e.afterMs === null ? 'stop' : `wait ${e.afterMs}`
      return e.do
    })
  }
  return { state, last }
}

const lost = result('unknown')
const noC8 = { canFetchProof: false }
const fetching = ['fetchProof', 'wait 10000']
const searching = ['searchAgain', 'wait 10000']
const byProof = ['stop', 'paid proof']
const byCard = ['stop', 'paid evidence']
const contradictory = ['stop', 'manual evidenceContradictory']
const b8Left = (balanceAfterFen: number | null) => b8('paid', { balanceAfterFen })

describe('the suspect settlement', () => {
  it.each<[string, readonly SuspectEvent[], Partial<DebitOffer>, string, string[]]>([
    ['B5 paid', [result('paid')], {}, 'CONFIRMED', ['stop', 'paid b5']],
    ['B5 unpaid', [result('unpaid')], {}, 'REFUSED', ['stop', 'unpaid b5']],
    [
      'B5 an hour old, its purse fits',
      [misfit({ timeBcd: '20231115051320' })],
      {},
      'CONFIRMED',
      ['alarm resultTime', 'stop', 'paid b5'],
    ],
    [
      'B5 an hour old of a credit card: C8 first',
      [misfit({ timeBcd: '20231115051320' })],
      { cardType: 23 },
      'SUSPECT',
      ['alarm resultTime', 'fetchProof', 'wait 10000'],
    ],
    [
      'and the card shows that it did not',
      [misfit({ balanceAfterFen: 10_000 }), read(10_000, before)],
      noC8,
      'RESOLVED-UNPAID',
      ['stop', 'unpaid evidence'],
    ],
    [
      'B5 of a purse that lost more, and the card shows it',
      [misfit({ balanceAfterFen: 5000 }), read(5000, written)],
      noC8,
      'RESOLVED-PAID',
      ['stop', 'paid evidence 5000'],
    ],
    [
      'B5 of a purse that lost more, C8 tells the same',
      [misfit({ balanceAfterFen: 5000 }), b8Left(5000)],
      {},
      'SUSPECT',
      searching,
    ],
    [
      'a late B5 that does not fit closes nothing',
      [lost, misfit({ balanceAfterFen: 5000 })],
      noC8,
      'SUSPECT',
      ['alarm resultPurse'],
    ],
    [
      'a B5 that does not fit contradicts no settled case',
      [result('unpaid'), misfit({ balanceAfterFen: 10_000 })],
      {},
      'REFUSED',
      [],
    ],
    ['B5 unknown: C8 first', [lost], {}, 'SUSPECT', fetching],
    ['B5 unknown without C8', [lost], noC8, 'SUSPECT', searching],
    ['B8 with TAC', [lost, b8('paid')], {}, 'RESOLVED-PAID', byProof],
    ['B8 without', [lost, b8('unknown')], {}, 'SUSPECT', searching],
    ['B8 paid but no TAC', [lost, b8('paid', { tac: null })], {}, 'SUSPECT', searching],
    ['B8 of an older debit', [lost, b8Left(10_000)], {}, 'SUSPECT', searching],
    ['B8 without a balance', [lost, b8Left(null)], {}, 'RESOLVED-PAID', byProof],
    ['credit: balance no test', [lost, b8Left(1)], { cardType: 23 }, 'RESOLVED-PAID', byProof],
    [
      'late B8 while searching',
      [lost, read(1, before, cardNo, '0200FFFF'), b8('unknown'), b8('paid')],
      {},
      'RESOLVED-PAID',
      byProof,
    ],
    ['late vague B8', [lost, b8('unknown'), b8('unknown')], {}, 'SUSPECT', []],
    ['card shows it', [lost, read(9500, written)], noC8, 'RESOLVED-PAID', byCard],
    [
      'card unchanged',
      [lost, read(10_000, before)],
      noC8,
      'RESOLVED-UNPAID',
      ['stop', 'unpaid evidence'],
    ],
    ['money gone, 0019 old', [lost, read(9500, before)], noC8, 'MANUAL', contradictory],
    ['0019 ours, money there', [lost, read(10_000, written)], noC8, 'MANUAL', contradictory],
    ['another debit in between', [lost, read(9500, foreign)], noC8, 'MANUAL', contradictory],
    [
      'another card',
      [lost, read(9500, written, '37011200000000000002')],
      noC8,
      'MANUAL',
      ['stop', 'manual anotherCardInTheObu'],
    ],
    ['another OBU', [lost, read(9500, written, cardNo, '02009999')], noC8, 'SUSPECT', []],
    ['a reading while offered', [read(9500, written)], noC8, 'OFFERED', []],
    ['not found again', [lost, timeout], noC8, 'MANUAL', ['stop', 'manual obuNotFoundAgain']],
    ['another timer', [lost, { type: 'timer', name: 'plate' }], noC8, 'SUSPECT', []],
    ['timer while offered', [timeout], {}, 'OFFERED', []],
    ['car gone', [lost, gone], {}, 'MANUAL', ['stop', 'manual vehicleGone']],
    ['car gone while offered', [gone], {}, 'OFFERED', []],
    ['car gone twice', [lost, gone, gone], {}, 'MANUAL', []],
    ['link down while offered', [down], {}, 'SUSPECT', ['wait 10000']],
    ['link down, then the vague B5', [down, lost], {}, 'SUSPECT', []],
    ['link back', [down, up], {}, 'SUSPECT', fetching],
    ['link down twice', [down, down], {}, 'SUSPECT', []],
    ['link up in the search', [lost, up], noC8, 'SUSPECT', []],
    ['link lost in the proof', [lost, down, up], {}, 'SUSPECT', searching],
    ['link never back', [down, timeout], {}, 'MANUAL', ['stop', 'manual obuNotFoundAgain']],
    ['link in manual', [lost, gone, down], {}, 'MANUAL', []],
    ['after a restart', [{ type: 'outcomeLost', rsuUp: true }], {}, 'SUSPECT', fetching],
    [
      'after a restart, no RSU',
      [{ type: 'outcomeLost', rsuUp: false }],
      {},
      'SUSPECT',
      ['wait 10000'],
    ],
    ['lost twice', [lost, { type: 'outcomeLost', rsuUp: true }], {}, 'SUSPECT', []],
    ['late B5 paid', [lost, result('paid')], {}, 'RESOLVED-PAID', ['stop', 'paid b5']],
    ['late B5 unpaid', [lost, result('unpaid')], {}, 'RESOLVED-UNPAID', ['stop', 'unpaid b5']],
    ['late B5 vague', [lost, lost], {}, 'SUSPECT', []],
    ['late B5 in manual', [lost, gone, result('paid')], {}, 'RESOLVED-PAID', ['stop', 'paid b5']],
    ['card again in manual', [lost, gone, read(9500, written)], {}, 'RESOLVED-PAID', byCard],
    ['contradiction in manual', [lost, gone, read(9500, before)], {}, 'MANUAL', []],
    ['B5 of another OBU', [result('paid', '02009999')], {}, 'OFFERED', []],
    [
      'B8 of another OBU',
      [lost, { ...b8('paid'), obuId: '02009999' } as SuspectEvent],
      {},
      'SUSPECT',
      [],
    ],
    ['a person: paid', [lost, gone, person(true)], {}, 'RESOLVED-PAID', ['stop', 'paid person']],
    ['a person: unpaid', [lost, person(false)], {}, 'RESOLVED-UNPAID', ['stop', 'unpaid person']],
    ['a person while offered', [person(false)], {}, 'OFFERED', []],
    ['of nobody', [lost, { ...misfit({}), type: 'orphanResult' } as never], {}, 'SUSPECT', []],
    [
      'paid after unpaid',
      [lost, person(false), result('paid')],
      {},
      'RESOLVED-UNPAID',
      ['contradiction'],
    ],
    ['unpaid after paid', [result('paid'), result('unpaid')], {}, 'CONFIRMED', ['contradiction']],
    ['B8 paid after unpaid', [result('unpaid'), b8('paid')], {}, 'REFUSED', ['contradiction']],
    ['paid again', [result('paid'), result('paid')], {}, 'CONFIRMED', []],
    ['vague after settled', [result('paid'), lost], {}, 'CONFIRMED', []],
    [
      'another OBU after settled',
      [result('paid'), result('unpaid', '02009999')],
      {},
      'CONFIRMED',
      [],
    ],
    ['timer after settled', [lost, result('paid'), timeout], {}, 'RESOLVED-PAID', []],
    ['person after settled', [result('paid'), person(false)], {}, 'CONFIRMED', []],
  ])('%s', (_, events, over, phase, effects) => {
    const played = play(events, over)
    expect([played.state.phase, played.last]).toEqual([phase, effects])
    expect(isSettled(played.state)).toBe(!['OFFERED', 'SUSPECT', 'MANUAL'].includes(phase))
  })

  it('asks for the serial it was given, or leaves it to the RSU', () => {
    const fetchOf = (proofSerial: number | null): unknown =>
      stepSuspect(offerDebit({ ...offer, proofSerial }), lost).effects[0]
    expect(fetchOf(18)).toEqual({ do: 'fetchProof', obuId, cardSerial: 18 })
    expect(fetchOf(null)).toEqual({ do: 'fetchProof', obuId, cardSerial: 0 })
  })

  it('the state survives JSON, so that a restart can go on', () => {
    const { state } = play([lost])
    expect(JSON.parse(JSON.stringify(state))).toEqual(state)
  })
})

describe('evidence on the card', () => {
  const bare = (hex: string): string => hex.slice(6)
  it.each<[string, Partial<DebitOffer>, number, string, number | false | null]>([
    ['credit, 0019 ours', { cardType: 23 }, 1, written, 500],
    ['credit, 0019 old', { cardType: 23 }, 1, before, false],
    ['credit, 0019 foreign', { cardType: 23 }, 1, foreign, null],
    ['zero fen, 0019 ours', { amountFen: 0 }, 10_000, written, 0],
    ['zero fen, 0019 old', { amountFen: 0 }, 10_000, before, false],
    ['more is gone than was asked', {}, 5000, written, 5000],
    ['less is gone than was asked', {}, 9600, written, null],
    ['more is gone, the record is the old one', {}, 5000, before, null],
    ['unchanged but topped up', {}, 20_000, before, null],
    ['what C6 writes was there before', { station0019Hex: written }, 9500, written, null],
    [
      '40 bytes without head',
      { station0019Hex: bare(before), writeHex: bare(written) },
      9500,
      bare(written),
      500,
    ],
    [
      '36 bytes',
      { station0019Hex: bare(before).slice(0, 72) },
      10_000,
      bare(before).slice(0, 72),
      false,
    ],
    ['an empty record', {}, 10_000, '', null],
  ])('%s', (_, over, balance, station, taken) => {
    const shown = judgeEvidence({ ...offer, ...over }, balance, station)
    expect(shown?.paid === true ? shown.takenFen : (shown?.paid ?? null)).toBe(taken)
  })
})

it.each([
  [undefined, 10_000],
  [20_000, 30_000],
])('silent about an OBU for %s ms: looked for during %i ms', (rereadSilenceMs, afterMs) => {
  const silence = rereadSilenceMs === undefined ? {} : { rereadSilenceMs }
  const offered = offerDebit({ ...offer, ...silence, canFetchProof: false })
  expect(stepSuspect(offered, result('unknown')).effects).toContainEqual({
    do: 'timer',
    name: 'suspect',
    afterMs,
  })
})
