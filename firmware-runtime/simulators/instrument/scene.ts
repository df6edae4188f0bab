// The scene of a simulated instrument: an antenna that sends in bursts, a carried probe, noise, and an input that can
// be overloaded. Instruments process it differently.
import { LaneFault } from '#base/pure/faults/faults.ts'
import { fieldDbm, usualAntenna, type AntennaTruth, type PlaceMm } from './field-truth.ts'
import { refuse } from '../shell/members.ts'

/** The probe's level varies by up to this much either way. */
const wobbleDb = 0.25
/** A probe that was just set down varies for a moment by this much. */
const swingDb = 6
const noiseFigureDb = 24
/** Length of a sweep in the scene, independent of the simulation's speed, so that the same bursts are missed. */
const sweepUs = 40_000

interface SweepSettings {
  readonly startHz: number
  readonly stopHz: number
  readonly points: number
  readonly rbwHz: number
  readonly attenuationDb: number
}

interface Sweep {
  readonly levelsDbm: readonly number[]
  readonly overload: boolean
}

export const numbersOf = (body: unknown, usual: object): Record<string, number | boolean> => {
  if (typeof body !== 'object' || body === null) throw new LaneFault('ARG-01', { field: '/' })
  const taken: Record<string, number | boolean> = {}
  const known = new Map<string, unknown>(Object.entries(usual))
  for (const [name, value] of Object.entries(body)) {
    const good = typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
    if (!good || typeof known.get(name) !== typeof value) throw refuse(name, value)
    taken[name] = value
  }
  return taken
}

export class Scene {
  readonly antenna: AntennaTruth = { ...usualAntenna }
  readonly knobs = {
    transmitting: true,
    /** An antenna sends short bursts every few milliseconds: each sweep of 20 MHz meets one. */
    burstUs: 2_000,
    periodUs: 5_000,
    settleMs: 300,
    /** Above this behind the attenuator, the input is overloaded. */
    overloadDbm: -10,
  }
  probe: PlaceMm = { xMm: 1_600, yMm: 2_250, zMm: 1_000 }
  moves = 0
  readonly #seed: number
  readonly #random: () => number
  #movedUs = -Infinity
  #beforeDbm = 0

  constructor(seed: number, random: () => number) {
    this.#seed = seed
    this.#random = random
  }

  setAntenna(body: unknown): void {
    Object.assign(this.antenna, numbersOf(body, this.antenna))
  }

  setKnobs(body: unknown): void {
    Object.assign(this.knobs, numbersOf(body, this.knobs))
  }

  move(body: unknown, atUs: number): void {
    this.#beforeDbm = this.truthDbm(this.probe)
    this.probe = { ...this.probe, ...numbersOf(body, this.probe) }
    this.#movedUs = atUs
    this.moves++
  }

  truthDbm(place: PlaceMm): number {
    return fieldDbm(this.antenna, this.#seed, place)
  }

  /** Whether the antenna sends at this moment. */
  #receivedDbm(atUs: number): number {
    const sinceMs = (atUs - this.#movedUs) / 1000
    const still = this.truthDbm(this.probe) + (2 * this.#random() - 1) * wobbleDb
    if (sinceMs >= this.knobs.settleMs) return still
    const left = 1 - sinceMs / this.knobs.settleMs
    const swing = (2 * this.#random() - 1) * swingDb
    return still + left * (this.#beforeDbm - this.truthDbm(this.probe) + swing)
  }

  sweep(settings: SweepSettings, atUs: number): Sweep {
    const { startHz, stopHz, points, rbwHz, attenuationDb } = settings
    const { knobs, antenna } = this
    const floorDbm = -174 + 10 * Math.log10(rbwHz) + noiseFigureDb + attenuationDb
    const carrierHz = antenna.frequencyMhz * 1e6
    const receivedDbm = this.#receivedDbm(atUs)
    const limitDbm = knobs.overloadDbm + attenuationDb
    // Time of the receiver at the carrier in one sweep, against the interval of the bursts.
    const share = stopHz > startHz ? Math.min(1, (2 * rbwHz) / (stopHz - startHz)) : 1 / points
    const caught = (sweepUs * share + knobs.burstUs) / knobs.periodUs
    const sends = knobs.transmitting && this.#random() < caught
    const shown = Math.min(receivedDbm, limitDbm)
    const levelsDbm = Array.from({ length: points }, (_, i) => {
      const hz = points > 1 ? startHz + ((stopHz - startHz) * i) / (points - 1) : startHz
      const noise = floorDbm + 6 * this.#random()
      if (!sends) return noise
      // The filter's flat top is as wide as two points of a usual trace.
      const off = Math.max(0, Math.abs(hz - carrierHz) - (stopHz - startHz) / 200 - 1) / rbwHz
      return Math.max(noise, shown - 12 * off * off)
    })
    return { levelsDbm, overload: knobs.transmitting && receivedDbm > limitDbm }
  }
}
