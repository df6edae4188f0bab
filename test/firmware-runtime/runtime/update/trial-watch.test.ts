// The watch over a version on trial, on a lot in memory and in virtual time: what it counts, when it notes it, and what it
// says to the keeper. Nothing is watched without a trial.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { wholeTurn } from '#base/pure/faults/whole-turn.ts'
import { LaneFault, type FaultCode } from '#base/pure/faults/faults.ts'
import type { Trial } from '#runtime/pure/update/slots.ts'
import { watched } from '#runtime/update/host-updates.ts'
import { trialWatch, TrialWatch, type TrialKeeper } from '#runtime/update/trial-watch.ts'
import { HandClock } from '../control/control-kit.ts'
import { lotOn, ok, silence, type Lot } from '../../lane/lot/lot-on.ts'
import { cardReadEvent, loop, plate, plateEvent } from '../../lane/pure/lane-bench.ts'
import { SideTasks } from '#base/process/side-tasks.ts'

const minute = 60_000
const trial: Trial = { sinceIso: '', ranMs: 0, passages: 0, fromSeq: 0 }

let clock: HandClock
let said: string[]
let lot: Lot
let free: number | null
let refuses: boolean
let watch: TrialWatch

const keeper: TrialKeeper = {
  trial: () => trial,
  trialNoted: ({ ranMs, passages }) => void said.push(`noted ${ranMs / minute} ${passages}`),
  takeBack(why, note) {
    if (refuses) throw new LaneFault('DATA-02', {})
    said.push(`back ${why} ${note}`)
  },
  kept: () => void said.push('kept'),
}
const watchOf = (from: Trial = trial): TrialWatch =>
  new TrialWatch({ keeper, mono: clock, freeBytes: () => free }, from)

beforeEach(() => {
  clock = new HandClock()
  lot = lotOn([])
  ;[said, free, refuses] = [[], 1e9, false]
  watch = watchOf()
  watch.watch(lot.runtime)
})
afterEach(() => watch.stop())

/** What Node does before an error ends the process. */
function dies(error: unknown): void {
  for (const listener of process.listeners('uncaughtExceptionMonitor'))
    listener(error as Error, 'uncaughtException')
}

/** Rows of cars that came in. */
function cars(count: number): void {
  for (let n = 0; n < count; n++)
    lot.runtime.append([
      {
        kind: 'stayOpened',
        atMs: lot.runtime.nowMs(),
        laneId: 'entry',
        stayId: `S${lot.runtime.headSeq}`,
        body: {
          plate: null,
          colour: 'blue',
          enteredAtMs: lot.runtime.nowMs(),
          noEntry: false,
          photo: null,
          confidence: null,
        },
      } as never,
    ])
}

describe('a watch', () => {
  it('tells time and cars of this moment, and notes nothing for it', () => {
    expect(watch.figures()).toEqual({ ranMs: 0, passages: 0 })
    cars(3)
    clock.advance(1_500)
    expect(watch.figures()).toEqual({ ranMs: 1_500, passages: 3 })
    clock.advance(4 * minute)
    cars(1)
    expect(watch.figures()).toEqual({ ranMs: 1_500 + 4 * minute, passages: 4 })
    expect(said).toEqual([])
    watch.stop()
    expect(watch.figures()).toEqual({ ranMs: 1_500 + 4 * minute, passages: 4 })
  })

  it('notes what ran once in ten minutes, and at the end', () => {
    cars(2)
    clock.advance(9 * minute)
    expect(said).toEqual([])
    clock.advance(2 * minute)
    expect(said).toEqual(['noted 10 2'])
    cars(1)
    clock.advance(2 * minute)
    watch.stop()
    expect(said).toEqual(['noted 10 2', 'noted 13 3'])
    clock.advance(60 * minute)
    expect(said).toHaveLength(2)
  })
  it('keeps the version after a day and twenty cars, and is over then', () => {
    cars(20)
    clock.advance(24 * 60 * minute)
    expect(said.slice(-2)).toEqual(['noted 1440 20', 'kept'])
    const count = said.length
    watch.fatal(new LaneFault('LEDGER-06', {}))
    clock.advance(24 * 60 * minute)
    watch.stop()
    expect(said).toHaveLength(count)
  })
  it('goes on where an earlier start of the trial ended', () => {
    const later = watchOf({ ...trial, ranMs: 1_439 * minute, passages: 19 })
    later.watch(lot.runtime)
    cars(1)
    clock.advance(minute)
    later.stop()
    expect(said).toEqual(['noted 1440 20', 'kept'])
  })
  it('stays on trial for three days without a car', () => {
    clock.advance(3 * 24 * 60 * minute)
    expect(said.at(-1)).toBe(`noted ${3 * 24 * 60} 0`)
  })
  it('is none without a trial or a keeper', () => {
    const here = { dir: '/', mono: clock }
    const none = { ...keeper, trial: () => null }
    expect([trialWatch(undefined, here), trialWatch(none, here)]).toEqual([null, null])
  })
})

