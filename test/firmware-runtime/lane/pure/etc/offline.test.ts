// When a card may be debited: sign-in and the caps on offline money, each at its very limit.
// Each limit is tried at its last allowed value and one beyond.
import { describe, expect, it } from 'vitest'
import { emptyLot } from '#ledger/pure/lot/lot.ts'
import {
  barReason,
  barType,
  cardDebitBar,
  exposureFen,
  isBarReason,
} from '#lane/pure/etc/offline.ts'
import type { LotConfig, OfflineCaps } from '#base/pure/lot/config.ts'
import type { ReportedPsam } from '#base/pure/data/credentials.ts'
import { benchCard, QueueBench } from '../../../ledger/pure/queue/queue-bench.ts'
import { lotFile } from '../../lot/lot-kit.ts'

const caps: OfflineCaps = { ...lotFile().caps, totalFen: 1000, count: 3, oldestMin: 60 }
const config = {
  ...lotFile(),
  chargeMode: 'card',
  offline: 'accept-within-caps',
  caps,
} as LotConfig
const oneCard: LotConfig = { ...config, caps: { ...caps, perCardFen: 700 } }
const nowMs = 1_000_000 + 3_600_000

/** Uploads of 100 fen each that the platform has not confirmed. */
function queueOf(uploads: number): QueueBench {
  const bench = new QueueBench()
  for (let n = 1; n <= uploads; n++) bench.add(n)
  return bench
}

const psams = ['A1', 'A2'] as const
const psamsOf = (...authorised: (boolean | null)[]): ReportedPsam[] =>
  authorised.map((one, i) => ({ terminal: psams[i] ?? '', authorised: one }))
const later: LotConfig = { ...config, platform: 'later' }
/** The lot file names only the PSAMs of the other lane. */
const laterElsewhere: LotConfig = {
  ...later,
  lanes: later.lanes.map((lane) => (lane.id === 'exit' ? lane : { ...lane, psams: [...psams] })),
}
/** The lot file names only the PSAMs of this lane. */
const laterHere: LotConfig = {
  ...later,
  lanes: later.lanes.map((lane) => (lane.id === 'exit' ? { ...lane, psams: [...psams] } : lane)),
}
const laterNaming: LotConfig = {
  ...later,
  lanes: later.lanes.map((lane) => ({ ...lane, psams: [...psams] })),
}

interface Question {
  readonly config?: LotConfig
  readonly uploads?: number
  readonly amountFen?: number
  readonly platformUp?: boolean
  /** Sign-in of both PSAMs; null: never signed in. */
  readonly signInUntilMs?: number | null
  /** Sign-in of the second PSAM, if different. */
  readonly secondUntilMs?: number | null
  /** The platform authorised the first PSAM in the card itself. */
  readonly authorised?: boolean
  readonly psams?: readonly ReportedPsam[]
  readonly nowMs?: number
  readonly listAsOfMs?: number | null
  readonly cardNo?: string
}

function lotOf({ signInUntilMs = nowMs, secondUntilMs = signInUntilMs, ...q }: Question) {
  const lot = emptyLot()
  if (q.authorised === true) lot.authorisedPsams.add(psams[0])
  if (signInUntilMs !== null) lot.signIns.set(psams[0], signInUntilMs)
  if (secondUntilMs !== null) lot.signIns.set(psams[1], secondUntilMs)
  return lot
}

const bar = (q: Question): string | null =>
  cardDebitBar(
    q.config ?? config,
    { queue: queueOf(q.uploads ?? 0).queue, lot: lotOf(q) },
    {
      nowMs: q.nowMs ?? nowMs,
      laneId: 'exit',
      amountFen: q.amountFen ?? 500,
      cardNo: q.cardNo ?? 'another card',
      platformUp: q.platformUp ?? false,
      psams: q.psams ?? psamsOf(null, null),
      listAsOfMs: q.listAsOfMs === undefined ? nowMs : q.listAsOfMs,
    },
  )

