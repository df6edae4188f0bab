// What a lot's files say, in words: one line for each value, and what changes between two of them.
// A value without words of its own is shown by its JSON pointer: nothing is written that was not shown.
import type { SetupChange } from '../../api/setup-views.ts'
import type { Tariff } from '../../core/billing/tariff.ts'
import { shownMeasure, sitingMeasures, type SitingMeasure } from '../../core/lot/siting-measures.ts'
import type { LotConfig } from '../../core/lot/config.ts'
import { spaceKindSaid } from '../../core/lot/lot-facts.ts'
import { t, type BilingualText } from '../../core/values/fault-text.ts'
import { fenText } from '../../core/values/fen.ts'
import { jsonPointer } from '../../core/values/json.ts'
import {
  settingNames,
  settingPath,
  settingRow,
  settingText,
} from '../../core/values/lot-settings.ts'
import { leavesOf, type Leaf } from './leaves.ts'
import { tariffLeaves, tariffValue, timeOf } from './tariff-words.ts'

export interface LotFiles {
  readonly config: LotConfig
  readonly tariff: Tariff
}

type Shown = (value: Leaf['value'], path: readonly string[]) => BilingualText

const same = (text: string): BilingualText => t(text, text)
const plain: Shown = (value) =>
  value === null ? t('没有', 'none') : typeof value === 'string' ? same(value) : same(String(value))
const yuan: Shown = (value) => same(fenText(Number(value)))
const counted =
  (zh: string, en: string): Shown =>
  (value) =>
    t(`${String(value)} ${zh}`, `${String(value)} ${en}`)
const oneOf =
  (words: Readonly<Record<string, BilingualText>>): Shown =>
  (value, path) =>
    words[String(value)] ?? plain(value, path)
const measured: Shown = (value, path) =>
  same(shownMeasure(path.at(-1) as SitingMeasure, Number(value)))

const minutes = counted('分钟', 'minutes')
const inWords: Shown = (value, path) => tariffValue(String(value)) ?? plain(value, path)
const suites = oneOf({ GM: t('国密', 'national'), RSA_AES: t('国际 RSA', 'RSA and AES') })
const yesNo = oneOf({ true: t('是', 'yes'), false: t('否', 'no') })
const platform = oneOf({ later: t('以后接入', 'joined later') })

interface Row {
  readonly at: RegExp
  /** `lane`: the name of the lane that the path is in. */
  readonly what: (lane: string, path: readonly string[]) => BilingualText
  readonly shown: Shown
}
const row = (at: RegExp, zh: string, en: string, shown: Shown = plain): Row => ({
  at,
  what: (lane) => (lane === '' ? t(zh, en) : t(`${lane} ${zh}`, `${lane}: ${en}`)),
  shown,
})

/** Of one printer or scanner, by its own name. */
const deviceRow = (at: RegExp, zh: string, en: string, shown: Shown = plain): Row => ({
  at,
  what: (_lane, [, id = '']) => t(`${zh}(${id})`, `${en} (${id})`),
  shown,
})

const measureRow: Row = {
  at: /^\/lanes\/[^/]+\/siting\/measures\/\w+$/,
  what(lane, path) {
    const { zh, en } = sitingMeasures[path.at(-1) as SitingMeasure].text
    return t(`${lane} ${zh}`, `${lane}: ${en}`)
  },
  shown: measured,
}

const stepWords: Readonly<Record<string, BilingualText>> = {
  each: t('每个时段', 'Each period'),
  first: t('首个时段', 'First period'),
  further: t('之后每个时段', 'Each further period'),
}
/** `zh`, `en`: behind the name of the period. */
const stepRow = (member: 'min' | 'fen' | 'times', shown: Shown, zh: string, en: string): Row => ({
  at: new RegExp(`/steps/\\w+/${member}$`),
  what(_lane, path) {
    const id = path.at(-2) ?? ''
    const period = stepWords[id] ?? t(`第 ${id} 档时段`, `Period ${id}`)
    return t(`${period.zh}${zh}`, `${period.en}${en}`)
  },
  shown,
})

