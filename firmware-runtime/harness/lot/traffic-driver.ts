// Drives cars through a site over its links: plates to cameras, OBUs to the RSU, loops to barriers.
// It observes the physical side (the simulated boom) and plays the attendant whom a lane calls.
import type { LaneEvent } from '#lane/pure/lane.ts'
import type { LaneHost } from '#lane/lot/lane-host.ts'
import type { RuntimeEvent } from '#lane/lot/event-log.ts'
import { must, present } from '#base/pure/values/must.ts'
import type { TrafficEvent } from '#simulators/traffic/traffic.ts'
import type { Site } from '#runtime/site/site-parts.ts'
import type { LaneSims, LotHarness } from './lot-harness.ts'

/** Act of the attendant when a lane needs one. */
type Person = (laneId: string, state: 'manual' | 'asking') => LaneEvent

let acts = 0

/** Takes cash, or lets an unsettled ETC order go to be settled later. */
export const cashPerson: Person = (laneId, state) => ({
  type: 'settle',
  means: state === 'asking' ? 'later' : 'cash',
  amountFen: null,
  act: {
    by: 'replay attendant',
    role: 'attendant',
    reason: 'replay',
    commandId: `replay-${laneId}-${++acts}`,
  },
})

const carWithinMs = 30_000

export class TrafficDriver {
  private readonly harness: LotHarness
  private readonly site: Site
  private readonly person: Person
  private readonly waiters = new Map<string, ((event: RuntimeEvent) => void)[]>()
  /** Violations such as a board saying go while the boom was not open. */
  readonly seen: { atIso: string; laneId: string; detail: string }[] = []

  constructor(harness: LotHarness, site: Site, person: Person) {
    this.harness = harness
    this.site = site
    this.person = person
    site.runtime.events.listen((event) => {
      for (const wait of this.waiters.get(event.laneId) ?? []) wait(event)
    })
  }

  /** Resolves with the first event of the lane that `wanted` accepts. */
  private until(laneId: string, wanted: (event: RuntimeEvent) => boolean): Promise<RuntimeEvent> {
    return new Promise((resolve, reject) => {
      const list = this.waiters.get(laneId) ?? []
      const state = (): string => this.site.runtime.lanes.get(laneId)?.state.name ?? 'gone'
      const timer = setTimeout(() => {
        done()
        reject(new Error(`lane ${laneId} stands in ${state()} for ${carWithinMs} ms`))
      }, carWithinMs)
      const wait = (event: RuntimeEvent): void => {
        if (!wanted(event)) return
        done()
        resolve(event)
      }
      const done = (): void => {
        clearTimeout(timer)
        this.waiters.set(
          laneId,
          (this.waiters.get(laneId) ?? []).filter((w) => w !== wait),
        )
      }
      this.waiters.set(laneId, [...list, wait])
    })
  }

  private async loopSeen(laneId: string, loop: 'arrive' | 'under', state: string): Promise<void> {
    const host = present(this.site.runtime.lanes.get(laneId), `lane ${laneId}`)
    for (let tries = 0; host.state[loop] !== state; tries++) {
      must(tries < carWithinMs, `lane ${laneId} never saw ${loop} ${state}`)
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
  }

  /** Lets the attendant act whenever the lane calls, until the pass is given. */
  private helped(laneId: string): Promise<RuntimeEvent> {
    const host = present(this.site.runtime.lanes.get(laneId), `lane ${laneId}`)
    return this.until(laneId, (event) => {
      if (event.type === 'barrierCommanded') return true
      const { name } = host.state
      if (event.type === 'fault' && (name === 'manual' || name === 'asking'))
        setImmediate(() => {
          const now = host.state.name
          if (now === 'manual' || now === 'asking')
            this.site.runtime.dispatch(laneId, this.person(laneId, now))
        })
      return false
    })
  }

  /** One car through one lane, from the trigger loop to the road. */
  async pass(event: TrafficEvent): Promise<void> {
    const laneId = event.kind
    const sims = present(this.harness.lanes.get(laneId), `lane ${laneId} has simulators`)
    const camera = present(sims.camera, 'the lane has a camera')
    const { obu } = event.car
    const host = present(this.site.runtime.lanes.get(laneId), `lane ${laneId}`)
    const isInner = host.config.sharesBarrierOf !== undefined
    const [trigger, far] = isInner ? ['loopInner', 'loopArrive'] : ['loopArrive', 'loopInner']
    if (sims.rsu !== null && obu !== null)
      await sims.rsu.admin('POST', '/cars', { ...obu, stayMs: 600_000 })
    const commanded = this.helped(laneId)
    const { colour } = event.car
    await Promise.all([
      sims.barrier.admin('POST', '/inputs', { [trigger]: true, loopUnder: false }),
      camera.admin('POST', '/plates', { plate: event.cameraPlate, colour, confidence: 97 }),
      commanded,
    ])
    await this.boomOpen(sims, laneId)
    const left = this.until(laneId, (e) => e.type === 'carLeft')
    await sims.barrier.admin('POST', '/inputs', { [trigger]: false, loopUnder: true })
    await this.loopSeen(laneId, 'under', 'on')
    if (sims.rsu !== null && obu !== null) await sims.rsu.admin('DELETE', `/cars/${obu.obuId}`)
    // In a reused lane it crosses the trigger of the other direction as well.
    const crosses = host.partner !== null
    if (crosses) await sims.barrier.admin('POST', '/inputs', { [far]: true })
    await sims.barrier.admin('POST', '/inputs', { loopUnder: false })
    await left
    if (!crosses) return
    await sims.barrier.admin('POST', '/inputs', { [far]: false })
    await this.freed(host)
  }

  private async freed(host: LaneHost): Promise<void> {
    for (let tries = 0; (host.reused?.holder ?? null) !== null; tries++) {
      must(tries < carWithinMs, `the road of ${host.config.id} was never free`)
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
  }

  /** A driver goes when the boom is up, not when software says so. */
  private async boomOpen(sims: LaneSims, laneId: string): Promise<void> {
    for (let tries = 0; tries < carWithinMs; tries++) {
      const { position } = await sims.barrier.admin<{ position: string }>('GET', '/state')
      if (position === 'open') return
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    this.seen.push({ atIso: '', laneId, detail: 'the boom did not open after the command' })
  }
}
