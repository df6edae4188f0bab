// A table file that a person chose, as text: any text encoding, or the first sheet of a workbook.
// A file that is not a table is a fault with the name of the file.
import type { ApiError } from '#base/calls/rows.ts'
import { bothOf } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { tableText } from '#base/tables/table-text.ts'
import { notedFault } from '../words.ts'

type BroughtTable = { readonly text: string } | { readonly error: ApiError }

export async function broughtTable(file: File): Promise<BroughtTable> {
  try {
    return { text: await tableText(new Uint8Array(await file.arrayBuffer()), file.name) }
  } catch (fault) {
    if (!(fault instanceof LaneFault)) throw fault
    const { code, detail } = fault
    return { error: notedFault({ code, note: '', why: bothOf(detail.note) }, file.name) }
  }
}
