// The site around the lanes of a simulated lot, by its layout (site-plan.ts): the attendant in the booth, cars that meet on
// one road, OBUs received from the adjacent lane, network outages. It plays these at crossings, and checks the results.
import type { InvariantId } from '#lane/pure/lot/invariants.ts'
import type { Pass } from '#ledger/pure/lot/lot-state.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { RuntimeEvent } from '#lane/lot/event-log.ts'
import type { TrafficEvent } from '#simulators/traffic/traffic.ts'
import type { OddName } from './odd-cars.ts'
import type { RoadAt } from './road-at.ts'
import type { Going } from './roads.ts'
import type { SimBooth } from './sim-booth.ts'
import { SimLines, type LineCut } from './sim-lines.ts'
import type { SimLot } from './sim-lot.ts'
import type { SitePlan } from './site-plan.ts'

/** A car at its lane. */
export interface Crossing {
  readonly laneId: string
  readonly event: TrafficEvent
  /** Odd event at this crossing. */
  odd: OddName | null
  /** The barrier was commanded since the car came. */
  commanded: boolean
  /** The lane had lost sight of it, by a crash or with its line, and is back. */
  restarted: boolean
  /** One from the other side stands on its way out. */
  isFaced: boolean
  /** The car has started to drive under the boom. */
  isDriving: boolean
  /** Planned network cut of the lane at that moment. */
  cut: LineCut | null
  /** The line of its lane went away meanwhile. */
  isCutOff: boolean
}

interface SiteParts {
  readonly lot: SimLot
  readonly plan: SitePlan
  readonly booth: SimBooth | null
  /** No attendant at any time. */
  readonly isUnattended: boolean
  /** By lane whose boom it is, the car that is at it. */
  readonly crossings: ReadonlyMap<string, Crossing>
  until(done: () => boolean, limitUs: number): Going<boolean>
  setOut(going: Going): void
  act(fn: () => void): void
  note(detail: string, id?: InvariantId): void
  roadOf(laneId: string): RoadAt
}

const stepLimitUs = 120_000_000
/** Times of a driver who meets an oncoming car: is read, and backs off when the board says so. */
const comesUpUs = 1_000_000
const backsOffUs = 1_500_000
const backsOffShare = 0.5
/** A driver whose plate the booth hides rolls on. */
const rollsOnUs = 900_000
const hiddenShare = 0.06
/** Links are opened again each half minute at the latest. */
const lineIsBackUs = 120_000_000
/** Events that show that a lane handles a car. */
const takesCar: readonly string[] = ['trigger', 'orderMade', 'barrierCommanded']

export class SimSite {
  readonly #parts: SiteParts
  readonly #lines: SimLines | null
  /** By lane whose boom it is, the lane where a car waits for one from the other side. */
  readonly #meeting = new Map<string, string>()

  constructor(parts: SiteParts) {
    this.#parts = parts
    const { lot, plan } = parts
    const laneIds = lot.options.config.lanes.map(({ id }) => id)
    const { startMs } = lot.options
    this.#lines = plan.has('ownLines') ? new SimLines(laneIds, startMs, plan.draw) : null
  }

