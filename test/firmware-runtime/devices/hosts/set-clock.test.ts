// Setting the wall clock moves no deadline: drivers get the monotonic time, and their timers follow it.
// Business time differs here, so that a host that mixes the two up is detected.
import { describe, expect, it } from 'vitest'
import { DeviceHost } from '#devices/hosts/device-host.ts'
import type { LinkEffect } from '#devices/pure/driver.ts'
import { HttpDeviceHost } from '#devices/hosts/http-device-host.ts'
import type { ByteLinkHandlers } from '#devices/ports/byte-link.ts'
import { HandClock, startMs } from '../../runtime/control/control-kit.ts'

const dayMs = 86_400_000
const answerWithinMs = 1000

/** What a driver was given, and whether its answer was late by its own clock. */
interface Told {
  readonly word: string
  readonly atMs: number
  readonly dueMs: number
}

const nextOf = (state: readonly Told[], word: string, atMs: number): readonly Told[] => [
  ...state,
  { word, atMs, dueMs: state.at(-1)?.dueMs ?? atMs + answerWithinMs },
]

const answerTimer = { do: 'timer', name: 'answer', afterMs: answerWithinMs } as const

interface Rig {
  readonly told: () => readonly Told[]
  /** Causes an event that is not the timer. */
  readonly stir: () => void
}

function byteRig(clock: HandClock, nowMs: () => number): Rig {
  const links: ByteLinkHandlers[] = []
  let notices: readonly Told[] = []
  const host = new DeviceHost<readonly Told[], never, never, LinkEffect<never>>({
    url: 'tcp://127.0.0.1:1',
    opener: {
      open: (_url, handlers) => {
        links.push(handlers)
        return { send: () => undefined, close: () => undefined, bytesIn: 0, bytesOut: 0 }
      },
    },
    mono: clock,
    business: { nowMs },
    driver: {
      initial: () => [],
      step: (state, event) => {
        notices = nextOf(state, event.type, event.atMs)
        return { state: notices, effects: event.type === 'linkUp' ? [answerTimer] : [] }
      },
    },
    emit: () => undefined,
    other: () => undefined,
    linkChanged: () => undefined,
  })
  host.open()
  links[0]?.up()
  return { told: () => notices, stir: () => links[0]?.bytes(Uint8Array.of(1)) }
}

function httpRig(clock: HandClock, nowMs: () => number): Rig {
  let notices: readonly Told[] = []
  const host = new HttpDeviceHost<readonly Told[], never>({
    driver: {
      initial: () => [],
      step: (state, event) => {
        notices = nextOf(state, event.type, event.atMs)
        return { state: notices, effects: event.type === 'start' ? [answerTimer] : [] }
      },
    },
    http: { request: () => () => undefined, close: () => Promise.resolve() },
    mono: clock,
    wall: { nowMs },
    sign: () => null,
    emit: () => undefined,
  })
  host.open()
  return { told: () => notices, stir: () => host.credentialsChanged() }
}

describe.each([
  ['a device on a link', byteRig],
  ['a device asked by HTTP', httpRig],
])('%s', (_what, rigOf) => {
  it.each([
    ['a day forward', dayMs],
    ['a day back', -dayMs],
    ['to 1970', -startMs],
  ])('is waited for as long as ever when the clock is set %s', (_way, byMs) => {
    let setMs = 0
    const clock = new HandClock()
    const rig = rigOf(clock, () => startMs + Math.floor(clock.us / 1000) + setMs)
    const first = rig.told().at(-1)
    expect(first).toMatchObject({ atMs: 0, dueMs: answerWithinMs })
    clock.advance(999)
    setMs = byMs
    rig.stir()
    expect(rig.told().at(-1)).toMatchObject({ atMs: 999, dueMs: answerWithinMs })
    expect(rig.told().map(({ word }) => word)).not.toContain('timer')
    clock.advance(1)
    expect(rig.told().at(-1)).toMatchObject({ word: 'timer', atMs: answerWithinMs })
  })
})
