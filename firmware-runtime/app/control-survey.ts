// The survey calls of the control API: all of their work is done beside the hot thread.
// A lot in memory keeps no surveys.
import type { NewSurveyArgs } from '../api/calls/survey.ts'
import type { SurveyListView, SurveyPage, SurveyReportView } from '../api/survey-views.ts'
import type { AnswerOf, ApiName, ArgsOf } from '../api/table.ts'
import type { Json } from '../core/values/json.ts'
import { LaneFault } from '../core/values/faults.ts'

/** Surveys of a data folder (DIR/surveys). Each reading is durable when its promise resolves. */
export interface SurveyDesk {
  list(): Promise<SurveyListView>
  page(name: string): Promise<SurveyPage>
  make(args: NewSurveyArgs): Promise<SurveyPage>
  add(name: string, bodies: readonly Json[], by: string): Promise<SurveyPage>
  undo(name: string, by: string): Promise<SurveyPage>
  report(name: string, language: 'zh' | 'en'): Promise<SurveyReportView>
}

type SurveyCall = Extract<ApiName, `survey.${string}`>
type SurveyHandlers = { readonly [N in SurveyCall]: (args: ArgsOf<N>) => Promise<AnswerOf<N>> }

export function surveyHandlers(desk: SurveyDesk | null): SurveyHandlers {
  const surveys = (): SurveyDesk => {
    if (desk === null) throw new LaneFault('SURVEY-01', { note: 'no data folder' })
    return desk
  }
  return {
    'survey.list': async () => surveys().list(),
    'survey.page': async ({ name }) => surveys().page(name),
    'survey.new': async (args) => surveys().make(args),
    'survey.add': async ({ name, bodies, by }) => surveys().add(name, bodies, by),
    'survey.undo': async ({ name, by }) => surveys().undo(name, by),
    'survey.report': async ({ name, language }) => surveys().report(name, language),
  }
}
