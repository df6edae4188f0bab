// Site surveys as Studio shows them: the list, and one survey with its rows, field and next point. Positions are whole
// millimetres (survey/pure/field/grid.ts), levels dBm.
import type { DayPlan } from '../pure/day-plan.ts'
import type { Sampling } from '../pure/file/sampling.ts'
import type { GridTemplate } from '../pure/field/grid.ts'
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import type { OpenPlace } from '#base/pure/values/open-readers.ts'
import type { SurveyLine } from '../pure/file/survey-page.ts'

export type { AssistantView } from '../pure/field/assistant.ts'
export type { CellView, FieldView, ItemView } from '../pure/file/survey-view.ts'
export type { CheckQuestion, SurveyLine, SurveyPage } from '../pure/file/survey-page.ts'

/** A picture of a survey; the page makes a `data:` URL of it. */
export interface SurveyPictureView {
  readonly mime: 'image/jpeg' | 'image/png'
  readonly base64: string
}

/** Antennas of the profile library, for the choice on the name plate. */
export interface AntennaProfilesView {
  readonly rows: readonly { readonly profile: string; readonly title: BilingualText }[]
}

export interface SurveyListView {
  /** For a new survey, by the rule pack of this folder: the areas of row 5, and the sample sizes. */
  readonly here: {
    readonly grids: readonly GridTemplate[]
    readonly sampling: Sampling
    /** The plan of the day by the access of the lanes; null: the folder has no lot. */
    readonly plans: Readonly<Record<'wire' | 'mobile', DayPlan>> | null
    /** What can be surveyed in an open lot, beside a lane with a boom. */
    readonly open: readonly (OpenPlace & { readonly words: BilingualText })[]
  }
  readonly surveys: readonly SurveyLine[]
  /** Names of files in the folder that are not surveys. */
  readonly unreadable: readonly string[]
}

export interface SurveyReportView {
  readonly name: string
  readonly fileName: string
  readonly mime: string
  /** The HTML page when HTML was requested; else empty. */
  readonly html: string
  /** The file in any other format; else empty. */
  readonly base64: string
  /** The page comes from a template of the user: the window prints it to PDF. */
  readonly ownTemplate: boolean
}
