// Drives the demo's cars: up to the loop, past the camera, and on when the boom is really open.
// Patient: a car that a lane does not let out waits for the person at the board, as long as it takes.
import type { DemoVehicle } from './demo-cars.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { present } from '#base/pure/values/must.ts'
import type { LaneSims, LotHarness } from '../lot/lot-harness.ts'

interface DriverPace {
  /** From the loop to the camera's picture. */
  readonly cameraMs: number
  /** Interval in ms at which the driver looks at the boom. */
  readonly lookMs: number
  /** From an open boom to rolling, and the time under it. */
  readonly startMs: number
  readonly underMs: number
  /** The next car waits this long for the boom to come down. */
  readonly closeWithinMs: number
}

export const humanPace: DriverPace = {
  cameraMs: 400,
  lookMs: 150,
  startMs: 700,
  underMs: 1200,
  closeWithinMs: 15_000,
}
export const quickPace: DriverPace = {
  cameraMs: 10,
  lookMs: 10,
  startMs: 10,
  underMs: 30,
  closeWithinMs: 2000,
}

/** Longest queue at a lane; longer ones show nothing new. */
const lineMax = 5

interface Line {
  tail: Promise<void>
  waiting: number
  /** The car at the loop, from its arrival until it rolls. */
  atLoop: DemoVehicle | null
}

class Stopped extends Error {}

export class DemoDriver {
  private readonly harness: LotHarness
  private readonly pace: DriverPace
  private readonly mayGo: (laneId: string) => boolean
  private readonly failed: (error: unknown) => void
  private readonly lines = new Map<string, Line>()
  private readonly sleepers = new Set<(error: Error) => void>()
  private stopped = false

  /** `mayGo`: what the driver reads on the display, where a boom left open says nothing. */
  constructor(
    harness: LotHarness,
    pace: DriverPace,
    mayGo: (laneId: string) => boolean,
    failed: (error: unknown) => void,
  ) {
    this.harness = harness
    this.pace = pace
    this.mayGo = mayGo
    this.failed = failed
  }

  waiting(laneId: string): number {
    return this.lines.get(laneId)?.waiting ?? 0
  }

  /** Puts a car at the end of a lane's line. LANE-02 when the line is full. */
  send(laneId: string, car: DemoVehicle): void {
    const line = this.lines.get(laneId) ?? { tail: Promise.resolve(), waiting: 0, atLoop: null }
    this.lines.set(laneId, line)
    if (line.waiting >= lineMax)
      throw new LaneFault('LANE-02', {
        field: '/laneId',
        value: laneId,
        note: `${lineMax} cars wait there already`,
      })
    line.waiting++
    line.tail = line.tail
      .then(() => this.pass(laneId, line, car))
      .catch((error: unknown) => {
        if (!this.stopped) this.failed(error)
      })
      .finally(() => line.waiting--)
  }

  /** After a restart of the lane: its camera sees the car that still stands there. */
  async lookAgain(): Promise<void> {
    for (const [laneId, { atLoop }] of this.lines)
      if (atLoop !== null) await this.picture(this.sims(laneId), atLoop)
  }

  stop(): void {
    this.stopped = true
    for (const wake of this.sleepers) wake(new Stopped('the demo ends'))
  }

  private sims(laneId: string): LaneSims {
    return present(this.harness.lanes.get(laneId), `lane ${laneId} has simulators`)
  }

  private sleep(ms: number): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.stopped) {
        reject(new Stopped('the demo ends'))
        return
      }
      const wake = (error: Error): void => {
        clearTimeout(timer)
        this.sleepers.delete(wake)
        reject(error)
      }
      const timer = setTimeout(() => {
        this.sleepers.delete(wake)
        resolve()
      }, ms)
      this.sleepers.add(wake)
    })
  }

  private async boom(sims: LaneSims): Promise<string> {
    return (await sims.barrier.admin<{ position: string }>('GET', '/state')).position
  }

  private async loops(sims: LaneSims, loopArrive: boolean, loopUnder: boolean): Promise<void> {
    await sims.barrier.admin('POST', '/inputs', { loopArrive, loopUnder })
  }

  private async picture(sims: LaneSims, car: DemoVehicle): Promise<void> {
    const { plate, colour } = car
    await sims.camera?.admin('POST', '/plates', { plate, colour, confidence: 97 })
  }

  /** One car through one lane, from the loop to the road. */
  private async pass(laneId: string, line: Line, car: DemoVehicle): Promise<void> {
    const { pace } = this
    const sims = this.sims(laneId)
    const closed = await this.closedBefore(sims)
    const go = async (): Promise<boolean> =>
      (await this.boom(sims)) === 'open' && (closed || this.mayGo(laneId))
    if (sims.rsu !== null && car.obu !== null)
      await sims.rsu.admin('POST', '/cars', { ...car.obu, stayMs: 86_400_000 })
    await this.loops(sims, true, false)
    line.atLoop = car
    await this.sleep(pace.cameraMs)
    await this.picture(sims, car)
    while (!(await go())) await this.sleep(pace.lookMs)
    await this.sleep(pace.startMs)
    line.atLoop = null
    await this.loops(sims, false, true)
    await this.sleep(pace.underMs)
    await this.loops(sims, false, false)
    if (sims.rsu !== null && car.obu !== null)
      await sims.rsu.admin('DELETE', `/cars/${car.obu.obuId}`)
  }

  /** No car follows another one through under the same opening. False: a power cut left it open. */
  private async closedBefore(sims: LaneSims): Promise<boolean> {
    const { closeWithinMs, lookMs } = this.pace
    for (let waitedMs = 0; waitedMs < closeWithinMs; waitedMs += lookMs) {
      if ((await this.boom(sims)) === 'closed') return true
      await this.sleep(lookMs)
    }
    return false
  }
}
