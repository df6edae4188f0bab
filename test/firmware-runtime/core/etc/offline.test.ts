// When a card may be debited: sign-in and the caps on offline money, each at its very limit.
// Each limit is tried at its last allowed value and one beyond.
import { describe, expect, it } from 'vitest'
import { emptyLot } from '../../../../firmware-runtime/core/lot/lot.ts'
import { cardDebitBar, exposureFen } from '../../../../firmware-runtime/core/etc/offline.ts'
import type { LotConfig, OfflineCaps } from '../../../../firmware-runtime/core/lot/config.ts'
import { benchCard, QueueBench } from '../queue/queue-bench.ts'
import { lotFile } from '../../app/lot-kit.ts'

const caps: OfflineCaps = {
  perChargeFen: 5000,
  totalFen: 1000,
  count: 3,
  oldestMin: 60,
  blacklistAgeMin: 1440,
  signInAgeMin: 60,
  perCardFen: 5000,
}
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

interface Question {
  readonly config?: LotConfig
  readonly uploads?: number
  readonly amountFen?: number
  readonly platformUp?: boolean
  readonly signInUntilMs?: number | null
  readonly nowMs?: number
  readonly listAsOfMs?: number | null
  readonly cardNo?: string
}
const bar = (q: Question): string | null =>
  cardDebitBar(
    q.config ?? config,
    { queue: queueOf(q.uploads ?? 0).queue, lot: emptyLot() },
    {
      nowMs: q.nowMs ?? nowMs,
      amountFen: q.amountFen ?? 500,
      cardNo: q.cardNo ?? 'another card',
      platformUp: q.platformUp ?? false,
      signInUntilMs: q.signInUntilMs === undefined ? nowMs : q.signInUntilMs,
      listAsOfMs: q.listAsOfMs ?? null,
    },
  )

describe('a card may be debited', () => {
  it.each<[string, Question, string | null]>([
    [
      'without a platform nobody is asked',
      { config: { ...config, platform: null }, signInUntilMs: null },
      null,
    ],
    ['not without a sign-in', { signInUntilMs: null }, 'notSignedIn'],
    [
      'not without a sign-in though the platform is up',
      { signInUntilMs: null, platformUp: true },
      'notSignedIn',
    ],
    ['to the last minute after the sign-in', { signInUntilMs: nowMs - 3_600_000 }, null],
    ['and no longer', { signInUntilMs: nowMs - 3_600_001 }, 'signInExpired'],
    ['on a list of a day ago', { listAsOfMs: nowMs - 86_400_000, platformUp: true }, null],
    ['on no older one', { listAsOfMs: nowMs - 86_400_001, platformUp: true }, 'listTooOld'],
    ['not without a list', { config: { ...config, mode: 'production' } }, 'noStatusList'],
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
})
