// When a lane will stop debiting cards: by an outdated list, by a sign-in that was not renewed, by the earlier of both, and
// never in a lot that charges online or in a lane without an antenna.
import { describe, expect, it } from 'vitest'
import { debitEnd } from '#lane/pure/etc/debit-end.ts'
import { cardDebitBar } from '#lane/pure/etc/offline.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { emptyLot } from '#ledger/pure/lot/lot.ts'
import { emptyQueue } from '#ledger/pure/queue/queue.ts'
import { noRows } from '#ledger/pure/queue/records.ts'
import { testLot } from '../../../runtime/control/control-kit.ts'

const nowMs = Date.parse('2026-11-20T12:00:00+08:00')
const minuteMs = 60_000
const hourMs = 3_600_000
const terminal = '370100000001'
const platform = { url: 'https://p', caFile: 'ca', certDir: 'c', appId: 'A' }
const config: LotConfig = {
  ...testLot,
  chargeMode: 'card',
  platform,
  lanes: testLot.lanes.map((lane) => ({ ...lane, rsu: lane.id === 'exit' ? 'tcp://r:1' : null })),
}
const { blacklistAgeMin, signInAgeMin } = config.caps

function lotWith(untilMs: number | null) {
  const lot = emptyLot()
  if (untilMs !== null) lot.signIns.set(terminal, untilMs)
  return lot
}
const question = (listAgeMs: number | null, laneId = 'exit') => ({
  nowMs,
  laneId,
  psams: [{ terminal, authorised: true }],
  listAsOfMs: listAgeMs === null ? null : nowMs - listAgeMs,
})
const end = (listAgeMs: number | null, untilMs: number | null, over: Partial<LotConfig> = {}) =>
  debitEnd({ ...config, ...over }, lotWith(untilMs), question(listAgeMs))
const far = nowMs + 20 * hourMs

describe('the end of debits by a lane', () => {
  it('is told by the list from half an hour on, at its limit', () => {
    expect(end(30 * minuteMs, far)).toBe(null)
    expect(end(31 * minuteMs, far)).toEqual({
      atMs: nowMs - 31 * minuteMs + blacklistAgeMin * minuteMs,
      why: 'listTooOld',
    })
  })

  it('is told by a sign-in four hours before it ends, with what the lot allows beyond', () => {
    expect(end(0, nowMs + 4 * hourMs)).toBe(null)
    const untilMs = nowMs + 4 * hourMs - 1
    expect(end(0, untilMs)).toEqual({
      atMs: untilMs + signInAgeMin * minuteMs,
      why: 'signInExpired',
    })
    expect(end(0, untilMs, { platform: 'later' })).toBe(null)
    expect(end(0, null)).toBe(null)
  })

  it('is the earlier of both', () => {
    const listFirst = end((blacklistAgeMin - 1) * minuteMs, nowMs + hourMs)
    expect(listFirst).toMatchObject({ why: 'listTooOld', atMs: nowMs + minuteMs })
    expect(end(31 * minuteMs, nowMs + minuteMs)).toMatchObject({ why: 'signInExpired' })
  })

  it('is none where no card is debited by the lane', () => {
    const old = 20 * hourMs
    expect(end(old, far, { chargeMode: 'online' })).toBe(null)
    expect(debitEnd(config, lotWith(far), question(old, 'nowhere'))).toBe(null)
    const lanes = config.lanes.map((lane) => ({ ...lane, rsu: null }))
    expect(end(old, far, { lanes })).toBe(null)
    expect(end(null, far)).toBe(null)
  })

  it('is the moment at which the debit itself is refused', () => {
    const lot = lotWith(far)
    const atMs = end(20 * hourMs, far)?.atMs ?? 0
    const bar = (at: number) =>
      cardDebitBar(
        config,
        { queue: emptyQueue(noRows), lot },
        {
          ...question(20 * hourMs),
          nowMs: at,
          amountFen: 100,
          cardNo: `4501${'0'.repeat(15)}1`,
          platformUp: true,
        },
      )
    expect([bar(atMs), bar(atMs + 1)]).toEqual([null, 'listTooOld'])
  })
})
