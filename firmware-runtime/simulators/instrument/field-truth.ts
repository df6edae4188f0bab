// The true field of a simulated antenna, for judging: two rays (direct, and ground reflection with phase), a gain
// pattern, and shadowing fixed to each place. Exact for a place and a seed; shares no code with the product's model of
// the field.
import { seededRandom } from '../shell/random.ts'

export interface AntennaTruth {
  /** As in a survey: x across the lane, y away from the boom, z up. */
  xMm: number
  yMm: number
  zMm: number
  /** Downwards from the horizon, and to the right of straight along the lane. */
  downDeg: number
  yawDeg: number
  /** In the direction of its beam. */
  eirpDbm: number
  frequencyMhz: number
  /** Full widths at half power. */
  acrossDeg: number
  alongDeg: number
  /** Beside and behind the beam, dB below its middle. */
  sideLobeDb: number
  /** 1: asphalt by Fresnel; 0: no reflection. */
  groundFactor: number
  permittivity: number
  /** Standard deviation of shadowing, and the length over which it changes. */
  shadowDb: number
  shadowMm: number
}

/** Covers the area of table D.1 row 5 with a margin; a medium beam at a usual height. */
export const usualAntenna: Readonly<AntennaTruth> = {
  xMm: 1_600,
  yMm: -500,
  zMm: 3_000,
  downDeg: 45,
  yawDeg: 0,
  eirpDbm: 17,
  frequencyMhz: 5_830,
  acrossDeg: 60,
  alongDeg: 60,
  sideLobeDb: 25,
  groundFactor: 1,
  permittivity: 5,
  shadowDb: 0.7,
  shadowMm: 1_200,
}

export interface PlaceMm {
  readonly xMm: number
  readonly yMm: number
  readonly zMm: number
}

const lightMmPerUs = 299_792_458
const rad = (deg: number): number => (deg * Math.PI) / 180

type Vector = readonly [number, number, number]
const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]

/** Gain towards a direction, dB below the beam. */
function patternDb(a: AntennaTruth, toward: Vector): number {
  const [down, yaw] = [rad(a.downDeg), rad(a.yawDeg)]
  const beam: Vector = [
    Math.sin(yaw) * Math.cos(down),
    Math.cos(yaw) * Math.cos(down),
    -Math.sin(down),
  ]
  const right: Vector = [Math.cos(yaw), -Math.sin(yaw), 0]
  const up: Vector = [
    Math.sin(yaw) * Math.sin(down),
    Math.cos(yaw) * Math.sin(down),
    Math.cos(down),
  ]
  const ahead = dot(toward, beam)
  const across = Math.atan2(dot(toward, right), ahead) / rad(a.acrossDeg)
  const along = Math.atan2(dot(toward, up), Math.hypot(ahead, dot(toward, right)))
  const loss = 12 * (across ** 2 + (along / rad(a.alongDeg)) ** 2)
  return -Math.min(ahead <= 0 ? Infinity : loss, a.sideLobeDb)
}

/** Reflection of a circular wave in the same sense by the angle above the ground. */
function reflection(sine: number, permittivity: number): number {
  const root = Math.sqrt(permittivity - (1 - sine * sine))
  const level = (sine - root) / (sine + root)
  const upright = (permittivity * sine - root) / (permittivity * sine + root)
  return (level + upright) / 2
}

/** A number from -1 to 1 for a corner of the shadowing lattice. */
function cornerOf(seed: number, column: number, row: number): number {
  const draw = seededRandom(
    (seed ^ Math.imul(column + 4_096, 0x9e37_79b1) ^ Math.imul(row + 4_096, 0x85eb_ca6b)) >>> 0,
  )
  // The sum of three draws is nearly a bell curve; its deviation is 1/3 of the range.
  return (draw() + draw() + draw()) * 2 - 3
}

/** Shadowing of a place: the same seed always gives the same. */
export function shadowAt(
  a: Pick<AntennaTruth, 'shadowDb' | 'shadowMm'>,
  seed: number,
  { xMm, yMm }: Pick<PlaceMm, 'xMm' | 'yMm'>,
): number {
  if (a.shadowDb === 0) return 0
  const [u, v] = [xMm / a.shadowMm, yMm / a.shadowMm]
  const [column, row] = [Math.floor(u), Math.floor(v)]
  const ease = (part: number): number => part * part * (3 - 2 * part)
  const [p, q] = [ease(u - column), ease(v - row)]
  const at = (dx: number, dy: number): number => cornerOf(seed, column + dx, row + dy)
  const near = at(0, 0) * (1 - p) + at(1, 0) * p
  const far = at(0, 1) * (1 - p) + at(1, 1) * p
  return a.shadowDb * (near * (1 - q) + far * q)
}

interface Ray {
  readonly re: number
  readonly im: number
}

function rayTo(a: AntennaTruth, place: PlaceMm, zMm: number, factor: number): Ray {
  const way: Vector = [place.xMm - a.xMm, place.yMm - a.yMm, zMm - a.zMm]
  const lengthMm = Math.max(1, Math.hypot(...way))
  const toward: Vector = [way[0] / lengthMm, way[1] / lengthMm, way[2] / lengthMm]
  const waveMm = lightMmPerUs / (a.frequencyMhz * 1000)
  const spread = waveMm / (4 * Math.PI * lengthMm)
  const size = factor * spread * 10 ** (patternDb(a, toward) / 20)
  const phase = (-2 * Math.PI * lengthMm) / waveMm
  return { re: size * Math.cos(phase), im: size * Math.sin(phase) }
}

/** dBm at a probe without gain. */
export function fieldDbm(a: AntennaTruth, seed: number, place: PlaceMm): number {
  const direct = rayTo(a, place, place.zMm, 1)
  // The reflected ray goes from the antenna to the mirror image of the probe.
  const down = a.zMm + place.zMm
  const wayMm = Math.hypot(place.xMm - a.xMm, place.yMm - a.yMm, down)
  const gamma = reflection(down / Math.max(1, wayMm), a.permittivity) * a.groundFactor
  const off = rayTo(a, place, -place.zMm, gamma)
  const power = (direct.re + off.re) ** 2 + (direct.im + off.im) ** 2
  return a.eirpDbm + 10 * Math.log10(Math.max(power, 1e-30)) + shadowAt(a, seed, place)
}
