// The air between an antenna and a passing OBU: a small physical model, seeded, for tests of tuning.
// A model, not a measurement: its assumptions are named here, and nothing is fitted to a device.
//
// level at the OBU = EIRP(step) - free-space loss - antenna pattern - windscreen (interface reference 6.4). Wake-up
// needs the OBU's own sensitivity, drawn from -46 to -38 dBm; once awake it receives down to -50 dBm (6.1, assumed
// there). An exchange is lost with a probability that grows as the level nears that.

import { shadowAt } from '../instrument/field-truth.ts'

/** A car passing in the antenna's lane or the neighbouring one. */
export interface Pass {
  readonly lane: 'own' | 'neighbour'
  readonly speedKmh: number
  /** Start and end, metres before the antenna along the lane. */
  readonly fromM: number
  readonly toM: number
}

export interface AirObu {
  readonly pass: Pass
  readonly beganUs: number
  readonly wakesAtDbm: number
  awake: boolean
}

/** Two points of a straight line from step to EIRP: assumed, because no vendor publishes its table (6.2). */
const eirpAtStep8Dbm = 18
const eirpAtStep31Dbm = 33
/** Clause 7.1.1 c, straight on; lane width as published (6.3). No neighbouring cars, no shadowing. */
export const usualScene = {
  heightMm: 2_500,
  /** From the middle of its lane, to the driver's right. */
  asideMm: 0,
  downDeg: 35,
  /** To the right, from straight against the traffic. */
  yawDeg: 0,
  /** Distance to the middle of the neighbouring lane. */
  laneMm: 3_300,
  /** Standard deviation of shadowing, and the length over which it changes; fixed to the place. */
  shadowDb: 0,
  shadowMm: 1_000,
  /** Interval of cars in the neighbouring lane, ms; 0: none. */
  neighbourEveryMs: 0,
}
/** Mounting of the antenna and properties of its air: POST /air. */
export type AirScene = typeof usualScene

const obuHeightM = 1.2
const beamAcrossDeg = 38
const beamUpDeg = 45
/** Between 2 and 5 dB (6.4). */
const windscreenDb = 3
const patternDbMax = 30
const hearsDbm = -50
/** An exchange this far above the limit fails in one of a few hundred cases. */
const slopeDb = 1.5
/** A sleeping OBU does not answer every call: half of them, assumed. */
const answersCall = 0.5

const degOf = (rad: number): number => (rad * 180) / Math.PI

export const eirpDbm = (powerStep: number): number =>
  eirpAtStep8Dbm + ((powerStep - 8) * (eirpAtStep31Dbm - eirpAtStep8Dbm)) / (31 - 8)

/** Loss between isotropic antennas at 5.83 GHz (6.4, computed there). */
const freeSpaceDb = (metres: number): number => 20 * Math.log10(metres) + 47.8

/** The usual parabola of a beam: 3 dB at half its width. */
const patternDb = (offDeg: number, beamDeg: number): number => 12 * (offDeg / beamDeg) ** 2

const rad = (deg: number): number => (deg * Math.PI) / 180

/** Angles of a direction off the beam, across and along; null: behind it. */
function offBeam(scene: AirScene, ahead: number, right: number, drop: number) {
  const [down, yaw] = [rad(scene.downDeg), rad(scene.yawDeg)]
  const flat = ahead * Math.cos(yaw) + right * Math.sin(yaw)
  const along = flat * Math.cos(down) + drop * Math.sin(down)
  if (along <= 0) return null
  const across = right * Math.cos(yaw) - ahead * Math.sin(yaw)
  const above = flat * Math.sin(down) - drop * Math.cos(down)
  return { across: degOf(Math.atan2(across, along)), up: degOf(Math.atan2(above, along)) }
}

/** Level at an OBU `ahead` metres along the lane and `aside` metres across it, from the lane's middle. */
export function levelDbm(
  powerStep: number,
  ahead: number,
  aside: number,
  scene: AirScene = usualScene,
  seed = 0,
): number {
  const drop = scene.heightMm / 1000 - obuHeightM
  const right = aside - scene.asideMm / 1000
  const metres = Math.max(1, Math.hypot(ahead, right, drop))
  const off = offBeam(scene, ahead, right, drop)
  const beam =
    off === null
      ? patternDbMax
      : Math.min(patternDbMax, patternDb(off.across, beamAcrossDeg) + patternDb(off.up, beamUpDeg))
  const shadow = shadowAt(scene, seed, { xMm: aside * 1000, yMm: ahead * 1000 })
  return eirpDbm(powerStep) - freeSpaceDb(metres) - beam - windscreenDb + shadow
}

/** Uniform from -46 to -38 dBm: assumed in 6.4. */
export const drawSensitivity = (random: () => number): number => -46 + 8 * random()

export const passUs = ({ fromM, toM, speedKmh }: Pass): number =>
  Math.round((Math.abs(fromM - toM) / (speedKmh / 3.6)) * 1_000_000)

/** Present distance before the antenna, m. */
function aheadM({ pass, beganUs }: AirObu, nowUs: number): number {
  const gone = (pass.speedKmh / 3.6) * ((nowUs - beganUs) / 1_000_000)
  return pass.fromM + (pass.toM >= pass.fromM ? gone : -gone)
}

export function levelNow(
  obu: AirObu,
  powerStep: number,
  nowUs: number,
  scene: AirScene = usualScene,
  seed = 0,
): number {
  const aside = obu.pass.lane === 'own' ? 0 : scene.laneMm / 1000
  return levelDbm(powerStep, aheadM(obu, nowUs), aside, scene, seed)
}

/** One call of the antenna: whether this OBU answers. It stays awake while it can receive. */
export function answers(obu: AirObu, level: number, random: () => number): boolean {
  if (level < hearsDbm) obu.awake = false
  if (!obu.awake && level >= obu.wakesAtDbm) obu.awake = random() < answersCall
  return obu.awake
}

/** One exchange within a dialogue: lost more often the nearer the level is to the limit. */
export const exchangeWorks = (level: number, random: () => number): boolean =>
  random() < 1 / (1 + Math.exp(-(level - hearsDbm) / slopeDb))
