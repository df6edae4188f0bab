// Calls of site surveys. They move neither money nor a barrier, so they are no acts; an installer makes them.
// Bodies are judged where they are kept (survey/body-schema.ts), field by field.
import { z } from 'zod'
import type { Json } from '../../core/values/json.ts'
import type { PointMm } from '../../survey/grid.ts'
import { itemIds } from '../../survey/items/ids.ts'
import { decisionRules, type SignedDespite, type ZonePlan } from '../../survey/record.ts'
import { visible } from '../../core/values/visible-text.ts'
import { installer, read, said, who } from '../rows.ts'
import type {
  AntennaProfilesView,
  AssistantView,
  SurveyListView,
  SurveyPage,
  SurveyPictureView,
  SurveyReportView,
} from '../survey-views.ts'
import { photoDraftId } from './photo.ts'

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,79}$/)
const by = said(60)
export interface NewSurveyArgs {
  readonly title: string
  readonly site: string
  readonly lane: string
  readonly grid: string
  readonly access: 'wire' | 'mobile'
  readonly trigger: { readonly xMm: number; readonly yMm: number } | null
  readonly by: string
  /** What row 5 is judged by; left out: the usual part around the trigger, no lane beside. */
  readonly zone?: ZonePlan | undefined
}
export interface ReportArgs {
  readonly name: string
  readonly language: 'zh' | 'en'
  /** HTML where it is left out. */
  readonly format?: 'html' | 'pdf' | 'docx' | 'xlsx'
}
/** A photo of one question of rows 1 to 4. */
export interface PhotoArgs {
  readonly item: string
  readonly part: string
  /** In words. */
  readonly where: string
  readonly at: PointMm | null
  readonly remark: string
  readonly by: string
}

/** What the cover of the report says; an empty text: nothing. */
export interface CoverTexts {
  readonly number: string
  readonly company: string
  readonly address: string
  readonly representative: string
}
export interface CoverArgs extends CoverTexts {
  readonly name: string
  readonly by: string
  /** A PNG that `photo.hold` brought over; null: no logo; left out: as it is. */
  readonly logoDraftId?: string | null
}

/** One signature; `despite` where rows have not passed. */
export interface SignArgs {
  /** Of the audit row that a lot keeps of a signature over rows that have not passed. */
  readonly commandId: string
  readonly name: string
  readonly by: string
  readonly role: 'surveyor' | 'witness' | 'owner'
  readonly signer: string
  readonly path: string | null
  readonly despite?: SignedDespite | undefined
}

export interface NameplateArgs {
  readonly model: string
  readonly serialNo: string | null
  readonly approvalNo: string | null
  readonly hardwareVersion: string | null
  readonly by: string
}

type Named<A> = A & { readonly name: string }
/** A picture that `photo.hold` brought over. */
type Brought<A> = Named<A> & { readonly draftId: string }

const perhaps = (max: number) =>
  z
    .string()
    .max(max)
    .refine((text) => visible(text) === text, 'control or invisible characters')
const mm = z.int().min(-40_000).max(40_000)
const point = z.strictObject({ xMm: mm, yMm: mm })
const widthDeg = z.number().min(5).max(120)

/** What the antenna assistant is asked: of which antenna, and what the survey does not say. */
export interface AssistArgs {
  readonly name: string
  readonly antennaId: number | null
  readonly beam: { readonly acrossDeg: number; readonly upDeg: number }
  /** The highest power step of the device. */
  readonly stepMax: number
  readonly neighbours: readonly { readonly xMm: number; readonly yMm: number }[]
}

export interface AddArgs {
  readonly name: string
  readonly bodies: readonly Json[]
  readonly by: string
  /** Why a row is measured again (SURVEY-42). */
  readonly reason?: string | undefined
}

export interface UndoArgs {
  readonly name: string
  readonly by: string
  readonly point?: true | undefined
  /** A reading of the field is not taken back without one. */
  readonly reason?: string | undefined
}

