// The version of a relay board, in virtual time: asked only where its profile names a register, never while a boom moves
// or a command waits, and without harm where the board does not answer.
import { describe, expect, it } from 'vitest'
import { standardBarrier } from '#devices/pure/barrier/modbus-relay/config.ts'
import { Bench, useTransport } from './board.ts'

const dayMs = 86_400_000
/** Readings far apart, so that a day has few of them. */
const slow = { pollMs: 60_000, staleMs: 130_000, loopStuckMs: 10 * dayMs }
const asks = { ...standardBarrier, versionRegister: 0x8000 }

describe.each(['tcp', 'rtu'] as const)('over %s', (transport) => {
  const board = (config = asks): Bench => {
    useTransport(transport)
    const bench = new Bench(config)
    useTransport('tcp')
    bench.travelMs = 500
    return bench
  }

  it.each([
    ['a word', 200, { version: '00C8', hardware: null, serial: null }],
    ['an exception', 'refuses' as const, null],
    ['nothing', 'silent' as const, null],
  ])('the board answers %s, and goes on reading its inputs', (_what, version, reading) => {
    const bench = board()
    bench.version = version
    bench.up().run(5_000)
    expect(bench.versions).toEqual([reading])
    expect([bench.drops, bench.told('barrierDown').length, bench.told('barrierUp').length]).toEqual(
      [[], 0, 1],
    )
    bench.set('limitClosed', 'loopArrive')
    bench.run(1_000)
    expect(bench.state.loops.arrive).toBe('on')
  })

  it('is asked once a day and after each lost link', () => {
    const bench = board({ ...asks, ...slow })
    bench.version = 200
    bench.up().run(dayMs / 2)
    bench.version = 210
    bench.run(dayMs / 4)
    expect(bench.versions).toHaveLength(1)
    bench.run(dayMs)
    expect(bench.versions.map((one) => one?.version)).toEqual(['00C8', '00D2'])
    bench.down()
    bench.up().run(61_000)
    expect(bench.versions).toHaveLength(3)
  })

  it('waits for a boom that moves', () => {
    const bench = board()
    bench.version = 200
    bench.travelMs = 2_000
    bench.up()
    bench.command({ do: 'lift' })
    bench.run(1_500)
    expect([bench.names(), bench.versions]).toEqual([['open'], []])
    bench.run(5_000)
    expect(bench.versions).toHaveLength(1)
  })
})

it('is never asked where the profile names no register', () => {
  const bench = new Bench(standardBarrier)
  bench.version = 200
  bench.up().run(60_000)
  expect(bench.versions).toEqual([])
})
