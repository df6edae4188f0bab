// The hand-over document of a lot: what it is, its lanes and devices, prices, flow of money, people, storage, surveys,
// first car, and open points. It contains no secret; two people sign it.
import { price } from '#money/pure/billing/price.ts'
import { t } from '#base/pure/words/fault-text.ts'
import type { BilingualText } from '#base/pure/faults/faults.ts'
import { fenText } from '#base/pure/values/fen.ts'
import { instantOf, isoOf, minuteMs, type InstantMs } from '#base/pure/values/instant.ts'
import type { SurveyLine } from '#survey/pure/file/survey-page.ts'
import type {
  ReportBlock,
  ReportDocument,
  ReportLanguage,
  ReportSection,
  ReportSignature,
} from '#survey/report/report-model.ts'
import { withChineseMarks } from '#survey/report/report-marks.ts'
import { markedVerdict, reportWords } from '#survey/report/report-words.ts'
import type { FirstCarSaid } from './first-car-said.ts'
import { foundAt, sitingOfLot } from './lane-siting.ts'
import type { Rules } from '#base/pure/rules/rule-pack.ts'
import { valuesInWords, type LotFiles } from './lot-words.ts'
import { roleWords } from '#base/pure/values/roles.ts'
import type { SetupPerson } from './people-row.ts'

interface HandoverSource {
  readonly files: LotFiles
  readonly rules: Rules
  readonly people: readonly SetupPerson[]
  /** Open points, and how data is stored; one sentence each. */
  readonly open: readonly BilingualText[]
  readonly surveys: readonly SurveyLine[]
  /** Null: no first car yet. */
  readonly firstCar: FirstCarSaid | null
  readonly dir: string
  readonly atMs: InstantMs
}

/** Names of keys in the machine's key store: useless to a reader. */
const unsaid = /^\/gateway\/secret$/

const exampleMin = [15, 30, 60, 120, 200, 480, 1440] as const
/** A working day, far from midnight. */
const exampleFromMs = instantOf(2026, 1, 5, 9 * 60 * minuteMs)

const parts = {
  lot: /^\/(?:name|lotId|provinceCode|capacity|spaceKinds|district|qualification|mode|nodeId|version)(?:\/|$)/,
  lanes: /^\/lanes\//,
  tariff: /^tariff/,
  money:
    /^\/(?:chargeMode|platform|operator|etcOperator|reservation|centre|published|configVersion|gateway|printers|scanners|offline|caps|large\w*|alone\w*|plate\w*)(?:\/|$)/,
} as const
type Part = keyof typeof parts

const words = {
  title: t('停车场移交文件', 'Hand-over of a car park'),
  basis: t(
    '由车道程序按它自己的文件写出;不含任何密码和密钥。',
    'Made by the lane program from its own files; it contains no passwords or keys.',
  ),
  rehearsal: t(
    '演练用的停车场,不收真实的钱',
    'This car park is for rehearsal and takes no real money',
  ),
  lot: t('停车场', 'Car park'),
  lanes: t('车道和设备', 'Lanes and devices'),
  tariff: t('收费标准', 'Tariff'),
  money: t('扣费、平台和断网时', 'Charging, platform, without network'),
  rest: t('其他设置', 'Other settings'),
  people: t('人员', 'People'),
  places: t('安装位置', 'Where things stand'),
  surveys: t('现场勘测', 'Site surveys'),
  firstCar: t('第一辆车', 'First car'),
  open: t('待办', 'Still open'),
  signatures: t('签字', 'Signatures'),
} as const

const nobody = t(
  '还没有人员:任何人打开窗口都能收费和放行',
  'There are no people: anyone who opens the window can take money and open the barrier',
)
const noSurvey = t('没有勘测记录', 'No survey was made')
const noCar = t(
  '还没有车经过:首车试验还没有做',
  'No car has passed yet: the first-car test is still to be made',
)
const nothingOpen = t('没有', 'Nothing')

class Handover {
  readonly #source: HandoverSource
  readonly #as: ReportLanguage

  constructor(source: HandoverSource, as: ReportLanguage) {
    this.#source = source
    this.#as = as
  }

  #say = (text: BilingualText): string => text[this.#as]

  #section(id: keyof typeof words, blocks: readonly ReportBlock[]): ReportSection {
    return { id, heading: this.#say(words[id]), blocks }
  }

