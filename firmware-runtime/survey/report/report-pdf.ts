// The report as PDF without a browser: pdfmake makes the layout, the font comes from a file and is embedded as a
// subset. Table rows and pictures are not split, no heading is alone, and no page but the last stays half empty.
import { readFileSync } from 'node:fs'
import pdfmake from 'pdfmake'
import type { Content, Margins, TDocumentDefinitions, TableCell } from 'pdfmake/interfaces.js'
import type { Verdict } from '../pure/file/record.ts'
import type {
  ReportBlock,
  ReportDocument,
  ReportPhoto,
  ReportSection,
  ReportSignature,
} from './report-model.ts'
import { reportFont } from './report-plots.ts'
import {
  factWidths,
  fitted,
  forPaper,
  leastHigh,
  looks,
  rowsOnPaper,
  signedLine,
} from './report-rows.ts'

export interface FontFiles {
  readonly regular: string
  readonly bold: string
}

/**
 * Font family of the text. Drawings use the same fonts by PostScript name: otherwise pdfkit would parse a 10 MB file
 * for each text of a drawing.
 */
const textFont = 'text'
const opened = { normal: 'NotoSansSC-Regular', bold: 'NotoSansSC-Bold' } as const

const mm = (value: number): number => (value * 72) / 25.4
const margin = { side: mm(15), top: mm(16), foot: mm(18) } as const
/** Size of an A4 page between its margins. */
const page = { width: mm(180), height: mm(297) - margin.top - margin.foot } as const
const grey = '#888888'

interface Piece {
  readonly text: string
  readonly wordBreak?: 'break-all'
}
const longName = /([!-~]{24,})/

/** A long name without a gap breaks anywhere, so that it stays in its cell; figures do not. */
const breakable = (text: string): { text: string | Piece[] } =>
  longName.test(text)
    ? {
        text: text
          .split(longName)
          .filter((part) => part !== '')
          .map((part) =>
            longName.test(part) ? { text: part, wordBreak: 'break-all' } : { text: part },
          ),
      }
    : { text }

const cell = (text: string, verdict?: Verdict): TableCell => ({
  ...breakable(text),
  ...(verdict === undefined ? {} : looks[verdict]),
})

type Of<K extends ReportBlock['kind']> = Extract<ReportBlock, { kind: K }>

/** pdfmake counts widths without padding and lines. */
const padded = (parts: readonly number[]): number[] =>
  parts.map((part) => (page.width * part) / 100 - 2 * mm(1.5) - 0.7)

function tableOf({ head, widths, rows }: Of<'table'>): Content {
  const total = widths.reduce((a, b) => a + b, 0)
  return {
    layout: 'report',
    margin: [0, 0, 0, mm(3)],
    table: {
      headerRows: 1,
      keepWithHeaderRows: 1,
      dontBreakRows: true,
      widths: padded(widths.map((part) => (100 * part) / total)),
      body: [
        head.map((text) => ({ text, bold: true, fillColor: '#eeeeee' })),
        ...rows
          .flatMap((cells) => rowsOnPaper(cells, widths))
          .map((cells) => cells.map(({ text, verdict }) => cell(text, verdict))),
      ],
    },
  }
}

const factsOf = ({ rows }: Of<'facts'>): Content => ({
  layout: 'report',
  margin: [0, 0, 0, mm(3)],
  table: {
    dontBreakRows: true,
    widths: padded(factWidths),
    body: rows
      .flatMap(([name, value]) => rowsOnPaper([{ text: name }, { text: value }], factWidths))
      .map(([name, value]) => [{ text: name?.text ?? '', bold: true }, cell(value?.text ?? '')]),
  },
})

const caption = (text: string): Content => ({
  ...breakable(text),
  fontSize: 8.5,
  color: '#333333',
  margin: [0, mm(1), 0, mm(3)],
})

/** Maximum height of a drawing; a page with less than half its space left is filled with what follows. */
const drawingHigh = mm(165)
const headingHigh = mm(13)
/** A heading with the head and the first row of its table. */
const leadLeast = mm(37)
const captionLine = 8.5 * 1.15

