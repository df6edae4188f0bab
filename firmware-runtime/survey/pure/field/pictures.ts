// Pictures of a survey: which bytes are accepted, which pictures the records name, and those of the checks for reports.
// Their bytes are in the file under their SM3 digest.
import { type BilingualText, t } from '#base/pure/words/fault-text.ts'
import { ownWord } from '#base/pure/words/word-lookup.ts'
import { photosFor } from '../checks.ts'
import { clockNames } from '../figures/clock-figures.ts'
import type { CheckPart } from '../item.ts'
import { surveyItems } from '../items/index.ts'
import type { SurveyProject } from '../file/project.ts'
import type { ItemId, PictureFacts, SurveyBody } from '../file/record.ts'
import type { PointMm } from './grid.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { photoUploadBytesMax, pictureOf } from '#base/pure/data/photo.ts'

/** The rows of table D.1 that are questions, in their order. */
export const questions: readonly (readonly [ItemId, readonly CheckPart[]])[] = surveyItems.flatMap(
  ({ id, questions: parts }) => (parts === undefined ? [] : [[id, parts] as const]),
)

/** One that is no question of a row is of a clock that cannot be read (D15). */
export const questionText = (item: string, part: string): BilingualText =>
  questions.find(([id]) => id === item)?.[1].find((one) => one.part === part)?.text ??
  ownWord(clockNames, part) ??
  t(part, part)

/** Throws ARG-01 for an unknown question. */
export function questionOf(item: string, part: string): { item: ItemId; part: CheckPart } {
  const row = questions.find(([id]) => id === item)
  if (row === undefined)
    throw new LaneFault('ARG-01', {
      field: '/item',
      value: item,
      note: t(
        `是其中之一:${questions.map(([id]) => id).join(', ')}`,
        `one of ${questions.map(([id]) => id).join(', ')}`,
      ),
    })
  const [id, parts] = row
  const found = parts.find((one) => one.part === part)
  if (found !== undefined) return { item: id, part: found }
  const note = t(
    `是其中之一:${parts.map((one) => one.part).join(', ')}`,
    `one of ${parts.map((one) => one.part).join(', ')}`,
  )
  throw new LaneFault('ARG-01', { field: '/part', value: part, note })
}

/** Source of a picture, for the error message. */
export interface PictureSource {
  readonly field: string
  readonly value: string
}

/** Facts of a picture from its content. Throws SURVEY-05 for bytes that are not a picture, SURVEY-07 for too many bytes. */
export function pictureFacts(
  bytes: Uint8Array,
  { field, value }: PictureSource,
  digestOf: (bytes: Uint8Array) => string,
): PictureFacts {
  if (bytes.length > photoUploadBytesMax)
    throw new LaneFault('SURVEY-07', {
      field,
      value,
      note: t(
        `${bytes.length} 字节,最多 ${photoUploadBytesMax}`,
        `${bytes.length} bytes, ${photoUploadBytesMax} at most`,
      ),
    })
  const picture = pictureOf(bytes)
  if (picture === null || !isEnded(bytes, picture.format))
    throw new LaneFault('SURVEY-05', {
      field,
      value,
      note:
        picture === null
          ? t('按它的内容', 'by its content')
          : t('图片不完整', 'the picture is cut off'),
    })
  const { format, width, height } = picture
  return {
    digest: digestOf(bytes),
    mime: format === 'png' ? 'image/png' : 'image/jpeg',
    widthPx: width,
    heightPx: height,
    bytes: bytes.length,
  }
}

const iend = [0x49, 0x45, 0x4e, 0x44]
const endOfImage = [0xff, 0xd9]

function has(bytes: Uint8Array, wanted: readonly number[], from: number): boolean {
  const [first = 0] = wanted
  let at = bytes.indexOf(first, from)
  while (at !== -1) {
    const found = at
    if (wanted.every((byte, i) => bytes[found + i] === byte)) return true
    at = bytes.indexOf(first, at + 1)
  }
  return false
}

/** True when the end marker is present (JPEG FF D9, PNG IEND), so the transfer was complete. Any bytes may follow. */
function isEnded(bytes: Uint8Array, format: 'jpeg' | 'png'): boolean {
  if (format === 'png') return has(bytes, iend, 0)
  // A thumbnail in the header has its own end marker: skip the segments before the image data.
  let at = 2
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const [marker = 0, high = 0, low = 0] = bytes.subarray(at + 1, at + 4)
    if (marker === 0xda || marker === 0xd9) break
    at += marker === 0xff ? 1 : 2 + high * 256 + low
  }
  return has(bytes, endOfImage, at)
}

/** The picture whose bytes are stored together with the record. */
export function ownPicture(body: SurveyBody): PictureFacts | null {
  if (body.kind === 'cover') return body.logo
  return body.kind === 'photo' || body.kind === 'drawing' ? body : null
}

/** Every picture named by records in force, each once: the ones that evidence and copies include. */
export function picturesNamed(survey: SurveyProject): readonly string[] {
  const checks = [...survey.checks.values()].flatMap(({ photos }) => photos)
  const taken = survey.photos.map(({ digest }) => digest)
  const drawn = survey.drawing === null ? [] : [survey.drawing.digest]
  const logo = survey.cover?.logo?.digest ?? null
  return [...new Set([...checks, ...taken, ...drawn, ...(logo === null ? [] : [logo])])]
}

interface SurveyPhotoView extends PictureFacts {
  readonly item: ItemId
  readonly part: string
  /** The question that it answers. */
  readonly text: BilingualText
  readonly takenAtMs: InstantMs
  readonly where: string
  readonly at: PointMm | null
  readonly remark: string
}

/** Photos of the checks in the order of the questions, without their bytes. */
export const checkPhotos = (survey: SurveyProject): readonly SurveyPhotoView[] =>
  questions.flatMap(([item, parts]) =>
    parts.flatMap(({ part, text }) =>
      photosFor(survey, item, part).map(({ atMs, kind: _, ...photo }) => ({
        ...photo,
        text,
        takenAtMs: atMs,
      })),
    ),
  )
