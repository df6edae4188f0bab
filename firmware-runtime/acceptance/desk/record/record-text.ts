// The acceptance record as JSON, complete, and as CSV, one line for each item.
import { canonicalJson } from '#base/pure/data/json.ts'
import { csvLine, csvText } from '#base/pure/data/csv-text.ts'
import type { ReportLanguage } from '#survey/report/report-model.ts'
import { acceptanceWords } from '#base/pure/words/accepted-words.ts'
import type { AcceptRecord } from './record.ts'

export const recordJson = (record: AcceptRecord): string => `${canonicalJson(record)}\n`

const columns = [
  ...['clause', 'id', 'title', 'verdict', 'conformance', 'compatibility', 'quirks', 'why'],
  ...['simulated', 'judgedAt', 'evidence'],
]

export function recordCsv({ items }: AcceptRecord, language: ReportLanguage): string {
  const lines = items.map((item) => {
    const { clause, id, title, verdict, words, simulated, judgedAtIso, evidence } = item
    const shown = evidence.map(({ source, ref, text }) => `${source} ${ref} ${text}`).join('\n')
    const verdictShown = acceptanceWords[verdict][language]
    const said = [clause, id, title[language], verdictShown]
    const two = [item.conformance, item.compatibility].map((one) => acceptanceWords[one][language])
    const spoken = [words, ...(item.altered === null ? [] : [item.altered])]
    const why = [
      item.quirks.join(' '),
      spoken.map((one) => one[language]).join(' '),
      String(simulated),
    ]
    return [...said, ...two, ...why, judgedAtIso ?? '', shown]
  })
  const cells = [columns, ...lines].map((line) => line.map((text) => ({ text, isNumber: false })))
  return csvText(cells.map((line) => csvLine(line)))
}
