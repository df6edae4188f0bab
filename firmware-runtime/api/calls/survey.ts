// Calls of site surveys. They move neither money nor a barrier, so they are no acts; an installer makes them.
// Bodies are judged where they are kept (app/survey/body-schema.ts), field by field.
import { z } from 'zod'
import type { Json } from '../../core/values/json.ts'
import { read, said, type CallRow } from '../rows.ts'
import type { SurveyListView, SurveyPage, SurveyReportView } from '../survey-views.ts'

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,79}$/)
const by = said(60)
const installer = <A, R>(args: z.ZodType<A>): CallRow<A, R> => ({
  role: 'installer',
  args,
  act: false,
  demoOnly: false,
})

export interface NewSurveyArgs {
  readonly title: string
  readonly site: string
  readonly lane: string
  readonly grid: string
  readonly access: 'wire' | 'mobile'
  readonly trigger: { readonly xMm: number; readonly yMm: number } | null
  readonly by: string
}
const mm = z.int().min(-40_000).max(40_000)

/** A whole grid typed or read from a file at once. */
const bodiesMax = 5_000

export const surveyCalls = {
  'survey.list': read<Record<string, never>, SurveyListView>(z.strictObject({})),
  'survey.page': read<{ name: string }, SurveyPage>(z.strictObject({ name })),
  'survey.new': installer<NewSurveyArgs, SurveyPage>(
    z.strictObject({
      title: said(120),
      site: said(120),
      lane: said(60),
      grid: said(40),
      access: z.enum(['wire', 'mobile']),
      trigger: z.strictObject({ xMm: mm, yMm: mm }).nullable(),
      by,
    }),
  ),
  'survey.add': installer<{ name: string; bodies: readonly Json[]; by: string }, SurveyPage>(
    z.strictObject({
      name,
      bodies: z
        .array(z.json() as z.ZodType<Json>)
        .min(1)
        .max(bodiesMax),
      by,
    }),
  ),
  'survey.undo': installer<{ name: string; by: string }, SurveyPage>(z.strictObject({ name, by })),
  'survey.report': read<{ name: string; language: 'zh' | 'en' }, SurveyReportView>(
    z.strictObject({ name, language: z.enum(['zh', 'en']) }),
  ),
} as const
