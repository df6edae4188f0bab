// A lot of one entry and one exit whose cameras are written by the test, with simulated booms: old cars, killed and started again.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { machineSecret } from '#base/secrets/machine-seal.ts'
import { secretStore } from '#base/secrets/secret-store.ts'
import type { ApiName } from '#runtime/api/table.ts'
import type { BoardView, LaneView } from '#lane/calls/views.ts'
import { present } from '#base/pure/values/must.ts'
import { startBarrierSim } from '#simulators/barrier/barrier-sim.ts'
import type { SimHandle } from '#simulators/shell/process.ts'
import { eventually } from '../../kit/eventually.ts'
import { ledgerRows } from './ledger-rows.ts'
import { cleanUp, newFolder, Program, runToEnd } from './live-program.ts'
import type { RawCamera, StatedTime } from './raw-cameras.ts'

export type LaneId = 'entry' | 'exit'
const laneIds: readonly LaneId[] = ['entry', 'exit']
const minMs = 60_000
const failed = (error: unknown): never => {
  throw error
}

export class LateLot {
  readonly dir = join(newFolder(), 'lot')
  private readonly cameras = new Map<LaneId, RawCamera>()
  private readonly booms = new Map<LaneId, SimHandle>()
  private running: Program | null = null

  async init(make: () => Promise<RawCamera>): Promise<void> {
    for (const laneId of laneIds) {
      const sim = ['--listen', 'tcp://127.0.0.1:0', '--admin', 'http://127.0.0.1:0']
      this.booms.set(laneId, await startBarrierSim([...sim, '--timing', 'instant'], failed))
      this.cameras.set(laneId, await make())
    }
    const links = laneIds.flatMap((laneId) => [
      '--camera',
      `${laneId}=${this.camera(laneId).link}`,
      '--barrier',
      `${laneId}=${this.boom(laneId).endpoints['link'] ?? ''}`,
    ])
    const lot = ['--mode', 'demo', '--charge', 'card', ...links]
    const { code, stderr } = await runToEnd(['lot', 'init', '--data', this.dir, ...lot])
    expect([code, stderr]).toEqual([0, ''])
    mkdirSync(this.dir, { recursive: true })
    secretStore(this.dir, machineSecret()).write('cam', 'Simulated1')
  }

  async start(): Promise<void> {
    this.running = new Program(['run', '--data', this.dir, '--timing', 'instant'])
    const { intake } = await this.running.ready()
    for (const laneId of laneIds) {
      const camera = this.camera(laneId)
      camera.target = intake[laneId] ?? ''
      await camera.ready()
      await this.until(laneId, (lane) => lane.barrier.arrive !== 'unknown')
      await this.until(laneId, (lane) => lane.devices.camera.state !== 'down')
    }
  }

  async kill(): Promise<void> {
    await this.running?.stop('SIGKILL')
  }

  async close(): Promise<void> {
    await cleanUp()
    for (const camera of this.cameras.values()) await camera.close()
    for (const boom of this.booms.values()) await boom.stop()
  }

  camera(laneId: LaneId): RawCamera {
    return present(this.cameras.get(laneId), 'the lane has a camera')
  }

  private boom(laneId: LaneId): SimHandle {
    return present(this.booms.get(laneId), 'the lane has a boom')
  }

  until(laneId: LaneId, fits: (lane: LaneView) => boolean): Promise<LaneView> {
    const run = present(this.running, 'it runs')
    const look = async (): Promise<LaneView> => {
      const { lanes } = await run.call<BoardView>('board.get')
      return present(
        lanes.find((one) => one.laneId === laneId),
        laneId,
      )
    }
    return eventually(look, fits, { of: run })
  }

  private async admin<T>(laneId: LaneId, path: string, body?: object): Promise<T> {
    const { admin = '' } = this.boom(laneId).endpoints
    const ask = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
    return (await (await fetch(`${admin}${path}`, ask)).json()) as T
  }

  async opens(laneId: LaneId): Promise<number> {
    return (await this.admin<{ opens: number }>(laneId, '/state')).opens
  }

  async loops(laneId: LaneId, loopArrive: boolean, loopUnder: boolean): Promise<void> {
    await this.admin(laneId, '/inputs', { loopArrive, loopUnder })
  }

  /** Drives through the open boom. */
  async leaves(laneId: LaneId): Promise<void> {
    await this.until(laneId, ({ barrier }) => barrier.position === 'open')
    await this.loops(laneId, false, true)
    await this.until(laneId, ({ barrier }) => barrier.under === 'on')
    await this.loops(laneId, false, false)
    await this.until(
      laneId,
      ({ state, barrier }) => state === 'idle' && barrier.position === 'closed',
    )
  }

  /** An hour of cars, a minute apart and at once; the last was a minute and a second ago. */
  async backlog(laneId: LaneId, plates: readonly string[]): Promise<void> {
    const nowMs = Date.now()
    for (let n = 60; n >= 1; n--) {
      const plate = plates[n % plates.length] ?? ''
      await this.camera(laneId).send(plate, nowMs - n * minMs - 1_000)
    }
  }

  async live(laneId: LaneId, plate: string, time: StatedTime = Date.now()): Promise<void> {
    await this.camera(laneId).send(plate, time)
  }

  async call<T>(name: ApiName, args: object = {}): Promise<T> {
    return await present(this.running, 'it runs').call<T>(name, args)
  }

  /** Plates of the stays that began, null for a car that was let in unread. */
  began(): (string | null)[] {
    return ledgerRows(this.dir).flatMap((row) =>
      row.kind === 'stayOpened' ? [row.body.plate] : [],
    )
  }

  ended(): number {
    return ledgerRows(this.dir).filter(({ kind }) => kind === 'stayClosed').length
  }
}
