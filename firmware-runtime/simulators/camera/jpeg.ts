// A small baseline JPEG encoder for pictures of simulated cameras: shown to people in the demo, decoded by intakes in
// tests. Simple rather than compact: flat tables, no subsampling.

interface Picture {
  /** Multiples of 8, at most 1024. */
  readonly width: number
  readonly height: number
  /** Red, green, blue per pixel, row by row. */
  readonly rgb: Uint8Array
}

/** One quantiser step for all coefficients: plates are large letters, not photographs. */
const quantiser = 12

/** Order in which the 64 coefficients of a block are written. */
const zigzag = ((): number[] => {
  const order: number[] = []
  for (let sum = 0; sum < 15; sum++) {
    const diagonal: number[] = []
    for (let y = Math.max(0, sum - 7); y <= Math.min(7, sum); y++) diagonal.push(8 * y + sum - y)
    order.push(...(sum % 2 === 0 ? diagonal.reverse() : diagonal))
  }
  return order
})()

const cosines = Array.from({ length: 64 }, (_, i) => {
  const [u, x] = [i >> 3, i & 7]
  return (u === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * x + 1) * u * Math.PI) / 16)
})

/** DC sizes 0 to 11 with 4-bit codes; AC symbols with 8-bit codes: valid, and needing no table. */
const dcSymbols = Array.from({ length: 12 }, (_, i) => i)
const acSymbols = [0x00, 0xf0]
for (let run = 0; run < 16; run++) {
  for (let size = 1; size <= 10; size++) acSymbols.push((run << 4) | size)
}
const acCode = new Map(acSymbols.map((symbol, code) => [symbol, code]))

class BitWriter {
  readonly out: number[] = []
  #bits = 0
  #count = 0

  put(value: number, length: number): void {
    for (let i = length - 1; i >= 0; i--) {
      this.#bits = (this.#bits << 1) | ((value >> i) & 1)
      if (++this.#count === 8) {
        this.out.push(this.#bits)
        // FF in the picture data is followed by 00, so that it is not a marker.
        if (this.#bits === 0xff) this.out.push(0x00)
        this.#bits = 0
        this.#count = 0
      }
    }
  }

  end(): void {
    while (this.#count !== 0) this.put(1, 1)
  }
}

const sizeOf = (n: number): number => 32 - Math.clz32(Math.abs(n))
const magnitude = (n: number, size: number): number => (n < 0 ? n + (1 << size) - 1 : n)

/** 8 x 8 samples to quantised coefficients, row and column transform apart. */
function transformed(block: Float64Array): Int32Array {
  const rows = new Float64Array(64)
  const out = new Int32Array(64)
  for (let y = 0; y < 8; y++) {
    for (let u = 0; u < 8; u++) {
      let sum = 0
      for (let x = 0; x < 8; x++) sum += (block[8 * y + x] ?? 0) * (cosines[8 * u + x] ?? 0)
      rows[8 * y + u] = sum
    }
  }
  for (let u = 0; u < 8; u++) {
    for (let v = 0; v < 8; v++) {
      let sum = 0
      for (let y = 0; y < 8; y++) sum += (rows[8 * y + u] ?? 0) * (cosines[8 * v + y] ?? 0)
      out[8 * v + u] = Math.round(sum / quantiser)
    }
  }
  return out
}

/** Writes one block, flat or not; returns its DC for the next block of the same component. */
function writeBlock(bits: BitWriter, block: Float64Array | number, lastDc: number): number {
  const coefficients = typeof block === 'number' ? null : transformed(block)
  const dc =
    typeof block === 'number' ? Math.round((8 * block) / quantiser) : (coefficients?.[0] ?? 0)
  const dcSize = sizeOf(dc - lastDc)
  bits.put(dcSize, 4)
  bits.put(magnitude(dc - lastDc, dcSize), dcSize)
  let run = 0
  for (let i = 1; coefficients && i < 64; i++) {
    const value = coefficients[zigzag[i] ?? 0] ?? 0
    if (value === 0) {
      run++
      continue
    }
    for (; run >= 16; run -= 16) bits.put(acCode.get(0xf0) ?? 0, 8)
    const size = sizeOf(value)
    bits.put(acCode.get((run << 4) | size) ?? 0, 8)
    bits.put(magnitude(value, size), size)
    run = 0
  }
  if (!coefficients || run > 0) bits.put(acCode.get(0x00) ?? 0, 8)
  return dc
}

/** Luminance and the two colour differences. */
const luminance = (r: number, g: number, b: number): number =>
  0.299 * r + 0.587 * g + 0.114 * b - 128
const blueness = (r: number, g: number, b: number): number => -0.168736 * r - 0.331264 * g + 0.5 * b
const redness = (r: number, g: number, b: number): number => 0.5 * r - 0.418688 * g - 0.081312 * b
const components = [luminance, blueness, redness] as const

/** One 8 x 8 square: three blocks, or three numbers for a single colour. */
function squareAt(picture: Picture, left: number, top: number): readonly (Float64Array | number)[] {
  const { rgb, width } = picture
  const first = 3 * (top * width + left)
  let flat = true
  for (let y = 0; flat && y < 8; y++) {
    const row = first + 3 * y * width
    for (let i = 0; flat && i < 24; i++) flat = rgb[row + i] === rgb[first + (i % 3)]
  }
  const at = (i: number): readonly [number, number, number] => [
    rgb[i] ?? 0,
    rgb[i + 1] ?? 0,
    rgb[i + 2] ?? 0,
  ]
  if (flat) return components.map((component) => component(...at(first)))
  return components.map((component) => {
    const block = new Float64Array(64)
    for (let i = 0; i < 64; i++) {
      block[i] = component(...at(first + 3 * ((i >> 3) * width + (i & 7))))
    }
    return block
  })
}

const segment = (marker: number, body: readonly number[]): number[] => [
  ...[0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 0xff],
  ...body,
]

/** Number of codes of each length from 1 to 16. */
const lengths = (length: number, count: number): number[] =>
  Array.from({ length: 16 }, (_, i) => (i + 1 === length ? count : 0))

export function encodeJpeg(picture: Picture): Uint8Array {
  const { width, height } = picture
  const bits = new BitWriter()
  const dc = [0, 0, 0]
  for (let top = 0; top < height; top += 8) {
    for (let left = 0; left < width; left += 8) {
      squareAt(picture, left, top).forEach((block, c) => {
        dc[c] = writeBlock(bits, block, dc[c] ?? 0)
      })
    }
  }
  bits.end()
  const size = [height >> 8, height & 0xff, width >> 8, width & 0xff]
  return Uint8Array.from([
    ...[0xff, 0xd8],
    ...segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    ...segment(0xdb, [0, ...Array.from({ length: 64 }, () => quantiser)]),
    ...segment(0xc0, [8, ...size, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]),
    ...segment(0xc4, [0x00, ...lengths(4, dcSymbols.length), ...dcSymbols]),
    ...segment(0xc4, [0x10, ...lengths(8, acSymbols.length), ...acSymbols]),
    ...segment(0xda, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0]),
    ...bits.out,
    ...[0xff, 0xd9],
  ])
}
