// One survey as Studio's page shows it, and its line in the list: made from records alone.
// The next point is the one to walk to from the last that was taken.
import { mountAdvice, type MountAdvice } from '#base/pure/lot/antenna-mount.ts'
import { rulesOf } from '../survey-rules.ts'
import { scaleFigures, type ScaleFigures } from '#base/pure/data/drawing.ts'
import type { GridTemplate, PointMm } from '../field/grid.ts'
import type { CheckPart } from '../item.ts'
import { geometryOf, type GeometryView } from '../items/d02-layout.ts'
import { obuTriesView, type ObuTriesView } from '../field/obu-tries.ts'
import { plateFindings, plateWords, type PlateFindings } from '../nameplate.ts'
import { partsAt } from '../checks.ts'
import { mountOf } from './open-place.ts'
import { checkPhotos, questions } from '../field/pictures.ts'
import { checkKey, isSimulated, projectOf, type SurveyProject } from './project.ts'
import type {
  CoverBody,
  DeviationBody,
  DrawingBody,
  InstrumentBody,
  ItemId,
  NameplateBody,
  RepairedBody,
  ScaleBody,
  SetupBody,
  SurveyRecord,
  Verdict,
  ZonePlan,
} from './record.ts'
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import { isReason } from '../reasons.ts'
import { signingStop, type SigningStop } from './signing.ts'
import { signatureViews, type SignatureView } from './signatures.ts'
import { walkOf, type WalkStep } from '../survey-points.ts'
import { fieldView, itemViews, wholeVerdict, type FieldView, type ItemView } from './survey-view.ts'

export interface SurveyLine {
  readonly name: string
  readonly title: string
  readonly site: string
  readonly lane: string
  readonly createdAtIso: string
  readonly records: number
  readonly verdict: Verdict
  /** An instrument or a peer of a reading was simulated. */
  readonly simulated: boolean
  /** False: records are lost or were changed. */
  readonly whole: boolean
  /** Rows that fail, and rows that neither fail nor pass. */
  readonly failing: readonly ItemId[]
  readonly open: readonly ItemId[]
}

interface CheckPhotoLine {
  readonly digest: string
  readonly takenAtIso: string
  readonly where: string
  readonly at: PointMm | null
  readonly remark: string
  readonly bytes: number
}

export interface CheckQuestion extends CheckPart {
  readonly item: ItemId
  readonly answer: 'yes' | 'no' | 'notApplicable' | null
  readonly remark: string
  readonly where: string
  readonly answeredAtIso: string | null
  readonly photos: readonly CheckPhotoLine[]
}

interface NameplateLine extends PlateFindings {
  readonly plate: NameplateBody
  readonly words: BilingualText
}

interface DrawingLine {
  readonly drawing: DrawingBody
  readonly scale: ScaleBody | null
  readonly figures: ScaleFigures | null
}

export interface SurveyPage extends SurveyLine {
  readonly grid: GridTemplate | null
  readonly items: readonly ItemView[]
  readonly field: FieldView | null
  /** Criteria of row 5; null: a survey from before they were recorded. */
  readonly plan: ZonePlan | null
  /** Transactions of OBUs at places; null: no needed area was declared. */
  readonly obuTries: ObuTriesView | null
  readonly next: WalkStep | null
  readonly taken: number
  readonly points: number
  readonly checks: readonly CheckQuestion[]
  readonly geometry: readonly GeometryView[]
  /** How its pack wants the antenna to hang. */
  readonly mount: readonly MountAdvice[]
  readonly nameplate: NameplateLine | null
  readonly drawing: DrawingLine | null
  /** From which damaged files this one was made, and what did not come over. */
  readonly repairs: readonly RepairedBody[]
  readonly setup: SetupBody | null
  readonly deviations: readonly DeviationBody[]
  /** Antennas that field readings are of; null: all of them together. */
  readonly antennas: readonly (number | null)[]
  readonly instruments: readonly InstrumentBody[]
  readonly cover: CoverBody | null
  readonly signatures: readonly SignatureView[]
  /** Why it is not to be signed yet; null: nothing is in the way. */
  readonly signing: SigningStop | null
  readonly lost: readonly number[]
  readonly broken: readonly number[]
}

