// The raw data of a survey: every record as taken, one sheet for each kind, units in the headings. Withdrawn records are
// included and marked; nothing is rounded, corrected or judged. XLSX has the sheets, paper the same in an annex.
import { standingRecords } from '../pure/file/project.ts'
import type { SurveyBody, SurveyRecord } from '../pure/file/record.ts'
import { clockNames } from '../pure/figures/clock-figures.ts'
import { questionText } from '../pure/field/pictures.ts'
import { shownIn } from '#base/pure/words/chinese-marks.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { answerVerdicts, signerWords, verdictWords } from '#base/pure/words/survey-words.ts'
import { plainTime } from './report-field.ts'
import { reportWords, methodWords, placeWords, wayWords } from './report-words.ts'
import { tableOf, textOf } from './report-blocks.ts'
import type { ReportLanguage, ReportSection } from './report-model.ts'

type Value = string | number | null
type Say = (text: BilingualText) => string
type Kind = SurveyBody['kind']
type BodyOf<K extends Kind> = Extract<SurveyBody, { kind: K }>

interface Plan<B = never> {
  readonly name: BilingualText
  readonly columns: readonly BilingualText[]
  /** One or more rows of a record, in the order of the columns. */
  rows(body: B, say: Say): readonly (readonly Value[])[]
  readonly paper?: PaperColumns
}

/** Columns on paper, where readings of one thing are one line; absent: paper has the records in a section. */
interface PaperColumns {
  readonly of: readonly number[]
  readonly figures: readonly number[]
}

const [yes, no, drawn] = [t('是', 'yes'), t('否', 'no'), t('手写', 'drawn')]
const common = [
  ...[t('记录号', 'record'), t('时间', 'time'), t('记录人', 'by'), t('已撤回', 'taken back')],
]
/** Columns before those of a plan. */
const [recordNo, gone] = [-4, -1]

const metre = {
  x: t('横向 (mm)', 'across (mm)'),
  y: t('纵向 (mm)', 'along (mm)'),
  z: t('离地高度 (mm)', 'height (mm)'),
}
const peer = t('对端', 'peer')
const way = t('方向', 'way')
const interfaceName = t('接口', 'interface')
const item = t('项目', 'row of table D.1')
const model = t('型号', 'model')
const instrument = t('仪器', 'instrument')
const serial = t('编号', 'serial')
const antenna = t('天线编号', 'antenna')
const profile = t('天线档案', 'profile')
const firmware = t('固件', 'firmware')

const one = <B>(
  name: BilingualText,
  columns: readonly BilingualText[],
  row: (body: B, say: Say) => readonly Value[],
  paper?: PaperColumns,
): Plan<B> => ({
  name,
  columns,
  rows: (body, say) => [row(body, say)],
  ...(paper === undefined ? {} : { paper }),
})

