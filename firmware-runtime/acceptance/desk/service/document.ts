// The acceptance of a lot as a document: each item of appendices E to I with its verdict, the reason and the evidence.
// A simulated run is marked at the foot of every page; an override and its author are on the first page.
import { features } from '../../pure/declaration.ts'
import type { Evidence } from '../../pure/item.ts'
import { bindingsOf } from '../../pure/past.ts'
import type { Binding } from '#ledger/pure/past-facts.ts'
import type { AcceptanceItemView } from '../../calls/acceptance-views.ts'
import { answerWords, stateSaid } from '../../pure/evidence-words.ts'
import { acceptanceWords, evidenceSources } from '#base/pure/words/accepted-words.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { ownWord } from '#base/pure/words/word-lookup.ts'
import type { BilingualText } from '#base/pure/faults/faults.ts'
import { channelWords } from '#base/pure/lot/destination-members.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { tableOf, textOf } from '#survey/report/report-blocks.ts'
import type {
  ReportBlock,
  ReportDocument,
  ReportLanguage,
  ReportSection,
} from '#survey/report/report-model.ts'
import { markedDocument } from './marked-document.ts'
import { paperSections } from './papers-document.ts'
import { newerThan } from '../record/newer-rules.ts'
import type { AcceptRecord } from '../record/record.ts'

const words = {
  title: t('接入验收报告', 'Report of the acceptance'),
  basis: t(
    '依据 DBJT45/T 065-2024 附录 E 至 I 和 10.3.2;由车道程序按账本、天线帧、访问记录和平台答复判定。',
    'Based on appendices E to I and 10.3.2 of DBJT45/T 065-2024; judged by the lane program from the ledger, the antenna frames, the access records and the answers of the platform.',
  ),
  alteredBasis: t(
    '依据改动过的规则(见结论),不是 DBJT45/T 065-2024 原文;由车道程序按账本、天线帧、访问记录和平台答复判定。',
    'Based on altered rules (see the result), not on DBJT45/T 065-2024 as printed; judged by the lane program from the ledger, the antenna frames, the access records and the answers of the platform.',
  ),
  none: t('没有', 'None'),
  /** Label of findings under the planted fault: they come from the file of the run and are not judged again. */
  red: t('植入故障时,按运行文件所记:', 'With the planted fault, as the run file records it:'),
} as const

const byAltered = t('按改动过的规则', 'by an altered rule')

const tables = {
  E: t('附录 E 停车场计费系统接入', 'Appendix E: billing system'),
  F: t('附录 F 联机交易', 'Appendix F: online transactions'),
  G: t('附录 G 数据上传下载', 'Appendix G: uploads and downloads'),
  H: t('附录 H 停车场 ETC 运营商', 'Appendix H: ETC operator'),
  I: t('附录 I 发行服务机构', 'Appendix I: issuer'),
  R: t('10.3.2 系统性能', '10.3.2 Performance'),
} as const

/** Number of evidence entries printed for each item; the session has all of them. */
const printedMax = 3

/** The verdict, and the conformance and compatibility verdicts when they differ from it. */
function verdictLines(item: AcceptanceItemView): readonly BilingualText[] {
  const { verdict, conformance, compatibility, quirks } = item
  const other = acceptanceWords[compatibility]
  const names = quirks.length === 0 ? '' : ` (${quirks.join(', ')})`
  return [
    acceptanceWords[verdict],
    ...alteredOf(item).map(() => byAltered),
    ...(conformance === verdict ? [] : [acceptanceWords[conformance]]),
    ...(compatibility === verdict
      ? []
      : [t(`兼容:${other.zh}${names}`, `compatible: ${other.en}${names}`)]),
  ]
}

/** Empty for a rule that is not altered, and in packages of earlier versions. */
const alteredOf = ({ altered = null }: Partial<AcceptanceItemView>): readonly BilingualText[] =>
  altered === null ? [] : [altered]

const isPassed = ({ verdict }: AcceptanceItemView): boolean =>
  verdict === 'pass' || verdict === 'notApplicable'

type Facts = readonly (readonly [BilingualText, string])[]
type Say = (text: BilingualText) => string

/** The platform at which the run was aimed. */
const askedFacts = (asked: AcceptRecord['head']['asked'], say: Say): Facts =>
  asked === null
    ? []
    : [
        [t('所问的平台', 'Platform that was asked'), `${asked.url} · ${asked.appId}`],
        [t('联调证书编号', 'Certificate of its joint test'), asked.reportId ?? say(words.none)],
      ]