const channelRows = (of: string, zh: string, en: string): readonly Row[] => [
  row(new RegExp(`^/${of}/url$`), `${zh}地址`, `Address of the ${en}`),
  row(new RegExp(`^/${of}/appId$`), `${zh}的渠道号`, `Channel number at the ${en}`),
  row(new RegExp(`^/${of}/certDir$`), `${zh}的证书文件夹`, `Certificates for the ${en}`),
  row(new RegExp(`^/${of}/caFile$`), `${zh}根证书文件`, `Root certificate of the ${en}`),
]

const settingRows: readonly Row[] = settingNames.map((name) => ({
  at: new RegExp(`^/${settingPath(name).join('/')}$`),
  what: () => settingRow(name).words,
  shown: (value) => settingText(name, value),
}))

const rows: readonly Row[] = [
  ...settingRows,
  row(/^\/name\/zh$/, '停车场名称', 'Name of the car park'),
  row(/^\/name\/en$/, '停车场名称(英文)', 'Name of the car park in English'),
  row(/^\/lotId$/, '停车场编号', 'Number of the car park'),
  row(/^\/version$/, '文件格式', 'Format of the file'),
  row(/^\/nodeId$/, '本机编号', 'Number of this machine'),
  row(/^\/provinceCode$/, '地区代码', 'Code of the region'),
  row(/^\/capacity$/, '车位数', 'Spaces'),
  { at: /^\/spaceKinds\/\w+$/, what: (_lane, path) => spaceKindSaid(path.at(-1)), shown: plain },
  row(/^\/district$/, '区县', 'District'),
  row(/^\/qualification$/, '资质或备案号', 'Licence or record number'),
  row(
    /^\/mode$/,
    '用途',
    'Kind',
    oneOf({ demo: t('演练', 'rehearsal'), production: t('正式', 'live') }),
  ),
  row(/^\/cardNetworks\/\d+$/, '可以付费的卡网络', 'Card network that pays'),
  row(
    /^\/chargeMode$/,
    'ETC 怎样扣费',
    'How ETC is charged',
    oneOf({
      card: t('在车道直接扣卡', 'by card in the lane'),
      online: t('由平台扣费', 'by the platform'),
    }),
  ),
  row(/^\/platform$/, '拓展平台', 'Platform', platform),
  row(/^\/platform\/url$/, '平台地址', 'Address of the platform'),
  row(/^\/platform\/appId$/, '渠道号', 'Channel number'),
  row(/^\/platform\/certDir$/, '证书文件夹', 'Folder of certificates'),
  row(/^\/platform\/caFile$/, '平台根证书文件', 'Root certificate of the platform'),
  row(
    /^\/(?:platform|operator)\/pacePerMin$/,
    '积压记录每分钟上传',
    'Backlog goes up a minute',
    counted('条', 'records'),
  ),
  row(
    /^\/platform\/filesFrom$/,
    '积压满多少条改用加密文件',
    'Backlog goes in sealed files from',
    counted('条', 'records'),
  ),
  row(/\/suite$/, '加密算法', 'Algorithms', suites),
  row(/\/encryptVehicleIds$/, '车牌、卡号加密上传', 'Plates and cards go encrypted', yesNo),
  ...channelRows('operator', '运营商平台', "operator's platform"),
  ...channelRows('etcOperator', 'ETC 运营商平台', "ETC operator's platform"),
  row(
    /^\/configVersion$/,
    'ETC 运营商运行配置的版本',
    "Version of the ETC operator's configuration",
  ),
  row(/^\/platformRecords$/, '牌识也上传拓展平台', 'Plates go to the platform as well', yesNo),
  row(/^\/reservation\/broker$/, '预约平台 MQTT 地址', 'MQTT address for reservations'),
  row(/^\/reservation\/url$/, '预约平台 HTTPS 地址', 'HTTPS address for reservations'),
  row(/^\/reservation\/caFile$/, '预约平台根证书文件', 'Root certificate for reservations'),
  row(/^\/reservation\/appId$/, '预约平台的渠道号', 'Channel number for reservations'),
  row(/^\/reservation\/parkCode$/, '预约平台的停车场编码', 'Code of the lot for reservations'),
  row(/^\/reservation\/secret$/, '预约平台密钥的名称', 'Name of the key for reservations'),
  row(/^\/reservation\/spaces$/, '平台最多可预约的车位', 'Bays that may be reserved'),
  row(/^\/copies\/to$/, '账本的副本放到', 'Copies of the ledger go to'),
  row(/^\/copies\/hostKey$/, '存副本的服务器的主机密钥', 'Host key of the server for copies'),
  row(/^\/reports\/\d+\/report$/, '定时报表', 'Scheduled report'),
  row(/^\/reports\/\d+\/every$/, '报表周期', 'Report of each'),
  row(/^\/reports\/\d+\/at$/, '出报表的时间', 'Report made at'),
  row(/^\/reports\/\d+\/to$/, '报表放到', 'Reports go to'),
  row(/^\/reports\/\d+\/formats/, '报表格式', 'Format of the report'),
  row(/^\/reports\/\d+\/language$/, '报表语言', 'Language of the report'),
  row(/^\/gateway\/url$/, '扫码支付网关', 'Gateway for payment by code'),
  row(/^\/gateway\/caFile$/, '网关根证书文件', 'Root certificate of the gateway'),
  row(/^\/gateway\/merchantNo$/, '商户号', 'Number of the merchant'),
  row(/^\/gateway\/secret$/, '网关密钥的名称', 'Name of the key of the gateway'),
  deviceRow(/^\/printers\/[^/]+\/link$/, '打印机地址', 'Printer'),
  deviceRow(/^\/printers\/[^/]+\/lanes\/\d+$/, '打印机在这条车道', 'Printer stands at'),
  deviceRow(
    /^\/printers\/[^/]+\/prints$/,
    '打印机什么时候打印',
    'Printer prints',
    oneOf({
      asked: t('有人要才打', 'when asked'),
      always: t('每辆付费的车', 'for every car that paid'),
    }),
  ),
  deviceRow(
    /^\/printers\/[^/]+\/plate$/,
    '票上的车牌',
    'Plate on the paper of the printer',
    oneOf({
      whole: t('完整', 'whole'),
      masked: t('遮住一部分', 'masked'),
      none: t('不印', 'none'),
    }),
  ),
  deviceRow(/^\/printers\/[^/]+\/drawer$/, '打印机的钱箱插脚', 'Pin of the drawer at the printer'),
  deviceRow(/^\/scanners\/[^/]+\/link$/, '扫码器地址', 'Scanner'),
  deviceRow(/^\/scanners\/[^/]+\/lane$/, '扫码器在这个出口', 'Scanner stands at'),
  row(/^\/time\/servers\/\d+$/, '时间服务器', 'Time server'),
  row(/^\/time\/receiver$/, '卫星授时接收机', 'Receiver of satellite time'),
  row(/^\/time\/mayStep$/, '车道程序可以调整电脑时钟', 'The lanes may step the clock', yesNo),
  row(
    /^\/offline$/,
    '断网时',
    'Without network',
    oneOf({
      'other-payment': t('改由人收费', 'people take payment'),
      'settle-later': t('先放行,联网后追缴', 'cars go, money is collected later'),
      'accept-within-caps': t('在限额内扣卡放行', 'cards are charged within caps'),
    }),
  ),
  row(/^\/tariffFile$/, '收费标准文件', 'File of the tariff'),
  row(/^\/intake\/host$/, '相机推送到网卡', 'Card that cameras push to'),
  row(/^\/intake\/port$/, '相机推送到端口', 'Port that cameras push to'),
  row(/^\/intake\/allow\/\d+$/, '收这个相机的推送', 'Camera that may push'),
  row(/^\/lanes\/[^/]+\/name\/zh$/, '名称', 'name'),
  row(
    /^\/lanes\/[^/]+\/direction$/,
    '方向',
    'direction',
    oneOf({ entry: t('入口', 'entry'), exit: t('出口', 'exit') }),
  ),
  row(/^\/lanes\/[^/]+\/layout$/, '车道布局条款', 'clause of its layout'),
  row(/^\/lanes\/[^/]+\/name\/en$/, '名称(英文)', 'name in English'),
  row(/^\/lanes\/[^/]+\/area$/, '通向的区域', 'leads into the area'),
  row(/^\/lanes\/[^/]+\/sensors\/\d+\/kind$/, '地感或雷达的种类', 'kind of a sensor'),
  row(/^\/lanes\/[^/]+\/sensors\/\d+\/role$/, '地感或雷达的用途', 'what a sensor is for'),
  row(/^\/lanes\/[^/]+\/sensors\/\d+\/link$/, '地感或雷达的接线', 'where a sensor is wired'),
  row(/^\/lanes\/[^/]+\/camera$/, '相机', 'camera'),
  row(/^\/lanes\/[^/]+\/barrier$/, '道闸', 'barrier'),
  row(/^\/lanes\/[^/]+\/display$/, '显示屏', 'display'),
  row(/^\/lanes\/[^/]+\/rsu$/, '天线', 'antenna'),
  row(/^\/lanes\/[^/]+\/psams\/\d+$/, 'PSAM 终端号', 'PSAM terminal'),
  row(/^\/lanes\/[^/]+\/sharesBarrierOf$/, '共用道闸的车道', 'shares the barrier of'),
  row(/^\/lanes\/[^/]+\/siting\/deviation$/, '安装位置不照做的原因', 'why it stands otherwise'),
  measureRow,
  row(/^tariff\/(id|version)$/, '收费标准 编号和格式', 'Tariff, number and format'),
  row(/^tariff\/name\/en$/, '收费标准名称(英文)', 'Name of the tariff in English'),
  row(
    /^tariff\/decidedBy$/,
    '哪个时刻决定收费标准',
    'Which time decides the tariff',
    oneOf({ entry: t('入场', 'entry'), exit: t('出场', 'exit') }),
  ),
  row(/^tariff\/name\/zh$/, '收费标准名称', 'Name of the tariff'),
  row(
    /^tariff\/use$/,
    '是否收费',
    'Whether it charges',
    oneOf({
      commercial: t('收费', 'it charges'),
      nonCommercial: t('不收费(备案)', 'nothing is charged (on record)'),
    }),
  ),
  row(/^tariff\/days\/holidays\//, '节假日', 'Holiday'),
  row(/^tariff\/days\/workdays\//, '调休上班日', 'Weekend on which people work'),
  row(/^tariff\/.*\/validFrom$/, '生效时间', 'Valid from', (value) => same(timeOf(String(value)))),
  row(/^tariff\/.*\/graceAfterPayMin$/, '场内付费后离场', 'To leave after paying inside', minutes),
  row(/^tariff\/.*\/noEntryFen$/, '无入场记录的车扫码付', 'A car without an entry record', yuan),
  row(/^tariff\/.*\/points\/perYuan$/, '每付 1 元得积分', 'Points for each yuan'),
  row(/^tariff\/.*\/points\/perVisit$/, '每次停车得积分', 'Points for each stay'),
  row(/^tariff\/.*\/points\/validDays$/, '积分有效', 'Points are valid for', counted('天', 'days')),
  row(/^tariff\/.*\/points\/fenPerPoint$/, '1 个积分抵', 'One point takes off', yuan),
  row(/^tariff\/.*\/points\/stayFenMax$/, '一次停车积分最多抵', 'Most that points take off', yuan),
  row(/\/when\/classes\//, '适用车型', 'For vehicles of class'),
  row(/\/when\/colours\//, '适用车牌', 'For vehicles with', inWords),
  row(/\/when\/newEnergy$/, '适用新能源车', 'For new energy vehicles', yesNo),
  row(/\/when\/areas\//, '适用区域', 'For the area'),
  row(/^tariff\/.*\/freeMin$/, '免费时长', 'Free', minutes),
  row(
    /^tariff\/.*\/freeMinutesCounted$/,
    '超过免费时长后从入场起计费',
    'Charged from the entry when over it',
    yesNo,
  ),
  row(
    /^tariff\/.*\/stepsRestart$/,
    '时段何时重新计算',
    'When its periods begin anew',
    oneOf({
      never: t('不重新计算', 'never'),
      day: t('每天', 'each day'),
      run: t('每次进入时段', 'each run'),
      '24h': t('入场后每 24 小时', 'each 24 h from the entry'),
    }),
  ),
  row(/^tariff\/.*\/freeEach24h$/, '每 24 小时都有免费时长', 'Free minutes in each 24 h', yesNo),
  row(/^tariff\/.*\/tailMin$/, '最后不计的时长', 'Not counted at the end', minutes),
  row(/\/plans\/[^/]+\/first\/min$/, '首段时长(不分时段)', 'First period in any band', minutes),
  row(/\/plans\/[^/]+\/first\/fen$/, '首段收(不分时段)', 'First period in any band costs', yuan),
  stepRow('min', minutes, '', ''),
  stepRow('fen', yuan, '收', ' costs'),
  stepRow('times', plain, '次数', ', how many'),
  row(/\/(bands|packages)\/[^/]+\/days\//, '适用的日子', 'On', inWords),
  row(/\/bands\/[^/]+\/from$/, '从', 'From'),
  row(/\/bands\/[^/]+\/to$/, '到', 'To'),
  row(/\/bands\/[^/]+\/name\/zh$/, '时段名称', 'Name of the part of the day'),
  row(/\/bands\/[^/]+\/name\/en$/, '时段名称(英文)', 'Its name in English'),
  row(/\/bands\/[^/]+\/visitFen$/, '每次收', 'Costs each time', yuan),
  row(/\/bands\/[^/]+\/capFen$/, '这个时段最多', 'Most for one run of it', yuan),
  row(/^tariff\/.*\/caps\/stayFen$/, '每次停车最多', 'Most for a stay', yuan),
  row(/^tariff\/.*\/caps\/dayFen$/, '每天最多(0 点起)', 'Most a day, from midnight', yuan),
  row(/^tariff\/.*\/caps\/day24hFen$/, '每 24 小时最多', 'Most in 24 h', yuan),
  row(/^tariff\/.*\/caps\/later24hFen\//, '以后的 24 小时最多', 'Most in a later 24 h', yuan),
  row(/\/packages\/[^/]+\/name\/zh$/, '名称', 'Name'),
  row(/\/packages\/[^/]+\/name\/en$/, '名称(英文)', 'Name in English'),
  row(/\/packages\/[^/]+\/enterFrom$/, '入场从', 'Entry from'),
  row(/\/packages\/[^/]+\/enterTo$/, '入场到', 'Entry until'),
  row(
    /\/packages\/[^/]+\/leaveAfterDays$/,
    '离场在入场几天后',
    'Leaves so many days after the entry',
    counted('天', 'days'),
  ),
  row(/\/packages\/[^/]+\/leaveFrom$/, '离场从', 'Exit from'),
  row(/\/packages\/[^/]+\/leaveTo$/, '离场到', 'Exit until'),
  row(/\/packages\/[^/]+\/fen$/, '一次收', 'Costs in all', yuan),
]

interface NamedLeaf extends Leaf {
  /** Name of the lane that it is of. */
  readonly lane: string
  /** What of the tariff it is of, the widest first. */
  readonly where?: readonly BilingualText[] | undefined
}

/** By lane and not by its number: a lane that was taken out moves no other. */
function valuesOf({ config, tariff }: LotFiles): ReadonlyMap<string, NamedLeaf> {
  const byId = <T extends { readonly id: string }>(all: readonly T[]) =>
    Object.fromEntries(all.map(({ id, ...rest }) => [id, rest]))
  const { printers = [], scanners = [] } = config
  const own = { lanes: byId(config.lanes), printers: byId(printers), scanners: byId(scanners) }
  const nameOf = (path: readonly string[]): string =>
    path[0] === 'lanes' ? (config.lanes.find(({ id }) => id === path[1])?.name.zh ?? '') : ''
  const found = new Map<string, NamedLeaf>()
  for (const leaf of leavesOf({ ...config, ...own }))
    found.set(jsonPointer(leaf.path), { ...leaf, lane: nameOf(leaf.path) })
  for (const leaf of tariffLeaves(tariff))
    found.set(`tariff${jsonPointer(leaf.path)}`, { ...leaf, lane: '' })
  // Forms ask for one name: where both languages have the same, it is said once.
  for (const [key, { value }] of found)
    if (key.endsWith('/name/en') && found.get(key.replace(/en$/, 'zh'))?.value === value)
      found.delete(key)
  return found
}

interface SaidValue {
  /** Pointer into lot.json, or `tariff` and one into its file. */
  readonly key: string
  readonly what: BilingualText
  readonly value: BilingualText
}

const saidAs = (key: string, { lane, path, value, where = [] }: NamedLeaf): SaidValue => {
  const named = rows.find(({ at }) => at.test(key))
  const shown = (named?.shown ?? plain)(value, path)
  const all = [...where, named?.what(lane, path) ?? same(key)]
  const of = t(all.map(({ zh }) => zh).join(' · '), all.map(({ en }) => en).join(' · '))
  return { key, what: of, value: shown }
}

/** Every value of the files in words, in their order. */
export const valuesInWords = (files: LotFiles): readonly SaidValue[] =>
  [...valuesOf(files)].map(([key, leaf]) => saidAs(key, leaf))

/** Each value that the files would have otherwise, in words; `before` null: there is no lot yet. */
export const changesOf = (earlier: LotFiles | null, later: LotFiles): readonly SetupChange[] =>
  unkeyed(differences(earlier === null ? new Map() : valuesOf(earlier), valuesOf(later)))

/** The same, each under its pointer. */
export const keyedChanges = (earlier: LotFiles, later: LotFiles): readonly KeyedChange[] =>
  differences(valuesOf(earlier), valuesOf(later))

interface KeyedChange extends SetupChange {
  readonly key: string
}
const unkeyed = (changes: readonly KeyedChange[]): readonly SetupChange[] =>
  changes.map(({ key: _, ...change }) => change)

type Platform = LotConfig['platform']

/** What would be otherwise of the platform alone. */
export function changesOfPlatform(earlier: Platform, later: Platform): readonly SetupChange[] {
  const of = (platform: Platform): ReadonlyMap<string, NamedLeaf> =>
    new Map(leavesOf({ platform }).map((leaf) => [jsonPointer(leaf.path), { ...leaf, lane: '' }]))
  return unkeyed(differences(of(earlier), of(later)))
}

function differences(
  was: ReadonlyMap<string, NamedLeaf>,
  is: ReadonlyMap<string, NamedLeaf>,
): readonly KeyedChange[] {
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((key) => {
    const [old, now] = [was.get(key), is.get(key)]
    if (old !== undefined && now !== undefined && old.value === now.value) return []
    const [before, after] = [old, now].map((leaf) =>
      leaf === undefined ? null : saidAs(key, leaf),
    )
    const what = after?.what ?? before?.what ?? same(key)
    return [{ key, what, before: before?.value ?? null, after: after?.value ?? null }]
  })
}
