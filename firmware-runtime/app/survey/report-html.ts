// The report of a survey as one HTML page to print or to edit: the rows of table D.1 in order, the field
// as a picture, instruments, deviations, what was assumed. Texts of people are escaped, nothing runs in it.
import type { StoredRecord } from '../../core/survey/chain.ts'
import { projectOf, type SurveyProject } from '../../core/survey/project.ts'
import type { SurveyRecord, Verdict } from '../../core/survey/record.ts'
import { LaneFault } from '../../core/values/faults.ts'
import type { BilingualText } from '../../core/values/fault-text.ts'
import { t } from '../../core/values/fault-text.ts'
import { isoOf, type InstantMs } from '../../core/values/instant.ts'
import { heatMapSvg } from './heat-map.ts'
import { fieldView, itemViews, wholeVerdict, type FieldView, type ItemView } from './survey-view.ts'

export type ReportLanguage = 'zh' | 'en'

interface SurveyContentFacts {
  readonly surveyId: string
  readonly records: readonly StoredRecord[]
  readonly lost: readonly number[]
  readonly broken: readonly number[]
}

export interface ReportAsked {
  readonly file: string
  readonly language: ReportLanguage
  readonly printedAtMs: InstantMs
}

export interface ReportFacts {
  readonly surveyId: string
  /** The hash of the last record: what the evidence signs. */
  readonly headHash: string
  readonly records: number
  readonly printedAtMs: InstantMs
  readonly demo: boolean
}

const verdicts: Readonly<Record<Verdict, BilingualText>> = {
  pass: t('✓ 符合', '✓ pass'),
  fail: t('✗ 不符合', '✗ fail'),
  incomplete: t('… 未完成', '… incomplete'),
  notApplicable: t('– 不适用', '– not asked'),
}