/** In words with its time; what has none, by its source and number. */
const evidenceLine = ({ source, ref, said }: Evidence, say: Say): string =>
  [
    `${say(evidenceSources[source])} ${ref}`,
    ...(said === undefined ? [] : [`${said.atIso?.slice(0, 19) ?? ''} ${say(said.words)}`]),
  ].join(' · ')

const itemRow = (item: AcceptanceItemView, say: Say) => [
  item.clause,
  [`${say(item.title)}: ${item.printed}`, ...alteredOf(item).map(say)].join('\n'),
  verdictLines(item).map(say).join('\n'),
  [
    say(item.words),
    ...(item.red === null
      ? []
      : [
          `${say(words.red)} ${item.red.assertion} ${item.red.atIso.slice(0, 19)}: ${say(item.red.words)}`,
        ]),
    ...item.evidence.slice(0, printedMax).map((one) => evidenceLine(one, say)),
  ].join('\n'),
]

/** The rules that were altered, and who signed for it; packages of earlier versions do not say. */
function alteredFacts(
  { altered = [], issuer = null }: Partial<AcceptRecord['head']['pack']>,
  say: Say,
): Facts {
  if (altered.length === 0) return []
  const by = t('没有签发机构签名', 'no issuer signed it')
  const signed =
    issuer === null ? say(by) : `${issuer.by} · ${issuer.certSerial} · ${issuer.signedAtIso}`
  return [
    [
      t('规则已改动', 'Altered rules'),
      [signed, ...altered.map(({ words: what }) => say(what))].join('\n'),
    ],
  ]
}

/** Program, rule pack and inputs of the run. */
function madeFacts({ head, declaration }: AcceptRecord, say: Say): Facts {
  const { program, pack, inputs, asked } = head
  return [
    [t('程序版本', 'Program version'), program],
    [
      t('规则包', 'Rule pack'),
      `${pack.packId} · ${pack.standard} · SM3 ${pack.digest.slice(0, 16)}`,
    ],
    ...alteredFacts(pack, say),
    [
      t('对端习惯', 'Quirks of peers'),
      head.quirks.map(({ id, words: why }) => `${id}: ${say(why)}`).join('\n') || say(words.none),
    ],
    [t('平台', 'Platform'), inputs?.platform ?? say(words.none)],
    ...askedFacts(asked, say),
    [t('申报', 'Declaration'), declaration.features.map((one) => say(features[one])).join('; ')],
    [t('停车场文件', 'Lot file'), inputs === null ? '-' : `SM3 ${inputs.lotFile.slice(0, 16)}`],
  ]
}

/** Programs of the lanes in the judged period, and their links to simulators. */
const startFacts = ({ head }: AcceptRecord, say: Say): Facts =>
  (head.starts ?? []).map(({ atIso, program, mode, simulated }) => [
    t('车道启动', 'Start of the lanes'),
    [
      `${atIso.slice(0, 19)} · ${program} · ${mode}`,
      ...(simulated === null || simulated.length === 0
        ? []
        : [`${say(t('模拟', 'simulated'))}: ${simulated.join(', ')}`]),
    ].join(' · '),
  ])

const pastLabel = t('账本过去的外部证据', 'What binds the past of the ledger')
const bindingWords: Readonly<Record<Binding, BilingualText>> = {
  platform: t('平台的答复', 'answers of the platform'),
  timeStamp: t('时间戳', 'time stamps'),
}

/** What binds the judged days from outside; and the rules that are newer than a package of an earlier version. */
function pastFacts(record: AcceptRecord, say: Say): Facts {
  const { past } = record.head
  const newer = newerThan(record).map(({ words: rule }) => say(rule))
  const label = t('比这份验收包新的规则', 'Rules that are newer than this package')
  const older: Facts = newer.length === 0 ? [] : [[label, newer.join('\n')]]
  if (past === undefined) return older
  const daysOf = (is: (by: readonly Binding[]) => boolean): string =>
    past.days.flatMap(({ day, by }) => (is(by) ? [day] : [])).join(', ')
  const bound = bindingsOf(past)
  const makers = new Set(record.stamps.flatMap(({ held }) => (held === null ? [] : [held.by])))
  const open = daysOf((by) => by.length === 0)
  const unfit = record.stamps.filter(({ held }) => held === null).map(({ seq }) => seq)
  const lines = [
    ...(past.isStarted ? [] : [t('没有本停车场的启动记录', 'no start of this car park')].map(say)),
    ...(bound.length === 0
      ? [say(t('没有任何外部证据', 'bound by nothing'))]
      : bound.map((one) => {
          const by = one === 'timeStamp' ? ` (${[...makers].join(', ')})` : ''
          return `${say(bindingWords[one])}${by}: ${daysOf((own) => own.includes(one))}`
        })),
    ...(bound.length === 0 || open === ''
      ? []
      : [`${say(t('没有证据的日子', 'bound by nothing'))}: ${open}`]),
    ...(unfit.length === 0
      ? []
      : [
          `${say(t('与现有记录不符的时间戳', 'stamps that do not fit the rows'))}: ${unfit.join(', ')}`,
        ]),
  ]
  return [...older, [pastLabel, lines.join('\n')]]
}