const opened = one<BodyOf<'opened'>>(
  t('勘测', 'survey'),
  [
    ...[t('停车场', 'car park'), t('车道', 'lane'), t('接入方式', 'access')],
    ...[t('网格', 'grid'), t('宽 (mm)', 'width (mm)'), t('长 (mm)', 'length (mm)')],
    ...[t('点距 (mm)', 'step (mm)'), t('触发点横向 (mm)', 'trigger across (mm)')],
    t('触发点纵向 (mm)', 'trigger along (mm)'),
  ],
  ({ site, lane, access, grid, trigger }, say) => [
    ...[site, lane, say(reportWords[access]), grid.id, grid.widthMm, grid.lengthMm, grid.stepMm],
    ...[trigger?.xMm ?? null, trigger?.yMm ?? null],
  ],
)
const setup = one<BodyOf<'setup'>>(
  t('天线设置', 'setup'),
  [
    ...[profile, firmware, t('安装高度 (mm)', 'height (mm)'), t('俯角 (°)', 'down (°)')],
    ...[t('偏转角 (°)', 'yaw (°)'), metre.x, metre.y, t('设置', 'settings')],
  ],
  ({ settings, at, ...body }) => [
    ...[body.profile, body.firmware, body.heightMm, body.downDeg, body.yawDeg],
    ...[at?.xMm ?? null, at?.yMm ?? null, JSON.stringify(settings)],
  ],
)
const instruments = one<BodyOf<'instrument'>>(
  t('仪器', 'instruments'),
  [
    ...[instrument, model, serial, t('校准日期', 'calibrated on')],
    ...[t('校准有效期', 'calibrated until'), t('修正 (dB)', 'correction (dB)')],
    ...[t('探头增益 (dBi)', 'gain of the probe (dBi)'), t('模拟', 'simulated')],
  ],
  (body, say) => [
    ...[body.instrumentId, body.model, body.serialNo, body.calibratedOn, body.calibratedUntil],
    ...[body.correctionDb, body.gainDbi ?? null, say(body.simulated ? yes : no)],
  ],
)
const field: Plan<BodyOf<'field'>> = {
  name: t('场强', 'field'),
  columns: [
    ...[metre.x, metre.y, metre.z, t('位置', 'place'), antenna, instrument],
    ...[t('读数序号', 'reading'), t('电平,未修正 (dBm)', 'level, as read (dBm)')],
  ],
  rows: ({ xMm, yMm, zMm, place, antennaId, instrumentId, levelsDbm }, say) =>
    levelsDbm.map((level, i) => [
      ...[xMm, yMm, zMm, say(placeWords[place]), antennaId, instrumentId, i + 1, level],
    ]),
  paper: { of: [1, 2, 3, 4, 5], figures: [0, 7] },
}
const obu = t('邻道标签', 'neighbour OBU')
/** One row for each OBU offered; a record without this information has one row. */
const crossRead: Plan<BodyOf<'crossRead'>> = {
  name: t('邻道', 'cross reads'),
  columns: [
    ...[antenna, t('本车道应答 (次)', 'in lane (count)'), t('邻道应答 (次)', 'next door (count)')],
    ...[t('轮数', 'rounds'), t('加压 (dB)', 'stress (dB)'), obu, t('位置', 'place')],
    ...[t('试验 (次)', 'trials'), t('误读 (次)', 'wrong reads')],
  ],
  rows: ({ antennaId, inLane, inNeighbour, rounds = null, stressDb = 0, neighbours = [] }) => {
    const run = [antennaId, inLane, inNeighbour, rounds, stressDb]
    if (neighbours.length === 0) return [[...run, null, null, null, null]]
    return neighbours.map(({ obuId, place, trials, reads }) => [
      ...[...run, obuId, place, trials, reads],
    ])
  },
  paper: { of: [0, 1, 2, 3, 4], figures: [5, 6, 7, 8] },
}
const criterion = one<BodyOf<'criterion'>>(
  t('引用原文', 'cited text'),
  [
    ...[item, t('至少次数', 'tries at least'), t('误读上限 (次)', 'wrong reads at most')],
    ...[t('邻道场强上限 (dBm)', 'field next door at most (dBm)')],
    ...[t('原文', 'text'), t('出处', 'source')],
  ],
  (body) => [
    ...[body.item, body.triesMin, body.readsMax, body.neighbourDbmMax, body.text, body.source],
  ],
)
const check = one<BodyOf<'check'>>(
  t('检查', 'checks'),
  [
    item,
    t('内容', 'question'),
    t('结论', 'answer'),
    t('备注', 'remark'),
    t('照片 (SM3)', 'photos (SM3)'),
  ],
  ({ item: row, part, answer, remark, photos }, say) => [
    ...[row, say(questionText(row, part)), say(verdictWords[answerVerdicts[answer]]), remark],
    photos.join(' '),
  ],
)
const link: Plan<BodyOf<'link'>> = {
  name: t('时延', 'latency'),
  columns: [
    ...[way, t('方法', 'method'), peer, interfaceName, t('时钟误差 (ms)', 'clock error (ms)')],
    ...[
      t('探测序号', 'probe'),
      t('时刻 (ms)', 'at (ms)'),
      t('时延 (ms),空为丢失', 'latency (ms), empty: lost'),
    ],
  ],
  rows: ({ way: to, method, ...body }, say) => {
    const run = [say(wayWords[to]), say(methodWords[method]), body.peer, body.interfaceName]
    return body.latenciesMs.map((ms, i) => [
      ...[
        ...run,
        body.clockErrorMs,
        i + 1,
        body.everyMs === undefined ? null : i * body.everyMs,
        ms,
      ],
    ])
  },
  paper: { of: [recordNo, 0, 1, 2, 3, 4], figures: [7] },
}
const rate = one<BodyOf<'rate'>>(
  t('速率', 'rates'),
  [
    ...[way, peer, interfaceName, t('字节', 'bytes'), t('用时 (ms)', 'time (ms)')],
    t('连接数', 'connections'),
  ],
  (body, say) => [
    ...[
      say(wayWords[body.way]),
      body.peer,
      body.interfaceName ?? null,
      body.bytes,
      body.durationMs,
    ],
    body.streams ?? null,
  ],
  { of: [0, 1, 2, 5], figures: [3, 4] },
)
const signal = one<BodyOf<'signal'>>(
  t('移动网络', 'mobile signal'),
  [
    t('制式', 'technology'),
    t('RSRP (dBm)', 'RSRP (dBm)'),
    t('SINR (dB)', 'SINR (dB)'),
    t('原文', 'as said'),
  ],
  ({ technology, rsrpDbm, sinrDb, raw }) => [technology, rsrpDbm, sinrDb, raw],
  { of: [0], figures: [1, 2] },
)
const clock = one<BodyOf<'clock'>>(
  t('时钟', 'clocks'),
  [
    ...[t('时钟', 'clock'), t('设备', 'device'), t('来源', 'source'), t('服务器', 'server')],
    ...[t('星座', 'constellation'), t('偏差 (ms)', 'offset (ms)'), t('误差 (ms)', 'error (ms)')],
  ],
  ({ of = 'lane', device = null, source, server, constellation, offsetMs, errorMs }, say) => [
    ...[
      say(clockNames[of]),
      device,
      say(reportWords[source]),
      server,
      constellation,
      offsetMs,
      errorMs,
    ],
  ],
  { of: [0, 1, 2, 3, 4], figures: [5, 6] },
)
const obuTries = one<BodyOf<'obuTries'>>(
  t('OBU 交易', 'OBU tries'),
  [...[metre.x, metre.y, metre.z, t('OBU', 'OBU')], ...[t('次数', 'tries'), t('成功', 'good')]],
  ({ xMm, yMm, zMm, obuId, tries, good }) => [xMm, yMm, zMm, obuId, tries, good],
  { of: [1, 2, 3], figures: [0, 4, 5] },
)
const deviation = one<BodyOf<'deviation'>>(
  t('偏离', 'deviations'),
  [item, t('说明', 'text'), t('区域 (mm)', 'area (mm)')],
  (body) => [body.item, body.text, body.area === null ? null : JSON.stringify(body.area)],
)
const signature = one<BodyOf<'signature'>>(
  t('签字', 'signatures'),
  [t('身份', 'role'), t('姓名', 'name'), t('方式', 'way')],
  ({ role, name, path }, say) => [
    ...[say(signerWords[role]), name, say(path === null ? reportWords.nameTyped : drawn)],
  ],
)

