// The acceptance papers as one document: appendices J and K, the network sheet of 9.2, the sheets of grading and
// cryptography, and the rules with their verdicts. Missing answers are marked; a simulated lot is marked on every page.
import type { PaperView, PapersView } from '../../calls/papers-views.ts'
import { acceptanceWords } from '#base/pure/words/accepted-words.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import { paperStateWords, paperWords } from '#base/pure/values/paper-states.ts'
import { tableOf, textOf } from '#survey/report/report-blocks.ts'
import type {
  ReportBlock,
  ReportDocument,
  ReportLanguage,
  ReportSection,
} from '#survey/report/report-model.ts'
import { markedDocument, simulatedMark, type AcceptedLot } from './marked-document.ts'
import type { RuleLine } from './rule-lines.ts'

const words = {
  title: t('接入验收文件集', 'Documents of the acceptance'),
  basis: t(
    '依据 DBJT45/T 065-2024 的 9.2、10.3.1、10.3.2.1 a、附录 J 和附录 K;由车道程序按停车场的文件写出。问题由本软件提出,行由标准给出。',
    'Based on 9.2, 10.3.1, 10.3.2.1 a and appendices J and K of DBJT45/T 065-2024; made by the lane program from the files of the lot. The questions come from this software, the rows from the standard.',
  ),
} as const

const groups = {
  J: t('附录 J 系统与数据安全管理制度', 'Appendix J: security management'),
  K: t('附录 K 应急预案', 'Appendix K: emergency plan'),
  M: t('10.3.2.1 a 故障处理预案', '10.3.2.1 a Plan for faults'),
  N: t('9.2 网络安全情况表', '9.2 Network sheet'),
  S: t('等级保护和密码情况表', 'Grading and cryptography'),
} as const

const verdictWords: Readonly<Record<RuleLine['verdict'], BilingualText>> = {
  ...acceptanceWords,
  marginal: t('临界', 'marginal'),
}

class Papers {
  readonly #as: ReportLanguage

  constructor(as: ReportLanguage) {
    this.#as = as
  }

  say = (text: BilingualText): string => text[this.#as]

  paper(paper: PaperView): readonly ReportBlock[] {
    const { clause, title, printed, lines, state, review, attachments, assumed } = paper
    const head = printed === null ? this.say(title) : `${this.say(title)}: ${printed}`
    const rows = lines.map(({ ask, isKnown, known, text, by }) => {
      const said = isKnown
        ? known === null
          ? this.say(paperWords.unknown)
          : this.say(known)
        : text === null || text.trim() === ''
          ? `○ ${this.say(paperWords.nobody)}`
          : `${text}\n— ${by ?? ''}`
      const what = isKnown ? `${this.say(ask)} ${this.say(paperWords.ofLot)}` : this.say(ask)
      return [what, said]
    })
    const files = attachments.map(
      ({ name, digest, by }) => `${name} · SHA-256 ${digest.slice(0, 16)} · ${by}`,
    )
    const read =
      review === null ? '' : ` · ${review.by} ${review.atIso.slice(0, 10)} ${review.remark}`
    const attached: readonly ReportBlock[] =
      files.length === 0 ? [] : [{ kind: 'list', items: files }]
    const note: readonly ReportBlock[] = assumed === null ? [] : [textOf(this.say(assumed))]
    return [
      textOf(`${clause} ${head}`),
      tableOf([t('内容', 'What'), t('填写', 'Filled in')].map(this.say), [30, 70], rows),
      ...attached,
      textOf(`${this.say(paperStateWords[state])}${read}`),
      ...note,
    ]
  }

  rules(lines: readonly RuleLine[]): ReportSection {
    const head = [t('条', 'Clause'), t('规则', 'Rule'), t('限值', 'Limits'), t('判定', 'Verdict')]
    const rows = lines.map((line) => {
      const { id, clause, title, thresholds, verdict, words: why, simulated } = line
      const mark = simulated === true ? ` (${this.say(simulatedMark)})` : ''
      return [
        ...[clause ?? '7.1', `${id} ${this.say(title)}`],
        thresholds.map(({ name, value, unit }) => `${name} ${value} ${unit}`).join('\n'),
        [`${this.say(verdictWords[verdict])}${mark}`, this.say(why)].join('\n'),
      ]
    })
    return {
      id: 'rules',
      heading: this.say(t('规则和判定', 'Rules and verdicts')),
      blocks: [tableOf(head.map(this.say), [12, 26, 26, 36], rows)],
    }
  }
}

/** Each group of papers, and the rules with their verdicts. */
export function paperSections(
  papers: readonly PaperView[],
  rules: readonly RuleLine[],
  language: ReportLanguage,
): readonly ReportSection[] {
  const own = new Papers(language)
  return [
    ...Object.entries(groups).map(([group, heading]) => ({
      id: group,
      heading: own.say(heading),
      blocks: papers.filter((one) => one.group === group).flatMap((one) => own.paper(one)),
    })),
    own.rules(rules),
  ]
}

export function papersDocument(
  { papers, simulated, drill }: PapersView,
  rules: readonly RuleLine[],
  lot: AcceptedLot,
  printedAtMs: InstantMs,
  language: ReportLanguage,
): ReportDocument {
  const say = (text: BilingualText): string => text[language]
  const isSimulated = simulated || rules.some((one) => one.simulated === true)
  const count = (state: PaperView['state']): number =>
    papers.filter((one) => one.state === state).length
  const open = papers.reduce((sum, one) => sum + one.open, 0)
  const facts: readonly (readonly [BilingualText, string])[] = [
    [t('写出时间', 'Written at'), isoOf(printedAtMs).slice(0, 19)],
    [t('文件', 'Papers'), `${papers.length}`],
    [t('评审通过', 'Accepted'), `${count('accepted')}`],
    [t('没有填写的问题', 'Questions not answered'), `${open}`],
    [t('年度演练', 'Yearly drill'), say(drill.words)],
  ]
  return markedDocument({
    language,
    printedAtMs,
    lot,
    isSimulated,
    title: words.title,
    basis: words.basis,
    first: { heading: t('概况', 'Overview'), facts },
    sections: paperSections(papers, rules, language),
  })
}