describe('a charge', () => {
  const taken = (): readonly string[] => said.filter((word) => word.startsWith('back'))
  /** A car of an hour ago is charged at the exit. */
  function charging(): void {
    const enteredAtMs = lot.runtime.nowMs() - 70 * minute
    const body = { plate, colour: 'blue', enteredAtMs, noEntry: false, photo: null } as const
    lot.runtime.append([
      { kind: 'stayOpened', laneId: 'entry', atMs: enteredAtMs, stayId: 'n1-S1', body },
    ])
    lot.give(loop('arrive', 'on'), plateEvent(plate), cardReadEvent())
    expect(lot.runtime.chargesUnderWay).toHaveLength(2)
  }
  it('whose answer never comes, nor a silence, takes it back after five minutes', () => {
    charging()
    clock.advance(5 * minute)
    expect(taken()).toEqual([])
    clock.advance(2 * minute)
    expect(taken()).toEqual([expect.stringMatching(/^back car noOutcome /)])
  })
  it('that is answered does not, and its car counts', () => {
    charging()
    lot.answer(ok)
    expect(lot.runtime.chargesUnderWay).toEqual([])
    clock.advance(9 * minute)
    expect([taken(), watch.figures().passages]).toEqual([[], 1])
  })
  it('of a platform that is down for hours does not', () => {
    charging()
    for (let n = 0; n < 240; n++) {
      while (lot.asked.length > 0) lot.answer(silence)
      clock.advance(minute)
      lot.runtime.retryNow()
    }
    expect(taken()).toEqual([])
  })
  it('without an outcome leaves its car out of the count', () => {
    charging()
    const body = { exitedAtMs: lot.runtime.nowMs(), cause: 'operator' }
    lot.runtime.append([
      { kind: 'stayClosed', laneId: 'exit', atMs: lot.runtime.nowMs(), stayId: 'n1-S1', body },
    ] as never)
    clock.advance(2 * minute)
    expect(watch.figures().passages).toBe(0)
  })
})

describe('faults', () => {
  const fault = (code: FaultCode, more: object = {}): LaneFault => new LaneFault(code, more)
  it.each<[FaultCode, object, string]>([
    ['LEDGER-06', { note: 'disk I/O error 10' }, 'back write LEDGER-06'],
    ['LEDGER-05', { note: 'row 7 missing from index event_at' }, 'back selfTest LEDGER-05'],
    ['CRYPTO-01', {}, 'back selfTest CRYPTO-01'],
  ])('with which the lanes end: %s takes it back, and a start follows', (code, more, word) => {
    const ended: string[] = []
    const options = watched({ fatal: (found: LaneFault) => void ended.push(found.code) }, watch)
    options.fatal(fault(code, more))
    expect([said.at(-1), ended]).toEqual([word, ['UPDATE-15']])
  })
  it.each<[FaultCode, object, number | null]>([
    ['LEDGER-06', {}, 1_000],
    ['LEDGER-05', { mayPass: true }, null],
    ['LEDGER-09', {}, 1e9],
    ['DATA-02', {}, 0],
    ['LINK-01', {}, 1e9],
  ])('with which the lanes end, of the world: %s', (code, more, bytes) => {
    const ended: string[] = []
    free = bytes
    watched({ fatal: (found: LaneFault) => void ended.push(found.code) }, watch).fatal(
      fault(code, more),
    )
    expect([said, ended]).toEqual([[], [code]])
  })
  it('that go on are judged and passed on', () => {
    const told: string[] = []
    const options = watched(
      { fatal: () => undefined, folderFault: (found: LaneFault) => void told.push(found.code) },
      watch,
    )
    for (const code of ['UPKEEP-01', 'REPORT-04', 'LEDGER-07'] as const)
      options.folderFault(fault(code))
    expect([said.at(-1), told]).toEqual([
      'back selfTest LEDGER-07',
      ['UPKEEP-01', 'REPORT-04', 'LEDGER-07'],
    ])
  })
  it('are asked again where the disk had no room for the way back', () => {
    refuses = true
    expect(watch.fatal(fault('LEDGER-06')).code).toBe('LEDGER-06')
    refuses = false
    expect(watch.fatal(fault('LEDGER-06')).code).toBe('UPDATE-15')
    expect(said.at(-1)).toBe('back write LEDGER-06')
  })
  it('of a copy of the night are read from its row', () => {
    const detail = 'LEDGER-04 the copy is not sound'
    lot.runtime.append([{ kind: 'event', atMs: 0, body: { type: 'backupFailed', detail } }])
    clock.advance(minute)
    expect(said.at(-1)).toBe('back selfTest LEDGER-04')
  })
})

