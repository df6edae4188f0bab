// The report of a joint test as a document: tested interfaces, time, deviations, and the certificate id that the
// platform issued (000 A.2.2 e).
import type { JointReportView } from '#ledger/calls/onboarding-views.ts'
import { t } from '#base/pure/words/fault-text.ts'
import type { BilingualText } from '#base/pure/faults/faults.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { withChineseMarks } from '#survey/report/report-marks.ts'
import { tableOf, textOf } from '#survey/report/report-blocks.ts'
import type { ReportBlock, ReportDocument, ReportLanguage } from '#survey/report/report-model.ts'
import { reportWords } from '#survey/report/report-words.ts'

const words = {
  title: t('联调报告', 'Report of the joint test'),
  basis: t(
    '由车道程序按联调记录写出;证书编号由平台出具。',
    'Made by the lane program from the joint test records; the certificate id is issued by the platform.',
  ),
  open: t('还没有通过:没有证书编号', 'Not passed yet: there is no certificate id'),
  none: t('没有', 'None'),
} as const

const states = {
  open: t('没有试', 'not tried'),
  failed: t('不通过', 'failed'),
  done: t('通过', 'passed'),
} as const

const formerWords = ({ startIso, calls }: JointReportView['former']): BilingualText =>
  t(
    `以前的联调(自 ${startIso ?? ''},${calls} 次)的异常`,
    `Anomalies of earlier runs (since ${startIso ?? ''}, ${calls} calls)`,
  )

export function reportDocument(
  report: JointReportView,
  printedAtMs: InstantMs,
  language: ReportLanguage,
): ReportDocument {
  const say = (text: BilingualText): string => text[language]
  const table = (
    head: readonly BilingualText[],
    widths: readonly number[],
    rows: readonly (readonly string[])[],
  ): ReportBlock => tableOf(head.map(say), widths, rows)
  const facts = [
    [t('停车场', 'Car park'), `${report.lotName} ${report.lotId}`],
    [t('联调环境', 'Sandbox'), `${report.url} ${report.appId}`],
    [t('起始时间', 'Start'), report.startIso ?? '-'],
    [t('结束时间', 'End'), report.endIso ?? '-'],
    [t('证书编号', 'Certificate id'), report.reportId ?? say(words.open)],
  ] as const
  const nameOf = (id: string): string => {
    const found = report.interfaces.find((one) => one.id === id)
    return found === undefined ? say(words.title) : say(found.name)
  }
  const interfaces = table(
    [t('接口', 'Interface'), t('方法和路径', 'Method, path'), t('次数', 'Calls'), t('结果', 'End')],
    [28, 44, 12, 16],
    report.interfaces.map(({ name, method, path, calls, state }) => [
      say(name),
      `${method} ${path}`,
      String(calls),
      say(states[state]),
    ]),
  )
  const anomalyTable = (all: JointReportView['anomalies']): ReportBlock =>
    all.length === 0
      ? textOf(say(words.none))
      : table(
          [t('接口', 'Interface'), t('应答', 'Answer'), t('次数', 'Count')],
          [30, 54, 16],
          all.map(({ interfaceId, said, count }) => [nameOf(interfaceId), said, String(count)]),
        )
  const section = (id: string, heading: BilingualText, block: ReportBlock) => ({
    id,
    heading: say(heading),
    blocks: [block],
  })
  const { former } = report
  const left =
    former.startIso === null
      ? []
      : [section('former', formerWords(former), anomalyTable(former.anomalies))]
  return withChineseMarks({
    language,
    printedAtMs,
    title: `${say(words.title)} ${report.lotName}`,
    basis: say(words.basis),
    footer: `${say(reportWords.footer)} · ${report.lotName}`,
    sections: [
      section('head', t('结论', 'Result'), {
        kind: 'facts',
        rows: facts.map(([what, value]) => [say(what), value] as const),
      }),
      section('interfaces', t('调试接口', 'Interfaces'), interfaces),
      section('anomalies', t('异常统计', 'Anomalies'), anomalyTable(report.anomalies)),
      ...left,
    ],
  })
}
