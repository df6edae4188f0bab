// The report as XLSX: the sections one below the other on the first sheet, the verdicts on the second, and the readings as
// they were taken, one sheet for each kind.
import {
  bold,
  textCell,
  workbook,
  type Sheet,
  type SheetCell,
} from '#base/tables/workbook-writer.ts'
import type { ReportBlock, ReportCell, ReportDocument, ReportSection } from './report-model.ts'
import type { ReadingSheet } from './report-readings.ts'
import { signedLine } from './report-rows.ts'

type Row = readonly SheetCell[]

const cellOf = ({ text, verdict }: ReportCell): SheetCell =>
  textCell(text, verdict === undefined || verdict === 'pass' ? {} : bold)
const texts = (all: readonly string[]): Row => all.map((text) => textCell(text))

/** Pictures stand on paper; here are their captions. */
function rowsOf(block: ReportBlock): readonly Row[] {
  switch (block.kind) {
    case 'text':
      return [[textCell(block.text, block.look === 'notice' ? bold : {})]]
    case 'facts':
      return block.rows.map(([name, value]) => [textCell(name, bold), textCell(value)])
    case 'list':
      return block.items.map((text) => texts([text]))
    case 'table':
      return [
        block.head.map((text) => textCell(text, bold)),
        ...block.rows.map((row) => row.map(cellOf)),
      ]
    case 'drawing':
      return [texts([block.caption])]
    case 'photos':
      return block.photos.map(({ caption }) => texts([caption]))
    case 'signatures':
      return block.signatures.map((one) =>
        texts([one.role, one.name, signedLine(one), one.despite]),
      )
    case 'letterhead':
      return [[textCell(block.company, bold)]]
  }
}

const rowsOfSection = ({ heading, blocks }: ReportSection): readonly Row[] => [
  ...(heading === '' ? [] : [[], [textCell(heading, bold)]]),
  ...blocks.flatMap(rowsOf),
]

/** Widths in characters: a line on paper has about 100. */
const verdictSheet = ({ heading, blocks }: ReportSection): readonly Sheet[] =>
  blocks.flatMap((block) =>
    block.kind !== 'table'
      ? []
      : [
          {
            name: heading,
            head: block.head,
            rows: block.rows.map((row) => row.map(cellOf)),
            widths: block.widths,
          },
        ],
  )

const readingCell = (value: string | number | null): SheetCell =>
  typeof value === 'number' ? value : value === null ? null : textCell(value)

const readingSheet = ({ name, head, rows }: ReadingSheet): Sheet => ({
  name,
  head,
  rows: rows.map((row) => row.map(readingCell)),
  widths: head.map((title, i) => (i === 1 ? 30 : Math.max(10, 2 + 2 * title.length))),
})

/** The annex of the paper is made of the same readings. */
export function reportXlsx(
  { title, basis, sections }: ReportDocument,
  readings: readonly ReadingSheet[],
): Promise<Uint8Array> {
  const isOwn = ({ id }: ReportSection): boolean => id !== 'annex' && id !== 'summary'
  const verdicts = sections.filter(({ id }) => id === 'summary').flatMap(verdictSheet)
  const first: Sheet = {
    name: title,
    rows: [
      [textCell(title, bold)],
      texts([basis]),
      ...sections.filter(isOwn).flatMap(rowsOfSection),
    ],
    widths: [34, 60, 24, 24, 24, 24, 24],
  }
  return workbook([first, ...verdicts, ...readings.map(readingSheet)])
}