const plans = {
  opened,
  setup,
  instrument: instruments,
  field,
  obuTries,
  crossRead,
  criterion,
  check,
  link,
  rate,
  signal,
  clock,
  deviation,
  signature,
}
/** Kinds without columns of their own are listed as written, so that no record is left out. */
const other: Plan<SurveyBody> = one(
  t('其他记录', 'other records'),
  [t('种类', 'kind'), t('内容 (JSON)', 'body (JSON)')],
  (body) => [body.kind, JSON.stringify(body)],
)

const planOf = (kind: Kind): Plan<SurveyBody> =>
  Object.hasOwn(plans, kind) ? (plans[kind as keyof typeof plans] as Plan<SurveyBody>) : other

/** One kind of records as a table. */
export interface ReadingSheet {
  readonly name: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly Value[])[]
  readonly paper: PaperColumns | null
}

function sheetOf(
  plan: Plan<SurveyBody>,
  records: readonly SurveyRecord[],
  standing: ReadonlySet<string>,
  as: ReportLanguage,
): ReadingSheet {
  const say = (text: BilingualText): string => shownIn(text, as)
  return {
    name: say(plan.name),
    head: [...common, ...plan.columns].map(say),
    rows: records.flatMap(({ id, seq, atMs, by, body }) => {
      const back = standing.has(id) || body.kind === 'withdrawn' ? null : say(yes)
      const record = [seq, isoOf(atMs), by, back]
      return plan.rows(body, say).map((cells) => [...record, ...cells])
    }),
    paper: plan.paper ?? null,
  }
}

