// The air between an antenna and a passing OBU: a small physical model, seeded, for tests of tuning.
// A model and no measurement: what is assumed is named here, and nothing is fitted to a device.
//
// level at the OBU = EIRP(step) - free-space loss - antenna pattern - windscreen (interface reference
// 6.4). Wake-up needs the OBU's own sensitivity, drawn from -46 to -38 dBm; once awake it hears down to
// -50 dBm (6.1, assumed there). An exchange is lost with a chance that grows as the level nears that.

/** One car on its way through, in the lane of the antenna or the one beside it. */
export interface Pass {
  readonly lane: 'own' | 'neighbour'
  readonly speedKmh: number
  /** Where it begins and ends, metres ahead of the antenna along the lane. */
  readonly fromM: number
  readonly toM: number
}

export interface AirObu {
  readonly pass: Pass
  readonly beganUs: number
  readonly wakesAtDbm: number
  awake: boolean
}

/** Two points of a straight line from step to EIRP: assumed, no vendor publishes its table (6.2). */
const eirpAtStep8Dbm = 18
const eirpAtStep31Dbm = 33
/** Clause 7.1.1 c; OBU height and lane width as published (6.3). */
const antennaHeightM = 2.5
const obuHeightM = 1.2
const laneWidthM = 3.3
const downDeg = 35
const beamAcrossDeg = 38
const beamUpDeg = 45
/** Of 2 to 5 dB (6.4). */
const windscreenDb = 3
const patternDbMax = 30
const hearsDbm = -50
/** An exchange this far above the limit is lost in one of a few hundred cases. */
const slopeDb = 1.5
/** An OBU asleep answers not to every call: half of them, assumed. */
const answersCall = 0.5

const degOf = (rad: number): number => (rad * 180) / Math.PI

export const eirpDbm = (powerStep: number): number =>
  eirpAtStep8Dbm + ((powerStep - 8) * (eirpAtStep31Dbm - eirpAtStep8Dbm)) / (31 - 8)

/** Loss between isotropic antennas at 5.83 GHz (6.4, computed there). */
const freeSpaceDb = (metres: number): number => 20 * Math.log10(metres) + 47.8

/** The usual parabola of a beam: 3 dB at half its width. */
const patternDb = (offDeg: number, beamDeg: number): number => 12 * (offDeg / beamDeg) ** 2

/** Level at an OBU `ahead` metres along the lane and `aside` metres across it. */
export function levelDbm(powerStep: number, ahead: number, aside: number): number {
  const drop = antennaHeightM - obuHeightM
  const flat = Math.hypot(ahead, aside)
  const metres = Math.max(1, Math.hypot(flat, drop))
  // Behind the antenna there is nothing of the beam.
  if (ahead <= 0) return eirpDbm(powerStep) - freeSpaceDb(metres) - patternDbMax - windscreenDb
  const across = degOf(Math.atan2(aside, ahead))
  const down = degOf(Math.atan2(drop, flat)) - downDeg
  const pattern = Math.min(
    patternDbMax,
    patternDb(across, beamAcrossDeg) + patternDb(down, beamUpDeg),
  )
  return eirpDbm(powerStep) - freeSpaceDb(metres) - pattern - windscreenDb
}

/** From -46 to -38 dBm, each alike: assumed in 6.4. */
export const drawSensitivity = (random: () => number): number => -46 + 8 * random()

export const passUs = ({ fromM, toM, speedKmh }: Pass): number =>
  Math.round((Math.abs(fromM - toM) / (speedKmh / 3.6)) * 1_000_000)

/** Metres ahead of the antenna now. */
function aheadM({ pass, beganUs }: AirObu, nowUs: number): number {
  const gone = (pass.speedKmh / 3.6) * ((nowUs - beganUs) / 1_000_000)
  return pass.fromM + (pass.toM >= pass.fromM ? gone : -gone)
}

export function levelNow(obu: AirObu, powerStep: number, nowUs: number): number {
  const aside = obu.pass.lane === 'own' ? 0 : laneWidthM
  return levelDbm(powerStep, aheadM(obu, nowUs), aside)
}

/** The antenna calls: does this OBU answer? It stays awake for as long as it can hear. */
export function answers(obu: AirObu, level: number, random: () => number): boolean {
  if (level < hearsDbm) obu.awake = false
  if (!obu.awake && level >= obu.wakesAtDbm) obu.awake = random() < answersCall
  return obu.awake
}

/** One exchange while the dialogue goes on: lost more often the nearer the level is to the limit. */
export function exchangeWorks(level: number, random: () => number): boolean {
  return random() < 1 / (1 + Math.exp(-(level - hearsDbm) / slopeDb))
}
