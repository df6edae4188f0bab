// The lot's clock in a whole runtime: a clock that was set, an entry later than now, suspension, a restart.
// No car is priced by a doubtful clock; once the doubt is over, it is priced automatically.
import { describe, expect, it } from 'vitest'
import { clockDoubtView, laneView, BoardTracker } from '#base/desk/handlers/board.ts'
import { dayMs, dayStartMs, instantOf } from '#base/pure/values/instant.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { act, cardReadEvent, loop } from '../pure/lane-bench.ts'
import { startMs } from '../../runtime/control/control-kit.ts'
import { violationsOf } from '../pure/lot/violations.ts'
import { cameIn } from '../pure/lot/row-kit.ts'
import { hourMs, Scene } from './clock-scene.ts'

describe('a clock that was set while an upload waits for its next try', () => {
  it.each([
    ['K01 a day ahead', dayMs],
    ['K02 an hour back', -hourMs],
    ['back to 1970', -startMs],
  ])('moves that try neither way: %s', (_name, setMs) => {
    const lot = new Scene()
    lot.runtime.append([
      {
        kind: 'outbox',
        atMs: lot.runtime.nowMs(),
        body: {
          outboxId: 'n1-U1',
          destination: 'platform',
          op: 'exception',
          businessNo: 'P1',
          body: '{}',
          bodySm3: '',
        },
      },
    ])
    // Any event in a lane makes the queue look for due records.
    const look = (): void => lot.give('entry', loop('arrive', 'off'))
    look()
    expect(lot.asked.map(({ word }) => word)).toEqual(['post exception P1'])
    lot.asked.shift()?.silent()
    lot.setMs = setMs
    // 10 s by the retry table, of which each record waits 50 to 100 %.
    lot.wait(4900)
    look()
    expect(lot.asked).toEqual([])
    lot.wait(5200)
    expect(lot.asked.map(({ word }) => word)).toEqual(['query exception P1'])
  })
})

describe('a clock that was set while a car is inside', () => {
  it.each([
    ['K01 a day ahead', dayMs],
    ['K01 a year ahead', 365 * dayMs],
    ['K02 an hour back', -hourMs],
    ['back to 1970', -startMs],
    ['just beyond what is tolerated', 31_000],
  ])('%s: the car goes to a person with both times', (_name, setMs) => {
    const scene = new Scene().enter().wait(70 * 60_000)
    scene.setMs = setMs
    scene.arrive()
    scene.waitsForPerson('jump')
    const nowMs = startMs + 70 * 60_000
    expect(scene.exit.state.car?.clock).toMatchObject({
      readMs: nowMs + setMs,
      otherMs: nowMs,
      suggestFen: 500,
    })
    expect(scene.clockRows).toEqual(['clockUnsure jump'])
  })

  it('the board has both times and the words', () => {
    const scene = new Scene().enter().wait(hourMs)
    scene.setMs = dayMs
    scene.arrive()
    const seen = { devices: {} as never, display: null }
    const view = laneView(scene.exit, new BoardTracker(), seen, scene.runtime.nowMs())
    expect(view.car?.clock).toMatchObject({
      cause: 'jump',
      readIso: '2026-11-21T15:30:00.000+08:00',
      otherIso: '2026-11-20T15:30:00.000+08:00',
    })
    expect(view.shown).toEqual({
      zh: '停车时间待核对 请联系值班员',
      en: 'Parking time to be checked. Please call the attendant',
    })
    expect(
      clockDoubtView({ cause: 'neverSet', readMs: 0, otherMs: null, suggestFen: null }),
    ).toEqual({
      cause: 'neverSet',
      readIso: '1970-01-01T08:00:00.000+08:00',
      otherIso: null,
      suggestFen: null,
    })
  })

  it('small corrections are tolerated, also many of them over days', () => {
    const scene = new Scene()
    for (let day = 0; day < 30; day++) {
      scene.wait(dayMs)
      scene.setMs += day % 2 === 0 ? 900 : 700
      scene.runtime.lookAtClock()
    }
    scene.enter().wait(hourMs)
    scene.setMs -= 20_000
    scene.arrive()
    expect(scene.orders).toHaveLength(1)
    expect(scene.clockRows).toEqual([])
  })

  it('many small steps in one direction are a jump like one big one', () => {
    const scene = new Scene().enter().wait(60_000)
    for (let i = 0; i < 6; i++) {
      scene.setMs += 10_000
      scene.runtime.lookAtClock()
    }
    scene.arrive()
    scene.waitsForPerson('jump')
  })

  it('K04 a clock that loses 5 s a minute is found', () => {
    const scene = new Scene()
    for (let min = 0; min < 10; min++) {
      scene.wait(60_000)
      scene.setMs -= 5_000
      scene.runtime.lookAtClock()
    }
    expect(scene.clockRows).toEqual(['clockUnsure jump'])
  })

  it('K09 asleep for 8 h with a clock that is right: the lane goes on', () => {
    const scene = new Scene()
      .enter()
      .wait(hourMs)
      .sleep(8 * hourMs)
    scene.arrive()
    expect(scene.orders).toEqual([1900])
    expect(scene.clockRows).toEqual([])
  })
})