const words = {
  title: t('停车场现场测试报告', 'Car park site test report'),
  basis: t(
    '依据 DBJT45/T 065-2024 附录 D 表 D.1',
    'After table D.1, appendix D of DBJT45/T 065-2024',
  ),
  demo: t('演示数据,不是实地测量', 'Demo data, not measured on a site'),
  site: t('停车场', 'Car park'),
  lane: t('车道', 'Lane'),
  antenna: t('天线', 'Antenna'),
  settings: t('设置', 'Settings'),
  height: t('高度', 'Height'),
  angles: t('俯角 / 偏转角', 'Down / yaw'),
  instruments: t('测量仪器', 'Instruments'),
  serial: t('编号', 'Serial'),
  calibrated: t('校准有效期', 'Calibrated until'),
  unknown: t('未记录', 'not recorded'),
  simulated: t('模拟', 'simulated'),
  summary: t('测试结果', 'Results'),
  row: t('序号', 'Row'),
  item: t('测试子项', 'Item'),
  asked: t('测试要求', 'Requirement'),
  result: t('结果', 'Result'),
  verdict: t('结论', 'Verdict'),
  field: t('场强分布', 'Field strength'),
  fieldNote: t(
    '方格为实测点,数字为 -dBm;浅色为插值;黑线为 -45 dBm;虚线为 3.2 m × 4.5 m 范围;十字为触发点',
    'Squares are measured, figures in -dBm; paler is interpolated; the black line is -45 dBm; dashed the area; the cross the trigger',
  ),
  zone: t('通信区域', 'Zone'),
  open: t('测量范围外可能延续', 'may go on beyond the readings'),
  strongest: t('最强点', 'Strongest point'),
  offTrigger: t('距触发点', 'off the trigger by'),
  containment: t('收敛度(本软件指标,0~100)', 'Containment (our own figure, 0 to 100)'),
  deviations: t('偏离说明', 'Deviations'),
  assumed: t('原文未规定、由本软件约定', 'Not in the text, our own convention'),
  evidence: t('证据', 'Evidence'),
  signatures: t('签字', 'Signatures'),
  surveyor: t('测试人', 'Surveyor'),
  witness: t('见证人', 'Witness'),
  date: t('日期', 'Date'),
  none: t('无', 'none'),
} as const

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const safe = (text: string): string => text.replaceAll(/[&<>"']/g, (char) => escapes[char] ?? '')

const style = `
@page { size: A4; margin: 18mm 15mm; }
body { font: 11pt/1.6 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; color: #000; }
h1 { font-size: 20pt; } h2 { font-size: 14pt; margin-top: 1.4em; break-after: avoid; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #777; padding: 3px 6px; text-align: left; vertical-align: top; }
tr, figure { break-inside: avoid; } thead { display: table-header-group; }
figure { margin: 0; } svg { width: 100%; max-height: 165mm; }
.fail { font-weight: bold; } .demo { border: 2px solid #000; padding: 4px 8px; }
td.verdict { white-space: nowrap; }
.summary th:nth-child(1) { width: 2.6em; } .summary th:nth-child(2) { width: 8em; }
.summary th:nth-child(3) { width: 36%; } .summary th:nth-child(5) { width: 5.5em; } .mono { font-family: monospace; word-break: break-all; }
`

class Page {
  readonly #as: ReportLanguage

  constructor(as: ReportLanguage) {
    this.#as = as
  }

  word(name: keyof typeof words): string {
    return safe(words[name][this.#as])
  }

  text(text: BilingualText): string {
    return safe(text[this.#as])
  }

  rows(rows: readonly (readonly [string, string])[]): string {
    const lines = rows.map(([name, value]) => `<tr><th>${name}</th><td>${value}</td></tr>`)
    return `<table>${lines.join('')}</table>`
  }

  head(survey: SurveyProject, { demo }: ReportFacts): string {
    const { opened, setup } = survey
    const or = (value: string | null): string =>
      value === null ? this.word('unknown') : safe(value)
    const settings = Object.entries(setup?.settings ?? {}).map(([k, v]) => `${k} = ${v}`)
    const degrees = (value: number | null | undefined): string =>
      typeof value === 'number' ? `${value}°` : '?'
    const height = setup?.heightMm ?? null
    return (
      `<h1>${this.word('title')}</h1><p>${this.word('basis')}</p>` +
      (demo ? `<p class="demo">${this.word('demo')}</p>` : '') +
      this.rows([
        [this.word('site'), or(opened?.site ?? null)],
        [this.word('lane'), or(opened?.lane ?? null)],
        [this.word('antenna'), or(setup?.profile ?? null)],
        [this.word('settings'), or(settings.join(', ') || null)],
        [this.word('height'), or(height === null ? null : `${(height / 1000).toFixed(2)} m`)],
        [this.word('angles'), `${degrees(setup?.downDeg)} / ${degrees(setup?.yawDeg)}`],
      ])
    )
  }

  instruments({ instruments }: SurveyProject): string {
    const lines = [...instruments.values()].map((one) => {
      const model = safe(one.model) + (one.simulated ? ` (${this.word('simulated')})` : '')
      const cells = [one.serialNo, one.calibratedUntil].map((v) =>
        v === null ? this.word('unknown') : safe(v),
      )
      return `<tr><td>${model}</td>${cells.map((c) => `<td>${c}</td>`).join('')}</tr>`
    })
    const head = (['instruments', 'serial', 'calibrated'] as const).map((n) => this.word(n))
    if (lines.length === 0) return `<p>${this.word('none')}</p>`
    return this.table(head, lines)
  }

  table(head: readonly string[], lines: readonly string[], name = ''): string {
    const cells = head.map((title) => `<th>${title}</th>`).join('')
    return `<table class="${name}"><thead><tr>${cells}</tr></thead><tbody>${lines.join('')}</tbody></table>`
  }

  summary(items: readonly ItemView[]): string {
    const head = (['row', 'item', 'asked', 'result', 'verdict'] as const).map((n) => this.word(n))
    const lines = items.map((item) => {
      const cells = [
        item.id.slice(1),
        this.text(item.title),
        safe(item.printed),
        this.text(item.words),
      ]
      const verdict = `<td class="verdict ${item.verdict}">${this.text(verdicts[item.verdict])}</td>`
      return `<tr>${cells.map((c) => `<td>${c}</td>`).join('')}${verdict}</tr>`
    })
    return this.table(head, lines, 'summary')
  }

  field(survey: SurveyProject, view: FieldView | null): string {
    if (view === null || view.cells.every(({ levelDbm }) => levelDbm === null))
      return `<p>${this.word('none')}</p>`
    const { zone, containment, strongestOffMm } = view
    const metres = (mm: number): string => `${(mm / 1000).toFixed(2)} m`
    const open = zone !== null && zone.openSides.length > 0 ? ` (${this.word('open')})` : ''
    const rows: [string, string][] =
      zone === null
        ? [[this.word('zone'), this.word('none')]]
        : [
            [this.word('zone'), `${metres(zone.widthMm)} × ${metres(zone.lengthMm)}${open}`],
            [
              this.word('strongest'),
              `${zone.strongest.levelDbm.toFixed(1)} dBm` +
                (strongestOffMm === null
                  ? ''
                  : `, ${this.word('offTrigger')} ${metres(strongestOffMm)}`),
            ],
          ]
    if (containment !== null) rows.push([this.word('containment'), String(containment)])
    const picture = heatMapSvg(survey, view)
    const note = `<figcaption>${this.word('fieldNote')}</figcaption>`
    return `${this.rows(rows)}<figure>${picture}${note}</figure>`
  }

  list(texts: readonly string[]): string {
    if (texts.length === 0) return `<p>${this.word('none')}</p>`
    return `<ul>${texts.map((text) => `<li>${text}</li>`).join('')}</ul>`
  }

  ends(survey: SurveyProject, items: readonly ItemView[], facts: ReportFacts): string {
    const deviations = survey.deviations.map(({ item, text }) => `${item}: ${safe(text)}`)
    const assumed = items.flatMap(({ id, assumed: said }) =>
      said === null ? [] : [`${id}: ${this.text(said)}`],
    )
    const proof = `${facts.surveyId} · ${facts.records} · ${facts.headHash}`
    const sign = (['surveyor', 'witness', 'date'] as const).map((n): [string, string] => [
      this.word(n),
      '&nbsp;',
    ])
    return (
      `<h2>${this.word('deviations')}</h2>${this.list(deviations)}` +
      `<h2>${this.word('assumed')}</h2>${this.list(assumed)}` +
      `<h2>${this.word('evidence')}</h2><p class="mono">${safe(proof)}</p>` +
      `<p>${isoOf(facts.printedAtMs)}</p>` +
      `<h2>${this.word('signatures')}</h2>${this.rows(sign)}`
    )
  }
}

/**
 * The report of a file, or SURVEY-02: a report must not have holes. A demo is told by its instruments.
 */
export function reportOf(
  content: SurveyContentFacts,
  records: readonly SurveyRecord[],
  { file, language, printedAtMs }: ReportAsked,
): string {
  const { surveyId, records: stored, lost, broken } = content
  if (lost.length + broken.length > 0)
    throw new LaneFault('SURVEY-02', { file, value: [...lost, ...broken].join(', ') })
  const survey = projectOf(records)
  const facts = {
    surveyId,
    headHash: stored.at(-1)?.hash ?? '',
    records: stored.length,
    printedAtMs,
    demo: [...survey.instruments.values()].some(({ simulated }) => simulated),
  }
  return reportHtml(survey, facts, language)
}

/** The whole page, ready to print. */
export function reportHtml(survey: SurveyProject, facts: ReportFacts, as: ReportLanguage): string {
  const page = new Page(as)
  const items = itemViews(survey)
  const whole = verdicts[wholeVerdict(items)][as]
  return (
    `<!doctype html><html lang="${as === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8">` +
    `<title>${page.word('title')}</title><style>${style}</style></head><body>` +
    page.head(survey, facts) +
    `<h2>${page.word('summary')}: ${whole}</h2>${page.summary(items)}` +
    `<h2>${page.word('field')}</h2>${page.field(survey, fieldView(survey))}` +
    `<h2>${page.word('instruments')}</h2>${page.instruments(survey)}` +
    page.ends(survey, items, facts) +
    `</body></html>\n`
  )
}
