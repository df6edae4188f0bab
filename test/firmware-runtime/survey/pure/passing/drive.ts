// Cars that drive through a lane under the simulator's antenna: its model with its air and frames, in virtual time. Loop
// and antenna events go to the product's watch; the truth comes from the air alone (`truthOf`).
import type { PassingGeometry } from '#survey/pure/passing/estimate.ts'
import type { PassingFact } from '#survey/pure/passing/facts.ts'
import { PassingWatch } from '#survey/pure/passing/watch.ts'
import { createRsuModel } from '#simulators/rsu/model.ts'
import { levelDbm, usualScene, type AirScene } from '#simulators/rsu/air.ts'
import { seededRandom } from '#simulators/shell/random.ts'
import { bcc, hex } from '../../../simulators/rsu/rsu-bench.ts'

/** Distances in metres to the boom, towards the arriving cars; the antenna is behind the boom. */
export interface Site {
  readonly scene: Partial<AirScene>
  readonly powerStep: number
  readonly antennaM: number
  readonly triggerFrontM: number
  readonly triggerLengthM: number
  readonly loopsApartM: number
  /** The true distance of the OBU behind the front: the product assumes a mean and a spread. */
  readonly obuBehindM: number
  /** How far the loops are from their measured place, and how much farther apart. */
  readonly loopErrorM: number
  readonly apartError: number
  /** `always`: as a gantry does; `trigger`: from the plate to the payment, as an exit lane does. */
  readonly search: 'always' | 'trigger'
  /** Where cars enter the air, ahead of the antenna: beyond the range of any OBU. */
  readonly fromM: number
}

export const usualSite: Site = {
  scene: {},
  powerStep: 18,
  antennaM: 2.5,
  triggerFrontM: 3,
  triggerLengthM: 1,
  loopsApartM: 2.5,
  obuBehindM: 1.9,
  loopErrorM: 0,
  apartError: 0,
  search: 'always',
  fromM: 10,
}

export const measured = ({ triggerFrontM, loopsApartM }: Site): PassingGeometry => ({
  triggerFrontMm: triggerFrontM * 1000,
  loopsApartMm: loopsApartM * 1000,
  loopDelayMs: 0,
})

