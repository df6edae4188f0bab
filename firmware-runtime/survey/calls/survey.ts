// Calls about site surveys. They move neither money nor a barrier, so they are not acts; installers make them. Bodies
// are checked field by field where they are stored (survey/pure/file/body-schema.ts).
import { rule } from '#base/pure/words/issue-why.ts'
import { z } from 'zod'
import type { Json } from '#base/pure/data/json.ts'
import { itemIds } from '../pure/items/ids.ts'
import { openPlace } from '../pure/file/open-place.ts'
import { decisionRules } from '../pure/decision.ts'
import { signerRoles } from '#base/pure/words/survey-words.ts'
import { visible } from '#base/pure/words/visible-text.ts'
import { installer, read, reply, said, who, type RowArgs } from '#base/calls/rows.ts'
import type {
  AntennaProfilesView,
  AssistantView,
  SurveyListView,
  SurveyPage,
  SurveyPictureView,
  SurveyReportView,
} from './survey-views.ts'
import { photoDraftId } from '#base/calls/photo.ts'

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,79}$/)
const by = said(60)

const perhaps = (max: number) =>
  z
    .string()
    .max(max)
    .refine(
      (text) => visible(text) === text,
      rule('有控制字符或不可见字符', 'control or invisible characters'),
    )
const mm = z.int().min(-40_000).max(40_000)
const point = z.strictObject({ xMm: mm, yMm: mm })
const widthDeg = z.number().min(5).max(120)

const zonePlan = z.strictObject({
  needed: z.strictObject({ leftMm: mm, rightMm: mm, nearMm: mm, farMm: mm }),
  neededReason: said(200).nullable(),
  origin: point,
  rule: z.enum(decisionRules),
  uncertaintyDb: z.number().min(0.1).max(20),
  neighbourAxesMm: z.array(mm).max(2),
  noNeighbours: said(200).exactOptional(),
})

/** Limit for a whole grid, typed or read from a file. */
const bodiesMax = 5_000

/** Changes one survey; answers with its page as it is then. */
const change = <S extends z.core.$ZodLooseShape>(shape: () => S) =>
  installer(() => z.strictObject(shape()), reply<SurveyPage>())

export const surveyCalls = {
  'survey.list': read('gear', () => z.strictObject({}), reply<SurveyListView>(), {
    rest: 'command',
  }),
  'survey.page': read('gear', () => z.strictObject({ name }), reply<SurveyPage>(), {
    rest: 'command',
  }),
  'survey.new': change(() => ({
    title: said(120),
    site: said(120),
    lane: said(60),
    grid: said(40),
    access: z.enum(['wire', 'mobile']),
    trigger: point.nullable(),
    by,
    /** A reader of an open lot; absent: a lane with a boom. */
    open: openPlace().exactOptional(),
    /** Area for row 5; absent: the usual area around the trigger, without neighbouring lanes. */
    zone: zonePlan.optional(),
  })),
  'survey.add': change(() => ({
    name,
    /** Why a row is measured again (SURVEY-42). */
    reason: said(200).optional(),
    bodies: z
      .array(z.json() as z.ZodType<Json>)
      .min(1)
      .max(bodiesMax),
    by,
  })),
  /** `point`: the last point of the field; records of other measurements made since stay. */
  'survey.undo': change(() => ({
    name,
    by,
    point: z.literal(true).optional(),
    /** Required to withdraw a reading of the field. */
    reason: perhaps(200).optional(),
  })),
  /** A photo for one question of rows 1 to 4, uploaded with `photo.hold`. */
  'survey.photo': change(() => ({
    name,
    draftId: photoDraftId,
    item: said(8),
    part: said(60),
    where: perhaps(120),
    at: z.strictObject({ xMm: mm, yMm: mm }).nullable(),
    remark: perhaps(500),
    by,
  })),
  'survey.drawing': change(() => ({ name, draftId: photoDraftId, title: perhaps(120), by })),
  /** Texts on the cover of the report; an empty text: nothing. */
  'survey.cover': change(() => ({
    name,
    by,
    number: perhaps(60),
    company: perhaps(120),
    address: perhaps(200),
    representative: perhaps(60),
    /** A PNG uploaded with `photo.hold`; null: no logo; absent: unchanged. */
    logoDraftId: photoDraftId.nullable().exactOptional(),
  })),
  /** Adds one signature; `despite`: the reason when rows have not passed. */
  'survey.sign': change(() => ({
    name,
    by,
    /** Id for the audit row of a signature over rows that have not passed. */
    commandId: who.commandId,
    signer: said(60),
    path: z.string().max(30_000).nullable(),
    role: z.enum(signerRoles),
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
  })),
  'survey.picture': read(
    'gear',
    () => z.strictObject({ name, digest: z.string().regex(/^[0-9A-F]{64}$/) }),
    reply<SurveyPictureView>(),
    { rest: 'command' },
  ),
  'survey.antennas': read('gear', () => z.strictObject({}), reply<AntennaProfilesView>(), {
    rest: 'lanes',
  }),
  'survey.nameplate': change(() => ({
    name,
    profile: said(81).nullable(),
    model: said(120),
    by,
    serialNo: said(60).nullable(),
    approvalNo: said(60).nullable(),
    hardwareVersion: said(60).nullable(),
    /** Why it replaces another plate (SURVEY-42). */
    reason: said(200).optional(),
  })),
  /** Input of the antenna assistant: which antenna, and what the survey does not record. */
  'survey.assist': read(
    'gear',
    () =>
      z.strictObject({
        name,
        antennaId: z.int().min(0).max(255).nullable(),
        beam: z.strictObject({ acrossDeg: widthDeg, upDeg: widthDeg }),
        /** The highest power step of the device. */
        stepMax: z.int().min(0).max(255),
        neighbours: z.array(point).max(100),
      }),
    reply<AssistantView>(),
    { rest: 'command' },
  ),
  'survey.report': read(
    'gear',
    () =>
      z.strictObject({
        name,
        language: z.enum(['zh', 'en']),
        /** Default: HTML. */
        format: z.enum(['html', 'pdf', 'docx', 'xlsx']).exactOptional(),
      }),
    reply<SurveyReportView>(),
    { rest: 'command', document: true },
  ),
} as const

type Args<N extends keyof typeof surveyCalls> = RowArgs<(typeof surveyCalls)[N]>
export type NewSurveyArgs = Args<'survey.new'>
export type AddArgs = Args<'survey.add'>
export type UndoArgs = Args<'survey.undo'>
export type PhotoArgs = Omit<Args<'survey.photo'>, 'name' | 'draftId'>
export type CoverArgs = Args<'survey.cover'>
export type CoverTexts = Omit<CoverArgs, 'name' | 'by' | 'logoDraftId'>
export type SignArgs = Args<'survey.sign'>
export type NameplateArgs = Omit<Args<'survey.nameplate'>, 'name' | 'profile'>
export type AssistArgs = Args<'survey.assist'>
export type ReportArgs = Args<'survey.report'>
