// The acceptance record as JUnit XML for tools of continuous integration: a suite for each appendix, a case for each
// item. An incomplete item is an error, one that does not apply is skipped. Only members of both common schemas are
// used.
import { appendices } from '../../pure/appendices.ts'
import type { AcceptanceItemView } from '../../calls/acceptance-views.ts'
import type { ReportLanguage } from '#survey/report/report-model.ts'
import { safe } from '#survey/report/report-html.ts'
import type { AcceptRecord } from './record.ts'

/** Characters that XML forbids, and that a text of a device may contain. */
const unfit = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu
const text = (value: string): string => safe(value.replaceAll(unfit, '\ufffd'))
const attribute = (value: string): string => text(value).replaceAll(/[\t\n\r]+/g, ' ')
const tag = (name: string, of: Readonly<Record<string, string | number>>): string =>
  [name, ...Object.entries(of).map(([key, value]) => `${key}="${attribute(String(value))}"`)].join(
    ' ',
  )

const resultTag = { fail: 'failure', incomplete: 'error' } as const

const twoLines = ({ conformance, compatibility, quirks }: AcceptanceItemView, why: string) =>
  [
    `conformance ${conformance}: ${why}`,
    `compatibility ${[compatibility, ...quirks].join(' ')}`,
  ].join('\n')

function caseOf(item: AcceptanceItemView, language: ReportLanguage): string {
  const { id, clause, title, verdict, words, evidence, simulated } = item
  const head = tag('testcase', {
    name: `${clause} ${title[language]}`,
    classname: `acceptance.${id}`,
    time: 0,
  })
  const seen = [
    ...(simulated ? ['simulated'] : []),
    ...evidence.map(({ source, ref, text: shown }) => `${source} ${ref} ${shown}`),
  ].join('\n')
  const message = words[language]
  const two = `<system-out>${text(twoLines(item, message))}</system-out>`
  if (verdict === 'pass' && item.conformance === 'pass') return `<${head}/>`
  if (verdict === 'pass') return `<${head}>${two}</testcase>`
  if (verdict === 'notApplicable') return `<${head}><${tag('skipped', { message })}/></testcase>`
  const result = tag(resultTag[verdict], { message, type: verdict })
  return `<${head}><${result}>${text(seen)}</${resultTag[verdict]}>${two}</testcase>`
}

export function junitOf({ head, items }: AcceptRecord, language: ReportLanguage): string {
  const { lotId, sessionId, program, pack, fromIso, createdAtIso, simulated } = head
  const properties = Object.entries({
    sessionId: sessionId ?? '',
    program,
    pack: `${pack.packId} ${pack.standard} ${pack.digest}`,
    from: fromIso ?? '',
    quirks: head.quirks.map(({ id }) => id).join(' '),
    simulated: String(simulated),
  }).map(([name, value]) => `<${tag('property', { name, value })}/>`)
  const suites = appendices.map((appendix, id) => {
    const own = items.filter((item) => item.id.startsWith(appendix))
    const count = (verdict: AcceptanceItemView['verdict']): number =>
      own.filter((item) => item.verdict === verdict).length
    const open = tag('testsuite', {
      name: appendix,
      package: 'acceptance',
      id,
      hostname: lotId,
      timestamp: createdAtIso.slice(0, 19),
      tests: own.length,
      failures: count('fail'),
      errors: count('incomplete'),
      skipped: count('notApplicable'),
      time: 0,
    })
    return [
      `<${open}>`,
      `<properties>${properties.join('')}</properties>`,
      ...own.map((item) => caseOf(item, language)),
      '<system-out/>',
      '<system-err/>',
      '</testsuite>',
    ].join('\n')
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('\n')}\n</testsuites>\n`
}