export interface SurveyFacts {
  readonly name: string
  readonly createdAtMs: InstantMs
  readonly records: readonly SurveyRecord[]
  readonly lost: readonly number[]
  readonly broken: readonly number[]
}

/** The questions of all rows with their answers and photos. */
export const checksOf = (survey: SurveyProject): readonly CheckQuestion[] => {
  const photos = checkPhotos(survey)
  return questions.flatMap(([item, parts]) =>
    partsAt(parts, survey).map((one) => {
      const got = survey.checks.get(checkKey(item, one.part))
      return {
        item,
        ...one,
        answer: got?.answer ?? null,
        remark: got?.remark ?? '',
        where: got?.where ?? '',
        answeredAtIso: got === undefined ? null : isoOf(got.atMs),
        photos: photos
          .filter((photo) => photo.item === item && photo.part === one.part)
          .map(({ digest, takenAtMs, where, at, remark, bytes }) => ({
            digest,
            takenAtIso: isoOf(takenAtMs),
            where,
            at,
            remark,
            bytes,
          })),
      }
    }),
  )
}

/** The first question without an answer, without its photo or why it does not apply; null when all is there. */
export const nextQuestion = (all: readonly CheckQuestion[]): CheckQuestion | null =>
  all.find(
    ({ answer, photo, photos, remark }) =>
      answer === null ||
      (answer === 'yes' && photo && photos.length === 0) ||
      (answer === 'notApplicable' && !isReason(remark)),
  ) ?? null

function nameplateOf({ nameplate }: SurveyProject): NameplateLine | null {
  if (nameplate === null) return null
  const { atMs: _, by: _by, ...plate } = nameplate
  const found = plateFindings(plate)
  return { plate, ...found, words: plateWords(found) }
}

function drawingOf({ drawing, scale }: SurveyProject): DrawingLine | null {
  if (drawing === null) return null
  const figures = scale === null ? null : scaleFigures(scale.known, scale.check)
  return { drawing, scale, figures }
}

function coverOf({ cover }: SurveyProject): CoverBody | null {
  if (cover === null) return null
  const { atMs: _, by: _by, ...said } = cover
  return said
}

function lineOf(facts: SurveyFacts, survey: SurveyProject): SurveyLine {
  const { name, createdAtMs, records, lost, broken } = facts
  const items = itemViews(survey)
  const rowsThat = (...verdicts: readonly Verdict[]): readonly ItemId[] =>
    items.filter(({ verdict }) => verdicts.includes(verdict)).map(({ id }) => id)
  return {
    name,
    title: survey.opened?.title ?? name,
    site: survey.opened?.site ?? '',
    lane: survey.opened?.lane ?? '',
    createdAtIso: isoOf(createdAtMs),
    records: records.length,
    verdict: wholeVerdict(items),
    simulated: isSimulated(survey),
    whole: lost.length + broken.length === 0,
    failing: rowsThat('fail'),
    open: rowsThat('incomplete', 'marginal'),
  }
}

export const surveyLine = (facts: SurveyFacts): SurveyLine =>
  lineOf(facts, projectOf(facts.records))

export function surveyPage(facts: SurveyFacts): SurveyPage {
  const survey = projectOf(facts.records)
  const items = itemViews(survey)
  const walk =
    survey.opened === null
      ? { next: null, taken: 0, points: 0 }
      : walkOf(survey.opened, survey.fieldsNow)
  return {
    ...lineOf(facts, survey),
    grid: survey.opened?.grid ?? null,
    items,
    field: fieldView(survey),
    ...walk,
    plan: survey.opened?.zone ?? null,
    obuTries: obuTriesView(survey),
    checks: checksOf(survey),
    geometry: geometryOf(survey),
    mount: mountAdvice(rulesOf(survey.opened), mountOf(survey.opened)),
    nameplate: nameplateOf(survey),
    drawing: drawingOf(survey),
    repairs: survey.repairs,
    setup: survey.setup,
    deviations: survey.deviations,
    antennas: [...new Set(survey.fields.map(({ antennaId }) => antennaId))],
    instruments: [...survey.instruments.values()],
    cover: coverOf(survey),
    signatures: signatureViews(facts.records),
    signing: signingStop(items),
    lost: facts.lost,
    broken: facts.broken,
  }
}
