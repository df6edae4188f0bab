// The clock of a running lot, checked every half hour of an injected clock: time servers and a chronyd as
// processes, real datagrams, a car before a real loop. The test replaces the function that sets the machine's clock.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { clockSetter } from '#base/time/clock-setter.ts'
import { udpDatagrams } from '#base/time/udp-datagrams.ts'
import type { ClockKeptView } from '#lane/calls/clock-views.ts'
import { present } from '#base/pure/values/must.ts'
import { monitorPort } from '#devices/pure/time/chrony/monitor.ts'
import { spawnLauncher, startSimProcess, type SimProcess } from '#harness/lot/sim-process.ts'
import type { Datagrams } from '#base/ports/datagrams.ts'
import { hostClock } from '#runtime/host/host-clock.ts'
import { ledgerRows } from './kit/ledger-rows.ts'
import { LiveLot } from './kit/live-lot.ts'
import { program } from './kit/program.ts'
import { eventually } from '../kit/eventually.ts'
import { sideTasks } from '../kit/side-tasks.ts'

const lot = new LiveLot('online')
const halfHourMs = 1_800_000
const sims: SimProcess[] = []
const sim = (n: number): SimProcess => present(sims[n], 'the simulator runs')
const portOf = (n: number, name: 'ntp' | 'chrony'): number =>
  Number(new URL(present(sim(n).endpoints[name], name)).port)
const set = (n: number, knobs: object): Promise<unknown> => sim(n).admin('POST', '/ntp', knobs)
const setChrony = (knobs: object): Promise<unknown> => sim(0).admin('POST', '/chrony', knobs)

/** chronyd listens on a port that only root may open; its simulator on another one. */
const datagrams: Datagrams = {
  ask: (question) =>
    udpDatagrams().ask(
      question.port === monitorPort ? { ...question, port: portOf(0, 'chrony') } : question,
    ),
}

type Clock = ReturnType<typeof hostClock>
const clocks: Clock[] = []
let moved: number[] = []

/** Starts checking, like a start of the lanes, with these servers. */
const watch = (...servers: readonly number[]): Clock =>
  watchAll({ servers: servers.map((n) => `127.0.0.1:${portOf(n, 'ntp')}`) })

function watchAll(
  time: { readonly servers?: readonly string[]; readonly receiver?: string },
  mayStep = true,
): Clock {
  const { commandFor } = clockSetter('linux')
  const step = (byMs: number): Promise<null> => {
    moved.push(byMs)
    return Promise.resolve(null)
  }
  const clock = hostClock(lot.site.runtime, { time: { ...time, mayStep } }, sideTasks(lot.mono), {
    datagrams,
    tools: { run: () => Promise.resolve({ kind: 'absent' }) },
    setter: { mayStep: true, step, commandFor },
  })
  clocks.push(clock)
  return clock
}

/** Advances time and waits for the check that is then due. */
async function look(clock: Clock, afterMs: number): Promise<ClockKeptView> {
  const before = clock.clockKept()
  lot.mono.leap(afterMs)
  const seen = await eventually(
    () => clock.clockKept(),
    (now) => now !== before,
  )
  return present(seen, 'it was looked at')
}
const firstLook = (clock: Clock): Promise<ClockKeptView> => look(clock, 15_000)

const asked = async (n: number): Promise<number> =>
  (await sim(n).admin<{ ntp: { requests: number } }>('GET', '/state')).ntp.requests

beforeAll(async () => {
  for (let n = 0; n < 2; n++)
    sims.push(
      await startSimProcess(
        'clock-sim',
        ['--listen', 'tcp://127.0.0.1:0', '--admin', 'http://127.0.0.1:0'],
        spawnLauncher(program),
      ),
    )
  await setChrony({ silent: true })
  await lot.open()
})
afterEach(async () => {
  for (const clock of clocks.splice(0)) clock.stop()
  moved = []
  for (const n of sims.keys()) await set(n, { offsetMs: 0, stratum: 1, leap: 0, kiss: '' })
  await setChrony({ silent: true, slowMs: 0 })
})
afterAll(async () => {
  for (const one of sims) await one.kill()
  await lot.close()
})

it('is looked at after a start and each half hour, and asks nobody between', async () => {
  const before = await asked(0)
  const clock = watch(0)
  expect(await firstLook(clock)).toMatchObject({ verdict: 'right', command: null })
  const once = await asked(0)
  expect(once - before).toBe(4)
  lot.mono.leap(halfHourMs - 60_000)
  await lot.until('the lot goes on', () => lot.exit.rsuUp)
  expect(await asked(0)).toBe(once)
  expect(await look(clock, 60_000)).toMatchObject({ verdict: 'right' })
  expect(await asked(0)).toBe(once + 4)
  expect(moved).toEqual([])
})