/** Height of a caption, with one line more than its characters need. */
const captionHigh = (text: string): number =>
  mm(4) + captionLine * (1 + Math.ceil((text.length * 8.5) / page.width))

/** Height of heading and caption of the section that a drawing begins. */
const leadHigh = ({ caption: said }: Of<'drawing'>): number => headingHigh + captionHigh(said)

const drawingOf = (
  { svg, width, height, caption: said }: Of<'drawing'>,
  highest = drawingHigh,
): Content => ({
  unbreakable: true,
  stack: [
    { svg, font: reportFont, ...fitted({ width, height }, page.width, highest) },
    caption(said),
  ],
})

/** The drawing that begins a section and may be higher than half a page. */
function tallOf({ blocks: [first] }: ReportSection): Of<'drawing'> | null {
  if (first?.kind !== 'drawing') return null
  const { height } = fitted(first, page.width, drawingHigh)
  return height + leadHigh(first) > page.height / 2 ? first : null
}

const imageOf = ({ mime, bytes }: ReportPhoto): string =>
  `data:${mime};base64,${Buffer.from(bytes).toString('base64')}`

const photoOf = (photo: ReportPhoto): Content => ({
  stack: [{ image: imageOf(photo), ...fitted(photo, mm(88), mm(90)) }, caption(photo.caption)],
})

const pairsOf = <T>(all: readonly T[], of: (one: T) => Content): Content[] =>
  Array.from({ length: Math.ceil(all.length / 2) }, (_, i) => ({
    columnGap: mm(4),
    columns: [2 * i, 2 * i + 1].map((at) => {
      const one = all[at]
      return one === undefined ? { text: '', width: mm(88) } : { stack: [of(one)], width: mm(88) }
    }),
  }))

/** Height for a round seal of 42 mm. */
const stampHigh = mm(46)

const signatureOf = (one: ReportSignature): Content => ({
  layout: 'report',
  margin: [0, 0, 0, mm(3)],
  table: {
    widths: [mm(84)],
    heights: [one.stamp ? stampHigh : mm(26)],
    body: [[{ stack: signedLines(one) }]],
  },
})

const signedLines = ({ role, name, svg, despite, ...one }: ReportSignature): Content[] => [
  { text: [{ text: role, bold: true }, `  ${name}`] },
  svg === null ? { text: '', margin: [0, mm(6)] } : { svg, width: mm(48) },
  ...(despite === '' ? [] : [{ ...breakable(despite), bold: true }]),
  caption(signedLine(one)),
]

function letterheadOf({ logo, company }: Of<'letterhead'>): Content {
  const name = { text: company, fontSize: 14, bold: true, margin: [0, mm(2), 0, 0] as Margins }
  if (logo === null) return { ...name, margin: [0, 0, 0, mm(3)] }
  const size = fitted(logo, mm(60), mm(20))
  return {
    margin: [0, 0, 0, mm(3)],
    columnGap: mm(5),
    columns: [
      { image: imageOf(logo), ...size },
      { width: '*', stack: [name] },
    ],
  }
}

/** An unbreakable piece; nested ones would leave pages empty. */
const unbroken = (one: Content): Content => ({ stack: [one], unbreakable: true })

const pairsIn = (block: Of<'photos'> | Of<'signatures'>): Content[] =>
  block.kind === 'photos' ? pairsOf(block.photos, photoOf) : pairsOf(block.signatures, signatureOf)

function blockOf(block: ReportBlock): Content {
  switch (block.kind) {
    case 'text':
      return { ...breakable(block.text), bold: block.look === 'notice', margin: [0, 0, 0, mm(2)] }
    case 'facts':
      return factsOf(block)
    case 'list':
      return {
        ul: block.items.map((text) => ({
          stack: [breakable(text)],
          unbreakable: rowsOnPaper([{ text }], [100]).length === 1,
        })),
        margin: [0, 0, 0, mm(2)],
      }
    case 'table':
      return tableOf(block)
    case 'drawing':
      return unbroken(drawingOf(block))
    case 'photos':
    case 'signatures':
      return { stack: pairsIn(block).map(unbroken) }
    case 'letterhead':
      return letterheadOf(block)
  }
}