/** TLS certificates under which the platforms answered, as the ledger has them. */
function certificateFacts({ head }: AcceptRecord, say: Say): Facts {
  const label = t('平台的 TLS 证书', 'TLS certificate of a platform')
  const nameOf = (channel: string): string => {
    const words = ownWord(channelWords, channel)
    return words === undefined ? channel : say(words)
  }
  const seen = (head.certificates ?? []).map((one) => {
    const { channel, host, subject, issuer, fingerprint, fromIso, simulated, isLast } = one
    const said = [
      `${nameOf(channel)} ${host}`,
      `${subject || '-'} ← ${issuer || '-'}`,
      `SHA-256 ${fingerprint.slice(0, 16)}`,
      `≥ ${fromIso.slice(0, 19)}`,
      ...(simulated ? [say(t('模拟', 'simulated'))] : []),
      ...(isLast === true
        ? [say(t('当天再换的证书没有记录', 'further ones of that day were not recorded'))]
        : []),
    ]
    return [label, said.join(' · ')] as const
  })
  const unrecorded = (head.unrecorded ?? []).map(({ channel, fromIso }) => {
    const since = fromIso.slice(0, 19)
    const no = t(`没有记录(车道启动 ${since})`, `not recorded (start of the lanes ${since})`)
    return [label, `${nameOf(channel)} · ${say(no)}`] as const
  })
  return [...seen, ...unrecorded]
}

/** Every session of the lot: what failed, and what was broken off, stays. */
function sessionSection({ sessions = [] }: Partial<AcceptRecord>, say: Say): ReportSection {
  const rows = sessions.flatMap(({ sessionId, fromIso, aimedAt, runs }) =>
    runs.map(({ atIso, isRed, judged }) => {
      const count = (is: string): number => judged.filter(({ verdict }) => verdict === is).length
      const failed = judged.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id)
      const left = judged.flatMap(({ id, skipped }) =>
        skipped === undefined ? [] : [`${id} (${skipped.by ?? '-'})`],
      )
      const n = judged.length - left.length
      const seen =
        judged.length === 0
          ? t('中断,没有判定', 'broken off, nothing was judged')
          : t(
              `判定 ${n} 项,通过 ${count('pass')} 项,不通过 ${failed.length} 项`,
              `${n} judged, ${count('pass')} passed, ${failed.length} failed`,
            )
      const [zh, en] = [
        `${seen.zh},跳过 ${left.join('、')}`,
        `${seen.en}, skipped ${left.join(', ')}`,
      ]
      const said = left.length === 0 ? seen : t(zh, en)
      const how = isRed ? t('先植入故障', 'red first') : t('按事实', 'by the facts')
      const where = aimedAt === null ? say(how) : `${say(how)} · ${aimedAt}`
      return [
        ...[sessionId, `${atIso.slice(0, 19)}\n≥ ${fromIso.slice(0, 19)}`, where],
        failed.length === 0 ? say(said) : `${say(said)}: ${failed.join(', ')}`,
      ]
    }),
  )
  const head = [
    t('次', 'Session'),
    t('开始,判定的记录自', 'Begun, rows judged from'),
    t('方式', 'How'),
    t('结果', 'Result'),
  ]
  return {
    id: 'sessions',
    heading: say(t('本停车场的全部验收', 'Every run at this car park')),
    blocks: [
      rows.length === 0 ? textOf(say(words.none)) : tableOf(head.map(say), [22, 24, 18, 36], rows),
    ],
  }
}

/** Number of transcript lines printed, the newest ones; the package has all lines. */
const printedLines = 100

