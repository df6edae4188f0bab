// Fields that a person marks over the bytes of captured frames, and the frame tables made from them. Offsets count from
// the type byte, which is 0; unmarked bytes stay visible as hex.
import type { TriedFrameView, TriedView } from '../../calls/console-views.ts'
import { frameMarks, type FrameMarks } from '../../calls/console.ts'
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import { makeFrameEngine, type DecodedFrame } from '../../pure/rsu/frame-engine.ts'
import { emptyFraming } from '../../pure/rsu/framing.ts'
import { placedWhy, tableProblems } from '../../pure/rsu/table-check.ts'
import { tableWords } from '../../pure/rsu/table-words.ts'
import type { FieldTable, FrameForm, FrameTable, VariantTable } from '../../pure/rsu/table-types.ts'
import { rsuVariant, type RsuVariant, type RsuVariantId } from '../../pure/rsu/variants.ts'
import type { Capture } from '../../frame-log/capture.ts'
import { captureRows } from '../../frame-log/capture-replay.ts'

export const marksShape = frameMarks
export type MarkedFrame = FrameMarks

type MarkProblem = TriedView['problems'][number]

type ReceivedFrame = Pick<TriedFrameView, 'monoMs' | 'direction' | 'dataHex' | 'wireHex' | 'code'>

/** Whole frames of a capture, whether or not a table knows them. */
function receivedFrames(capture: Capture, variant: RsuVariant): readonly ReceivedFrame[] {
  const captured: ReceivedFrame[] = []
  for (const row of captureRows(capture, variant)) {
    if (row.direction === 'link' || row.hex === '') continue
    const bytes = bytesOfHex(row.hex) ?? new Uint8Array(0)
    const [frame] = variant.framing.decode(emptyFraming, bytes).frames
    if (frame === undefined || frame.data.length === 0) continue
    const dataHex = hexOf(frame.data)
    const { direction, hex: wireHex } = row
    captured.push({
      monoMs: row.monoUs / 1000,
      direction,
      dataHex,
      wireHex,
      code: dataHex.slice(0, 2),
    })
  }
  return captured
}

/** Bytes of a capture outside whole frames: noise, a wrong check, or another framing. */
export function unframedBytes(capture: Capture, variant: RsuVariant): number {
  let bytes = 0
  for (const event of capture.events)
    if (event.kind === 'in' || event.kind === 'out') bytes += event.bytes.length
  for (const { wireHex } of receivedFrames(capture, variant)) bytes -= wireHex.length / 2
  return bytes
}

/** Marked fields in byte order; gaps between them as hex, so that no byte is hidden. */
function fieldsOf({ length, fields }: MarkedFrame, dataStartsAt: number): FieldTable[] {
  const out: FieldTable[] = []
  let at = 1
  const gap = (to: number): void => {
    if (to > at) out.push({ name: `gap${at}`, off: at + dataStartsAt, len: to - at, type: 'hex' })
  }
  for (const { offset, length: len, kind, name, unit } of fields.toSorted(
    (a, b) => a.offset - b.offset,
  )) {
    gap(offset)
    const off = offset + dataStartsAt
    out.push({ name, off, len, type: kind, ...(unit === undefined ? {} : { unit }) })
    at = Math.max(at, offset + len)
  }
  gap(length)
  return out
}

/** A form without its example, which is taken from the capture when the fields fit. */
const formOf = (frame: MarkedFrame, { counting }: VariantTable): FrameForm => ({
  name: `marked${frame.length}`,
  length: frame.length + counting.lengthAdds,
  fields: fieldsOf(frame, counting.dataStartsAt),
  example: { hex: '', value: {} },
})

