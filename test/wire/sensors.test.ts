// A lane whose closing loop and radar are connected to a separate board, with real processes on sockets.
// The barrier's simulator detects a boom closing on a car; here the radar prevents it.
import { expect, it } from 'vitest'
import { systemMonoClock, systemWallClock } from '#base/time/system-clocks.ts'
import { linkOpener } from '#devices/links/link-opener.ts'
import { laneDetectors } from '#devices/desk/lane/detectors.ts'
import type { DevicePorts } from '#devices/desk/lane/device-ports.ts'
import { barrierDevice } from '#devices/desk/lane/devices.ts'
import { spawnLauncher, startSimProcess, type SimProcess } from '#harness/lot/sim-process.ts'
import type { LaneEvent } from '#lane/pure/lane.ts'
import type { LaneLinks } from '#base/pure/lot/config.ts'
import { program } from './kit/program.ts'
import { eventually } from '../kit/eventually.ts'
import { bareExit } from '../kit/bare-lot.ts'
import { closedAtEnd } from './kit/ended.ts'

const open = closedAtEnd()

async function start(name: string, ...more: string[]): Promise<SimProcess> {
  const listen = ['--listen', 'tcp://127.0.0.1:0', '--admin', 'http://127.0.0.1:0']
  const sim = await startSimProcess(name, [...listen, ...more], spawnLauncher(program))
  open.push(() => sim.kill())
  return sim
}

it.each(['contacts', 'contacts-rtu'])(
  '%s: a radar and a loop of their own rule the boom',
  async (variant) => {
    const gate = await start('barrier-sim', '--timing', 'instant')
    const board = await start('detector-sim', '--variant', variant)
    const link = `${board.endpoints.link ?? ''}?${variant === 'contacts' ? '' : 'wire=rtu&'}`
    const lane: LaneLinks = {
      ...bareExit,
      barrier: gate.endpoints.link ?? '',
      sensors: [
        { kind: 'loop', role: 'under', link: `${link}di=2` },
        { kind: 'loop', role: 'arrive', link: `${link}di=3` },
        { kind: 'radar', role: 'presence', link: `${link}di=4&low=1` },
      ],
    }
    const faults: string[] = []
    const ports: DevicePorts = {
      opener: linkOpener(),
      mono: systemMonoClock(),
      business: systemWallClock(),
      timing: 'instant',
      linkDown: (fault) => void faults.push(fault.code),
    }
    const events: LaneEvent[] = []
    const take = (event: LaneEvent): void => void events.push(event)
    const barrier = barrierDevice(lane, ports, take)
    const boards = laneDetectors(lane, ports, barrier, take)
    expect(boards).toHaveLength(1)
    open.push(
      () => boards.forEach((one) => one.close()),
      () => barrier.close(),
    )
    barrier.open()
    boards.forEach((one) => one.open())
    const until = (what: string, like: () => boolean) => eventually(like, (is) => is, { what })
    const seen = (like: Partial<Record<string, unknown>>): boolean =>
      events.some((event) =>
        Object.entries(like).every(([name, value]) => Reflect.get(event, name) === value),
      )
    const set = (inputs: Record<string, boolean>): Promise<unknown> =>
      board.admin('POST', '/inputs', inputs)
    // The radar's relay is closed while nothing is there: without power it reports an obstacle.
    await set({ 3: true })
    await until('arrived', () => seen({ type: 'loop', loop: 'arrive', state: 'on' }))
    await until('closed', () => seen({ type: 'position', position: 'closed' }))
    barrier.command({ do: 'open', passId: 'p1' })
    await until('open', () => seen({ type: 'position', position: 'open' }))
    await set({ 3: false, 2: true })
    await until('under', () => seen({ type: 'loop', loop: 'under', state: 'on' }))
    await set({ 2: false })
    await until('passed', () => seen({ type: 'passed', passId: 'p1' }))
    const { polls } = await board.admin<{ polls: number }>('GET', '/state')
    const later = async (): Promise<number> =>
      (await board.admin<{ polls: number }>('GET', '/state')).polls
    await eventually(later, (now) => now >= polls + 60)
    expect(await gate.admin('GET', '/state')).toMatchObject({ closePulses: 0 })
    events.length = 0
    await set({ 4: true })
    await until('down', () => seen({ type: 'position', position: 'closed' }))
    expect(await gate.admin('GET', '/state')).toMatchObject({ opens: 1, closes: 1 })
    await board.kill('SIGKILL')
    await until('unknown', () => seen({ type: 'loop', loop: 'under', state: 'unknown' }))
    expect(faults).toEqual(['LINK-01'])
  },
)
