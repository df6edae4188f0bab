// The physical model of an antenna over a lane: free space, a beam, and the ground's reflection.
// A model and no measurement: what no source states is named `assumed` here, and fit.ts corrects it.
import type { PointMm } from '../field/grid.ts'

/** How an antenna hangs, in the plan of the grid (grid.ts). */
export interface Mount extends PointMm {
  readonly heightMm: number
  /** Below the horizontal. */
  readonly downDeg: number
  /** In plan from "straight against the traffic", to the right of the driver's view (+x) positive. */
  readonly azimuthDeg: number
}

/** Full widths between the points of half power. */
export interface Beam {
  readonly acrossDeg: number
  readonly upDeg: number
}

export interface Antenna extends Mount {
  readonly beam: Beam
  readonly eirpDbm: number
}

export interface Air {
  /**
   * Share of the field that the ground sends back with the antenna's own turn of polarisation. The
   * incidence is steep (30 to 70 degrees above the ground): most of it comes back with the other turn.
   */
  readonly reflection: number
  /** The receiving antenna's gain; 0 dBi: the level of an isotropic receiver, corrected readings. */
  readonly receiverGainDb: number
  /**
   * `mean` over the stripes of the two rays: they are 5 to 10 cm wide, narrower than any grid, and where
   * they lie hangs on centimetres of both heights. `stripes` draws them.
   */
  readonly rays: 'mean' | 'stripes'
}

/** rsu-interface.md 6.3: about 38 degrees across and 45 up and down. */
export const usualBeam: Beam = { acrossDeg: 38, upDeg: 45 }

/** Assumed: dry asphalt, circular polarisation, steep incidence. */
export const usualAir: Air = { reflection: 0.2, receiverGainDb: 0, rays: 'mean' }

/** Loss between isotropic antennas 1 m apart at 5.83 GHz (rsu-interface.md 6.4). */
const lossAtOneMetreDb = 47.76
/** Metres, at 5.83 GHz. */
const waveLength = 0.05142
/** Outside the beam the antenna still sends this much less, assumed: side lobes of 15 to 25 dB. */
const floorGain = 10 ** (-22 / 10)
/** Nearer than this the far-field formula says nothing (6.4): it is held at its value there. */
const nearestMetres = 0.5

const rad = Math.PI / 180

/** Level in dBm, places in mm. */
export type LevelAt = (xMm: number, yMm: number, zMm: number) => number

interface Rays {
  /** Amplitudes, and how many waves the second is behind the first. */
  readonly direct: number
  readonly reflected: number
  readonly behind: number
}

type RaysAt = (xMm: number, yMm: number, zMm: number) => Rays

/** The usual parabola in dB: 3 dB down at half the width. Angles in rad. */
const gainOf = (across: number, up: number, a2: number, u2: number): number =>
  (1 - floorGain) * Math.exp(-(across * across * a2 + up * up * u2)) + floorGain

function raysOf(antenna: Antenna, air: Air): RaysAt {
  const down = antenna.downDeg * rad
  const azimuth = antenna.azimuthDeg * rad
  const [sinD, cosD] = [Math.sin(down), Math.cos(down)]
  const [sinA, cosA] = [Math.sin(azimuth), Math.cos(azimuth)]
  // 12 (angle / width)^2 dB as a power of e.
  const perDb = Math.LN10 / 10
  const a2 = (12 * perDb) / (antenna.beam.acrossDeg * rad) ** 2
  const u2 = (12 * perDb) / (antenna.beam.upDeg * rad) ** 2
  const { xMm: ax, yMm: ay, heightMm } = antenna
  const share = Math.abs(air.reflection)
  return (xMm, yMm, zMm) => {
    const dx = (xMm - ax) / 1000
    const dy = (yMm - ay) / 1000
    const flat = dx * sinA + dy * cosA
    const right = dx * cosA - dy * sinA
    const ahead = (dz: number): number => cosD * flat - sinD * dz
    const amplitude = (dz: number, length: number): number => {
      const forward = ahead(dz)
      const upward = sinD * flat + cosD * dz
      const across = Math.atan2(right, forward)
      const up = Math.atan2(upward, Math.hypot(forward, right))
      return Math.sqrt(gainOf(across, up, a2, u2)) / Math.max(nearestMetres, length)
    }
    const straight = (zMm - heightMm) / 1000
    const bounced = (-zMm - heightMm) / 1000
    const near = Math.sqrt(dx * dx + dy * dy + straight * straight)
    const far = Math.sqrt(dx * dx + dy * dy + bounced * bounced)
    const direct = amplitude(straight, near)
    const reflected = share === 0 ? 0 : share * amplitude(bounced, far)
    return { direct, reflected, behind: (far - near) / waveLength }
  }
}

/** A function of the place; what depends on the antenna alone is worked out once. */
export function levelsOf(antenna: Antenna, air = usualAir): LevelAt {
  const rays = raysOf(antenna, air)
  const baseDbm = antenna.eirpDbm + air.receiverGainDb - lossAtOneMetreDb
  const drawn = air.rays === 'stripes'
  // A wave that comes back from the ground is turned round where the share is negative.
  const sign = air.reflection < 0 ? -1 : 1
  return (xMm, yMm, zMm) => {
    const { direct, reflected, behind } = rays(xMm, yMm, zMm)
    const cross = drawn ? 2 * sign * direct * reflected * Math.cos(2 * Math.PI * behind) : 0
    const power = direct * direct + reflected * reflected + cross
    return baseDbm + 10 * Math.log10(Math.max(power, 1e-12))
  }
}

/** Standard deviation in dB of a reading caused by the interference stripes. */
export function rippleOf(antenna: Antenna, air = usualAir): LevelAt {
  const rays = raysOf(antenna, air)
  return (xMm, yMm, zMm) => {
    const { direct, reflected } = rays(xMm, yMm, zMm)
    return ((20 / Math.LN10) * (reflected / direct)) / Math.SQRT2
  }
}

/** The level at one place; for many places ask levelsOf once. */
export const predict = (
  antenna: Antenna,
  at: PointMm & { readonly zMm: number },
  air = usualAir,
): number => levelsOf(antenna, air)(at.xMm, at.yMm, at.zMm)
