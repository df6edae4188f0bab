// A report of takings as tables in one language: displayed in a window, and the source of every file. Money is integer
// fen here; a file shows yuan.
import type { ReportKind } from '#base/pure/values/report-kinds.ts'
import type { ApiError } from '#base/calls/rows.ts'

export const reportFormats = ['csv', 'xlsx', 'pdf'] as const
export type ReportFormat = (typeof reportFormats)[number]

/** `fen`, `time` and `day` are numbers: integer fen and milliseconds since 1970. */
type ReportShape = 'text' | 'count' | 'fen' | 'time' | 'day'
export type ReportValue = string | number | null

export interface ReportTable {
  readonly name: string
  readonly columns: readonly { readonly head: string; readonly shape: ReportShape }[]
  readonly rows: readonly (readonly ReportValue[])[]
  /** Null: no total. */
  readonly total: readonly ReportValue[] | null
}

export interface ReportSheet {
  readonly kind: ReportKind
  readonly language: 'zh' | 'en'
  readonly title: string
  readonly fromDay: string
  /** The last day, included. */
  readonly toDay: string
  readonly madeAtIso: string
  readonly head: { readonly seq: number; readonly hash: string }
  /** Names and values: lot, period, time, head of the ledger. */
  readonly facts: readonly (readonly [string, string])[]
  readonly isOpen: boolean
  /** Why the report is preliminary, and what it was not compared with. */
  readonly notices: readonly string[]
  readonly tables: readonly ReportTable[]
}

export interface ReportRunView {
  readonly reportId: string
  readonly state: 'running' | 'done' | 'stopped' | 'failed'
  /** Number of days or shifts read, and of all. */
  readonly done: number
  readonly of: number
  readonly sheet: ReportSheet | null
  readonly error: ApiError | null
}

export interface ReportFileView {
  readonly fileName: string
  readonly mime: string
  readonly base64: string
}

/** A scheduled report. */
export interface ReportPlanView {
  readonly report: ReportKind
  readonly every: 'day' | 'month'
  /** `HH:MM` after the end of the day or month. */
  readonly at: string
  /** The folder of its files. */
  readonly to: string
  readonly formats: readonly ReportFormat[]
  /** The newest period with a report; null: none yet. */
  readonly last: {
    readonly period: string
    readonly edition: number
    /** Its figures may still change; then another edition follows. */
    readonly isOpen: boolean
    readonly atIso: string
  } | null
}