/** Layout of a section that begins with a tall drawing: its height there, and whether it has its own page. */
interface Room {
  readonly highest: number
  readonly ownPage: boolean
  /** Following blocks fill the page without space for its figures; the heading is repeated above the drawing. */
  readonly after?: boolean
  /** Its position is not known yet. */
  readonly isOpen?: boolean
}
/** By section id. */
type Rooms = ReadonlyMap<string, Room>

const leadId = (id: string): string => `lead-${id}`
const mapId = (id: string): string => `map-${id}`

/** `alone`: outside an unbreakable piece, where a break before the heading would lose the piece. */
function headingOf({ id, heading }: ReportSection, alone: boolean): Content[] {
  if (heading === '') return []
  const level = alone ? { headlineLevel: 1 } : {}
  return [
    {
      text: heading,
      id: leadId(id),
      ...level,
      fontSize: 12.5,
      bold: true,
      margin: [0, mm(4), 0, mm(2)],
    },
  ]
}

/** A drawing with an unknown height is left out, to find where its section begins. */
function sectionOf(section: ReportSection, rooms: Rooms): Content {
  const { id, blocks } = section
  const [first, ...rest] = blocks
  const title = headingOf(section, true)
  const kept = headingOf(section, false)
  if (first?.kind === 'photos' || first?.kind === 'signatures') {
    // pdfmake sees no break before an unbreakable piece, so the heading is joined with the first row of boxes.
    const [row = { text: '' }, ...rows] = pairsIn(first)
    const lead: Content = { stack: [...kept, row], unbreakable: true }
    return { stack: [lead, ...rows.map(unbroken), ...rest.map(blockOf)] }
  }
  if (first?.kind !== 'drawing') return { stack: [...title, ...blocks.map(blockOf)] }
  const room: Room = rooms.get(id) ?? { highest: drawingHigh, ownPage: false }
  const { highest, ownPage, after = false, isOpen = false } = room
  if (tallOf(section) !== null && !rooms.has(id)) return { stack: [...title, caption('?')] }
  if (after) {
    const [next, ...others] = rest.map(blockOf)
    const again: Content = { text: section.heading, bold: true, margin: [0, 0, 0, mm(2)] }
    const map: Content = isOpen
      ? { text: '?', id: mapId(id) }
      : {
          unbreakable: true,
          stack: [again, drawingOf(first, highest)],
          ...(ownPage ? { pageBreak: 'before' } : {}),
        }
    return { stack: [...title, next ?? { text: '' }, map, ...others] }
  }
  const lead: Content = {
    unbreakable: true,
    stack: [...kept, drawingOf(first, highest)],
    ...(ownPage ? { pageBreak: 'before' } : {}),
  }
  return { stack: [lead, ...rest.map(blockOf)] }
}

/** Receives the position of a section's heading, from the upper edge of the paper. */
type LeadAt = (id: string, top: number) => void

function definitionOf(report: ReportDocument, rooms: Rooms, leadAt: LeadAt): TDocumentDefinitions {
  const { title, basis, footer, sections, language } = report
  const info = { title, creator: 'ETC Lane Studio' }
  return {
    info,
    language: language === 'zh' ? 'zh-CN' : 'en',
    compress: true,
    pageSize: 'A4',
    pageMargins: [margin.side, margin.top, margin.side, margin.foot],
    defaultStyle: { font: textFont, fontSize: 9.5, lineHeight: 1.15 },
    content: [
      { text: title, fontSize: 18, bold: true },
      { text: basis, margin: [0, 0, 0, mm(3)] },
      ...sections.map((section) => sectionOf(section, rooms)),
    ],
    footer: (at, of) => ({
      text: footer.replace('{page}', String(at)).replace('{pages}', String(of)),
      alignment: 'center',
      fontSize: 8,
      color: '#444444',
      margin: [0, mm(5), 0, 0],
    }),
    // A heading that would be alone at the foot of a page moves to the next one.
    pageBreakBefore: (node, around) => {
      if (node.id !== undefined) leadAt(node.id, node.startPosition.top)
      return (
        node.headlineLevel === 1 &&
        (around.getFollowingNodesOnPage().length === 0 ||
          node.startPosition.verticalRatio > 1 - leadLeast / page.height)
      )
    },
  }
}

