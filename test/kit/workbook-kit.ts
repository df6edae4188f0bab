// Workbooks for tests, part by part, so that they can contain what a spreadsheet program never writes.
import { strToU8, zipSync } from 'fflate'

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

interface Workbook {
  /** Content of the first sheet's `sheetData`. */
  readonly rows: string
  readonly texts?: string
  readonly styles?: string
  readonly book?: string
  /** Further parts, or replacements of parts. */
  readonly more?: Readonly<Record<string, string>>
}

export function workbook({ rows, texts = '', styles = '', book, more = {} }: Workbook): Uint8Array {
  const parts: Record<string, string> = {
    'xl/workbook.xml':
      book ?? '<workbook><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/></Relationships>',
    'xl/sharedStrings.xml': `<sst>${texts}</sst>`,
    'xl/styles.xml': `<styleSheet>${styles}</styleSheet>`,
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
    ...more,
  }
  const bytes = Object.entries(parts).map(([name, xml]) => [name, strToU8(head + xml)] as const)
  return zipSync(Object.fromEntries(bytes))
}
