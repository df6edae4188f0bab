// The report as DOCX for editing: the same blocks as headings, tables and pictures. Drawings become bitmaps, because
// not every program shows vector drawings in DOCX.
import { readFileSync } from 'node:fs'
import { initWasm, Resvg } from '@resvg/resvg-wasm'
import {
  AlignmentType,
  Document,
  Footer,
  HeadingLevel,
  ImageRun,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
  type IParagraphOptions,
} from 'docx'
import { setUpOnce } from '#base/pure/lot/set-up-once.ts'
import type { ReportBlock, ReportCell, ReportDocument, ReportSection } from './report-model.ts'
import { reportFont } from './report-plots.ts'
import {
  factWidths,
  fitted,
  forPaper,
  leastHigh,
  looks,
  rowsOnPaper,
  signedLine,
  type Size,
} from './report-rows.ts'

export interface RasterFiles {
  readonly regular: string
  readonly raster: string
}

/** Width between the margins of an A4 page, in twentieths of a point. */
const pageDxa = 10_206
/** Largest width and height of a picture, in pixels of 1/96 inch. */
const pageWide = 640
/** With heading and caption less than half a page, so that no half page stays empty. */
const pageHigh = 370
/** In points. */
const pixel = 72 / 96
/** Bitmap pixels for one page pixel: sharp in print. */
const sharp = 2
const grey = 'EEEEEE'

/** It can be initialised only once in a process. */
let ready: Promise<void> | null = null

class Raster {
  readonly #font: Uint8Array

  private constructor(font: Uint8Array) {
    this.#font = font
  }

  static async open({ regular, raster }: RasterFiles): Promise<Raster> {
    ready ??= setUpOnce(initWasm(new Uint8Array(readFileSync(raster))))
    await ready
    return new Raster(new Uint8Array(readFileSync(regular)))
  }