describe('what ends a doubt', () => {
  const inDoubt = (): Scene => {
    const scene = new Scene().enter().wait(70 * 60_000)
    scene.setMs = dayMs
    return scene.arrive()
  }

  it('the clock comes back: the waiting car is priced by itself, as if nothing had been', () => {
    const scene = inDoubt()
    scene.setMs = 200
    scene.runtime.lookAtClock()
    expect(scene.orders).toEqual([500])
    expect(scene.exit.state.name).toBe('searching')
    expect(scene.clockRows).toEqual(['clockUnsure jump', 'clockSure returned'])
  })

  it('a trusted time says that it is right now: the lane prices, entries of before are asked', () => {
    const scene = inDoubt()
    scene.runtime.trustedTime(500)
    expect(scene.clockRows.at(-1)).toBe('clockSure platform')
    // The clock was not confirmed when the car entered.
    expect(scene.exit.state.car?.clock?.cause).toBe('entryUnsure')
    expect(scene.orders).toEqual([])
  })

  it('the platform vouched for both: a machine that slept without counting goes on by itself', () => {
    const scene = new Scene()
    scene.runtime.append([
      {
        kind: 'signIn',
        atMs: scene.runtime.nowMs(),
        laneId: 'exit',
        body: { psamNo: '1', validUntilMs: startMs + dayMs, status: 1 },
      },
    ])
    scene.enter().wait(70 * 60_000)
    scene.setMs = 8 * hourMs
    scene.arrive()
    scene.waitsForPerson('jump')
    scene.runtime.trustedTime(0)
    expect(scene.orders).toEqual([2000])
  })

  it('a person confirms it: audited, and cars that enter from then on are priced', () => {
    const scene = inDoubt()
    const { runtime } = scene
    const body = { act: 'clock.confirm', ...act('c-clock'), result: 'done' }
    runtime.confirmClock({ kind: 'audit', atMs: runtime.nowMs(), body })
    expect(runtime.clockDoubt).toBeNull()
    expect(scene.exit.state.car?.clock?.cause).toBe('entryUnsure')
    scene.give('exit', { type: 'settle', means: 'cash', amountFen: 300, act: act('c-cash') })
    expect(scene.orders).toEqual([300])
    expect(scene.opens).toHaveLength(1)
    const passId = scene.exit.state.car?.pass?.passId ?? ''
    scene.give('exit', loop('arrive', 'off'), { type: 'passed', passId })
    scene.enter().wait(hourMs).arrive()
    expect(scene.orders).toHaveLength(2)
  })

  it('an answer that is as far off as the clock ends nothing, and says what time it is', () => {
    const scene = inDoubt()
    scene.runtime.trustedTime(-dayMs)
    expect(scene.runtime.clockDoubt).toMatchObject({ expectedMs: startMs + 70 * 60_000 })
  })

  it('a restart does not: the doubt is in the ledger', () => {
    const before = inDoubt()
    const scene = new Scene(before.ledger.list, dayMs + 71 * 60_000)
    expect(scene.runtime.clockDoubt).toMatchObject({ cause: 'jump' })
    scene.runtime.trustedTime(0)
    expect(scene.runtime.clockDoubt).toBeNull()
  })

  it('the last row of a full disk is written later, the doubt holds meanwhile', () => {
    const scene = new Scene().enter().wait(hourMs)
    scene.ledger.fault = new LaneFault('DATA-02', { note: 'full' })
    scene.setMs = dayMs
    scene.runtime.lookAtClock()
    expect(scene.runtime.clockDoubt).not.toBeNull()
    scene.ledger.fault = null
    scene.runtime.lookAtClock()
    expect(scene.clockRows).toEqual(['clockUnsure jump'])
  })
})

