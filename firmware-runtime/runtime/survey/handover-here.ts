// The hand-over document of a folder that has a lot: its files, its people, its surveys, and what is still open.
// Nothing runs for it, and nothing has to stop.
import { systemWallClock } from '../../adapters/clocks/system-clocks.ts'
import type { HandoverView } from '../../api/setup-views.ts'
import { handoverDocument } from '../../app/setup/handover.ts'
import { judgeDraft } from '../../app/setup/judge.ts'
import { isoOf } from '../../core/values/instant.ts'
import { provinces } from '../../platforms/dialects.ts'
import type { SurveyLine } from '../../survey/survey-page.ts'
import { absences } from '../folder/live-lot.ts'
import { loadLot } from '../folder/lot-file.ts'
import { peopleBeside } from '../folder/people-beside.ts'
import { documentPdf } from './document-pdf.ts'
import { serviceHere } from '../service/service-here.ts'
import { firstCarHere } from '../folder/first-car-here.ts'

export async function handoverHere(
  dir: string,
  surveys: readonly SurveyLine[],
  language: 'zh' | 'en',
): Promise<HandoverView> {
  const files = loadLot(dir)
  const people = peopleBeside(dir, 'hand-over').accounts.map(({ name, role }) => ({ name, role }))
  const warnings = absences(files.config, dir)
  const { rows } = judgeDraft(
    { version: 1 },
    {
      kept: () => files,
      provinces: provinces.map(({ province, zh, en }) => ({ province, name: { zh, en } })),
      people: () => people,
      service: serviceHere,
      refuse: () => undefined,
      warnings: () => [],
    },
  )
  const firstCar = firstCarHere(dir, files.config)
  const missing = rows.filter(
    ({ id, state }) => state !== 'done' && !(id === 'firstCar' && firstCar?.hasLeft === true),
  )
  const open = [...missing.map(({ why }) => why), ...warnings.map(({ text }) => text)]
  const atMs = systemWallClock().nowMs()
  const source = { files, people, open, surveys, firstCar, dir, atMs }
  const bytes = await documentPdf(handoverDocument(source, language))
  const base64 = Buffer.from(bytes).toString('base64')
  return { fileName: `${files.config.name[language]} ${isoOf(atMs).slice(0, 10)}.pdf`, base64 }
}
