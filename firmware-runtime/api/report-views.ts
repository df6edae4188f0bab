// A report of takings as tables in the words of one language: what a window shows and every file is made from.
// Money is integer fen up to here; a file shows yuan.
import type { ReportKind } from '../core/values/report-kinds.ts'
import type { ApiError } from './rows.ts'

export const reportFormats = ['csv', 'xlsx', 'pdf'] as const
export type ReportFormat = (typeof reportFormats)[number]

/** `fen`, `time` and `day` are numbers: integer fen and milliseconds since 1970. */
type ReportShape = 'text' | 'count' | 'fen' | 'time' | 'day'
export type ReportValue = string | number | null

export interface ReportTable {
  readonly name: string
  readonly columns: readonly { readonly head: string; readonly shape: ReportShape }[]
  readonly rows: readonly (readonly ReportValue[])[]
  /** Null: nothing to add up. */
  readonly total: readonly ReportValue[] | null
}

export interface ReportSheet {
  readonly kind: ReportKind
  readonly language: 'zh' | 'en'
  readonly title: string
  readonly fromDay: string
  /** The last day in it. */
  readonly toDay: string
  readonly madeAtIso: string
  readonly head: { readonly seq: number; readonly hash: string }
  /** Names and values: lot, span, when it was made, the ledger's head. */
  readonly facts: readonly (readonly [string, string])[]
  readonly isOpen: boolean
  /** Why it is not the last word, and what it was not held against. */
  readonly notices: readonly string[]
  readonly tables: readonly ReportTable[]
}

export interface ReportRunView {
  readonly reportId: string
  readonly state: 'running' | 'done' | 'stopped' | 'failed'
  /** Days or shifts read, of how many. */
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

/** A report that is made by itself. */
export interface ReportPlanView {
  readonly report: ReportKind
  readonly every: 'day' | 'month'
  /** `HH:MM` after the end of the day or month. */
  readonly at: string
  /** The folder of its files. */
  readonly to: string
  readonly formats: readonly ReportFormat[]
  /** The newest period that was made; null: none yet. */
  readonly last: {
    readonly period: string
    readonly edition: number
    /** Its figures may still change; then there will be another edition. */
    readonly isOpen: boolean
    readonly atIso: string
  } | null
}