  #facts(wanted: (key: string) => boolean): ReportBlock {
    const rows = valuesInWords(this.#source.files)
      .filter(({ key }) => wanted(key) && !unsaid.test(key))
      .map(({ what, value }) => [this.#say(what), this.#say(value)] as const)
    return { kind: 'facts', rows }
  }

  #part(id: Part): ReportSection {
    return this.#section(id, [this.#facts((key) => parts[id].test(key))])
  }

  #table(
    head: readonly BilingualText[],
    widths: readonly number[],
    rows: readonly (readonly string[])[],
  ): ReportBlock {
    const cells = rows.map((row) => row.map((text) => ({ text })))
    return { kind: 'table', head: head.map(this.#say), widths, rows: cells }
  }

  #lot(): ReportSection {
    const { files, dir, atMs } = this.#source
    const facts = this.#facts((key) => parts.lot.test(key))
    const more: readonly (readonly [string, string])[] = [
      [this.#say(t('数据文件夹', 'Data folder')), dir],
      [this.#say(t('写出时间', 'Written at')), isoOf(atMs).replace(/\.\d{3}/, '')],
    ]
    const rows = facts.kind === 'facts' ? [...facts.rows, ...more] : more
    const notice: ReportBlock = { kind: 'text', text: this.#say(words.rehearsal), look: 'notice' }
    const isReal = files.config.mode === 'production'
    return this.#section('lot', [...(isReal ? [] : [notice]), { kind: 'facts', rows }])
  }

  #tariff(): ReportSection {
    const { tariff } = this.#source.files
    const rows = exampleMin.map((min) => {
      const { amountFen } = price(tariff, exampleFromMs, exampleFromMs + min * minuteMs)
      return [this.#say(t(`${min} 分钟`, `${min} minutes`)), fenText(amountFen)]
    })
    const head = [
      t('停车时长(工作日 9 点入场)', 'Stay (entry at 9:00 on a working day)'),
      t('金额', 'Costs'),
    ]
    const facts = this.#facts((key) => parts.tariff.test(key))
    return this.#section('tariff', [this.#table(head, [70, 30], rows), facts])
  }

  #people(): ReportSection {
    const { people } = this.#source
    if (people.length === 0) return this.#section('people', [this.#text(nobody)])
    const rows = people.map(({ name, role }) => [name, this.#say(roleWords[role])])
    return this.#section('people', [
      this.#table([t('姓名', 'Name'), t('身份', 'Role')], [60, 40], rows),
    ])
  }

  #places(): ReportSection {
    const { files, rules } = this.#source
    const { config } = files
    const { findings } = sitingOfLot(config, rules)
    const nameOf = (id: string): string =>
      config.lanes.find((lane) => lane.id === id)?.name[this.#as] ?? id
    const marks = { pass: 'pass', fail: 'fail', unknown: 'incomplete' } as const
    const rows = findings.map(({ clause, verdict, reason, ...at }) => [
      this.#say(foundAt(at, nameOf)),
      clause,
      this.#say(markedVerdict(marks[verdict])),
      this.#say(reason),
    ])
    const head = [
      t('车道或路段', 'Lane or street'),
      t('条款', 'Clause'),
      t('判定', 'Verdict'),
      t('说明', 'Why'),
    ]
    return this.#section('places', [this.#table(head, [14, 14, 18, 54], rows)])
  }

  #surveys(): ReportSection {
    const { surveys } = this.#source
    if (surveys.length === 0) return this.#section('surveys', [this.#text(noSurvey)])
    const rows = surveys.map(({ title, lane, createdAtIso, verdict, whole }) => [
      title,
      lane,
      createdAtIso.slice(0, 10),
      this.#say(whole ? markedVerdict(verdict) : t('× 记录不完整', '× records are lost')),
    ])
    const head = [t('勘测', 'Survey'), t('车道', 'Lane'), t('日期', 'Day'), t('判定', 'Verdict')]
    return this.#section('surveys', [this.#table(head, [40, 20, 20, 20], rows)])
  }

  #firstCar(): ReportSection {
    const { firstCar } = this.#source
    if (firstCar === null) return this.#section('firstCar', [this.#text(noCar)])
    const rows = firstCar.facts.map(([what, value]) => [this.#say(what), this.#say(value)] as const)
    return this.#section('firstCar', [
      { kind: 'facts', rows },
      ...(firstCar.lines.length === 0
        ? []
        : [{ kind: 'list', items: firstCar.lines.map(this.#say) } as const]),
    ])
  }

  #text(text: BilingualText): ReportBlock {
    return { kind: 'text', text: this.#say(text), look: 'plain' }
  }

  #open(): ReportSection {
    const items = this.#source.open.map(this.#say)
    return this.#section('open', [
      items.length === 0 ? this.#text(nothingOpen) : { kind: 'list', items },
    ])
  }

  #signatures(): ReportSection {
    const of = (role: BilingualText): ReportSignature => ({
      role: this.#say(role),
      name: '',
      when: '',
      note: '',
      svg: null,
      despite: '',
      stamp: true,
    })
    const signatures = [of(t('移交人', 'Handed over by')), of(t('接收人', 'Taken over by'))]
    return this.#section('signatures', [{ kind: 'signatures', signatures }])
  }

  all(): readonly ReportSection[] {
    const own = Object.values(parts)
    const rest = this.#facts((key) => !own.some((part) => part.test(key)))
    const hasRest = rest.kind === 'facts' && rest.rows.length > 0
    return [
      this.#lot(),
      this.#part('lanes'),
      this.#tariff(),
      this.#part('money'),
      ...(hasRest ? [this.#section('rest', [rest])] : []),
      this.#people(),
      this.#places(),
      this.#surveys(),
      this.#firstCar(),
      this.#open(),
      this.#signatures(),
    ]
  }
}

export function handoverDocument(source: HandoverSource, language: ReportLanguage): ReportDocument {
  const { name } = source.files.config
  const title = `${words.title[language]} ${name[language]}`
  return withChineseMarks({
    language,
    printedAtMs: source.atMs,
    title,
    basis: words.basis[language],
    footer: `${reportWords.footer[language]} · ${name[language]}`,
    sections: new Handover(source, language).all(),
  })
}
