// A strip of paper as a picture: characters at their dots, codes as modules, black on white.
// The modules come from the simulator's own encoder, as in a printer's firmware.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { initWasm, Resvg } from '@resvg/resvg-wasm'
import qrcode from 'qrcode-generator'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { present } from '#base/pure/values/must.ts'
import { setUpOnce } from '#base/pure/lot/set-up-once.ts'
import { dotsOf, halfDots, lineDots, type Printed, type PrintedCode } from './strip.ts'

const packages = join(import.meta.dirname, '..', '..', '..', 'node_modules')
const beside = join(import.meta.dirname, 'report')
/** A built program has the fonts beside itself. */
const fonts = [
  join(beside, 'regular.ttf'),
  join(packages, '@expo-google-fonts', 'noto-sans-sc', '400Regular', 'NotoSansSC_400Regular.ttf'),
]
const rasters = [
  join(beside, 'raster.wasm'),
  join(packages, '@resvg', 'resvg-wasm', 'index_bg.wasm'),
]
const family = 'Noto Sans SC'
const marginDots = 24
/** White modules around a code. */
const quiet = 4

const alphanumeric = /^[0-9A-Z $%*+\-./:]*$/

/** Dark modules, row by row. */
export function modulesOf({ text, level }: Pick<PrintedCode, 'text' | 'level'>): string[] {
  const code = qrcode(0, level)
  code.addData(text, alphanumeric.test(text) ? 'Alphanumeric' : 'Byte')
  code.make()
  const size = code.getModuleCount()
  return Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_unused, column) => (code.isDark(row, column) ? '1' : '0')).join(
      '',
    ),
  )
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** 0 left, 1 in the middle, 2 right. */
const startOf = (align: number, used: number, across: number): number =>
  marginDots + Math.floor(((across - used) * align) / 2)

interface Drawn {
  readonly svg: string
  readonly high: number
}

function drawnLine(part: Extract<Printed, { kind: 'line' }>, top: number, across: number): Drawn {
  const widths = [...part.text].map((char) => dotsOf(char, part.wide))
  let x = startOf(
    part.align,
    widths.reduce((a, b) => a + b, 0),
    across,
  )
  const high = lineDots * part.high
  const base = top + 24 * part.high - 3 * part.high
  const weight = part.bold ? ' stroke="black" stroke-width="0.8"' : ''
  const signs = [...part.text].map((char, i) => {
    const width = widths[i] ?? halfDots
    const middle = x + width / 2
    x += width
    if (char === ' ') return ''
    const moved = `translate(${middle} ${base}) scale(${part.wide} ${part.high})`
    return `<text transform="${moved}"${weight}>${escaped(char)}</text>`
  })
  return { svg: signs.join(''), high }
}

function drawnCode(part: PrintedCode, top: number, across: number): Drawn {
  const rows = modulesOf(part)
  const side = (rows.length + 2 * quiet) * part.dots
  // A code wider than the paper cannot be read: a printer omits it.
  if (side > across) return { svg: '', high: lineDots }
  const left = startOf(part.align, side, across) + quiet * part.dots
  const squares = rows.flatMap((row, y) =>
    [...row].flatMap((dark, x) => {
      const place = `M${left + x * part.dots} ${top + (quiet + y) * part.dots}`
      return dark === '1' ? [`${place}h${part.dots}v${part.dots}h-${part.dots}z`] : []
    }),
  )
  return { svg: `<path d="${squares.join('')}" shape-rendering="crispEdges"/>`, high: side }
}

/** Can be initialised only once per process. */
let ready: Promise<void> | null = null

const there = (places: readonly string[]): Uint8Array => {
  const file = places.find((place) => existsSync(place))
  if (file === undefined) throw new LaneFault('FILE-01', { file: present(places[0], 'a place') })
  return new Uint8Array(readFileSync(file))
}

interface Picture {
  readonly widthDots: number
  readonly heightDots: number
  readonly png: Uint8Array
}

/** `dots`: across the paper, without its margins. */
export async function pictureOf(parts: readonly Printed[], dots: number): Promise<Picture> {
  ready ??= setUpOnce(initWasm(there(rasters)))
  await ready
  const drawn: string[] = []
  let top = marginDots
  for (const part of parts) {
    const { svg, high } =
      part.kind === 'qr' ? drawnCode(part, top, dots) : drawnLine(part, top, dots)
    drawn.push(svg)
    top += high
  }
  const [widthDots, heightDots] = [dots + 2 * marginDots, top + marginDots]
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${widthDots}" height="${heightDots}" ` +
    `font-family="${family}" font-size="22" text-anchor="middle"><rect width="100%" height="100%" fill="white"/>${drawn.join('')}</svg>`
  const image = new Resvg(svg, {
    font: { fontBuffers: [there(fonts)], defaultFontFamily: family, sansSerifFamily: family },
  })
  const rendered = image.render()
  try {
    return { widthDots, heightDots, png: rendered.asPng() }
  } finally {
    rendered.free()
    image.free()
  }
}
