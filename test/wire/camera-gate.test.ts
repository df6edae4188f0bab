// A gate on a camera with real processes: HTTP with Digest on a socket, the password from its sealed store.
// Cars pass, the camera dies and comes back; the simulator detects a boom closing on a car, and every login.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { systemWallClock } from '#base/time/system-clocks.ts'
import { linkOpener } from '#devices/links/link-opener.ts'
import { machineSecret } from '#base/secrets/machine-seal.ts'
import { secretStore } from '#base/secrets/secret-store.ts'
import { barrierDevice } from '#devices/desk/lane/devices.ts'
import type { BarrierHandle } from '#devices/desk/lane/device-handles.ts'
import { spawnLauncher, startSimProcess, type SimProcess } from '#harness/lot/sim-process.ts'
import type { BarrierEvent } from '#devices/pure/lane/barrier.ts'
import type { LaneEvent } from '#lane/pure/lane.ts'
import { program } from './kit/program.ts'
import { SkipClock } from './kit/skip-clock.ts'
import { eventually } from '../kit/eventually.ts'
import { folderOfFile } from '../kit/own-folder.ts'
import { bareExit } from '../kit/bare-lot.ts'
import { closedAtEnd } from './kit/ended.ts'

const folder = folderOfFile('etc-camera-gate-')
const secrets = secretStore(folder, machineSecret())
const open = closedAtEnd()

const inputs = 'limitOpen=1&limitClosed=2&loopUnder=3&loopArrive=4'

async function start(storeFile: string, listen = 'tcp://127.0.0.1:0'): Promise<SimProcess> {
  const sim = await startSimProcess(
    'barrier-sim',
    [
      ...['--variant', 'hikvision-gate', '--listen', listen, '--admin', 'http://127.0.0.1:0'],
      ...['--timing', 'instant', '--books', join(folder, storeFile)],
    ],
    spawnLauncher(program),
  )
  open.push(() => sim.kill())
  return sim
}

class Gate {
  readonly events: BarrierEvent[] = []
  readonly faults: string[] = []
  readonly mono = new SkipClock()
  readonly device: BarrierHandle

  constructor(sim: SimProcess, secret: string) {
    const address = (sim.endpoints.link ?? '').replace(/^tcp:/, 'hikvision:')
    const barrier = `${address}?user=admin&secret=${secret}&${inputs}`
    this.device = barrierDevice(
      { ...bareExit, barrier },
      {
        opener: linkOpener(),
        mono: this.mono,
        business: systemWallClock(),
        timing: 'instant',
        secrets,
        linkDown: (fault) => void this.faults.push(fault.code),
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

describe('a gate on the output of a camera', () => {
  it('lets five cars through one after another, and closes on none', async () => {
    secrets.write('gate', 'Simulated1')
    const camera = await start('cars.jsonl')
    const gate = new Gate(camera, 'gate')
    let seen = await gate.until('closed', position('closed'))
    for (let i = 0; i < 5; i++) {
      gate.device.command({ do: 'open', passId: `p${i}` })
      seen = await gate.until('open', position('open'), seen)
      await camera.admin('POST', '/inputs', { loopUnder: true })
      seen = await gate.until('on', (e) => e.type === 'loop' && e.state === 'on', seen)
      await camera.admin('POST', '/inputs', { loopUnder: false })
      const passed = (e: BarrierEvent): boolean => e.type === 'passed' && e.passId === `p${i}`
      seen = await gate.until('passed', passed, seen - 1)
      seen = await gate.until('closed', position('closed'), seen)
    }
    expect(await camera.admin('GET', '/state')).toMatchObject({
      position: 'closed',
      opens: 5,
      closes: 5,
      closesOnPresence: 0,
      failedLogins: 0,
    })
    expect(gate.device.wiring).toContain('hikvision')
    expect(gate.faults).toEqual([])
    gate.device.close()
  })

  it('is unknown while the camera is gone, moves nothing on its return, then opens what is due', async () => {
    secrets.write('gate', 'Simulated1')
    let camera = await start('killed.jsonl')
    const gate = new Gate(camera, 'gate')
    let seen = await gate.until('closed', position('closed'))
    await camera.kill('SIGKILL')
    seen = await gate.until('down', (e) => e.type === 'barrierDown', seen)
    expect(gate.events.slice(0, seen)).toContainEqual({ type: 'position', position: 'unknown' })
    gate.device.command({ do: 'open', passId: 'p1' })
    camera = await start('killed.jsonl', camera.endpoints.link)
    seen = await gate.until('up', (e) => e.type === 'barrierUp', seen)
    await gate.until('open', position('open'), seen)
    expect(await camera.admin('GET', '/state')).toMatchObject({ opens: 1, closes: 0 })
    expect(gate.faults).toEqual(['LINK-01'])
    gate.device.close()
  })

  it('is let go of for somebody who took it over, asks nothing meanwhile, and knows nothing', async () => {
    secrets.write('gate', 'Simulated1')
    const camera = await start('held.jsonl')
    const gate = new Gate(camera, 'gate')
    let seen = await gate.until('closed', position('closed'))
    gate.device.rest?.()
    seen = await gate.until('down', (e) => e.type === 'barrierDown' && e.reason === 'held', seen)
    expect(gate.events.slice(0, seen)).toContainEqual({ type: 'position', position: 'unknown' })
    const out = gate.device.bytesOut
    gate.device.command({ do: 'open', passId: 'p1' })
    gate.mono.leap(60_000)
    await camera.admin('POST', '/inputs', { loopUnder: true })
    await camera.admin('POST', '/inputs', { loopUnder: false })
    const state = await camera.admin<{ opens: number }>('GET', '/state')
    expect([gate.device.status, state.opens]).toEqual([{ up: false, detail: 'held' }, 0])
    expect(gate.device.bytesOut).toBe(out)
    gate.device.open()
    seen = await gate.until('up', (e) => e.type === 'barrierUp', seen)
    await gate.until('known', (e) => e.type === 'position' && e.position !== 'unknown', seen)
    expect(gate.faults).toEqual([])
    gate.device.close()
  })

  it('proves a wrong password once, and takes the right one when it is set', async () => {
    secrets.write('other', 'Wrong1')
    const camera = await start('password.jsonl')
    const gate = new Gate(camera, 'other')
    await eventually(() => gate.faults).toContain('CAM-01')
    gate.mono.leap(60_000)
    expect(await camera.admin('GET', '/state')).toMatchObject({ failedLogins: 1, opens: 0 })
    secrets.write('other', 'Simulated1')
    gate.mono.leap(11_000)
    await gate.until('closed', position('closed'))
    expect(await camera.admin('GET', '/state')).toMatchObject({ failedLogins: 1 })
    gate.device.close()
  })
})
