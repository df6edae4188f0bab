// A report of takings: the days or shifts it covers, the takings of each, and what is still open.
// It names each reason why it is not final: a running day or shift, uncounted cash, a bill that was not compared.
import type { Fen } from '#base/pure/values/fen.ts'
import { dayMs, dayStartMs, isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { ReportKind } from '#base/pure/values/report-kinds.ts'
import { billKey, isOfWholeDay, rowsOfShift, type Tally } from './day-items.ts'
import { addParts, takenFen, type ReportPart } from './report-part.ts'
import type { RowSpan } from './row-span.ts'

/** `running`: not ended. `uncounted`: cash in no count. `notCompared`: payments by code without their bill. */
const openReasons = ['running', 'uncounted', 'notCompared', 'differs'] as const
export type OpenReason = (typeof openReasons)[number]

/** One day, or one shift. */
export interface ReportUnit {
  readonly span: RowSpan
  readonly part: ReportPart
  readonly open: readonly OpenReason[]
  /** True for a time before the first row of the ledger: nothing to settle. */
  readonly isBefore: boolean
  /** The count of a shift and who made it; null for a day and for the running shift. */
  readonly counted: {
    readonly by: string
    readonly beforeFen: Fen
    readonly countedFen: Fen
    readonly leftFen: Fen
  } | null
}

export interface Report {
  readonly kind: ReportKind
  readonly span: RowSpan
  readonly madeAtMs: InstantMs
  /** Head of the ledger when the report was made. */
  readonly head: { readonly seq: number; readonly hash: string }
  readonly units: readonly ReportUnit[]
  readonly total: ReportPart
  /** Open items of these days. */
  readonly openItems: { readonly count: number; readonly amountFen: Fen }
  /** ETC takings that have no bill to be compared with. */
  readonly etcFen: Fen
}

/** Longest report in days: one read of the rows covers no more. */
export const reportDaysMax = 400

type Shift = Tally['shifts'][number]
type UnitSpan = RowSpan & { readonly shift: Shift | null }

/** Each day that the span touches, whole. */
function days({ fromMs, toMs }: RowSpan): readonly RowSpan[] {
  const first = dayStartMs(fromMs)
  const count = Math.max(0, Math.ceil((toMs - first) / dayMs))
  return Array.from({ length: count }, (_, n) => ({
    fromMs: first + n * dayMs,
    toMs: first + (n + 1) * dayMs,
  }))
}

/** The shifts that ended in the span, and the one that runs now. */
function shiftSpans(
  { fromMs, toMs }: RowSpan,
  shifts: readonly Shift[],
  nowMs: InstantMs,
): readonly UnitSpan[] {
  const ended = shifts.flatMap((shift, n) =>
    shift.toMs >= fromMs && shift.toMs < toMs
      ? [{ fromMs: shift.fromMs, toMs: shift.toMs, rows: rowsOfShift(shifts, n), shift }]
      : [],
  )
  if (nowMs < fromMs || nowMs >= toMs) return ended
  const since = shifts.at(-1)
  const rows = since === undefined ? {} : { rows: rowsOfShift(shifts, shifts.length) }
  return [...ended, { fromMs: since?.toMs ?? dayStartMs(nowMs), toMs: nowMs, ...rows, shift: null }]
}

/** The days or shifts of a report, in chronological order. */
export const unitSpans = (
  kind: ReportKind,
  span: RowSpan,
  { shifts }: Pick<Tally, 'shifts'>,
  nowMs: InstantMs,
): readonly UnitSpan[] =>
  kind === 'shift'
    ? shiftSpans(span, shifts, nowMs)
    : days(span).map((day) => ({ ...day, shift: null }))

interface OpenParts {
  readonly tally: Tally
  readonly nowMs: InstantMs
  /** True when the lot has a gateway whose bills can be fetched. */
  readonly hasGateway: boolean
  /** The first start of the lot; null: it never started. */
  readonly beganMs: InstantMs | null
}

const dayOf = (atMs: InstantMs): string => isoOf(atMs).slice(0, 10)

function openOf(
  { fromMs, toMs, shift }: UnitSpan,
  part: ReportPart,
  { tally, nowMs, hasGateway }: OpenParts,
  isShift: boolean,
): readonly OpenReason[] {
  const open = isShift ? shift === null : toMs > nowMs
  const hasCodes = takenFen(part, ({ means }) => means === 'qr') > 0
  const firstDay = dayOf(fromMs)
  const lastDay = dayOf(toMs - 1)
  const isCompared = [firstDay, lastDay].every((day) => {
    const held = tally.reconciled.get(billKey('qr', day))
    return held !== undefined && isOfWholeDay(held)
  })
  const differs = [...tally.items.values()].some(
    ({ end, day }) => end === null && day >= firstDay && day <= lastDay,
  )
  return [
    ...(open ? (['running'] as const) : []),
    ...(part.uncountedFen > 0 ? (['uncounted'] as const) : []),
    ...(hasCodes && hasGateway && !isCompared ? (['notCompared'] as const) : []),
    ...(differs ? (['differs'] as const) : []),
  ]
}

interface ReportSource extends OpenParts {
  readonly kind: ReportKind
  readonly span: RowSpan
  readonly head: Report['head']
  /** Parts of the spans of `unitSpans`, in their order. */
  readonly parts: readonly ReportPart[]
}

export function reportOf(source: ReportSource): Report {
  const { kind, span, head, parts, tally, nowMs, beganMs } = source
  const units = unitSpans(kind, span, tally, nowMs).flatMap(({ shift, rows: _, ...own }, n) => {
    const part = parts[n]
    if (part === undefined) return []
    const open = openOf({ ...own, shift }, part, source, kind === 'shift')
    const counted =
      shift === null
        ? null
        : {
            by: shift.by,
            beforeFen: shift.beforeFen,
            countedFen: shift.countedFen,
            leftFen: shift.leftFen,
          }
    const isBefore = own.toMs <= (beganMs ?? nowMs)
    return [{ span: own, part, open, isBefore, counted }]
  })
  const total = addParts(parts)
  const [from, to] = [dayOf(span.fromMs), dayOf(span.toMs - 1)]
  const items = [...tally.items.values()].filter(
    ({ end, day }) => end === null && day >= from && day <= to,
  )
  return {
    kind,
    span,
    madeAtMs: nowMs,
    head,
    units,
    total,
    openItems: {
      count: items.length,
      amountFen: items.reduce((sum, one) => sum + Math.abs(one.foundFen - one.expectedFen), 0),
    },
    etcFen: takenFen(total, ({ means }) => means === 'etc'),
  }
}

/** Why a report is not final, each reason once. */
export const openOfReport = ({ units }: Report): readonly OpenReason[] =>
  openReasons.filter((reason) => units.some(({ open }) => open.includes(reason)))