/** Marks combined with the base: another length of a known frame keeps its other lengths. */
function framesOf(marks: readonly MarkedFrame[], base: VariantTable): readonly FrameTable[] {
  const byCode = Map.groupBy(marks, ({ code }) => code)
  return [...byCode].map(([code, marked]) => {
    const known = base.frames.find((frame) => frame.code === code)
    const forms = marked.map((frame) => formOf(frame, base))
    const lengths = new Set(forms.map(({ length }) => length))
    const others = (known?.forms ?? []).filter(({ length }) => !lengths.has(length))
    const [first] = marked
    return {
      code,
      name: known?.name ?? first?.name ?? 'marked',
      from: known?.from ?? first?.from ?? 'rsu',
      onLonger: known?.onLonger ?? 'reject',
      forms: [...others, ...forms],
    }
  })
}

const withFrames = (base: VariantTable, frames: readonly FrameTable[]): VariantTable => {
  const codes = new Set(frames.map(({ code }) => code))
  return { ...base, frames: [...base.frames.filter(({ code }) => !codes.has(code)), ...frames] }
}

function problemsOf(marks: readonly MarkedFrame[], base: VariantTable): readonly MarkProblem[] {
  const problems: MarkProblem[] = []
  const seen = new Set<string>()
  const said = ({ code, length }: MarkedFrame, why: BilingualText): void => {
    problems.push({ code, length, text: why.en, why })
  }
  for (const frame of marks) {
    const { code, length } = frame
    const key = `${code} ${length}`
    if (seen.has(key)) said(frame, tableWords.markedTwice())
    seen.add(key)
    const table = withFrames(base, framesOf([frame], base))
    for (const problem of tableProblems(table)) {
      if (problem.at !== `/frames/${code}`) continue
      const isOwn = problem.form === `marked${length}`
      said(frame, isOwn ? problem.why : placedWhy(problem).why)
    }
  }
  return problems
}

export interface Tried {
  readonly frames: readonly TriedFrameView[]
  readonly problems: readonly MarkProblem[]
  /** Frame tables with an example from the capture, for captured frames. */
  readonly tables: readonly FrameTable[]
}

const isMarked = (marks: readonly MarkedFrame[], code: string, form: FrameForm): boolean =>
  marks.some((frame) => frame.code === code && form.name === `marked${frame.length}`)

/** Every frame decoded by the marks where they fit, else by the base. */
export function tryMarks(
  capture: Capture,
  baseId: RsuVariantId,
  marks: readonly MarkedFrame[],
): Tried {
  const base = rsuVariant(baseId)
  const problems = [...problemsOf(marks, base.table)]
  const bad = new Set(problems.map(({ code }) => code))
  const good = marks.filter(({ code }) => !bad.has(code))
  const made = framesOf(good, base.table)
  const engine = makeFrameEngine(withFrames(base.table, made))
  const captured = receivedFrames(capture, base)
  const decoded = captured.map((frame) =>
    engine.decode(bytesOfHex(frame.dataHex) ?? new Uint8Array(0)),
  )
  const frames = captured.map((frame, i) => triedOf(frame, decoded[i]))
  const tables = made.map((table) => ({
    ...table,
    forms: table.forms.map((form) => {
      if (!isMarked(good, table.code, form)) return form
      const at = decoded.findIndex(
        (one) => one.ok && one.code === table.code && one.form === form.name,
      )
      const one = decoded[at]
      if (one?.ok !== true) {
        const length = Number(form.length) - base.table.counting.lengthAdds
        const why = tableWords.notCaptured()
        problems.push({ code: table.code, length, text: why.en, why })
        return form
      }
      return { ...form, example: { hex: captured[at]?.dataHex ?? '', value: one.value } }
    }),
  }))
  return { frames, problems, tables }
}

function triedOf(frame: ReceivedFrame, decoded: DecodedFrame | undefined): TriedFrameView {
  if (decoded?.ok === true)
    return {
      ...frame,
      ok: true,
      name: decoded.name,
      fields: decoded.value,
      reason: decoded.warnings.join(', '),
    }
  return { ...frame, ok: false, name: '', fields: {}, reason: decoded?.reason ?? 'empty' }
}
