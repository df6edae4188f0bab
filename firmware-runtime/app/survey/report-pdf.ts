// The report as PDF without a browser: pdfmake lays it out, the font comes from a file and is embedded in part.
// Rows of tables and pictures stay whole; a page that breaks repeats the head of its table.
import pdfmake from 'pdfmake'
import type { Content, TDocumentDefinitions, TableCell } from 'pdfmake/interfaces.js'
import type { Verdict } from '../../core/survey/record.ts'
import { startsPage } from './report-model.ts'
import type {
  ReportBlock,
  ReportDocument,
  ReportPhoto,
  ReportSection,
  ReportSignature,
} from './report-model.ts'
import { reportFont } from './report-plots.ts'

export interface FontFiles {
  readonly regular: string
  readonly bold: string
}

const mm = (value: number): number => (value * 72) / 25.4
const margin = { side: mm(15), top: mm(16), foot: mm(18) } as const
/** Of an A4 page between its margins. */
const page = { width: mm(180), height: mm(297) - margin.top - margin.foot } as const
const grey = '#888888'
const red = '#a00000'

const looks: Readonly<Partial<Record<Verdict, object>>> = {
  fail: { bold: true, color: red },
  marginal: { bold: true },
  incomplete: { bold: true },
}

/** A long name without a gap breaks anywhere, so that it never leaves its cell. */
const breakable = (text: string): { text: string; wordBreak?: 'break-all' } =>
  /[!-~]{24}/.test(text) ? { text, wordBreak: 'break-all' } : { text }

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
      ...{ headerRows: 1, keepWithHeaderRows: 1, dontBreakRows: true },
      widths: padded(widths.map((part) => (100 * part) / total)),
      body: [
        head.map((text) => ({ text, bold: true, fillColor: '#eeeeee' })),
        ...rows.map((cells) => cells.map(({ text, verdict }) => cell(text, verdict))),
      ],
    },
  }
}

const factsOf = ({ rows }: Of<'facts'>): Content => ({
  layout: 'report',
  margin: [0, 0, 0, mm(3)],
  table: {
    ...{ dontBreakRows: true, widths: padded([30, 70]) },
    body: rows.map(([name, value]) => [{ text: name, bold: true }, cell(value)]),
  },
})

const caption = (text: string): Content => ({
  ...{ ...breakable(text), fontSize: 8.5, color: '#333333', margin: [0, mm(1), 0, mm(3)] },
})

/** As large as the page allows, and never above its own size. */
function fitted(width: number, height: number, [maxWidth, maxHeight]: readonly [number, number]) {
  const scale = Math.min(1, maxWidth / width, maxHeight / height)
  return { width: width * scale, height: height * scale }
}

const drawingOf = ({ svg, width, height, caption: said }: Of<'drawing'>): Content => ({
  unbreakable: true,
  stack: [
    { svg, font: reportFont, ...fitted(width, height, [page.width, mm(165)]) },
    caption(said),
  ],
})

const photoOf = ({ mime, bytes, width, height, caption: said }: ReportPhoto): Content => ({
  stack: [
    {
      image: `data:${mime};base64,${Buffer.from(bytes).toString('base64')}`,
      ...fitted(width, height, [mm(88), mm(90)]),
    },
    caption(said),
  ],
})

const pairsOf = <T>(all: readonly T[], of: (one: T) => Content): Content[] =>
  Array.from({ length: Math.ceil(all.length / 2) }, (_, i) => ({
    unbreakable: true,
    columnGap: mm(4),
    columns: [2 * i, 2 * i + 1].map((at) => {
      const one = all[at]
      return one === undefined ? { text: '', width: mm(88) } : { stack: [of(one)], width: mm(88) }
    }),
  }))

const signatureOf = ({ role, name, when, note, svg }: ReportSignature): Content => ({
  layout: 'report',
  margin: [0, 0, 0, mm(3)],
  table: {
    widths: [mm(84)],
    heights: [mm(26)],
    body: [
      [
        {
          stack: [
            { text: [{ text: role, bold: true }, `  ${name}`] },
            svg === null ? { text: '', margin: [0, mm(6)] } : { svg, width: mm(48) },
            caption([when, note].filter((text) => text !== '').join(' · ')),
          ],
        },
      ],
    ],
  },
})

function blockOf(block: ReportBlock): Content {
  switch (block.kind) {
    case 'text':
      return {
        ...breakable(block.text),
        bold: block.look === 'notice',
        margin: [0, 0, 0, mm(2)],
      }
    case 'facts':
      return factsOf(block)
    case 'list':
      return {
        ul: block.items.map((text) => ({ stack: [breakable(text)], unbreakable: true })),
        margin: [0, 0, 0, mm(2)],
      }
    case 'table':
      return tableOf(block)
    case 'drawing':
      return drawingOf(block)
    case 'photos':
      return { stack: pairsOf(block.photos, photoOf) }
    case 'signatures':
      return { stack: pairsOf(block.signatures, signatureOf) }
  }
}

function sectionOf({ heading, blocks }: ReportSection): Content {
  const [first, ...rest] = blocks.map(blockOf)
  const title: Content[] =
    heading === ''
      ? []
      : [
          {
            text: heading,
            fontSize: 12.5,
            bold: true,
            margin: [0, mm(4), 0, mm(2)],
            headlineLevel: 1,
          },
        ]
  const stack = [...title, ...(first === undefined ? [] : [first]), ...rest]
  return startsPage(blocks) ? { stack, pageBreak: 'before' } : { stack }
}

function definitionOf(report: ReportDocument): TDocumentDefinitions {
  const { title, basis, footer, sections, language } = report
  const info = { title, creator: 'ETC Lane Studio' }
  return {
    ...{ info, language: language === 'zh' ? 'zh-CN' : 'en', compress: true },
    pageSize: 'A4',
    pageMargins: [margin.side, margin.top, margin.side, margin.foot],
    defaultStyle: { font: reportFont, fontSize: 9.5, lineHeight: 1.15 },
    content: [
      { text: title, fontSize: 18, bold: true },
      { text: basis, margin: [0, 0, 0, mm(3)] },
      ...sections.map(sectionOf),
    ],
    footer: (at, of) => ({
      text: footer.replace('{page}', String(at)).replace('{pages}', String(of)),
      ...{ alignment: 'center', fontSize: 8, color: '#444444', margin: [0, mm(5), 0, 0] },
    }),
    // A heading that would stand alone at the foot goes with what follows.
    pageBreakBefore: (node, around) =>
      node.headlineLevel === 1 &&
      (around.getFollowingNodesOnPage().length === 0 ||
        (node.startPosition.verticalRatio > 0.9 && node.startPosition.top > page.height * 0.9)),
  }
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

export async function reportPdf(report: ReportDocument, fonts: FontFiles): Promise<Uint8Array> {
  // Nothing is fetched and no other file is read, whatever the text of a report says.
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy((path) => path === fonts.regular || path === fonts.bold)
  pdfmake.setFonts({ [reportFont]: { normal: fonts.regular, bold: fonts.bold } })
  pdfmake.addTableLayouts({ report: layout })
  return pdfmake.createPdf(definitionOf(report)).getBuffer()
}
