// Site surveys as Studio shows them: the list, and one survey with rows, field and next point.
// Places are whole millimetres (survey/grid.ts), levels dBm.
import type { Sampling } from '../survey/sampling.ts'
import type { GridTemplate } from '../survey/grid.ts'
import type { BilingualText } from '../core/values/fault-text.ts'
import type { SurveyLine } from '../survey/survey-page.ts'

export type { AssistantView } from '../survey/assistant.ts'
export type { CellView, FieldView, ItemView } from '../survey/survey-view.ts'
export type { CheckQuestion, SurveyLine, SurveyPage } from '../survey/survey-page.ts'

/** A picture of a survey: `data:` is put together by who shows it. */
export interface SurveyPictureView {
  readonly mime: 'image/jpeg' | 'image/png'
  readonly base64: string
}

/** Antennas of the profile library, for the name plate. */
export interface AntennaProfilesView {
  readonly rows: readonly { readonly profile: string; readonly title: BilingualText }[]
}

export interface SurveyListView {
  /** As the rule pack of this folder has it, for a survey that is begun: the area of row 5, and how many are tested. */
  readonly here: { readonly grids: readonly GridTemplate[]; readonly sampling: Sampling }
  readonly surveys: readonly SurveyLine[]
  /** Files in the folder that are no surveys, by name. */
  readonly unreadable: readonly string[]
}

export interface SurveyReportView {
  readonly name: string
  readonly fileName: string
  readonly mime: string
  /** The page, where HTML was asked; else empty. */
  readonly html: string
  /** The file in any other format; else empty. */
  readonly base64: string
  /** The page is the user's own: a PDF of it is printed by a window. */
  readonly ownTemplate: boolean
}
