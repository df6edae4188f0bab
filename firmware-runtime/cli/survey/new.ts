// `survey new FILE`: a survey file with its first record, and with what the cover of its report says.
// What it is judged by is refused here or never; the cover may be changed later (`survey cover`).
import { gridTemplates, parkingGrid } from '../../survey/grid.ts'
import { usualTrigger } from '../../survey/zone-plan.ts'
import { jsonText } from '../client.ts'
import { flags, needed, oneOf, type CliIo } from '../command.ts'
import { coverFlags, logoOf, recordCover } from './cover.ts'
import { newSurvey } from '../../runtime/survey/open-survey.ts'
import { oneFile, recordJson } from './record-acts.ts'
import { pointOf, zoneFlags, zoneOfFlags } from './zone-flags.ts'

export function newAct(args: readonly string[], io: CliIo): Promise<number> {
  const { values, words } = flags(args, {
    site: 'string',
    lane: 'string',
    title: 'string',
    by: 'string',
    grid: 'string',
    access: 'string',
    trigger: 'string',
    ...zoneFlags,
    ...coverFlags,
  })
  const file = oneFile(words, 'survey new FILE')
  const id = oneOf(
    values.grid,
    'grid',
    gridTemplates.map((g) => g.id),
    parkingGrid.id,
  )
  const grid = gridTemplates.find((one) => one.id === id) ?? parkingGrid
  const trigger = pointOf(values.trigger, '--trigger') ?? usualTrigger(grid)
  const site = needed(values.site, 'site')
  const opened = {
    kind: 'opened',
    title: values.title ?? site,
    site,
    lane: needed(values.lane, 'lane'),
    grid,
    trigger,
    access: oneOf(values.access, 'access', ['wire', 'mobile'], 'wire'),
    zone: zoneOfFlags(values, grid, trigger),
  }
  const by = needed(values.by, 'by')
  const { number, company, address, representative, logo } = values
  const cover = { number, company, address, representative, logo }
  const mark = logoOf(cover)
  const { book, writer } = newSurvey(file)
  try {
    const record = book.add(opened, by)
    const covered = recordCover(book, cover, mark, by)
    const { surveyId } = writer
    const more = covered === null ? {} : { cover: recordJson(covered) }
    io.stdout(jsonText({ ok: true, file, surveyId, record: recordJson(record), ...more }, io.json))
  } finally {
    writer.close()
  }
  return Promise.resolve(0)
}
