// Rows 1 to 4 as sections of a report: every question with its answer, the name plate, and the pictures. An unanswered
// question and a missing photo are shown as such.
import { imageSize } from 'image-size'
import { plateFindings, plateWords } from '../pure/nameplate.ts'
import { checkPhotos } from '../pure/field/pictures.ts'
import type { SurveyProject } from '../pure/file/project.ts'
import { checksOf, type CheckQuestion } from '../pure/file/survey-page.ts'
import { scaleFigures } from '#base/pure/data/drawing.ts'
import { answerVerdicts } from '#base/pure/words/survey-words.ts'
import { clockTime } from './report-field.ts'
import type {
  ReportBlock,
  ReportCell,
  ReportLanguage,
  ReportPhoto,
  ReportSection,
} from './report-model.ts'
import { SectionMaker, textOf } from './report-blocks.ts'

interface PhotoBytes {
  readonly mime: string
  readonly bytes: Uint8Array
}
export type PhotoOf = (digest: string) => PhotoBytes | null

const joined = (parts: readonly string[]): string => parts.filter((text) => text !== '').join(' · ')

export class CheckSections extends SectionMaker {
  readonly #photoOf: PhotoOf

  constructor(survey: SurveyProject, as: ReportLanguage, photoOf: PhotoOf) {
    super(survey, as)
    this.#photoOf = photoOf
  }

  /** Pictures named in an answer without a record of their own: files of older versions have them. */
  #named({ item, part }: CheckQuestion): readonly string[] {
    const got = [...this.survey.checks.values()].find(
      (one) => one.item === item && one.part === part,
    )
    return got?.photos ?? []
  }

  #row(one: CheckQuestion): readonly (string | ReportCell)[] {
    const { answer, photo, photos } = one
    const missing = photo && answer === 'yes' && photos.length + this.#named(one).length === 0
    const said: ReportCell =
      answer === null
        ? { text: this.word('unanswered'), verdict: 'incomplete' }
        : this.verdict(answerVerdicts[answer])
    const remark = joined([one.remark, one.where, missing ? this.word('photoMissing') : ''])
    return [one.item.slice(1), one.text[this.as], one.source, said, remark]
  }

  #nameplate(): readonly ReportBlock[] {
    const { nameplate } = this.survey
    if (nameplate === null) return []
    const { model, serialNo, approvalNo, hardwareVersion } = nameplate
    const or = (value: string | null): string => value ?? this.word('unknown')
    const rows: [string, string][] = [
      [this.word('nameplate'), joined([model, or(serialNo)])],
      [this.word('approval'), joined([or(approvalNo), or(hardwareVersion)])],
      [this.word('plateFound'), plateWords(plateFindings(nameplate))[this.as]],
    ]
    return [{ kind: 'facts', rows }]
  }

  checks(): ReportSection {
    const head = ['row', 'question', 'basisOf', 'answer', 'remark'] as const
    const rows = checksOf(this.survey).map((one) => this.#row(one))
    const table = this.table(head, [6, 32, 22, 14, 26], rows)
    return this.section('checks', 'checks', [table, ...this.#nameplate()])
  }

  #picture(caption: string, digest: string): ReportPhoto | string {
    const photo = this.#photoOf(digest)
    const lost = `${caption}: ${this.word('photoLost')} (${digest.slice(0, 16)})`
    if (photo === null) return lost
    try {
      const { width, height, orientation = 1 } = imageSize(photo.bytes)
      // A camera held upright states the rotation in its metadata.
      const [across, up] = orientation >= 5 ? [height, width] : [width, height]
      const words = `${caption} · ${digest.slice(0, 16)}`
      return { ...photo, width: across, height: up, caption: words }
    } catch {
      // Undecodable pictures are marked in place; the report is made all the same.
      return lost
    }
  }

  #drawing(): readonly (ReportPhoto | string)[] {
    const { drawing, scale } = this.survey
    if (drawing === null) return []
    const words = [this.word('drawing'), drawing.title]
    if (scale !== null) {
      const { mmPerPx, error } = scaleFigures(scale.known, scale.check)
      words.push(
        `${mmPerPx.toFixed(2)} mm/px, ${this.word('scaleError')} ${(100 * error).toFixed(1)}%`,
      )
    }
    return [this.#picture(joined(words), drawing.digest)]
  }

  photos(): ReportSection {
    const records = checkPhotos(this.survey)
    const described = new Set(records.map(({ digest }) => digest))
    const taken = records.map(({ item, text, where, remark, takenAtMs, digest }) => {
      const head = `${item.slice(1)} ${text[this.as]}`
      return this.#picture(joined([head, remark, where, clockTime(takenAtMs)]), digest)
    })
    const named = checksOf(this.survey).flatMap((one) =>
      this.#named(one)
        .filter((digest) => !described.has(digest))
        .map((digest) =>
          this.#picture(joined([`${one.item.slice(1)} ${one.text[this.as]}`, one.remark]), digest),
        ),
    )
    const all = [...this.#drawing(), ...taken, ...named]
    const photos = all.filter((one) => typeof one !== 'string')
    const items = all.filter((one) => typeof one === 'string')
    const blocks: ReportBlock[] = []
    if (photos.length > 0) blocks.push({ kind: 'photos', photos })
    if (items.length > 0) blocks.push({ kind: 'list', items })
    if (blocks.length === 0) blocks.push(textOf(this.word('photosNone')))
    return this.section('photos', 'photos', blocks)
  }
}
