// `survey repair FILE --out NEW --by NAME`: makes a new survey from the readable part of a damaged one, with a new hash
// chain. Lost and unprovable records are named in it; the damaged file stays.
import { note } from '#base/pure/words/notes.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { systemWallClock } from '#base/time/system-clocks.ts'
import { readUpTo } from '#base/files/read-up-to.ts'
import { syncFile } from '#base/files/sync-folder.ts'
import { createSurveyFile, openSurveyFile, readSurveyFile } from '../../sqlite/survey-file.ts'
import { salvaged } from '../../sqlite/survey-salvage.ts'
import { recordOf } from '../../pure/file/body-schema.ts'
import type { SurveyHead } from '../../pure/file/chain.ts'
import type { SurveyContent, SurveyPhoto } from '../../pure/file/file-format.ts'
import type { RepairedBody, SurveyBody, SurveyRecord } from '../../pure/file/record.ts'
import { ownPicture } from '../../pure/field/pictures.ts'
import { rechained } from '../../pure/file/repair.ts'
import { orDiskFault } from '#base/pure/faults/disk-fault.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { act, printed } from '#base/desk/commands/acts.ts'
import { surveyDigests } from '../../files/open-survey.ts'

/** A survey with a thousand photos is smaller. */
const fileBytesMax = 2 * 1024 * 1024 * 1024 - 1

interface Found {
  readonly records: readonly SurveyRecord[]
  readonly photos: ReadonlyMap<string, SurveyPhoto>
  readonly repaired: RepairedBody
}

/** Reads the file by SQLite; null when that fails. A file of a newer version is refused, not repaired. */
function asItIs(file: string): SurveyContent | null {
  try {
    return readSurveyFile(file, surveyDigests().ofText)
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    if (error.code === 'SURVEY-01' || error.code === 'SURVEY-02') return null
    throw error
  }
}

const bytesOf = (file: string): Uint8Array =>
  orDiskFault({ file, otherwise: 'FILE-01' }, () => readUpTo(file, fileBytesMax))

const pictureOf = ({ body }: SurveyRecord): string | null => ownPicture(body)?.digest ?? null

/** SURVEY-01 when the file contains no part of a survey. */
function foundIn(file: string): Found {
  const { ofText, ofBytes } = surveyDigests()
  const own = asItIs(file)
  const { heads, records: loose, photos } = salvaged(bytesOf(file), ofBytes)
  const stored = [...(own?.records ?? []), ...loose]
  if (stored.length === 0)
    throw new LaneFault('SURVEY-01', { file, note: t('里面没有记录', 'no record in it') })
  const none: SurveyHead = { surveyId: '', createdAtMs: 0 }
  const head = own !== null && own.surveyId !== '' ? own : (heads[0] ?? none)
  const { records, lost, suspect } = rechained(head, stored, ofText)
  const ids = new Set<string>()
  const unread: number[] = []
  const readable = records.flatMap((one) => {
    try {
      const record = recordOf(one, file)
      if (ids.has(record.id)) throw new LaneFault('SURVEY-02', { file, value: record.id })
      ids.add(record.id)
      return [record]
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      unread.push(one.seq)
      return []
    }
  })
  const pictures = readable.flatMap((one) => pictureOf(one) ?? [])
  const repaired: RepairedBody = {
    kind: 'repaired',
    fromSurveyId: head.surveyId.slice(0, 60),
    lost: [...lost, ...unread].toSorted((a, b) => a - b),
    suspect: suspect.filter((seq) => !unread.includes(seq)),
    picturesLost: [...new Set(pictures)].filter((digest) => !photos.has(digest)),
  }
  return { records: readable, photos, repaired }
}

/** Withdraws suspect records. The opening record stays even if suspect: without it nothing can be shown. */
const takenBack = ({ records, repaired: { suspect } }: Found): readonly SurveyBody[] =>
  records
    .filter(({ seq, body }) => suspect.includes(seq) && body.kind !== 'opened')
    .map(({ id, seq }) => ({ kind: 'withdrawn', recordId: id, reason: note('notProven', seq) }))

function write(out: string, found: Found, by: string): void {
  const nowMs = systemWallClock().nowMs()
  createSurveyFile(out, randomUUID(), nowMs)
  const writer = openSurveyFile(out, surveyDigests().ofText, 'OFF')
  try {
    for (const record of found.records) {
      const { id, atMs, by: who, body } = record
      const picture = found.photos.get(pictureOf(record) ?? '')
      writer.append({ id, atMs, by: who, body: JSON.stringify(body) }, picture)
    }
    for (const body of [...takenBack(found), found.repaired])
      writer.append({ id: randomUUID(), atMs: nowMs, by, body: JSON.stringify(body) })
  } finally {
    writer.close()
  }
  // One fsync for the whole file is enough: the damaged file still exists.
  syncFile(out)
}

export const repairAct = act(
  ['survey repair FILE --out NEW --by NAME'],
  ({ words: [file], out, by }) => {
    if (!existsSync(file))
      throw new LaneFault('SURVEY-01', { file, note: t('没有这个文件', 'no such file') })
    if (existsSync(out)) throw new LaneFault('SURVEY-04', { file: out })
    const found = foundIn(file)
    const { lost, suspect, picturesLost } = found.repaired
    const whole = lost.length + suspect.length + picturesLost.length === 0
    write(out, found, by)
    const counts = { records: found.records.length, pictures: found.photos.size }
    return printed({ ok: whole, file, out, ...counts, lost, suspect, picturesLost }, whole)
  },
)
