// The last table of a day's report: what waits for a person, as the inbox of the running lot lists it when it is made.
import type { MatterView } from '#lane/calls/inbox.ts'
import type { ReportSheet, ReportTable } from '../../calls/report-views.ts'
import { shownIn } from '#base/pure/words/chinese-marks.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { instantOfIso } from '#base/pure/values/instant.ts'
import { roleWords } from '#base/pure/values/roles.ts'
import type { ReportSource } from './make-report.ts'

function tableOf(rows: readonly MatterView[], language: ReportSheet['language']): ReportTable {
  const say = (text: BilingualText): string => shownIn(text, language)
  const whose = ({ people, roles }: MatterView): string =>
    (people ?? roles.map((role) => say(roleWords[role]))).join(language === 'zh' ? '、' : ', ')
  return {
    name: say(t('待办', 'To do')),
    columns: [
      { head: say(t('什么事', 'What')), shape: 'text' },
      { head: say(t('从何时起', 'Since')), shape: 'time' },
      { head: say(t('谁来做', 'Whose')), shape: 'text' },
    ],
    rows: rows.map((row) => [
      say(row.what),
      row.sinceIso === null ? null : instantOfIso(row.sinceIso),
      whose(row),
    ]),
    total: null,
  }
}

/** A report of days gets the table, unless nothing waits. */
export async function withWaiting(sheet: ReportSheet, source: ReportSource): Promise<ReportSheet> {
  if (sheet.kind !== 'day') return sheet
  const rows = (await source.waiting?.()) ?? []
  return rows.length === 0
    ? sheet
    : { ...sheet, tables: [...sheet.tables, tableOf(rows, sheet.language)] }
}