const bufferOf = (report: ReportDocument, rooms: Rooms, leadAt: LeadAt): Promise<Buffer> =>
  pdfmake.createPdf(definitionOf(report, rooms, leadAt)).getBuffer()

/**
 * Space left on the page below the piece with that id. It is called several times in a layout: the last value counts.
 */
async function leftAt(report: ReportDocument, rooms: Rooms, id: string): Promise<number> {
  let top: number = margin.top
  // What stands behind that section does not move it.
  const upto = report.sections.findIndex((one) => id.endsWith(`-${one.id}`)) + 1
  const part = { ...report, sections: report.sections.slice(0, upto) }
  await bufferOf(part, rooms, (which, at) => {
    if (which === id) top = at
  })
  return margin.top + page.height - top
}

/**
 * A drawing higher than half a page uses the remaining space when that is half a page or more and its figures are
 * readable there. Otherwise it begins the next page in its full size, and the page before it is more than half full, if
 * necessary with what follows the drawing.
 */
async function roomsOf(report: ReportDocument): Promise<Rooms> {
  const rooms = new Map<string, Room>()
  for (const section of report.sections) {
    const tall = tallOf(section)
    if (tall === null) continue
    const { id, blocks } = section
    const roomIn = (left: number, lead: number): Room | null =>
      left - lead < Math.min(drawingHigh, leastHigh(tall))
        ? null
        : { highest: Math.min(drawingHigh, left - lead), ownPage: false }
    const next: Room = { highest: drawingHigh, ownPage: true }
    const left = await leftAt(report, rooms, leadId(id))
    const here = left < page.height / 2 ? next : roomIn(left, leadHigh(tall))
    if (here !== null || blocks.length === 1) {
      rooms.set(id, here ?? next)
      continue
    }
    rooms.set(id, { ...next, after: true, isOpen: true })
    const below = await leftAt(report, rooms, mapId(id))
    rooms.set(id, { ...(roomIn(below, leadHigh(tall)) ?? next), after: true })
  }
  return rooms
}

const layout = {
  hLineWidth: () => 0.7,
  vLineWidth: () => 0.7,
  hLineColor: () => grey,
  vLineColor: () => grey,
  paddingLeft: () => mm(1.5),
  paddingRight: () => mm(1.5),
  paddingTop: () => mm(1),
  paddingBottom: () => mm(1),
}

/** Files by name in memory, which pdfmake has but its types lack. */
interface KeptFiles {
  existsSync(file: string): boolean
  writeFileSync(file: string, bytes: Uint8Array): void
}
const { virtualfs } = pdfmake as typeof pdfmake & { readonly virtualfs: KeptFiles }

/** Reads the two font files (21 MB) once, because a document is laid out several times. */
function keepFonts(fonts: FontFiles): void {
  for (const file of [fonts.regular, fonts.bold])
    if (!virtualfs.existsSync(file)) virtualfs.writeFileSync(file, readFileSync(file))
}

export async function reportPdf(given: ReportDocument, fonts: FontFiles): Promise<Uint8Array> {
  const report = forPaper(given)
  // Nothing is downloaded and no file is read, whatever the text of a report contains.
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy(() => false)
  keepFonts(fonts)
  pdfmake.setFonts({
    [textFont]: { normal: fonts.regular, bold: fonts.bold },
    [reportFont]: opened,
  })
  pdfmake.addTableLayouts({ report: layout })
  return bufferOf(report, await roomsOf(report), () => undefined)
}
