// `survey drawing` and `survey scale`: a plan or photo of the site in the file, and how far its pixels reach.
// The second distance proves the first; where they contradict each other nothing is recorded.
import { addDrawing } from '../../app/survey/survey-entries.ts'
import { scaleFigures, type MeasuredLine, type PointPx } from '../../core/values/drawing.ts'
import { LaneFault } from '../../core/values/faults.ts'
import { jsonText } from '../client.ts'
import { flags, needed, type CliIo } from '../command.ts'
import { broughtPicture, withSurvey } from './check-acts.ts'
import { oneFile, recordJson } from './record-acts.ts'

export function drawingAct(args: readonly string[], io: CliIo): Promise<number> {
  const { values, words } = flags(args, { picture: 'string', title: 'string', by: 'string' })
  const file = oneFile(words, 'survey drawing FILE')
  const by = needed(values.by, 'by')
  const picture = broughtPicture(needed(values.picture, 'picture'), '--picture')
  const title = values.title ?? ''
  const record = withSurvey(file, ({ book }) => addDrawing(book, { title, by }, picture))
  io.stdout(jsonText({ ok: true, file, record: recordJson(record) }, io.json))
  return Promise.resolve(0)
}

function numbers(text: string, field: string, shape: string): number[] {
  const parts = text.split(',')
  const all = parts.every((part) => /^-?\d{1,6}(?:\.\d{1,2})?$/.test(part))
  if (all && parts.length === shape.split(',').length) return parts.map(Number)
  throw new LaneFault('ARG-01', { field, value: text, note: shape })
}
const point = (xPx = 0, yPx = 0): PointPx => ({ xPx, yPx })

function lineOf(text: string, field: string): MeasuredLine {
  const [x1, y1, x2, y2, lengthMm = 0] = numbers(text, field, 'X1,Y1,X2,Y2,MM')
  return { from: point(x1, y1), to: point(x2, y2), lengthMm }
}

function placedOf(text: string | undefined): { origin: PointPx; along: PointPx } | null {
  if (text === undefined) return null
  const [x1, y1, x2, y2] = numbers(text, '--place', 'X,Y,TOWARDS-X,TOWARDS-Y')
  return { origin: point(x1, y1), along: point(x2, y2) }
}

export function scaleAct(args: readonly string[], io: CliIo): Promise<number> {
  const { values, words } = flags(args, {
    known: 'string',
    check: 'string',
    place: 'string',
    by: 'string',
  })
  const file = oneFile(words, 'survey scale FILE')
  const by = needed(values.by, 'by')
  const known = lineOf(needed(values.known, 'known'), '--known')
  const check = lineOf(needed(values.check, 'check'), '--check')
  const placed = placedOf(values.place)
  const record = withSurvey(file, ({ book }) => {
    const digest = book.project.drawing?.digest
    if (digest === undefined)
      throw new LaneFault('SURVEY-03', {
        file,
        field: '/digest',
        note: 'survey drawing comes first',
      })
    return book.add({ kind: 'scale', digest, known, check, placed }, by)
  })
  const figures = scaleFigures(known, check)
  const fits = figures.verdict === 'fits'
  io.stdout(jsonText({ ok: fits, file, ...figures, record: recordJson(record) }, io.json))
  return Promise.resolve(fits ? 0 : 1)
}