  png(svg: string, width: number): Uint8Array {
    const image = new Resvg(svg, {
      fitTo: { mode: 'width', value: Math.round(width * sharp) },
      background: '#ffffff',
      font: {
        fontBuffers: [this.#font],
        defaultFontFamily: reportFont,
        sansSerifFamily: reportFont,
      },
    })
    const drawn = image.render()
    try {
      return drawn.asPng()
    } finally {
      drawn.free()
      image.free()
    }
  }
}

const picture = (
  type: 'png' | 'jpg',
  data: Uint8Array,
  { width, height }: Size,
  alt: string,
): ImageRun =>
  new ImageRun({
    type,
    data,
    transformation: { width: Math.round(width), height: Math.round(height) },
    altText: { name: 'picture', title: alt.slice(0, 60), description: alt },
  })

const paragraph = (text: string, look: object = {}, more: IParagraphOptions = {}): Paragraph =>
  new Paragraph({ ...more, children: [new TextRun({ text, ...look })] })

const cellOf = ({ text, verdict }: ReportCell, head = false): TableCell =>
  new TableCell({
    margins: { top: 40, bottom: 40, left: 80, right: 80 },
    ...(head ? { shading: { fill: grey } } : {}),
    children: [paragraph(text, head ? { bold: true } : looks[verdict ?? 'pass'])],
  })

function tableOf(
  rows: readonly (readonly ReportCell[])[],
  parts: readonly number[],
  head: readonly string[] | null,
): Table {
  const total = parts.reduce((a, b) => a + b, 0)
  const titles = (head ?? []).map((text) => cellOf({ text }, true))
  const titleRow = new TableRow({ tableHeader: true, cantSplit: true, children: titles })
  return new Table({
    width: { size: pageDxa, type: WidthType.DXA },
    columnWidths: parts.map((part) => Math.round((pageDxa * part) / total)),
    rows: [
      ...(head === null ? [] : [titleRow]),
      ...rows
        .flatMap((cells) => rowsOnPaper(cells, parts))
        .map(
          (cells) =>
            new TableRow({
              cantSplit: true,
              children: cells.map((cell, i) => cellOf(cell, head === null && i === 0)),
            }),
        ),
    ],
  })
}

const gap = (): Paragraph => new Paragraph({ spacing: { after: 60 }, children: [] })
const caption = (text: string): Paragraph =>
  paragraph(text, { size: 17, color: '333333' }, { spacing: { after: 160 } })

function blockOf(block: ReportBlock, raster: Raster): (Paragraph | Table)[] {
  switch (block.kind) {
    case 'text':
      return [paragraph(block.text, { bold: block.look === 'notice' })]
    case 'facts': {
      const rows = block.rows.map(([name, value]) => [{ text: name }, { text: value }])
      return [tableOf(rows, factWidths, null), gap()]
    }
    case 'list':
      return block.items.map((text) => paragraph(text, {}, { bullet: { level: 0 } }))
    case 'table':
      return [tableOf(block.rows, block.widths, block.head), gap()]
    case 'drawing': {
      const size = fitted(block, pageWide, Math.max(pageHigh, leastHigh(block) / pixel))
      const image = picture('png', raster.png(block.svg, size.width), size, block.caption)
      return [new Paragraph({ keepNext: true, children: [image] }), caption(block.caption)]
    }
    case 'photos':
      return block.photos.flatMap((photo) => {
        const type = photo.mime === 'image/png' ? 'png' : 'jpg'
        const image = picture(type, photo.bytes, fitted(photo, 480, 360), photo.caption)
        return [new Paragraph({ keepNext: true, children: [image] }), caption(photo.caption)]
      })
    case 'signatures':
      return block.signatures.flatMap(({ role, name, svg, despite, ...one }) => {
        const size = { width: 180, height: 60 }
        const drawn = svg === null ? [] : [picture('png', raster.png(svg, size.width), size, role)]
        return [
          paragraph(`${role}  ${name}`, { bold: true }, { keepNext: true }),
          new Paragraph({ keepNext: true, children: drawn }),
          ...(despite === '' ? [] : [paragraph(despite, { bold: true }, { keepNext: true })]),
          caption(signedLine(one)),
        ]
      })
    case 'letterhead': {
      const { logo, company } = block
      const name = paragraph(company, { bold: true, size: 28 })
      if (logo === null) return [name]
      const image = picture('png', logo.bytes, fitted(logo, 220, 76), logo.caption)
      return [new Paragraph({ keepNext: true, children: [image] }), name]
    }
  }
}

const sectionOf = ({ heading, blocks }: ReportSection, raster: Raster): (Paragraph | Table)[] => [
  ...(heading === ''
    ? []
    : [new Paragraph({ text: heading, heading: HeadingLevel.HEADING_1, keepNext: true })]),
  ...blocks.flatMap((block) => blockOf(block, raster)),
]

function footerOf(footer: string): Footer {
  const children = footer
    .split(/(\{pages?\})/)
    .map((part) =>
      part === '{page}' ? PageNumber.CURRENT : part === '{pages}' ? PageNumber.TOTAL_PAGES : part,
    )
  const run = new TextRun({ children, size: 16, color: '444444' })
  return new Footer({
    children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [run] })],
  })
}

export async function reportDocx(given: ReportDocument, files: RasterFiles): Promise<Uint8Array> {
  const report = forPaper(given)
  const raster = await Raster.open(files)
  const { title, basis, footer, sections } = report
  const font = { ascii: 'Arial', hAnsi: 'Arial', eastAsia: 'Microsoft YaHei', cs: 'Arial' }
  const black = { color: '000000', bold: true }
  const document = new Document({
    title,
    creator: 'ETC Lane Studio',
    description: basis,
    styles: {
      default: {
        document: { run: { font, size: 19 } },
        title: { run: { ...black, font, size: 36 } },
        heading1: {
          run: { ...black, font, size: 25 },
          paragraph: { spacing: { before: 280, after: 120 } },
        },
      },
    },
    sections: [
      {
        properties: {
          page: {
            size: { width: 11_906, height: 16_838 },
            margin: { top: 907, bottom: 1021, left: 850, right: 850 },
          },
        },
        footers: { default: footerOf(footer) },
        children: [
          new Paragraph({ text: title, heading: HeadingLevel.TITLE }),
          paragraph(basis),
          ...sections.flatMap((section) => sectionOf(section, raster)),
        ],
      },
    ],
  })
  return Packer.toBuffer(document)
}
