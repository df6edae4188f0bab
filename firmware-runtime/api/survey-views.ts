// Site surveys as Studio shows them: the list, and one survey with rows, field and next point.
// Places are whole millimetres (core/survey/grid.ts), levels dBm.
import type { FieldView, ItemView } from '../app/survey/survey-view.ts'
import type { GridPoint, GridTemplate } from '../core/survey/grid.ts'
import type { InstrumentBody, ItemId, SetupBody, Verdict } from '../core/survey/record.ts'
import type { BilingualText } from '../core/values/fault-text.ts'

export type { CellView, FieldView, ItemView } from '../app/survey/survey-view.ts'

export interface SurveyLine {
  readonly name: string
  readonly title: string
  readonly site: string
  readonly lane: string
  readonly createdAtIso: string
  readonly records: number
  readonly verdict: Verdict
  /** False: records are lost or were changed. */
  readonly whole: boolean
}

export interface CheckQuestion {
  readonly item: ItemId
  readonly part: string
  readonly text: BilingualText
  readonly source: string
  readonly photo: boolean
  readonly answer: 'yes' | 'no' | 'notApplicable' | null
  readonly remark: string
}

export interface SurveyPage extends SurveyLine {
  readonly grid: GridTemplate | null
  readonly items: readonly ItemView[]
  readonly field: FieldView | null
  readonly next: GridPoint | null
  readonly taken: number
  readonly points: number
  readonly checks: readonly CheckQuestion[]
  readonly setup: SetupBody | null
  readonly instruments: readonly InstrumentBody[]
  readonly lost: readonly number[]
  readonly broken: readonly number[]
}

export interface SurveyListView {
  readonly surveys: readonly SurveyLine[]
  /** Files in the folder that are no surveys, by name. */
  readonly unreadable: readonly string[]
}

export interface SurveyReportView {
  readonly name: string
  readonly html: string
}