/** Every record; kinds are in the order of their first record. */
export function readingSheets(
  records: readonly SurveyRecord[],
  as: ReportLanguage,
): readonly ReadingSheet[] {
  const standing = new Set(standingRecords(records).map(({ id }) => id))
  const byPlan = Map.groupBy(records, ({ body }) => planOf(body.kind))
  return [...byPlan].map(([plan, of]) => sheetOf(plan, of, standing, as))
}

/** On paper; a sheet has them as taken. */
const thousandths = (value: number): number => Math.round(value * 1_000) / 1_000

/** Characters of a line of figures on paper. */
const lineMax = 46

/** Figures in lines, which are not broken; equal ones one after another are written once, with their number. */
function figureLines(figures: readonly string[]): string {
  const lines: string[] = []
  let from = 0
  figures.forEach((one, i) => {
    if (one === figures[i + 1]) return
    const said = i === from ? one : `${one}\u00a0(×${i + 1 - from})`
    from = i + 1
    const line = `${lines.at(-1) ?? ''}\u00a0\u00a0${said}`
    if (lines.length === 0 || line.length > lineMax) lines.push(said)
    else lines[lines.length - 1] = line
  })
  return lines.join(' ')
}

/** Readings that are alike but for their figures as one line: what they are of, when, and the figures one after another. */
function annexLines({ name, head, rows, paper }: ReadingSheet): readonly (readonly string[])[] {
  if (paper === null) return []
  const [of, figures] = [[gone, ...paper.of], paper.figures].map((all) =>
    all.map((column) => common.length + column),
  )
  const cells = (row: readonly Value[], columns: readonly number[] = []): readonly Value[] =>
    columns.map((i) => row[i] ?? null)
  const alike = Map.groupBy(rows, (row) => JSON.stringify(cells(row, of)))
  return [...alike.values()].map((own) => {
    const what = (of ?? []).flatMap((i) => {
      const value = own[0]?.[i] ?? ''
      return value === '' ? [] : [`${head[i]} ${value}`]
    })
    const times = [own[0], own.at(-1)].map((row) => plainTime(String(row?.[1])))
    const unit = (figures ?? []).map((i) => head[i]).join(' / ')
    const said = figureLines(
      own.map((row) =>
        cells(row, figures)
          .map((one) => (typeof one === 'number' ? thousandths(one) : (one ?? '–')))
          .join('/'),
      ),
    )
    return [`${name}: ${what.join(', ')}`, [...new Set(times)].join(' – '), `${unit}: ${said}`]
  })
}

/** The readings behind all figures of a report. */
export function annexOf(sheets: readonly ReadingSheet[], as: ReportLanguage): ReportSection {
  const head = (['readingsOf', 'recordedAt', 'readings'] as const).map((of) => reportWords[of][as])
  const lines = sheets.flatMap(annexLines)
  const table =
    lines.length === 0 ? textOf(reportWords.none[as]) : tableOf(head, [26, 14, 60], lines)
  return { id: 'annex', heading: reportWords.annex[as], blocks: [table] }
}
