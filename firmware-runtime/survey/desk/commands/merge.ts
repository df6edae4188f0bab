// `survey merge A B --out C`: joins two files of one survey into a third; both stay unchanged. The new file appears
// under its name only when it is complete.
import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { syncFolder } from '#base/files/sync-folder.ts'
import { createSurveyFile, openSurveyFile, readSurveyPhotos } from '../../sqlite/survey-file.ts'
import type { SurveyPhoto } from '../../pure/file/file-format.ts'
import { mergeSurveys, type MergedSurvey, type MergeSource } from '../../pure/file/merge.ts'
import { diskFault } from '#base/pure/faults/disk-fault.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { act, printed } from '#base/desk/commands/acts.ts'
import { readSurvey, surveyDigests } from '../../files/open-survey.ts'
import { removePath, renamePath } from '#base/files/held-path.ts'

function sourceAt(file: string): MergeSource {
  const { content, records } = readSurvey(file)
  const { surveyId, createdAtMs, lost, broken } = content
  if (lost.length + broken.length > 0)
    throw new LaneFault('SURVEY-02', { file, value: [...lost, ...broken].join(', ') })
  return { file, surveyId, createdAtMs, stored: content.records, records }
}

function write(out: string, merged: MergedSurvey, photos: readonly SurveyPhoto[]): void {
  const digest = surveyDigests().ofText
  const unfinished = `${out}.part`
  removePath(unfinished, { force: true })
  createSurveyFile(unfinished, merged.surveyId, merged.createdAtMs)
  try {
    const writer = openSurveyFile(unfinished, digest)
    try {
      writer.together(() => {
        for (const { id, atMs, by, body } of merged.records) writer.append({ id, atMs, by, body })
        for (const photo of photos) writer.keepPhoto(photo)
      })
    } finally {
      writer.close()
    }
    if (existsSync(out)) throw new LaneFault('SURVEY-04', { file: out })
    renamePath(unfinished, out)
    syncFolder(dirname(out))
  } catch (error) {
    removePath(unfinished, { force: true })
    if (error instanceof LaneFault) throw error
    throw diskFault(error, { file: out })
  }
}

export const mergeAct = act(['survey merge A B --out FILE'], ({ words: [one, other], out }) => {
  if (existsSync(out)) throw new LaneFault('SURVEY-04', { file: out })
  const digests = surveyDigests()
  const merged = mergeSurveys(sourceAt(one), sourceAt(other), digests.ofText)
  const read = [one, other].map((file) => readSurveyPhotos(file, digests.ofBytes))
  const photos = new Map(read.flatMap((part) => part.photos.map((photo) => [photo.digest, photo])))
  write(out, merged, [...photos.values()])
  const { surveyId, records, added } = merged
  return printed({
    ok: true,
    file: out,
    surveyId,
    records: records.length,
    photos: photos.size,
    onlyA: added[0],
    onlyB: added[1],
    photosLost: read.flatMap(({ damaged }) => damaged),
  })
})