/** Transcripts of both sides: the requests of the lot, and the platform's answer for each number. */
function transcripts(
  { accesses, words: answers, head }: AcceptRecord,
  language: ReportLanguage,
): ReportSection {
  const say = (text: BilingualText): string => text[language]
  const table = (
    heads: readonly BilingualText[],
    widths: readonly number[],
    lines: readonly (readonly string[])[],
  ): ReportBlock => tableOf(heads.map(say), widths, lines.slice(-printedLines))
  return {
    id: 'transcripts',
    heading: say(t('双方记录', 'Both transcripts')),
    blocks: [
      table(
        [t('时间', 'Time'), t('接口', 'Interface'), t('状态', 'Status'), t('请求号', 'Request')],
        [28, 26, 16, 30],
        accesses.map(({ atIso, interfaceId, status, respCode, requestId }) => [
          atIso.slice(0, 19),
          interfaceId,
          `${status ?? '-'} ${respCode ?? ''}`,
          requestId ?? '-',
        ]),
      ),
      ...(head.unasked === null ? [] : [textOf(say(head.unasked), 'notice')]),
      table(
        [t('编号', 'Number'), t('平台答复', 'Answer'), t('金额(分)', 'Amount (fen)')],
        [44, 36, 20],
        answers.map(({ businessNo, says, state, amountFen }) => [
          businessNo,
          `${say(answerWords[says])}: ${say(stateSaid(state))}`,
          `${amountFen ?? '-'}`,
        ]),
      ),
    ],
  }
}

/** The charge that tried each combination of OBU and card, and the frames that prove it. */
function combinationSection(
  { items }: AcceptRecord,
  language: ReportLanguage,
): readonly ReportSection[] {
  const say = (text: BilingualText): string => text[language]
  const head = [t('组合', 'Combination'), t('扣费', 'Charge'), t('帧', 'Frames')].map(say)
  const blocks = items.flatMap(({ clause, matrix = [] }): readonly ReportBlock[] =>
    matrix.length === 0
      ? []
      : [
          textOf(clause),
          tableOf(
            head,
            [40, 30, 30],
            matrix.map(({ words: what, businessNo, frames }) => [
              ...[say(what), businessNo ?? '-', frames.join('\n') || '-'],
            ]),
          ),
        ],
  )
  if (blocks.length === 0) return []
  return [
    { id: 'combinations', heading: say(t('OBU/卡组合', 'Combinations of OBU and card')), blocks },
  ]
}

export function acceptanceDocument(
  record: AcceptRecord,
  printedAtMs: InstantMs,
  language: ReportLanguage,
): ReportDocument {
  const say = (text: BilingualText): string => text[language]
  const { head, items, accesses, words: answers, papers, rules } = record
  const { sessionId, fromIso, lock } = head
  const open = items.filter((item) => !isPassed(item)).length
  const { override } = lock
  const facts: Facts = [
    [t('次', 'Session'), sessionId ?? '-'],
    [t('判定的记录自', 'Rows judged from'), fromIso ?? '-'],
    [t('项目', 'Items'), `${items.length}`],
    [t('未通过或未完成', 'Failed or incomplete'), `${open}`],
    [t('现场测试', 'Survey'), lock.why === null ? say(acceptanceWords.pass) : say(lock.why)],
    [
      t('放行', 'Override'),
      override === null
        ? say(words.none)
        : `${override.by} · ${override.atIso} · ${override.reason}`,
    ],
    ...madeFacts(record, say),
    ...startFacts(record, say),
    ...certificateFacts(record, say),
    ...pastFacts(record, say),
    [t('访问记录', 'Accesses'), `${accesses.length}`],
    [t('平台答复', 'Answers of the platform'), `${answers.length}`],
  ]
  const itemHead = [
    t('条', 'Row'),
    t('要求', 'Requirement'),
    t('判定', 'Verdict'),
    t('依据', 'Why'),
  ]
  const itemTable = (own: readonly AcceptanceItemView[]): ReportBlock =>
    tableOf(
      itemHead.map(say),
      [9, 33, 12, 46],
      own.map((item) => itemRow(item, say)),
    )
  return markedDocument({
    language,
    printedAtMs,
    lot: { name: head.lotName, lotId: head.lotId },
    isSimulated: head.simulated,
    title: words.title,
    basis: (head.pack.altered ?? []).length === 0 ? words.basis : words.alteredBasis,
    first: { heading: t('结论', 'Result'), facts },
    sections: [
      ...Object.entries(tables).map(([letter, heading]) => ({
        id: letter,
        heading: say(heading),
        blocks: [itemTable(items.filter(({ id }) => id.startsWith(letter)))],
      })),
      sessionSection(record, say),
      ...combinationSection(record, language),
      transcripts(record, language),
      ...paperSections(papers, rules, language),
    ],
  })
}