it('K05 is not set by a server that is wrong by 40 s: a person gets the command, and two servers contradict', async () => {
  await set(0, { offsetMs: 40_000 })
  const alone = await firstLook(watch(0))
  expect(alone).toMatchObject({
    verdict: 'ask',
    server: `127.0.0.1:${portOf(0, 'ntp')}`,
    command: `sudo chronyd -q 'server 127.0.0.1 port ${portOf(0, 'ntp')} iburst'`,
  })
  expect(Math.round((alone.offsetMs ?? 0) / 1000)).toBe(-40)
  const both = await firstLook(watch(0, 1))
  expect(both).toMatchObject({ verdict: 'disagree' })
  expect(both.command).toContain('sudo')
  expect(moved).toEqual([])
  expect(lot.faults().filter((one) => one.startsWith('CLOCK-09')).length).toBeGreaterThan(1)
})

it.each([
  ['a stratum of none', { stratum: 16 }],
  ['that nothing synchronises it', { leap: 3 }],
  ['to be left alone', { kiss: 'DENY' }],
])('believes no server that says %s', async (_what, knobs) => {
  await set(0, { offsetMs: 5_000, ...knobs })
  const seen = await firstLook(watch(0))
  expect(seen).toMatchObject({ verdict: 'silent', server: null, offsetMs: null })
  expect(seen.command).not.toBeNull()
  expect(moved).toEqual([])
})

it('is never set with a car in a lane: a minute later it looks again, and sets it when the car is gone', async () => {
  const rows = () =>
    ledgerRows(lot.dir).filter((r) => r.kind === 'event' && r.body.type === 'clockStepped').length
  await set(0, { offsetMs: 5_000 })
  await lot.loops(true, false)
  await lot.until('a car is there', () => lot.exit.arrive === 'on')
  const clock = watch(0)
  expect(await firstLook(clock)).toMatchObject({ verdict: 'waits', command: null })
  expect(await look(clock, 60_000)).toMatchObject({ verdict: 'waits' })
  expect([moved, rows()]).toEqual([[], 0])
  await lot.loops(false, false)
  await lot.until('the car is gone', () => lot.site.runtime.quiet)
  expect(await look(clock, 60_000)).toMatchObject({ verdict: 'step', command: null })
  expect(moved.map((ms) => Math.round(ms / 1000))).toEqual([5])
  expect(rows()).toBe(1)
  await set(0, { offsetMs: 0 })
  expect(await look(clock, halfHourMs)).toMatchObject({ verdict: 'right' })
  expect(moved).toHaveLength(1)
})

it('is left to a chronyd that keeps it, and that one is told to step', async () => {
  await setChrony({ silent: false })
  await set(0, { offsetMs: 5_000 })
  const clock = watch(0)
  lot.mono.leap(1_000)
  await eventually(
    () => clock.machineNtp(),
    (state) => state !== null,
  )
  expect(clock.machineNtp()).toBe('synchronised')
  const seen = await look(clock, 14_000)
  expect(seen).toMatchObject({ verdict: 'ask', command: expect.stringMatching(/^sudo chronyc /) })
  expect(moved).toEqual([])
  // It has lost its servers, so the lot keeps the clock again.
  await setChrony({ hasSource: false })
  lot.mono.leap(600_000)
  await eventually(
    () => clock.machineNtp(),
    (state) => state === 'notSynchronised',
  )
  expect(await look(clock, halfHourMs - 600_000)).toMatchObject({ verdict: 'step' })
  await setChrony({ hasSource: true })
})

describe('a satellite receiver of the lot', () => {
  const link = (): string => {
    const at = present(sim(0).endpoints['link'], 'a receiver')
    return at.startsWith('tcp:') ? `${at}?speaks=nmea` : at
  }
  const receiver = (knobs: object): Promise<unknown> => sim(0).admin('POST', '/knobs', knobs)
  afterEach(() => receiver({ offsetMs: 0, fix: true }))

  it('is a source as a server is: the clock is right, and is set by it where it is not', async () => {
    const clock = watchAll({ receiver: link() })
    expect(await firstLook(clock)).toMatchObject({ verdict: 'right', command: null })
    await receiver({ offsetMs: 8_000 })
    expect(await look(clock, halfHourMs)).toMatchObject({ verdict: 'step' })
    expect(moved.map((ms) => Math.round(ms / 1000))).toEqual([8])
  })

  it('moves nothing without the right of the lot file: a person gets the command, which names no server', async () => {
    await receiver({ offsetMs: 8_000 })
    const seen = await firstLook(watchAll({ receiver: link() }, false))
    expect(seen).toMatchObject({ verdict: 'ask', server: expect.stringContaining('/') })
    expect(seen.command).toContain('chronyc makestep')
    expect(moved).toEqual([])
  })

  it('contradicts a server: nobody is believed', async () => {
    await receiver({ offsetMs: 8_000 })
    const time = { receiver: link(), servers: [`127.0.0.1:${portOf(0, 'ntp')}`] }
    expect(await firstLook(watchAll(time))).toMatchObject({ verdict: 'disagree' })
    expect(moved).toEqual([])
  })
})

it('is told to be without a source when the server has gone', async () => {
  const clock = watch(1)
  expect(await firstLook(clock)).toMatchObject({ verdict: 'right' })
  await sim(1).kill()
  const seen = await look(clock, halfHourMs)
  expect(seen).toMatchObject({ verdict: 'silent', server: null })
  expect(seen.command).toContain('sudo')
  sims.pop()
  expect(moved).toEqual([])
})