export function gauss(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

interface Moment {
  readonly atMs: number
  run(): void
}

/** The lane's own clock and agenda around the model. */
class Road {
  atMs = 0
  private readonly site: Site
  private readonly random: () => number
  private readonly model
  private readonly moments: Moment[] = []
  private own: string | null = null
  private readonly watch: PassingWatch
  readonly facts: PassingFact[] = []

  constructor(site: Site, seed: number) {
    this.site = site
    this.random = seededRandom(seed * 7919 + 13)
    this.model = createRsuModel({
      variant: 'generic-bcc',
      timing: 'standard',
      seed,
      knobs: { seqMode: 'perType', heartbeatMs: 0 },
    })
    this.model.setAir(site.scene, 0)
    this.watch = new PassingWatch((fact) => this.facts.push(fact))
    this.pc(initialise(site.powerStep))
    this.to(2_000)
    if (site.search === 'always') this.switch(true)
  }

  private get nowUs(): number {
    return Math.round(this.atMs * 1000)
  }

  private switch(on: boolean): void {
    this.pc(on ? bcc.on : bcc.off)
    this.watch.antenna(on, this.atMs)
  }

  private pc(frame: string): void {
    this.take(this.model.onBytes(hex(frame), this.nowUs))
  }

  private take(outputs: ReturnType<typeof this.model.advance>): void {
    for (const output of outputs) {
      if (output.do !== 'send' || output.name !== 'B2') continue
      const { dialogue } = this.model.state() as { dialogue: { obuId: string } | null }
      if (dialogue === null) continue
      const { obuId } = dialogue
      this.watch.heard(obuId, output.atUs / 1000)
      this.pc(stopOf(obuId))
      // Paid some time after it was read: the lane no longer needs its antenna.
      if (this.site.search === 'trigger' && obuId === this.own)
        this.at(this.atMs + 400, () => this.switch(false))
    }
  }

  private at(atMs: number, run: () => void): void {
    const i = this.moments.findIndex((one) => one.atMs > atMs)
    this.moments.splice(i < 0 ? this.moments.length : i, 0, { atMs, run })
  }

  /** Runs every event of the model and of the road up to `untilMs`, in order. */
  to(untilMs: number): void {
    for (;;) {
      const due = this.model.nextDueUs()
      const dueMs = due === null ? Infinity : due / 1000
      const next = this.moments[0]
      const atMs = Math.min(dueMs, next?.atMs ?? Infinity)
      if (atMs > untilMs) break
      this.atMs = Math.max(this.atMs, atMs)
      if (next !== undefined && next.atMs <= dueMs) {
        this.moments.shift()
        next.run()
      } else this.take(this.model.advance(due ?? 0))
    }
    this.atMs = untilMs
  }

  /** One car through the lane; the next one comes after it has left. */
  pass(n: number): void {
    const { site, random } = this
    const speedMps = (5 + 10 * random()) / 3.6
    const lengthM = Math.max(3.6, 4.6 + 0.35 * gauss(random))
    const behindM = site.obuBehindM + 0.25 * gauss(random)
    const frontM = site.triggerFrontM + site.loopErrorM
    const apartM = site.loopsApartM * (1 + site.apartError)
    const startM = site.fromM - site.antennaM - behindM
    const startMs = this.atMs
    const when = (placeM: number): number => startMs + ((startM - placeM) / speedMps) * 1000
    const obuId = `0300${(n % 0x1_0000).toString(16).padStart(4, '0')}`.toUpperCase()
    const underM = frontM - apartM
    const loop = (which: 'arrive' | 'under', state: 'on' | 'off', atMs: number): void =>
      this.at(atMs, () => this.watch.loop(which, state, this.atMs))
    loop('arrive', 'on', when(frontM))
    loop('arrive', 'off', when(frontM - site.triggerLengthM - lengthM))
    loop('under', 'on', when(underM))
    loop('under', 'off', when(underM - site.triggerLengthM - lengthM))
    // When the boom has opened, the lane knows whose order was paid.
    this.at(when(underM) - 1, () => this.watch.own(obuId))
    this.own = obuId
    if (site.search === 'trigger') {
      this.at(when(frontM) + 300 + 600 * random(), () => this.switch(true))
      this.at(when(underM - lengthM), () => this.switch(false))
    }
    const car = {
      obuId,
      passLane: 'own',
      speedKmh: speedMps * 3.6,
      fromM: site.fromM,
      toM: -4,
      plate: `测C${String(n % 100_000).padStart(5, '0')}`,
      colour: 'blue',
      cardNo: `370120000000${String(n % 10_000).padStart(8, '0')}`,
    }
    this.take(this.model.addCar(car, this.nowUs).outputs)
    this.to(startMs + ((site.fromM + 4) / speedMps) * 1000 + 2_000 + 8_000 * random())
    this.model.removeCar(obuId, this.nowUs)
  }

  over(): readonly PassingFact[] {
    this.to(this.atMs + 60_000)
    this.watch.settle(this.atMs)
    return this.facts
  }
}

function framed(body: string): string {
  const bytes = [...Buffer.from(body, 'hex')]
  const check = bytes.reduce((sum, byte) => sum ^ byte, 0)
  const inner = Buffer.from([...bytes, check])
    .toString('hex')
    .replaceAll('fe', 'fe01')
  return `FFFF${inner.replaceAll('ff', 'fe00')}FF`.toUpperCase()
}
/** The frame C2, stop (rsu-interface.md 1.5.2). */
const stopOf = (obuId: string): string => framed(`83C2${obuId}01`)
/** The C0 of rsu-interface.md 1.5.3 with another power step. */
function initialise(powerStep: number): string {
  const step = powerStep.toString(16).padStart(2, '0')
  return framed(`80C06553F10020231115061320040108${'00'}01`.replace('040108', `0401${step}`))
}

/** Drives `cars` cars, one after the other. */
export function drive(site: Site, seed: number, cars: number): readonly PassingFact[] {
  const road = new Road(site, seed)
  for (let n = 0; n < cars; n++) road.pass(n)
  return road.over()
}

/**
 * The truth of the air, in m to the boom: where half of the OBUs wake (their sensitivities are uniform between -46 and -38 dBm), and
 * where the level finally falls below what an awake OBU receives (-50 dBm).
 */
export function truthOf(
  site: Site,
  seed: number,
): { readonly entry: number; readonly exit: number } {
  const scene = { ...usualScene, ...site.scene }
  const level = (aheadM: number): number => levelDbm(site.powerStep, aheadM, 0, scene, seed)
  const step = 0.01
  const wakes: number[] = []
  for (let i = 0; i < 41; i++) {
    const needed = -46 + (8 * i) / 40
    let at = 20
    while (at > -4 && level(at) < needed) at -= step
    wakes.push(at)
  }
  let exit = -4
  while (level(exit) < -50) exit += step
  const entry = wakes.toSorted((a, b) => a - b)[20] ?? NaN
  return { entry: entry - site.antennaM, exit: exit - site.antennaM }
}
