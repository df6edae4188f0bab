// `survey drawing` and `survey scale`: a plan or photo of the site in the file, and its scale. A second distance
// verifies the first; when they contradict each other nothing is recorded.
import { t } from '#base/pure/words/fault-text.ts'
import { addDrawing } from '../../runs/survey-entries.ts'
import { scaleFigures, type MeasuredLine, type PointPx } from '#base/pure/data/drawing.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { act, printed } from '#base/desk/commands/acts.ts'
import { broughtPicture } from './check-acts.ts'
import { recordJson } from './record-acts.ts'
import { withSurvey } from './record-into.ts'

export const drawingAct = act(
  ['survey drawing FILE --picture FILE [--title T] --by NAME'],
  ({ words: [file], title = '', by, ...values }) => {
    const picture = broughtPicture(values.picture, '--picture')
    const record = withSurvey(file, ({ ledger }) => addDrawing(ledger, { title, by }, picture))
    return printed({ ok: true, file, record: recordJson(record) })
  },
)

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

export const scaleAct = act(
  [
    'survey scale FILE --known X1,Y1,X2,Y2,MM --check X1,Y1,X2,Y2,MM [--place X,Y,TOWARDS-X,TOWARDS-Y] --by NAME',
  ],
  ({ words: [file], by, ...values }) => {
    const known = lineOf(values.known, '--known')
    const check = lineOf(values.check, '--check')
    const placed = placedOf(values.place)
    const record = withSurvey(file, ({ ledger }) => {
      const digest = ledger.project.drawing?.digest
      if (digest === undefined)
        throw new LaneFault('SURVEY-03', {
          file,
          field: '/digest',
          note: t('先做 survey drawing', 'survey drawing comes first'),
        })
      return ledger.add({ kind: 'scale', digest, known, check, placed }, by)
    })
    const figures = scaleFigures(known, check)
    const fits = figures.verdict === 'fits'
    return printed({ ok: fits, file, ...figures, record: recordJson(record) }, fits)
  },
)
