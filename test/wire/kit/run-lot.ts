// A lot under `etc-lane run`, its devices and its platform as processes, its cars moved by the test.
// The lanes' state is read from the runtime, as a script would.
import { join } from 'node:path'
import type { BoardView, LaneView } from '#lane/calls/views.ts'
import { LotHarness, type LotHarnessOptions } from '#harness/lot/lot-harness.ts'
import { present } from '#base/pure/values/must.ts'
import { versionOne } from '../../firmware-runtime/money/pure/billing/version-1.ts'
import {
  cleanUp,
  newFolder,
  Program,
  runToEnd,
  programFile,
  type Endpoints,
  type Line,
} from './live-program.ts'
import { obu, plate } from './one-car.ts'
import { allOf, Watched } from './watched.ts'
import { eventually, type UnderTest } from '../../kit/eventually.ts'

/** A tariff by which even a short stay costs money. */
export const nothingFree = JSON.stringify({ ...versionOne, freeMin: 0 })

export class RunLot {
  readonly dir = join(newFolder(), 'lot')
  readonly harness: LotHarness
  private readonly sims = new Watched(programFile)
  private running: Program | null = null

  constructor(over: Partial<LotHarnessOptions> = {}) {
    this.harness = new LotHarness({
      dir: this.dir,
      charge: 'online',
      offline: 'other-payment',
      variant: 'generic-ver',
      timing: 'instant',
      seed: 1,
      capacity: 10,
      rsuLink: process.platform === 'linux' ? 'pty' : 'tcp',
      program: programFile,
      launch: this.sims.launch,
      ...over,
    })
  }

  /** Lanes and simulators: a wait ends when one of them dies. */
  get of(): UnderTest {
    return this.running === null ? this.sims : allOf(this.running, this.sims)
  }

  get run(): Program {
    return present(this.running, 'the lot runs')
  }

  /** One car comes in; later it comes out, is charged by ETC, and its payment is the newest. */
  async goesIn(laneId: string, car: { readonly plate: string; readonly colour: string }) {
    await this.comes(laneId, car)
    await this.leaves(laneId)
  }

  async paysByEtc(laneId: string, car: { readonly plate: string; readonly colour: string }) {
    await this.harness.sims(laneId).rsu?.admin('POST', '/cars', { ...obu })
    await this.goesIn(laneId, car)
    const { json } = await runToEnd(['ledger', 'query', '--data', this.dir, '--kind', 'payment'])
    return present((json['rows'] as { stayId: string; atIso: string }[]).at(-1), 'it paid')
  }

  async startSims(): Promise<void> {
    await this.harness.startDevices()
    await this.harness.startCameras(() => 'http://127.0.0.1:9/camera')
  }

  /** Starts the lanes and waits for nothing. */
  begin(program = new Program(['run', '--data', this.dir, '--timing', 'instant'])): void {
    this.running = program
  }

  /** Starts the lanes, possibly again, and waits until this lane hears its devices. */
  async start(
    laneId: string,
    program = new Program(['run', '--data', this.dir, '--timing', 'instant']),
  ): Promise<void> {
    this.begin(program)
    const { intake } = await this.run.ready()
    for (const [id, { camera }] of this.harness.lanes)
      await camera?.admin('POST', '/target', { url: intake[id] })
    await this.hears(laneId)
  }

  /** The lanes were reopened with other settings: their cameras' address may have changed. */
  async reopened(laneId: string): Promise<void> {
    const last = this.run.lines.findLast(({ event }) => event === 'settings')
    const { intake } = last?.['endpoints'] as Endpoints
    for (const [id, { camera }] of this.harness.lanes)
      await camera?.admin('POST', '/target', { url: intake[id] })
    await this.hears(laneId)
  }

  /** The lanes have begun again by themselves: `times` counts the ready lines of this process. */
  async begunAgain(laneId: string, times: number): Promise<string> {
    const ready = (): Line | undefined =>
      this.run.lines.filter(({ event }) => event === 'ready')[times - 1]
    const line = present(
      await eventually(ready, (one) => one !== undefined, { of: this.of }),
      'the lanes are up',
    )
    const endpoints = line['endpoints'] as Endpoints
    this.run.endpoints = endpoints
    for (const [id, { camera }] of this.harness.lanes)
      await camera?.admin('POST', '/target', { url: endpoints.intake[id] })
    await this.hears(laneId)
    return String(line['version'])
  }

  private async hears(laneId: string): Promise<void> {
    await this.until(laneId, ({ devices, barrier }) => {
      return devices.rsu.state !== 'down' && barrier.arrive !== 'unknown'
    })
  }

  async close(): Promise<void> {
    await cleanUp()
    await this.harness.stop()
  }

  async lane(laneId: string): Promise<LaneView> {
    const { lanes } = await this.run.call<BoardView>('board.get')
    return present(
      lanes.find((one) => one.laneId === laneId),
      `lane ${laneId}`,
    )
  }

  until(laneId: string, fits: (lane: LaneView) => boolean): Promise<LaneView> {
    return eventually(() => this.lane(laneId), fits, { of: this.of })
  }

  async loops(laneId: string, loopArrive: boolean, loopUnder: boolean): Promise<void> {
    await this.harness.sims(laneId).barrier.admin('POST', '/inputs', { loopArrive, loopUnder })
  }

  async sees(laneId: string, car: { plate: string; colour: string }): Promise<void> {
    const { camera } = this.harness.sims(laneId)
    await camera?.admin('POST', '/plates', { plate: car.plate, colour: car.colour, confidence: 97 })
  }

  /** A car waits before the boom and is read. */
  async comes(laneId: string, car = { plate, colour: 'blue' }): Promise<void> {
    await this.loops(laneId, true, false)
    await this.sees(laneId, car)
  }

  /** It drives through once the boom is up, and the lane is free again, its boom `then`. */
  async leaves(laneId: string, then: 'open' | 'closed' = 'closed'): Promise<void> {
    await this.until(laneId, ({ barrier }) => barrier.position === 'open')
    await this.loops(laneId, false, true)
    await this.until(laneId, ({ barrier }) => barrier.under === 'on')
    await this.loops(laneId, false, false)
    await this.until(laneId, ({ state, barrier }) => state === 'idle' && barrier.position === then)
  }
}

/** The lot of most tests: an antenna that is quick to set up, on TCP, and no minute free. */
export const tcpLot = (over: ConstructorParameters<typeof RunLot>[0] = {}): RunLot =>
  new RunLot({ variant: 'generic-bcc', rsuLink: 'tcp', tariff: nothingFree, ...over })
