// The steps of a car on the board: done with its time, in progress, failed with the reason, or not required.
// Only the steps, from the events that make them; the lane behind them is a stand-in.
import { describe, expect, it } from 'vitest'
import { BoardTracker } from '#base/desk/handlers/board.ts'
import type { RuntimeEvent } from '#lane/lot/event-log.ts'
import type { LaneHost } from '#lane/lot/lane-host.ts'
import { layoutOf } from '#lane/pure/layouts/index.ts'

const layout = layoutOf({ layout: '7.1.1', direction: 'exit' })

function statesAfter(
  types: readonly RuntimeEvent['type'][],
  manual: string | null,
  more: object = {},
): string[] {
  const state = { car: { manual, ...more } }
  const host = { config: { id: 'exit' }, layout, state } as unknown as LaneHost
  const tracker = new BoardTracker()
  types.forEach((type, i) => {
    const event = { seq: i + 1, atIso: '2026-11-20T14:30:00.000+08:00', monoUs: i * 1000, type }
    tracker.take({ ...event, laneId: 'exit', stayId: null, detail: '' }, host)
  })
  return tracker.steps(host).map(({ step, state }) => `${step} ${state}`)
}

const claimed = ['trigger', 'plateRead', 'orderMade'] as const

describe('the steps of an exit', () => {
  it('while the OBU is looked for, that step is the one under way', () => {
    expect(statesAfter(claimed, null).slice(2)).toEqual([
      'order done',
      'obu busy',
      'charge idle',
      'barrier idle',
    ])
  })

  it('a car that is free, or was paid before, is not shown as still being read', () => {
    expect(statesAfter([...claimed, 'outcomeSynced'], null).slice(2)).toEqual([
      'order done',
      'obu idle',
      'charge done',
      'barrier busy',
    ])
  })

  it.each([
    ['whose boom rises', {}, 'barrier busy'],
    ['whose boom did not open', { notOpenedMs: 1 }, 'barrier failed'],
  ])('a car that paid otherwise and %s is past the antenna', (_how, more, barrier) => {
    const car = { pass: { passId: 'P1', cause: 'other' }, ...more }
    const steps = ['order done', 'obu idle', 'charge idle', barrier]
    expect(statesAfter(claimed, null, car).slice(2)).toEqual(steps)
  })

  it('an OBU that was not read stays failed, also when a person opens', () => {
    expect(statesAfter([...claimed, 'barrierOpen'], 'obuNotRead').slice(2)).toEqual([
      'order done',
      'obu failed',
      'charge idle',
      'barrier done',
    ])
  })
})

describe('the steps on the board', () => {
  const exit = (car: object | null) =>
    ({ config: { id: 'exit' }, layout, state: { car }, lastCar: null }) as unknown as LaneHost
  const take = (
    tracker: BoardTracker,
    host: LaneHost,
    ...list: readonly [RuntimeEvent['type'], string][]
  ) =>
    list.forEach(([type, detail], i) =>
      tracker.take(
        {
          seq: i + 1,
          atIso: '2026-11-20T14:30:00.000+08:00',
          monoUs: i * 2_000_000,
          type,
          laneId: 'exit',
          stayId: null,
          detail,
        },
        host,
      ),
    )

  it('are those of the car that stands there: with it they go', () => {
    const tracker = new BoardTracker()
    take(
      tracker,
      exit({ manual: null }),
      ['trigger', ''],
      ['plateRead', ''],
      ['outcomeSynced', 'etc'],
    )
    take(tracker, exit({ manual: null }), ['carLeft', 'etc'])
    for (const car of [null, { manual: null }])
      expect(tracker.steps(exit(car)).filter(({ ms }) => ms !== null)).toEqual([])
  })

  it.each(['other', 'later', 'emergency'])(
    'money that a person took (%s) is no charge of so many ms',
    (how) => {
      const tracker = new BoardTracker()
      const host = exit({ manual: null })
      take(
        tracker,
        host,
        ['trigger', ''],
        ['plateRead', ''],
        ['outcomeSynced', how],
        ['barrierOpen', ''],
      )
      expect(tracker.steps(host).find(({ step }) => step === 'charge')?.ms).toBeNull()
      take(tracker, host, ['carLeft', how])
      expect(tracker.last[0]?.tookMs).toBeNull()
    },
  )
})

describe('the last passages', () => {
  const leaves = (tracker: BoardTracker, laneId: string, photo: string | null): void => {
    const lastCar = { plate: null, photo, amountFen: 0, takenFen: 0 }
    const host = { config: { id: laneId }, layout, state: { car: null }, lastCar }
    const atIso = '2026-11-20T14:30:00.000+08:00'
    const event = {
      seq: 1,
      atIso,
      monoUs: 0,
      type: 'carLeft',
      stayId: null,
      detail: 'etc',
    } as const
    tracker.take({ ...event, laneId }, host as unknown as LaneHost)
  }

  it.each([
    ['one lane alone', { exit: 30 }, ['exit', 20]],
    ['a quiet lane behind a busy one', { entry: 1, exit: 40 }, ['entry', 20]],
    ['two quiet lanes', { entry: 2, gate: 1, exit: 40 }, ['entry', 20]],
  ] as const)('of %s keep the newest of each lane', (_what, counts, [oldest, length]) => {
    const tracker = new BoardTracker()
    for (const [laneId, count] of Object.entries(counts))
      for (let n = 0; n < count; n++) leaves(tracker, laneId, `${laneId}-${n}`)
    expect(tracker.last).toHaveLength(length)
    expect(tracker.last.at(-1)?.laneId).toBe(oldest)
    for (const [laneId, count] of Object.entries(counts))
      expect(tracker.last.find((one) => one.laneId === laneId)?.photoId).toBe(
        `${laneId}-${count - 1}`,
      )
  })

  it('of a car without a photo say so', () => {
    const tracker = new BoardTracker()
    leaves(tracker, 'exit', null)
    expect(tracker.last[0]?.photoId).toBeNull()
  })
})