const zonePlan = z.strictObject({
  needed: z.strictObject({ leftMm: mm, rightMm: mm, nearMm: mm, farMm: mm }),
  neededReason: said(200).nullable(),
  origin: point,
  rule: z.enum(decisionRules),
  uncertaintyDb: z.number().min(0.1).max(20),
  neighbourAxesMm: z.array(mm).max(2),
})

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
      trigger: point.nullable(),
      by,
      zone: zonePlan.optional(),
    }),
  ),
  'survey.add': installer<AddArgs, SurveyPage>(
    z.strictObject({
      name,
      reason: said(200).optional(),
      bodies: z
        .array(z.json() as z.ZodType<Json>)
        .min(1)
        .max(bodiesMax),
      by,
    }),
  ),
  /** `point`: the last point of the field; records of other measurements made meanwhile stay. */
  'survey.undo': installer<UndoArgs, SurveyPage>(
    z.strictObject({
      name,
      by,
      point: z.literal(true).optional(),
      reason: perhaps(200).optional(),
    }),
  ),
  'survey.photo': installer<Brought<PhotoArgs>, SurveyPage>(
    z.strictObject({
      name,
      draftId: photoDraftId,
      item: said(8),
      part: said(60),
      where: perhaps(120),
      at: z.strictObject({ xMm: mm, yMm: mm }).nullable(),
      remark: perhaps(500),
      by,
    }),
  ),
  'survey.drawing': installer<Brought<{ title: string; by: string }>, SurveyPage>(
    z.strictObject({ name, draftId: photoDraftId, title: perhaps(120), by }),
  ),
  'survey.cover': installer<CoverArgs, SurveyPage>(
    z.strictObject({
      name,
      by,
      number: perhaps(60),
      company: perhaps(120),
      address: perhaps(200),
      representative: perhaps(60),
      logoDraftId: photoDraftId.nullable().exactOptional(),
    }),
  ),
  'survey.sign': installer<SignArgs, SurveyPage>(
    z.strictObject({
      name,
      by,
      commandId: who.commandId,
      signer: said(60),
      path: z.string().max(30_000).nullable(),
      role: z.enum(['surveyor', 'witness', 'owner']),
      despite: z
        .strictObject({
          rows: z
            .array(
              z.strictObject({
                item: z.enum(itemIds),
                verdict: z.enum(['fail', 'incomplete', 'marginal']),
              }),
            )
            .min(1)
            .max(itemIds.length),
          reason: said(500),
          who: said(60),
        })
        .optional(),
    }),
  ),
  'survey.picture': read<{ name: string; digest: string }, SurveyPictureView>(
    z.strictObject({ name, digest: z.string().regex(/^[0-9A-F]{64}$/) }),
  ),
  'survey.antennas': read<Record<string, never>, AntennaProfilesView>(z.strictObject({})),
  'survey.nameplate': installer<Named<NameplateArgs & { profile: string | null }>, SurveyPage>(
    z.strictObject({
      name,
      profile: said(81).nullable(),
      model: said(120),
      by,
      serialNo: said(60).nullable(),
      approvalNo: said(60).nullable(),
      hardwareVersion: said(60).nullable(),
    }),
  ),
  'survey.assist': read<AssistArgs, AssistantView>(
    z.strictObject({
      name,
      antennaId: z.int().min(0).max(255).nullable(),
      beam: z.strictObject({ acrossDeg: widthDeg, upDeg: widthDeg }),
      stepMax: z.int().min(0).max(255),
      neighbours: z.array(point).max(100),
    }),
  ),
  'survey.report': read<ReportArgs, SurveyReportView>(
    z.strictObject({
      name,
      language: z.enum(['zh', 'en']),
      format: z.enum(['html', 'pdf', 'docx', 'xlsx']).exactOptional(),
    }),
  ),
} as const
