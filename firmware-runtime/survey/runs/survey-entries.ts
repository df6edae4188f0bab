// Bodies that the program makes itself for a survey: photos, drawings and name plates, with their data. Shared by
// command line and Studio; impossible ones are refused before anything is written.
import { t } from '#base/pure/words/fault-text.ts'
import type { CoverTexts, NameplateArgs, PhotoArgs } from '../calls/survey.ts'
import type { LibraryWord, PictureFacts, SurveyRecord } from '../pure/file/record.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { logoFacts } from '../report/logo-png.ts'
import type { Profile } from '#devices/profiles/schema.ts'
import type { SurveyLedger } from './survey-ledger.ts'
import { pictureFacts, questionOf, type PictureSource } from '../pure/field/pictures.ts'

export interface BroughtPicture {
  readonly bytes: Uint8Array
  readonly from: PictureSource
  readonly digestOf: (bytes: Uint8Array) => string
}

/** Limit of photos for one question. */
const photosMax = 20

export function addPhoto(
  ledger: SurveyLedger,
  { item, part, where, at, remark, by }: PhotoArgs,
  { bytes, from, digestOf }: BroughtPicture,
): SurveyRecord {
  const question = questionOf(item, part)
  const facts = pictureFacts(bytes, from, digestOf)
  const there = ledger.project.photos.filter((one) => one.item === item && one.part === part)
  if (there.some(({ digest }) => digest === facts.digest))
    throw new LaneFault('SURVEY-03', {
      ...from,
      note: t('这张照片已经有了', 'this photo is already there'),
    })
  if (there.length >= photosMax)
    throw new LaneFault('SURVEY-03', {
      ...from,
      note: t(`一个问题最多 ${photosMax} 张照片`, `at most ${photosMax} photos per question`),
    })
  return ledger.keep(
    { kind: 'photo', ...facts, item: question.item, part, remark, where, at },
    by,
    bytes,
  )
}

export function addDrawing(
  ledger: SurveyLedger,
  { title, by }: { readonly title: string; readonly by: string },
  { bytes, from, digestOf }: BroughtPicture,
): SurveyRecord {
  const facts = pictureFacts(bytes, from, digestOf)
  return ledger.keep({ kind: 'drawing', ...facts, title }, by, bytes)
}

/** What a profile says about tested types, as stored in the survey. */
export const libraryWord = (profile: Profile): LibraryWord => ({
  profile: `${profile.vendor}/${profile.model}`,
  revision: profile.revision,
  approvals: (profile.approvals ?? []).map(({ approvalNo, hardwareVersions }) => ({
    approvalNo,
    hardwareVersions,
  })),
})

export function addNameplate(
  ledger: SurveyLedger,
  { model, serialNo, approvalNo, hardwareVersion, by, reason }: NameplateArgs,
  profile: Profile | null,
): SurveyRecord {
  const library = profile === null ? null : libraryWord(profile)
  return ledger.keepAnswer(
    { kind: 'nameplate', model, serialNo, approvalNo, hardwareVersion, library },
    by,
    reason,
  )
}

/** A logo that every report writer can draw. */
export interface CheckedLogo {
  readonly facts: PictureFacts
  readonly bytes: Uint8Array
}

/** SURVEY-41 when it cannot be used. */
export const checkedLogo = ({ bytes, from, digestOf }: BroughtPicture): CheckedLogo => ({
  facts: logoFacts(bytes, from, digestOf),
  bytes,
})

/** Absent members stay as recorded. */
interface CoverGiven extends Partial<CoverTexts> {
  readonly by: string
  /** Null: no logo from now on. */
  readonly logo?: CheckedLogo | null
}

export function addCover(ledger: SurveyLedger, { by, logo, ...given }: CoverGiven): SurveyRecord {
  const before = ledger.project.cover
  const text = (name: keyof CoverTexts): string => given[name] ?? before?.[name] ?? ''
  const texts = {
    number: text('number'),
    company: text('company'),
    address: text('address'),
    representative: text('representative'),
  }
  const facts = logo === undefined ? (before?.logo ?? null) : (logo?.facts ?? null)
  return ledger.keep({ kind: 'cover', ...texts, logo: facts }, by, logo?.bytes)
}
