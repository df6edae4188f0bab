// The spaces of a file that a person chose: a table (CSV, XLSX), or a drawing (DXF). One reader for the window and the
// commands; a drawing is parsed only here, and its parser is loaded with the first one.
import type { SpacesRead } from '../../calls/setup-views.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { decodedText, tableText } from '#base/tables/table-text.ts'

/** Of a drawing; one street of 40 spaces with its road is about 1 MB. */
export const drawingBytesMax = 20 * 1024 * 1024

export const isDrawingFile = (file: string): boolean => file.toLowerCase().endsWith('.dxf')

const noDrawing = t(
  '不是完整的文字形式 DXF 图纸:请从 CAD 另存为 DXF(文字)',
  'this is no whole DXF drawing in text form: save it from the CAD program as DXF in text form',
)

const tooManyCopies = t(
  '图块的份数太多，不是街道的图纸',
  'it has more copies of blocks than a drawing of streets can have',
)

async function spacesOfDrawingFile(bytes: Uint8Array, file: string, layer: string) {
  const refused = (note = noDrawing): LaneFault => new LaneFault('FILE-01', { file, note })
  const text = decodedText(bytes)
  const { isWholeDrawing, readDrawing } = await import('./drawing-reader.ts')
  if (text === null || !isWholeDrawing(text)) throw refused()
  const { spacesOfDrawing } = await import('../../pure/lot/drawing-spaces.ts')
  let drawing
  try {
    drawing = readDrawing(text)
  } catch (error) {
    // The parser assumes a whole drawing, and fails by a TypeError where one is cut off.
    if (!(error instanceof Error)) throw error
    throw refused(error instanceof RangeError ? tooManyCopies : noDrawing)
  }
  const found = spacesOfDrawing(drawing, layer)
  if ('fault' in found) throw new LaneFault('LOT-02', { file, ...found.fault })
  return { streets: found.streets, bad: [], aside: [], notes: [] }
}

/** Throws FILE-01 for what is neither, LOT-02 with the handle or line of what a drawing has wrong. */
export async function spacesOfFile(
  bytes: Uint8Array,
  file: string,
  layer = '',
): Promise<SpacesRead> {
  if (isDrawingFile(file)) return spacesOfDrawingFile(bytes, file, layer)
  const { readSpaces } = await import('../../pure/lot/spaces-table.ts')
  return readSpaces(await tableText(bytes, file))
}
