// `survey report FILE --out HTML [--language zh|en]`: the report as a page to print, edit or send.
// It says what the records say; a damaged survey is refused, because a report must not have holes.
import { existsSync } from 'node:fs'
import { systemWallClock } from '../../adapters/clocks/system-clocks.ts'
import { writePassportFile } from '../../adapters/files/passport-shelf.ts'
import { reportHtml, type ReportLanguage } from '../../app/survey/report-html.ts'
import { projectOf } from '../../core/survey/project.ts'
import { LaneFault } from '../../core/values/faults.ts'
import { jsonText } from '../client.ts'
import { flags, needed, oneOf, type CliIo } from '../command.ts'
import { readSurvey } from './open-survey.ts'
import { oneFile } from './record-acts.ts'

export function writeReport(file: string, out: string, language: ReportLanguage): void {
  const { content, records } = readSurvey(file)
  if (content.lost.length + content.broken.length > 0)
    throw new LaneFault('SURVEY-02', { file, value: [...content.lost, ...content.broken].join() })
  if (existsSync(out)) throw new LaneFault('SURVEY-04', { file: out })
  const survey = projectOf(records)
  const facts = {
    surveyId: content.surveyId,
    headHash: content.records.at(-1)?.hash ?? '',
    records: content.records.length,
    printedAtMs: systemWallClock().nowMs(),
    demo: [...survey.instruments.values()].some(({ simulated }) => simulated),
  }
  writePassportFile(out, new TextEncoder().encode(reportHtml(survey, facts, language)))
}

export function reportAct(args: readonly string[], io: CliIo): Promise<number> {
  const { values, words } = flags(args, { out: 'string', language: 'string' })
  const file = oneFile(words, 'survey report FILE')
  const out = needed(values.out, 'out')
  writeReport(file, out, oneOf(values.language, 'language', ['zh', 'en'], 'zh'))
  io.stdout(jsonText({ ok: true, file: out }, io.json))
  return Promise.resolve(0)
}
