// PDFs as other programs read them: text by page, fonts, pages as pictures (poppler's tools).
// `<<name` and `name>>` mark both ends of a row: a row is whole when one page has both.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const tool = (name: string, ...args: readonly string[]): string =>
  execFileSync(name, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })

export const pagesOf = (file: string): readonly string[] =>
  tool('pdftotext', '-layout', file, '-').split('\f').slice(0, -1)

export interface WordSeen {
  readonly text: string
  /** Height of its line in points. */
  readonly high: number
}

export const wordsOf = (file: string): readonly WordSeen[] =>
  [
    ...tool('pdftotext', '-bbox', file, '-').matchAll(
      /yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">([^<]*)</g,
    ),
  ].map(([, from = '0', to = '0', text = '']) => ({ text, high: Number(to) - Number(from) }))

export interface FontSeen {
  readonly name: string
  readonly embedded: boolean
}

/** The columns of type and encoding contain blanks, so the last five are counted from the end. */
export const embeddedFonts = (file: string): readonly FontSeen[] =>
  tool('pdffonts', file)
    .split('\n')
    .slice(2)
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const cells = line.trim().split(/\s+/)
      return { name: cells[0] ?? '', embedded: cells.at(-5) === 'yes' }
    })

const names = (pages: readonly string[], shape: RegExp): ReadonlyMap<string, number> =>
  new Map(
    pages.flatMap((text, page) =>
      [...text.matchAll(shape)].map((match) => [match[1] ?? '', page] as const),
    ),
  )

export interface RowsSeen {
  readonly whole: number
  readonly cut: readonly string[]
}

export function cutRows(pages: readonly string[]): RowsSeen {
  const begun = names(pages, /<<([a-z]+\d+)/g)
  const ended = names(pages, /([a-z]+\d+)>>/g)
  const all = new Set([...begun.keys(), ...ended.keys()])
  const cut = [...all].filter((name) => begun.get(name) !== ended.get(name))
  return { whole: all.size - cut.length, cut }
}

export interface PictureSeen {
  readonly width: number
  readonly height: number
  /** Share of pixels darker than half grey. */
  readonly dark: number
  /** Where the lowest ink above the footer is, as a share of the height between the margins; 0 on an empty page. */
  readonly filled: number
}

/** Margins of a report page as shares of its 297 mm: 16 mm above, 18 mm with the footer below. */
const upperShare = 16 / 297
const lowerShare = 1 - 18 / 297

function filledOf(pixels: Uint8Array, width: number, height: number): number {
  const [from, to] = [Math.ceil(upperShare * height), Math.floor(lowerShare * height)]
  for (let row = to - 1; row >= from; row--)
    if (pixels.subarray(row * width, (row + 1) * width).some((pixel) => pixel < 200))
      return (row - from) / (to - from)
  return 0
}

/** Parses a binary PGM: `P5 W H 255` and one byte per pixel. */
function greyOf(bytes: Buffer): PictureSeen {
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(0, 40).toString('latin1'))
  if (head === null) throw new Error('no grey picture')
  const pixels = bytes.subarray(head[0].length)
  let dark = 0
  for (const pixel of pixels) if (pixel < 128) dark++
  const [width, height] = [Number(head[1]), Number(head[2])]
  return { width, height, dark: dark / pixels.length, filled: filledOf(pixels, width, height) }
}

/** Every page as a picture; `keep` is the prefix of PNG files for people to look at. */
export function pdfPictures(file: string, keep?: string): readonly PictureSeen[] {
  const folder = mkdtempSync(join(tmpdir(), 'etc-pdf-'))
  try {
    tool('pdftoppm', '-r', '40', '-gray', file, join(folder, 'p'))
    if (keep !== undefined) tool('pdftoppm', '-r', '70', '-png', file, keep)
    return readdirSync(folder)
      .toSorted()
      .map((name) => greyOf(readFileSync(join(folder, name))))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Numbers of pages that are less than half filled, without the last one. */
export const halfEmpty = (pictures: readonly PictureSeen[]): readonly number[] =>
  pictures.flatMap(({ filled }, i) => (i < pictures.length - 1 && filled < 0.5 ? [i + 1] : []))

/** Headings at the very end of a page. */
export function orphans(pages: readonly string[], headings: readonly string[]): readonly string[] {
  // The last line of a page is its page number.
  const ends = pages.map((page) =>
    page
      .split('\n')
      .filter((line) => line.trim() !== '')
      .at(-2),
  )
  return headings.filter((heading) => ends.some((end) => end?.trim() === heading))
}