  get #entryId(): string {
    const { lanes } = this.#parts.lot.options.config
    return lanes.find(({ direction }) => direction === 'entry')?.id ?? ''
  }

  get #nowMs(): number {
    return this.#parts.lot.business.nowMs()
  }

  /** True while no attendant is there. */
  get isAlone(): boolean {
    const { isUnattended, booth } = this.#parts
    return isUnattended || booth?.isEmpty(this.#nowMs) === true
  }

  isCut(laneId: string): boolean {
    return !this.#parts.lot.devices.isLineUp(laneId)
  }

  /** The attendant counts the drawer at the end of a shift, also if the runtime crashes at that moment. */
  endShifts(isLast = false): void {
    const { booth, act, note } = this.#parts
    for (let isDue = isLast; isDue || booth?.isOver(this.#nowMs) === true; isDue = false)
      act(() => {
        if (booth === null) return
        const wrong = booth.countShift(this.#nowMs)
        if (wrong !== null) note(wrong, 'M4')
      })
  }

  /** Lanes whose antenna hears a car at this one; its own is the first. */
  antennasOf(laneId: string): readonly string[] {
    const { lot, plan } = this.#parts
    const { rsus } = lot.devices
    const own = rsus.has(laneId) ? [laneId] : []
    return plan.has('beside') ? [...new Set([...own, ...rsus.keys()])] : own
  }

  /** A car has come; true where its lane is to lose its line, or has lost it. */
  comes(crossing: Crossing): boolean {
    const { crossings, plan } = this.#parts
    const { laneId } = crossing
    if (plan.has('beside')) {
      const isHeard = this.antennasOf(laneId)[0] !== laneId && crossing.event.car.obu !== null
      if (isHeard) plan.count('enteringHeard')
      const entering = isHeard ? crossing : crossings.get(this.#entryId)
      if (entering?.event.car.obu && crossings.size > 1) plan.count('heardBesideExit')
    }
    if (this.isCut(laneId)) return true
    const cut = this.#lines?.meets(laneId, this.#nowMs) ?? null
    if (cut?.when === 'driving') crossing.cut = cut
    else if (cut !== null) this.#parts.setOut(this.#lineGoes(crossing, cut))
    return cut !== null
  }

  /** Counts a car that arrives at a lane out of reach. */
  comesInCut(): void {
    this.#parts.plan.count('cameInCut')
  }

  /** The camera reads the car; a booth may hide the plate until the car rolls on (7.1.2 d). */
  isRead(crossing: Crossing): void {
    const { plan, setOut, roadOf } = this.#parts
    const { laneId, event } = crossing
    const road = roadOf(laneId)
    const isHidden = plan.has('booth') && plan.draw() < hiddenShare
    road.sees(isHidden ? null : event.cameraPlate, event.car.colour)
    if (!isHidden || event.cameraPlate === null) return
    plan.count('platesHidden')
    setOut(this.#rollsOn(crossing, road))
  }

  *#rollsOn(crossing: Crossing, road: RoadAt): Going {
    const { crossings, lot, until } = this.#parts
    yield* until(() => false, rollsOnUs)
    const { laneId, event } = crossing
    if (crossings.get(lot.devices.boomOf(laneId)) === crossing)
      road.sees(event.cameraPlate, event.car.colour)
  }

  /** All devices of the lane are away for some minutes; its car stays where it is, or drives out. */
  *#lineGoes(crossing: Crossing, cut: LineCut): Going {
    const { lot, plan, crossings, until, act, note } = this.#parts
    const { laneId } = crossing
    const { time } = lot.options
    const isHere = (): boolean => crossings.get(laneId) === crossing
    if (cut.afterUs > 0) yield* until(() => false, cut.afterUs)
    // Devices are polled during the network cut.
    time.wake()
    act(() => lot.devices.setLine(laneId, false))
    plan.count('lineCuts')
    if (isHere()) {
      plan.count('cutAtLane')
      crossing.isCutOff = true
    }
    yield* until(() => false, cut.forUs)
    lot.devices.setLine(laneId, true)
    const isBack = (): boolean => lot.runtime.lanes.get(laneId)?.state.barrierUp === true
    if (!(yield* until(isBack, lineIsBackUs))) note(`the line of ${laneId} is not back`)
    const now = crossings.get(laneId)
    if (now !== undefined) now.restarted = true
    time.sleep()
  }

  /** One from the other side has the lane: this driver is read, and waits short of the trigger or backs off it. */
  *meets(laneId: string, line: readonly TrafficEvent[], event: TrafficEvent): Going {
    const { lot, plan, crossings, until, roadOf } = this.#parts
    const boom = lot.devices.boomOf(laneId)
    const front = crossings.get(boom)
    if (!plan.has('oneRoad') || front === undefined || line[1] !== event) return
    if (front.laneId === laneId || front.odd !== null || front.restarted) return
    const hasRoad = (): boolean => lot.runtime.lanes.get(front.laneId)?.state.name !== 'idle'
    // Both at once is another case: who leaves goes first.
    if (!(yield* until(hasRoad, comesUpUs)) || crossings.get(boom) !== front) return
    this.#meeting.set(boom, laneId)
    plan.count('met')
    const [road, other] = [roadOf(laneId), roadOf(front.laneId)]
    const backsOff = plan.draw() < backsOffShare && !front.isDriving
    front.isFaced = backsOff
    if (backsOff) yield* other.far(true)
    road.sees(event.cameraPlate, event.car.colour)
    plan.count(backsOff ? 'backedOff' : 'readWaiting')
    if (!backsOff) return
    yield* until(() => false, backsOffUs)
    yield* other.far(false)
    front.isFaced = false
  }

  /** The car that waited is in front now. */
  hasRoad(crossing: Crossing): void {
    const boom = this.#parts.lot.devices.boomOf(crossing.laneId)
    if (this.#meeting.get(boom) === crossing.laneId) this.#meeting.delete(boom)
  }

  /** Checks the events of a lane while another one has the road, and OBUs received from the adjacent lane. */
  looksAt({ laneId, type, detail }: RuntimeEvent): void {
    const { lot, plan, crossings, note } = this.#parts
    if (!plan.isShared) return
    const boom = lot.devices.boomOf(laneId)
    const at = crossings.get(boom)
    if (at === undefined) return
    const isOthers = this.#meeting.get(boom) === laneId && at.laneId !== laneId && !at.restarted
    if (isOthers && takesCar.includes(type))
      note(`${laneId}: ${type} while a car of ${at.laneId} has the road`)
    const isForeign = type === 'obuSeen' && at.event.car.obu?.obuId !== detail
    if (isForeign && plan.has('beside')) plan.count('foreignObuRead')
  }

  /** A card must only be charged for its own car: not for a car that enters, nor for one in the adjacent lane. */
  mustBeItsCard(row: LedgerRow, at: Crossing | undefined): void {
    if (row.kind !== 'armed' && row.kind !== 'intent') return
    const { cardNo } = row.body
    if (cardNo === null || at === undefined || at.event.car.obu?.cardNo === cardNo) return
    const { crossings, note } = this.#parts
    const owner = [...crossings.values()].find(({ event }) => event.car.obu?.cardNo === cardNo)
    const whose = owner === undefined ? 'another car' : `${owner.event.carId}, at ${owner.laneId}`
    note(`${at.event.carId} was to be paid for by the card of ${whose}`, 'M1')
  }

  /** The boom is open for it. */
  *drives(crossing: Crossing, pass: Pass | undefined): Going {
    const { booth, plan, until, setOut } = this.#parts
    if (crossing.cut !== null) setOut(this.#lineGoes(crossing, crossing.cut))
    booth?.leaves(crossing, pass?.cause === 'other')
    if (booth !== null && crossing.event.kind === 'exit' && this.isAlone)
      plan.count('emptyBoothExits')
    if (crossing.isFaced) yield* until(() => !crossing.isFaced, stepLimitUs)
    crossing.isDriving = true
  }

  /** The car left unseen: one released at the exit is outside, one admitted at the entry is inside. */
  leftInCut({ laneId, event }: Crossing, pass: Pass): void {
    const { lot, plan, note } = this.#parts
    plan.count('leftInCut')
    const isInside = lot.runtime.lot.stays.has(pass.stayId)
    if (isInside === (event.kind === 'entry')) return
    const word = isInside ? 'inside' : 'out'
    note(`${event.carId} went by ${laneId} while its line was away, and the lot has it ${word}`)
  }

  /** One has passed while the lane of others was out of reach. */
  passed(laneId: string): void {
    const { lot, plan } = this.#parts
    if (this.#lines === null) return
    const others = lot.options.config.lanes.filter(({ id }) => id !== laneId)
    if (others.some(({ id }) => this.isCut(id))) plan.count('otherLanePassed')
  }
}
