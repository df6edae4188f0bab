// `survey add`, `survey undo`, `survey show`: a survey file written and read by hand.
// Every reading is durable before its line is printed.
import { itemViews, fieldView, wholeVerdict } from '../../survey/survey-view.ts'
import { readStrictJson } from '../../app/strict-json.ts'
import { readSurveyPhotos } from '../../adapters/sqlite/survey-file.ts'
import { picturesNamed } from '../../survey/pictures.ts'
import { projectOf } from '../../survey/project.ts'
import { LaneFault } from '../../core/values/faults.ts'
import { isoOf } from '../../core/values/instant.ts'
import type { SurveyRecord } from '../../survey/record.ts'
import { jsonText } from '../client.ts'
import { flags, needed, type CliIo } from '../command.ts'
import { readText } from '../../runtime/folder/read-file.ts'
import { openSurvey, readSurvey, surveyDigests } from '../../runtime/survey/open-survey.ts'

export function oneFile(words: readonly string[], usage: string): string {
  const [file, ...more] = words
  if (file === undefined || more.length > 0) throw new LaneFault('ARG-01', { note: usage })
  return file
}

export const recordJson = ({ id, seq, atMs, by, body }: SurveyRecord) => ({
  id,
  seq,
  atIso: isoOf(atMs),
  by,
  body,
})

const who = { by: 'string', reason: 'string' } as const

export function addAct(args: readonly string[], io: CliIo): Promise<number> {
  const { values, words } = flags(args, { ...who, body: 'string', from: 'string' })
  const file = oneFile(words, 'survey add FILE')
  const by = needed(values.by, 'by')
  const source = values.from === undefined ? needed(values.body, 'body') : readText(values.from)
  const given = readStrictJson(source, values.from ?? '--body')
  const { book, writer } = openSurvey(file)
  try {
    // All of a list or nothing: a bad one in the middle must not leave half of it.
    const bodies = Array.isArray(given) ? given : [given]
    const records = book.addTyped(bodies, by, values.reason)
    io.stdout(jsonText({ ok: true, file, records: records.map(recordJson) }, io.json))
  } finally {
    writer.close()
  }
  return Promise.resolve(0)
}

export function undoAct(args: readonly string[], io: CliIo): Promise<number> {
  const { values, words } = flags(args, who)
  const file = oneFile(words, 'survey undo FILE')
  const by = needed(values.by, 'by')
  const { book, writer } = openSurvey(file)
  try {
    const record = book.undo(by, values.reason)
    io.stdout(jsonText({ ok: true, file, record: recordJson(record) }, io.json))
  } finally {
    writer.close()
  }
  return Promise.resolve(0)
}

export function showAct(args: readonly string[], io: CliIo): Promise<number> {
  const { words } = flags(args, {})
  const file = oneFile(words, 'survey show FILE')
  const { content, records } = readSurvey(file)
  const survey = projectOf(records)
  const items = itemViews(survey)
  // A picture is part of what was answered: one changed byte of it is as bad as one of a record.
  const pictures = readSurveyPhotos(file, surveyDigests().ofBytes)
  const there = new Set(pictures.photos.map(({ digest }) => digest))
  const picturesDamaged = pictures.damaged
  const picturesLost = picturesNamed(survey).filter(
    (digest) => !there.has(digest) && !picturesDamaged.includes(digest),
  )
  const faulty = [content.lost, content.broken, picturesDamaged, picturesLost]
  const whole = faulty.every((some) => some.length === 0)
  const view = {
    ok: whole,
    file,
    surveyId: content.surveyId,
    createdAtIso: isoOf(content.createdAtMs),
    site: survey.opened?.site ?? null,
    lane: survey.opened?.lane ?? null,
    verdict: wholeVerdict(items),
    items,
    field: fieldView(survey),
    records: content.records.length,
    repairs: survey.repairs,
    lost: content.lost,
    broken: content.broken,
    picturesDamaged,
    picturesLost,
  }
  io.stdout(jsonText(view, io.json))
  return Promise.resolve(whole ? 0 : 1)
}
