// The barrier on Modbus RTU with real processes: on a pty, and inside plain TCP like serial servers.
// Cars pass, boards die and come back; the simulator detects a boom closing on a car.
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import { systemMonoClock, systemWallClock } from '#base/time/system-clocks.ts'
import { linkOpener } from '#devices/links/link-opener.ts'
import type { DeviceHandle } from '#devices/desk/lane/device-ports.ts'
import { barrierDevice } from '#devices/desk/lane/devices.ts'
import { spawnLauncher, startSimProcess, type SimProcess } from '#harness/lot/sim-process.ts'
import type { BarrierCommand, BarrierEvent } from '#devices/pure/lane/barrier.ts'
import type { LaneEvent } from '#lane/pure/lane.ts'
import { program } from './kit/program.ts'
import { eventually } from '../kit/eventually.ts'
import { folderOfFile } from '../kit/own-folder.ts'
import { bareExit } from '../kit/bare-lot.ts'
import { closedAtEnd } from './kit/ended.ts'

const folder = folderOfFile('etc-barrier-rtu-')
const open = closedAtEnd()

const start = (listen: string, storeFile: string): Promise<SimProcess> =>
  startSimProcess(
    'barrier-sim',
    [
      ...['--variant', 'modbus-rtu', '--listen', listen, '--admin', 'http://127.0.0.1:0'],
      ...['--timing', 'instant', '--books', storeFile],
    ],
    spawnLauncher(program),
  )

class Gate {
  readonly events: BarrierEvent[] = []
  readonly device: DeviceHandle<BarrierCommand>

  constructor(url: string) {
    this.device = barrierDevice(
      { ...bareExit, barrier: url },
      {
        opener: linkOpener(),
        mono: systemMonoClock(),
        business: systemWallClock(),
        timing: 'instant',
      },
      (event: LaneEvent) => void this.events.push(event as BarrierEvent),
    )
    open.push(() => this.device.close())
    this.device.open()
  }

  async until(what: string, like: (event: BarrierEvent) => boolean, from = 0): Promise<number> {
    const find = (): number => this.events.findIndex((event, i) => i >= from && like(event))
    return 1 + (await eventually(find, (at) => at >= 0, { what }))
  }
}

const position =
  (wanted: string) =>
  (event: BarrierEvent): boolean =>
    event.type === 'position' && event.position === wanted

const notAnswered = { type: 'closeBlocked', why: 'inputsUnanswered' }

const links = process.platform === 'linux' ? (['pty', 'tcp'] as const) : (['tcp'] as const)
const urlOf = (sim: SimProcess): string => {
  const link = sim.endpoints.link ?? ''
  return link.startsWith('tcp:') ? `${link}?wire=rtu` : link
}

describe.each(links)('a relay board on RTU over %s', (kind) => {
  const listen = kind === 'pty' ? `pty:${join(folder, 'board')}` : 'tcp://127.0.0.1:0'

  it('lets ten cars through one after another, and closes on none', async () => {
    const board = await start(listen, join(folder, `${kind}-cars.jsonl`))
    open.push(() => board.kill())
    const gate = new Gate(urlOf(board))
    let seen = await gate.until('closed', position('closed'))
    for (let i = 0; i < 10; i++) {
      gate.device.command({ do: 'open', passId: `p${i}` })
      seen = await gate.until('open', position('open'), seen)
      await board.admin('POST', '/inputs', { loopUnder: true })
      seen = await gate.until('on', (e) => e.type === 'loop' && e.state === 'on', seen)
      await board.admin('POST', '/inputs', { loopUnder: false })
      seen = await gate.until(
        'passed',
        (e) => e.type === 'passed' && e.passId === `p${i}`,
        seen - 1,
      )
      seen = await gate.until('closed', position('closed'), seen)
    }
    // On a busy machine the board may not answer in time while the boom comes down: unknown counts as
    // occupied, so the boom rises again (rule 2) and reports it; nothing else may move it twice.
    const turned = gate.events.filter(({ type }) => type === 'closeBlocked')
    expect(turned.filter((event) => !isDeepStrictEqual(event, notAnswered))).toEqual([])
    expect(await board.admin('GET', '/state')).toMatchObject({
      position: 'closed',
      opens: 10 + turned.length,
      closes: 10 + turned.length,
      closesOnPresence: 0,
      bothDriven: 0,
    })
    gate.device.close()
    await board.kill()
  })

  it('is unknown while the board is gone, moves nothing on its return, then opens what is due', async () => {
    const storeFile = join(folder, `${kind}-killed.jsonl`)
    let board = await start(listen, storeFile)
    const link = board.endpoints.link ?? ''
    const gate = new Gate(urlOf(board))
    let seen = await gate.until('closed', position('closed'))
    await board.kill('SIGKILL')
    seen = await gate.until('down', (e) => e.type === 'barrierDown', seen)
    expect(gate.events.slice(0, seen)).toContainEqual({ type: 'position', position: 'unknown' })
    gate.device.command({ do: 'open', passId: 'p1' })
    board = await start(link.replace(/^serial:/, 'pty:'), storeFile)
    open.push(() => board.kill())
    seen = await gate.until('up', (e) => e.type === 'barrierUp', seen)
    await gate.until('open', position('open'), seen)
    expect(await board.admin('GET', '/state')).toMatchObject({ opens: 1, closes: 0 })
    gate.device.close()
    await board.kill()
  })
})