describe('at the start', () => {
  const dayOfWork = (): readonly LedgerRow[] => new Scene().enter().wait(1000).ledger.list

  it.each([
    ['1970 with rows of today', -startMs, 'neverSet'],
    ['an hour behind the last row', -hourMs, 'behindLedger'],
    ['years ahead, as a battery that fails forwards', 3_650 * dayMs, 'aheadOfLedger'],
    ['32 days ahead', 32 * dayMs, 'aheadOfLedger'],
    ['2015 with rows of today', instantOf(2015, 1, 1) - startMs, 'neverSet'],
    ['2099 with rows of today', instantOf(2099, 12, 31) - startMs, 'neverSet'],
  ])('%s: no car is priced, and its own rows do not hide it', (_name, setMs, cause) => {
    const scene = new Scene(dayOfWork(), setMs)
    scene.wait(60_000).arrive()
    scene.waitsForPerson(cause)
    const again = new Scene(scene.ledger.list, setMs + 120_000)
    expect(again.runtime.clockDoubt).toMatchObject({ cause })
  })

  it('a month of rest is believed, and a longer one once a person confirms the clock', () => {
    expect(new Scene(dayOfWork(), 30 * dayMs).runtime.clockDoubt).toBeNull()
    const scene = new Scene(dayOfWork(), 60 * dayMs)
    expect(scene.runtime.clockDoubt).toMatchObject({ cause: 'aheadOfLedger' })
    scene.runtime.trustedTime(0)
    expect(scene.runtime.clockDoubt).toBeNull()
    expect(new Scene(scene.ledger.list, 60 * dayMs + 60_000).runtime.clockDoubt).toBeNull()
  })

  it.each([
    ['1970', 0, 'entryUnsure'],
    ['2015', instantOf(2015, 1, 1), 'entryUnsure'],
    ['2080', instantOf(2080, 1, 1), 'entryLater'],
    ['2099', instantOf(2099, 12, 31), 'entryLater'],
    ['2107', instantOf(2107, 12, 31), 'entryLater'],
  ])(
    'K03 a cold battery at the very first start, in %s: entries are marked, and never priced by themselves',
    (_, atMs, cause) => {
      const scene = new Scene([], atMs - startMs).enter()
      const opened = scene.ledger.list.find((row) => row.kind === 'stayOpened')
      expect(opened?.body).toMatchObject({ timeUnsure: true })
      scene.setMs = 0
      scene.runtime.trustedTime(0)
      scene.wait(hourMs).arrive()
      scene.waitsForPerson(cause)
    },
  )

  it.each([
    ['the evening before a leap day', instantOf(2028, 2, 28, 23.5 * hourMs)],
    ['the evening of a leap day', instantOf(2028, 2, 29, 23.5 * hourMs)],
    ['the last evening of a year', instantOf(2027, 12, 31, 23.5 * hourMs)],
    ['the end of the 32-bit seconds of SNTP, 2036', Date.UTC(2036, 1, 7, 5, 58, 16)],
    ['the end of 31-bit seconds, 2038', Date.UTC(2038, 0, 19, 2, 44, 8)],
    ['a leap day of a later decade', instantOf(2072, 2, 29, 23.5 * hourMs)],
  ])('%s: an hour over it costs what it costs on any day', (_, atMs) => {
    const hourFrom = (fromMs: number): readonly (number | undefined)[] => {
      const scene = new Scene([], fromMs - startMs).enter().wait(70 * 60_000)
      scene.arrive()
      expect(scene.runtime.clockDoubt).toBeNull()
      return scene.orders
    }
    const usual = hourFrom(instantOf(2027, 6, 16) + (atMs - dayStartMs(atMs)))
    expect(hourFrom(atMs)).toEqual(usual)
    expect(usual).toHaveLength(1)
  })

  it('a day ahead, as the first answer of the platform says: no car is priced', () => {
    const scene = new Scene(dayOfWork(), 3 * dayMs)
    scene.runtime.trustedTime(-3 * dayMs)
    scene.arrive()
    scene.waitsForPerson('differs')
    scene.setMs = 0
    scene.runtime.lookAtClock()
    expect(scene.clockRows.at(-1)).toBe('clockSure returned')
  })

  it('a platform that is a day off against a clock it has confirmed is not followed', () => {
    const scene = new Scene().enter()
    scene.runtime.trustedTime(300)
    scene.runtime.trustedTime(dayMs)
    scene.wait(hourMs).arrive()
    expect(scene.orders).toHaveLength(1)
  })
})

it('an entry later than now is never a free stay', () => {
  const scene = new Scene()
  const enteredAtMs = startMs + hourMs
  scene.runtime.append([cameIn('n1-S1', enteredAtMs, { atMs: startMs })])
  scene.arrive()
  scene.waitsForPerson('entryLater')
  expect(scene.exit.state.car?.clock).toMatchObject({ otherMs: enteredAtMs, suggestFen: null })
})

it('a car that is priced when the clock jumps is not charged: its OBU is let go', () => {
  const scene = new Scene()
    .enter()
    .wait(70 * 60_000)
    .arrive()
  expect(scene.exit.state.name).toBe('searching')
  scene.setMs = dayMs
  scene.give('exit', cardReadEvent())
  expect(scene.exit.state).toMatchObject({ name: 'manual', car: { manual: 'clockUnsure' } })
  expect(scene.sent.map((c) => c.do)).toContain('release')
  expect(scene.ledger.list.filter((r) => r.kind === 'intent')).toEqual([])
  scene.setMs = 0
  scene.runtime.lookAtClock()
  expect(scene.exit.state.name).toBe('searching')
  expect(violationsOf(scene.ledger.list)).toEqual([])
})