describe('errors of the program', () => {
  /** A car at the exit that nobody has decided about. */
  const carCame = (): void => lot.give(loop('arrive', 'on'))

  it('beside the lanes are told, and take nothing back', () => {
    watch.broke(new TypeError('x is undefined'))
    clock.advance(60 * minute)
    expect(watch.notices()).toEqual([{ code: 'UPDATE-18', note: 'TypeError x is undefined' }])
    expect(said.filter((word) => !word.startsWith('noted'))).toEqual([])
  })
  it('reach it from tasks and strays, and faults of the world do not', async () => {
    const broke: unknown[] = []
    const own = new SideTasks({
      mono: clock,
      onFault: () => undefined,
      fatal: () => undefined,
      broke: (error) => broke.push(error),
    })
    const thrown = (error: unknown) => () => {
      throw error
    }
    own.once('day', thrown(new RangeError('a')))
    own.once('day', () => Promise.reject(new TypeError('b')))
    own.once('day', thrown(new LaneFault('NET-01', {})))
    own.stray(new LaneFault('NET-01', {}))
    own.stray(new SyntaxError('c'))
    await Promise.resolve()
    await Promise.resolve()
    await Promise.resolve()
    expect(broke.map((error) => (error as Error).message).toSorted()).toEqual(['a', 'b', 'c'])
    own.stop()
    own.stray(new SyntaxError('d'))
    expect(broke).toHaveLength(3)
  })
  it.each<[string, unknown]>([
    ['a fault of the world', new LaneFault('NET-01', {})],
    ['a full disk', Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'write' })],
    [
      'a folder that may not be read',
      Object.assign(new Error('EACCES'), { code: 'EACCES', syscall: 'open', path: '/x' }),
    ],
  ])('%s is none', (_, error) => {
    watch.broke(error)
    dies(error)
    expect([watch.notices(), said]).toEqual([[], []])
  })
  it('that end the process take it back before it is gone', () => {
    const thrown = new TypeError('no lane')
    expect(() =>
      wholeTurn(() => {
        throw thrown
      }),
    ).toThrow(thrown)
    dies(thrown)
    expect(said.at(-1)).toBe('back crashed TypeError no lane')
  })
  it('with a car that stays take it back, and not once it is gone', () => {
    carCame()
    const [car] = [...lot.runtime.lanes.values()].flatMap(({ state }) => state.car ?? [])
    expect(car).toBeDefined()
    watch.broke(new TypeError('charge is undefined'))
    clock.advance(4 * minute)
    expect(said).toEqual([])
    clock.advance(2 * minute)
    expect(said.at(-1)).toBe('back car TypeError charge is undefined')
  })
  it('whose car left say nothing', () => {
    carCame()
    watch.broke(new TypeError('charge is undefined'))
    const [host] = [...lot.runtime.lanes.values()].filter(({ state }) => state.car !== null)
    if (host !== undefined) host.state = { ...host.state, name: 'idle', car: null }
    for (const changed of lot.runtime.onChange) changed()
    clock.advance(9 * minute)
    expect(said).toEqual([])
  })
})
