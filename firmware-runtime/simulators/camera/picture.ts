// The pictures of a simulated camera: a plate with letters, and the front of a car with that plate.
// Drawn, so that people recognise the simulation.
import type { PlateColour } from '#base/pure/plates/plate.ts'
import { encodeJpeg } from './jpeg.ts'

type Rgb = readonly [number, number, number]

/** 5 x 7 dots per character: seven rows of five bits, highest bit at the left. */
const glyphs: Readonly<Record<string, readonly number[]>> = {
  '0': [14, 17, 19, 21, 25, 17, 14],
  '1': [4, 12, 4, 4, 4, 4, 14],
  '2': [14, 17, 1, 2, 4, 8, 31],
  '3': [31, 2, 4, 2, 1, 17, 14],
  '4': [2, 6, 10, 18, 31, 2, 2],
  '5': [31, 16, 30, 1, 1, 17, 14],
  '6': [6, 8, 16, 30, 17, 17, 14],
  '7': [31, 1, 2, 4, 8, 8, 8],
  '8': [14, 17, 17, 14, 17, 17, 14],
  '9': [14, 17, 17, 15, 1, 2, 12],
  A: [14, 17, 17, 31, 17, 17, 17],
  B: [30, 17, 17, 30, 17, 17, 30],
  C: [14, 17, 16, 16, 16, 17, 14],
  D: [28, 18, 17, 17, 17, 18, 28],
  E: [31, 16, 16, 30, 16, 16, 31],
  F: [31, 16, 16, 30, 16, 16, 16],
  G: [14, 17, 16, 23, 17, 17, 15],
  H: [17, 17, 17, 31, 17, 17, 17],
  I: [14, 4, 4, 4, 4, 4, 14],
  J: [7, 2, 2, 2, 2, 18, 12],
  K: [17, 18, 20, 24, 20, 18, 17],
  L: [16, 16, 16, 16, 16, 16, 31],
  M: [17, 27, 21, 21, 17, 17, 17],
  N: [17, 17, 25, 21, 19, 17, 17],
  O: [14, 17, 17, 17, 17, 17, 14],
  P: [30, 17, 17, 30, 16, 16, 16],
  Q: [14, 17, 17, 17, 21, 18, 13],
  R: [30, 17, 17, 30, 20, 18, 17],
  S: [15, 16, 16, 14, 1, 1, 30],
  T: [31, 4, 4, 4, 4, 4, 4],
  U: [17, 17, 17, 17, 17, 17, 14],
  V: [17, 17, 17, 17, 17, 10, 4],
  W: [17, 17, 17, 21, 21, 21, 10],
  X: [17, 17, 10, 4, 10, 17, 17],
  Y: [17, 17, 17, 10, 4, 4, 4],
  Z: [31, 1, 2, 4, 8, 16, 31],
}

const white: Rgb = [245, 245, 245]
const black: Rgb = [20, 20, 20]

const paints: Record<PlateColour, { readonly ground: Rgb; readonly ink: Rgb }> = {
  blue: { ground: [16, 60, 170], ink: white },
  yellow: { ground: [236, 186, 24], ink: black },
  black: { ground: black, ink: white },
  white: { ground: white, ink: black },
  green: { ground: [70, 180, 110], ink: black },
  yellowGreen: { ground: [170, 200, 60], ink: black },
  blueWhite: { ground: [140, 170, 225], ink: black },
  unknown: { ground: [128, 128, 128], ink: white },
}

class Canvas {
  readonly rgb: Uint8Array
  readonly width: number
  readonly height: number
  constructor(width: number, height: number, ground: Rgb) {
    this.width = width
    this.height = height
    this.rgb = new Uint8Array(3 * width * height)
    this.fill(0, 0, width, height, ground)
  }

  fill(left: number, top: number, width: number, height: number, colour: Rgb): void {
    const [r, g, b] = colour
    const [right, bottom] = [
      Math.min(this.width, left + width),
      Math.min(this.height, top + height),
    ]
    for (let y = Math.max(0, top); y < bottom; y++) {
      for (
        let i = 3 * (y * this.width + Math.max(0, left));
        i < 3 * (y * this.width + right);
        i += 3
      ) {
        this.rgb[i] = r
        this.rgb[i + 1] = g
        this.rgb[i + 2] = b
      }
    }
  }

  /** A character missing in the font (the province) is a filled box. */
  character(text: string, left: number, top: number, dot: number, ink: Rgb): void {
    const rows = glyphs[text]
    if (!rows) this.fill(left, top, 5 * dot, 7 * dot, ink)
    rows?.forEach((row, y) => {
      for (let x = 0; x < 5; x++) {
        if ((row >> (4 - x)) & 1) this.fill(left + x * dot, top + y * dot, dot, dot, ink)
      }
    })
  }

  plate(plate: string, colour: PlateColour, left: number, top: number, dot: number): void {
    const { ground, ink } = paints[colour]
    const letters = [...plate].slice(0, 9)
    this.fill(left, top, (6 * letters.length + 3) * dot, 11 * dot, ground)
    letters.forEach((letter, i) => {
      this.character(letter, left + (6 * i + 2) * dot, top + 2 * dot, dot, ink)
    })
  }
}

/** The plate crop, 232 x 48. Null: a car without a plate. */
export function platePicture(plate: string | null, colour: PlateColour): Uint8Array {
  const canvas = new Canvas(232, 48, [90, 90, 95])
  if (plate !== null) canvas.plate(plate, colour, 2, 2, 4)
  return encodeJpeg(canvas)
}

/** The car from the front, 320 x 192. */
export function carPicture(plate: string | null, colour: PlateColour): Uint8Array {
  const canvas = new Canvas(320, 192, [105, 110, 115])
  canvas.fill(0, 0, 320, 56, [150, 175, 200]) // sky
  canvas.fill(88, 24, 144, 56, [40, 44, 52]) // windscreen
  canvas.fill(64, 72, 192, 88, [168, 32, 40]) // body
  canvas.fill(72, 96, 40, 16, [250, 240, 190]) // lamps
  canvas.fill(208, 96, 40, 16, [250, 240, 190])
  canvas.fill(80, 160, 32, 16, [24, 24, 24]) // wheels
  canvas.fill(208, 160, 32, 16, [24, 24, 24])
  if (plate !== null) canvas.plate(plate, colour, 112, 128, 2)
  return encodeJpeg(canvas)
}

/** A space at the kerb from above, 320 x 192, with its car if there is one, and the camera's clock in the corner. */
export function spacePicture(
  occupied: boolean,
  plate: string | null,
  colour: PlateColour,
  clock: string,
): Uint8Array {
  const canvas = new Canvas(320, 192, [105, 110, 115])
  canvas.fill(40, 40, 4, 112, white) // lines of the space
  canvas.fill(276, 40, 4, 112, white)
  canvas.fill(40, 40, 240, 4, white)
  if (occupied) {
    canvas.fill(64, 56, 192, 80, [168, 32, 40])
    canvas.fill(104, 64, 96, 64, [40, 44, 52])
    if (plate !== null) canvas.plate(plate, colour, 112, 140, 2)
  }
  ;[...clock].forEach((letter, i) => {
    if (letter !== ':') canvas.character(letter, 8 + 12 * i, 8, 2, white)
  })
  return encodeJpeg(canvas)
}
