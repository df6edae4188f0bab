// `survey report FILE --out HTML [--language zh|en]`: the report as a page to print, edit or send.
// It says what the records say; a damaged survey is refused, because a report must not have holes.
import { existsSync } from 'node:fs'
import { systemWallClock } from '../../adapters/clocks/system-clocks.ts'
import { writePassportFile } from '../../adapters/files/passport-shelf.ts'
import { reportOf, type ReportLanguage } from '../../app/survey/report-html.ts'
import { LaneFault } from '../../core/values/faults.ts'
import { jsonText } from '../client.ts'
import { flags, needed, oneOf, type CliIo } from '../command.ts'
import { readSurvey } from './open-survey.ts'
import { oneFile } from './record-acts.ts'

export function writeReport(file: string, out: string, language: ReportLanguage): void {
  const { content, records } = readSurvey(file)
  if (existsSync(out)) throw new LaneFault('SURVEY-04', { file: out })
  const printedAtMs = systemWallClock().nowMs()
  const html = reportOf(content, records, { file, language, printedAtMs })
  writePassportFile(out, new TextEncoder().encode(html))
}

export function reportAct(args: readonly string[], io: CliIo): Promise<number> {
  const { values, words } = flags(args, { out: 'string', language: 'string' })
  const file = oneFile(words, 'survey report FILE')
  const out = needed(values.out, 'out')
  writeReport(file, out, oneOf(values.language, 'language', ['zh', 'en'], 'zh'))
  io.stdout(jsonText({ ok: true, file: out }, io.json))
  return Promise.resolve(0)
}