describe.each(['production', 'demo'] as const)('in %s a card is debited', (mode) => {
  const inMode = (of: LotConfig): LotConfig => ({ ...of, mode })
  it.each<[string, Question, string | null]>([
    ['never into nothing', { config: { ...config, platform: null } }, 'noDestination'],
    [
      'never into nothing, whatever else is well',
      { config: { ...config, platform: null }, psams: psamsOf(true, true), platformUp: true },
      'noDestination',
    ],
    ['not without a list', { listAsOfMs: null }, 'noStatusList'],
    [
      'not without a list, though the platform is up',
      { listAsOfMs: null, platformUp: true },
      'noStatusList',
    ],
    [
      'behind the end of a sign-in, within the cap of the lot',
      { signInUntilMs: nowMs - 1000, platformUp: true },
      null,
    ],
    [
      'not a second behind the end of an authorisation, whatever the cap',
      { signInUntilMs: nowMs - 1000, authorised: true, platformUp: true },
      'signInExpired',
    ],
    [
      'at the very end of an authorisation',
      { signInUntilMs: nowMs, authorised: true, platformUp: true },
      null,
    ],
    ['not with a PSAM that says no', { psams: psamsOf(true, false) }, 'psamNotAuthorised'],
    [
      'not with one that says no, whoever else says yes',
      { config: laterNaming, psams: psamsOf(false) },
      'psamNotAuthorised',
    ],
    ['not with an antenna that names no PSAM', { psams: [] }, 'psamNotStated'],
    [
      'not before joining with a PSAM of which nobody says it',
      { config: later, signInUntilMs: null },
      'psamNotStated',
    ],
    [
      'not before joining while one of two is not stated',
      { config: later, signInUntilMs: null, psams: psamsOf(true, null) },
      'psamNotStated',
    ],
    [
      'before joining with PSAMs that say it themselves',
      { config: later, signInUntilMs: null, psams: psamsOf(true, true) },
      null,
    ],
    [
      'before joining with PSAMs that the lot file names',
      { config: laterNaming, signInUntilMs: null },
      null,
    ],
    [
      'before joining with PSAMs that the lot file names for this lane',
      { config: laterHere, signInUntilMs: null },
      null,
    ],
    [
      'not before joining with PSAMs that the lot file names for another lane',
      { config: laterElsewhere, signInUntilMs: null },
      'psamNotStated',
    ],
    [
      'before joining whatever the policy for a cut line',
      { config: { ...laterNaming, offline: 'other-payment' }, signInUntilMs: null },
      null,
    ],
    [
      'before joining no more than the caps',
      { config: laterNaming, uploads: 3, amountFen: 1 },
      'offlineCount',
    ],
    [
      'not while one PSAM of two is not signed in',
      { secondUntilMs: null, psams: psamsOf(true, true), platformUp: true },
      'notSignedIn',
    ],
    [
      'not when the sign-in of one of two is over',
      { secondUntilMs: nowMs - 3_600_001, platformUp: true },
      'signInExpired',
    ],
  ])('%s', (_name, question, expected) => {
    expect(bar({ ...question, config: inMode(question.config ?? config) })).toBe(expected)
  })
})

describe('a card may be debited', () => {
  it.each<[string, Question, string | null]>([
    ['not without a sign-in', { signInUntilMs: null, psams: psamsOf(true, true) }, 'notSignedIn'],
    [
      'not without a sign-in though the platform is up',
      { signInUntilMs: null, platformUp: true, psams: psamsOf(true, true) },
      'notSignedIn',
    ],
    ['to the last minute after the sign-in', { signInUntilMs: nowMs - 3_600_000 }, null],
    ['and no longer', { signInUntilMs: nowMs - 3_600_001 }, 'signInExpired'],
    ['on a list of a day ago', { listAsOfMs: nowMs - 86_400_000, platformUp: true }, null],
    ['on no older one', { listAsOfMs: nowMs - 86_400_001, platformUp: true }, 'listTooOld'],
    [
      'with the platform up, whatever waits',
      { platformUp: true, uploads: 9, amountFen: 9000 },
      null,
    ],
    [
      'not where the lot has another policy',
      { config: { ...config, offline: 'other-payment' } },
      'platformDown',
    ],
    [
      'up to the amount',
      { config: { ...config, caps: { ...caps, totalFen: 9000 } }, amountFen: 5000 },
      null,
    ],
    [
      'and not above',
      { config: { ...config, caps: { ...caps, totalFen: 9000 } }, amountFen: 5001 },
      'offlineAmount',
    ],
    ['up to the total at risk', { uploads: 2, amountFen: 800 }, null],
    ['and not above it', { uploads: 2, amountFen: 801 }, 'offlineTotal'],
    ['up to what one card may owe', { config: oneCard, uploads: 2, cardNo: benchCard }, null],
    [
      'and not above it',
      { config: oneCard, uploads: 2, cardNo: benchCard, amountFen: 501 },
      'offlineCard',
    ],
    ['another card stands for itself', { config: oneCard, uploads: 2, amountFen: 700 }, null],
    ['up to the count', { uploads: 2, amountFen: 1 }, null],
    ['and not above it', { uploads: 3, amountFen: 1 }, 'offlineCount'],
    ['while the oldest is young enough', { uploads: 1 }, null],
    ['and not when it is older', { uploads: 1, nowMs: nowMs + 1 }, 'offlineOldest'],
  ])('%s', (_name, question, expected) => {
    expect(bar(question)).toBe(expected)
  })
})

// Without a network: at each cap and one fen above and below it, with the other caps wide.
const wide: OfflineCaps = { ...caps, perChargeFen: 9000, totalFen: 9000, perCardFen: 9000 }
const pending = (over: Partial<OfflineCaps>): Question => ({
  config: { ...config, caps: { ...wide, ...over } },
  uploads: 2,
  cardNo: benchCard,
})
describe.each<[string, Question, number, string]>([
  ['one charge', pending({ perChargeFen: 700 }), 700, 'offlineAmount'],
  ['money at risk', pending({ totalFen: 900 }), 700, 'offlineTotal'],
  ['one card', pending({ perCardFen: 900 }), 700, 'offlineCard'],
])('the cap of', (name, question, amountFen, word) => {
  it.each([
    ['one fen below', -1, null],
    ['exactly at it', 0, null],
    ['one fen above', 1, word],
  ] as const)(`${name}: %s`, (_where, fen, expected) => {
    expect(bar({ ...question, amountFen: amountFen + fen })).toBe(expected)
    // A platform that answers decides by itself, so no cap applies.
    expect(bar({ ...question, amountFen: amountFen + fen, platformUp: true })).toBeNull()
  })
})

