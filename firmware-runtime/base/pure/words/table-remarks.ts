// What a workbook has beside the text of its cells: hidden rows and columns, and the day from which its numbers count days.
// It is carried as a last line of that text, so that window, commands and calls pass on one text.

/** Year of the first day: ECMA-376 part 1, 18.2.28, `date1904`. */
export type DaysFrom = 1900 | 1904

export interface TableRemarks {
  /** Rows that the spreadsheet does not show and that have content; they are read like the others. */
  readonly hiddenRows: number
  /** The same of columns. */
  readonly hiddenColumns: number
  readonly daysFrom: DaysFrom
}

export const noRemarks: TableRemarks = { hiddenRows: 0, hiddenColumns: 0, daysFrom: 1900 }

const shape =
  /(?:^|\n)#workbook hiddenRows=(\d{1,6}) hiddenColumns=(\d{1,3}) daysFrom=(1900|1904)\n?$/

/** The text with its remarks; a workbook without any has no such line. */
export function withRemarks(text: string, remarks: TableRemarks): string {
  const { hiddenRows, hiddenColumns, daysFrom } = remarks
  if (hiddenRows + hiddenColumns === 0 && daysFrom === 1900) return text
  return `${text}#workbook hiddenRows=${hiddenRows} hiddenColumns=${hiddenColumns} daysFrom=${daysFrom}\n`
}

export function remarksOf(text: string): TableRemarks {
  const [, hiddenRows = '0', hiddenColumns = '0', daysFrom] = shape.exec(text) ?? []
  return {
    hiddenRows: Number(hiddenRows),
    hiddenColumns: Number(hiddenColumns),
    daysFrom: daysFrom === '1904' ? 1904 : 1900,
  }
}

export const withoutRemarks = (text: string): string => text.replace(shape, '\n')
