// A field that does not follow the product's model, to judge the assistant: two rays with their interference stripes,
// another beam shape with side lobes, correlated shadows, an antenna mounted otherwise than recorded. Shares no code with
// the product; every number is drawn from a seed.
export interface TruthMount {
  readonly xMm: number
  readonly yMm: number
  readonly heightMm: number
  readonly downDeg: number
  readonly azimuthDeg: number
}

export interface Scene {
  /** As recorded, not as mounted. */
  readonly mount: TruthMount
  readonly powerStep: number
  readonly eirpDbm: number
  readonly dbPerStep: number
  /** The field itself, without any instrument. */
  level(xMm: number, yMm: number, mount?: TruthMount, powerStep?: number): number
  /** One reading. */
  read(xMm: number, yMm: number, powerStep?: number): number
}

/** Uniform numbers from a seed (xorshift). */
export function chance(seed: number): () => number {
  let state = (seed * 2_654_435_761 + 12_345) >>> 0 || 1
  const next = (): number => {
    state ^= state << 13
    state >>>= 0
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state / 4_294_967_296
  }
  for (let i = 0; i < 8; i++) next()
  return next
}

export const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

/** Shadows as a sum of many waves in all directions, so that points `alikeM` m apart correlate by 1/e; `sdDb` in dB. */
function shadows(random: () => number, sdDb: number, alikeM: number) {
  const waves = Array.from({ length: 120 }, () => {
    const k = Math.sqrt((1 - random()) ** -2 - 1) / alikeM
    const way = 2 * Math.PI * random()
    return [k * Math.cos(way), k * Math.sin(way), 2 * Math.PI * random()] as const
  })
  return (x: number, y: number): number =>
    waves.reduce((sum, [kx, ky, phase]) => sum + Math.cos(kx * x + ky * y + phase), 0) *
    sdDb *
    Math.sqrt(2 / waves.length)
}

/** cos^n main lobe with this width, then lobes 16 dB down and less, nothing below -28 dB. */
function lobe(offDeg: number, widthDeg: number): number {
  const off = Math.abs(offDeg)
  const n = Math.log(0.5) / Math.log(Math.cos((widthDeg * Math.PI) / 360))
  const main = off < 90 ? Math.cos((off * Math.PI) / 180) ** n : 0
  const first = 1.25 * widthDeg
  const side = off < first ? 0 : 10 ** -1.6 * Math.sin((Math.PI * (off - first)) / widthDeg) ** 2
  return Math.max(main, side * Math.max(0.1, 1 - off / 180), 10 ** -2.8)
}

export interface Roughness {
  readonly shadowDb: number
  readonly alikeM: number
  readonly noiseDb: number
}

export const usualRoughness: Roughness = { shadowDb: 1.5, alikeM: 0.8, noiseDb: 0.5 }

/** Beside the boom of a car park (clause 7.1.1 c), or on a gantry over the lane (7.2.1 c). */
export type Hung = 'park' | 'gantry'

/** Shadows of lorries and steel: stronger, and correlated over a metre. */
export const gantryRoughness: Roughness = { shadowDb: 2, alikeM: 1, noiseDb: 0.5 }

export function scene(seed: number, rough = usualRoughness, hung: Hung = 'park'): Scene {
  const random = chance(seed)
  const from = (low: number, high: number): number => low + (high - low) * random()
  const beside = hung === 'park'
  const mount: TruthMount = {
    xMm: Math.round(beside ? from(-500, 100) : from(1_300, 1_900)),
    yMm: Math.round(beside ? from(-1_200, -300) : from(-2_600, -1_900)),
    heightMm: Math.round(beside ? from(2_500, 3_000) : from(5_300, 5_700)),
    downDeg: Math.round(beside ? from(30, 42) : from(40, 50)),
    azimuthDeg: Math.round(beside ? from(15, 38) : from(-5, 5)),
  }
  const wrong = {
    down: 2.5 * normal(random),
    azimuth: 2.5 * normal(random),
    heightMm: 25 * normal(random),
    xMm: 40 * normal(random),
    yMm: 40 * normal(random),
  }
  const acrossDeg = 38 * (1 + 0.07 * normal(random))
  const upDeg = 45 * (1 + 0.07 * normal(random))
  const eirpDbm = beside ? from(15, 24) : from(20.5, 22.5)
  const dbPerStep = from(0.5, 1.5)
  const ground = -from(0.1, 0.35)
  const shadow = shadows(random, rough.shadowDb, rough.alikeM)
  const atStep = 10
  function level(xMm: number, yMm: number, hung = mount, powerStep = atStep): number {
    const h = (hung.heightMm + wrong.heightMm) / 1000
    const x = (xMm - hung.xMm - wrong.xMm) / 1000
    const y = (yMm - hung.yMm - wrong.yMm) / 1000
    const turn = ((hung.azimuthDeg + wrong.azimuth) * Math.PI) / 180
    const tilt = ((hung.downDeg + wrong.down) * Math.PI) / 180
    const ahead = x * Math.sin(turn) + y * Math.cos(turn)
    const beside = x * Math.cos(turn) - y * Math.sin(turn)
    const ray = (drop: number): readonly [number, number] => {
      const along = ahead * Math.cos(tilt) + drop * Math.sin(tilt)
      const above = ahead * Math.sin(tilt) - drop * Math.cos(tilt)
      const deg = 180 / Math.PI
      const gain =
        lobe(Math.atan2(beside, along) * deg, acrossDeg) *
        lobe(Math.atan2(above, Math.hypot(along, beside)) * deg, upDeg)
      const length = Math.hypot(ahead, beside, drop)
      return [Math.sqrt(Math.max(gain, 10 ** -3.2)) / length, length]
    }
    const [straight, near] = ray(h - 1)
    const [bounced, far] = ray(h + 1)
    const phase = (2 * Math.PI * (far - near) * 5.83e9) / 299_792_458
    const re = straight + ground * bounced * Math.cos(phase)
    const im = ground * bounced * Math.sin(phase)
    const loss = 20 * Math.log10((4 * Math.PI * 5.83e9) / 299_792_458)
    return (
      eirpDbm +
      dbPerStep * (powerStep - atStep) +
      10 * Math.log10(re * re + im * im) -
      loss +
      shadow(xMm / 1000, yMm / 1000)
    )
  }
  return {
    mount,
    powerStep: atStep,
    eirpDbm,
    dbPerStep,
    level,
    read: (xMm, yMm, powerStep) =>
      level(xMm, yMm, mount, powerStep) + rough.noiseDb * normal(random),
  }
}
