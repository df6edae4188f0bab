// What the program itself puts into a survey: photos, drawings and name plates with what belongs to them.
// One way for the command line and for Studio; what cannot be is refused before anything is written.
import type { NameplateArgs, PhotoArgs } from '../../api/calls/survey.ts'
import type { LibraryWord, SurveyRecord } from '../../core/survey/record.ts'
import { LaneFault } from '../../core/values/faults.ts'
import type { Profile } from '../profiles/schema.ts'
import type { SurveyBook } from './survey-book.ts'
import { pictureFacts, questionOf, type PictureSource } from '../../core/survey/pictures.ts'

export interface BroughtPicture {
  readonly bytes: Uint8Array
  readonly from: PictureSource
  readonly digestOf: (bytes: Uint8Array) => string
}

/** Of one question; twenty are enough for anybody. */
const photosMax = 20

export function addPhoto(
  book: SurveyBook,
  { item, part, where, at, remark, by }: PhotoArgs,
  { bytes, from, digestOf }: BroughtPicture,
): SurveyRecord {
  const question = questionOf(item, part)
  const facts = pictureFacts(bytes, from, digestOf)
  const there = book.project.photos.filter((one) => one.item === item && one.part === part)
  if (there.some(({ digest }) => digest === facts.digest))
    throw new LaneFault('SURVEY-03', { ...from, note: 'this photo is there already' })
  if (there.length >= photosMax)
    throw new LaneFault('SURVEY-03', { ...from, note: `${photosMax} photos of a question at most` })
  return book.keep(
    { kind: 'photo', ...facts, item: question.item, part, remark, where, at },
    by,
    bytes,
  )
}

export function addDrawing(
  book: SurveyBook,
  { title, by }: { readonly title: string; readonly by: string },
  { bytes, from, digestOf }: BroughtPicture,
): SurveyRecord {
  const facts = pictureFacts(bytes, from, digestOf)
  return book.keep({ kind: 'drawing', ...facts, title }, by, bytes)
}

/** What a profile says of tested types, as it stands in the file for good. */
export const libraryWord = (profile: Profile): LibraryWord => ({
  profile: `${profile.vendor}/${profile.model}`,
  revision: profile.revision,
  approvals: (profile.approvals ?? []).map(({ approvalNo, hardwareVersions }) => ({
    ...{ approvalNo, hardwareVersions },
  })),
})

export function addNameplate(
  book: SurveyBook,
  { model, serialNo, approvalNo, hardwareVersion, by }: NameplateArgs,
  profile: Profile | null,
): SurveyRecord {
  const library = profile === null ? null : libraryWord(profile)
  return book.keep({ kind: 'nameplate', model, serialNo, approvalNo, hardwareVersion, library }, by)
}