describe('exposure', () => {
  it('is what the platform has not confirmed, exceptions and refunds left out', () => {
    const bench = queueOf(3)
    bench.add(4, 'charge')
    bench.add(5, 'exception')
    bench.add(6, 'refund')
    expect(exposureFen(bench.queue, emptyLot())).toBe(400)
    bench.pump()
    bench.answer('U1', { kind: 'confirmed', tradeNo: null })
    expect(exposureFen(bench.queue, emptyLot())).toBe(300)
  })
  it('holds what a card paid and no platform can be told of, and what nobody knows', () => {
    const lot = emptyLot()
    const item = { deductionId: 'D9', orderId: 'O9', stayId: 'S9', laneId: 'exit', cardNo: null }
    const why = { paidAtMs: nowMs, reason: 'noTac', detail: '', tac: null, debit: null }
    lot.notUploaded.set('D9', { ...item, ...why, amountFen: 700 })
    lot.notUploaded.set('D8', { ...item, ...why, deductionId: 'D8', amountFen: 20 })
    expect(exposureFen(queueOf(0).queue, lot)).toBe(720)
    expect(exposureFen(queueOf(2).queue, lot)).toBe(920)
  })
  it('holds what lies aside, and no charge of a test', () => {
    const bench = queueOf(3)
    bench.pump()
    bench.answer('U1', { kind: 'held', reason: '200004' })
    expect(exposureFen(bench.queue, emptyLot())).toBe(300)
    bench.write({
      kind: 'outbox',
      atMs: nowMs,
      deductionId: 'n1-T9.1',
      amountFen: 5,
      body: {
        outboxId: 'U9',
        destination: 'platform',
        op: 'exitUpload',
        businessNo: 'P9',
        body: '{}',
        bodySm3: '',
      },
    })
    expect(exposureFen(bench.queue, emptyLot())).toBe(300)
  })
})

describe('the caps without a network look at card-side uploads alone', () => {
  it('other records count neither for the count nor for the age', () => {
    const bench = queueOf(0)
    for (let n = 1; n <= 9; n++) bench.add(n, n % 2 === 0 ? 'exception' : 'refund')
    const question = { nowMs: nowMs + 86_400_000, laneId: 'exit', amountFen: 1, cardNo: 'one' }
    const told2 = { platformUp: false, psams: psamsOf(null, null), listAsOfMs: question.nowMs }
    const lot = lotOf({ signInUntilMs: question.nowMs })
    expect(cardDebitBar(config, { queue: bench.queue, lot }, { ...question, ...told2 })).toBeNull()
  })
  it('the age is that of the oldest, whichever was written last', () => {
    const young: OfflineCaps = { ...wide, count: 9 }
    const ages = (...minutes: number[]): string | null => {
      const bench = queueOf(0)
      const first = bench.monoMs
      minutes.forEach((min, i) => {
        bench.monoMs = nowMs - min * 60_000
        bench.add(i + 1)
      })
      bench.monoMs = first
      return cardDebitBar(
        { ...config, caps: young },
        { queue: bench.queue, lot: lotOf({}) },
        {
          nowMs,
          laneId: 'exit',
          amountFen: 1,
          cardNo: 'one',
          platformUp: false,
          psams: psamsOf(null, null),
          listAsOfMs: nowMs,
        },
      )
    }
    expect(ages(60, 30, 10)).toBeNull()
    expect(ages(61, 30, 10)).toBe('offlineOldest')
    expect(ages(10, 61, 30)).toBe('offlineOldest')
    expect(ages(10, 30, 61)).toBe('offlineOldest')
  })
})

describe('what is said of a bar', () => {
  it.each([
    ['noDestination', 'noDestination', 'other', true],
    ['psamNotAuthorised', 'psamNotAuthorised', 'psamFault', true],
    ['psamNotStated', 'psamNotStated', 'psamFault', true],
    ['notSignedIn', 'notSignedIn', 'psamFault', true],
    ['signInExpired', 'signInExpired', 'psamFault', true],
    ['noStatusList', 'statusList', 'listTooOld', false],
    ['statusList', 'offlineCaps', 'other', true],
    ['listTooOld', 'listTooOld', 'listTooOld', true],
    // The lot's offline policy has its own reason.
    ['platformDown', 'platformDown', 'other', false],
    ['offlineTotal', 'offlineCaps', 'other', false],
    ['offlineCaps', 'offlineCaps', 'other', true],
    ['insufficient', 'offlineCaps', 'other', false],
  ])('%s: %s, exception %s', (word, reason, type, isOfHere) => {
    expect([barReason(word), barType(word), isBarReason(word)]).toEqual([reason, type, isOfHere])
  })
})
