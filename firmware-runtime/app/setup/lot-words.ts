// What a lot's files say, in words: one line for each value, and what changes between two of them.
// A value without words of its own is shown by its JSON pointer: nothing is written that was not shown.
import type { SetupChange } from '../../api/setup-views.ts'
import type { Tariff } from '../../core/billing/tariff.ts'
import { lotMembers } from '../../core/lot/lot-members.ts'
import type { LotConfig } from '../../core/lot/config.ts'
import { t, type BilingualText } from '../../core/values/fault-text.ts'
import { fenText } from '../../core/values/fen.ts'
import { jsonPointer } from '../../core/values/json.ts'
import { memberText, rowsAlong, type Member, type Members } from '../../core/values/member.ts'
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
const minutes = counted('分钟', 'minutes')
const inWords: Shown = (value, path) => tariffValue(String(value)) ?? plain(value, path)
const yesNo = oneOf({ true: t('是', 'yes'), false: t('否', 'no') })

interface Row {
  readonly at: RegExp
  readonly what: (path: readonly string[]) => BilingualText
  readonly shown: Shown
}
const row = (at: RegExp, zh: string, en: string, shown: Shown = plain): Row => ({
  at,
  what: () => t(zh, en),
  shown,
})

const stepWords: Readonly<Record<string, BilingualText>> = {
  each: t('每个时段', 'Each period'),
  first: t('首个时段', 'First period'),
  further: t('之后每个时段', 'Each further period'),
}
/** `zh`, `en`: behind the name of the period. */
const stepRow = (member: 'min' | 'fen' | 'times', shown: Shown, zh: string, en: string): Row => ({
  at: new RegExp(`/steps/\\w+/${member}$`),
  what(path) {
    const id = path.at(-2) ?? ''
    const period = stepWords[id] ?? t(`第 ${id} 档时段`, `Period ${id}`)
    return t(`${period.zh}${zh}`, `${period.en}${en}`)
  },
  shown,
})

/** Of the tariff. */
const rows: readonly Row[] = [
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

const membersOf = (row: Member): Members =>
  row.kind === 'list' && row.of.kind === 'group' ? row.of.members : {}
/** Each by its own name and not by its number: one that is taken out moves no other. */
const hasNames = (row: Member): boolean => membersOf(row)['id'] !== undefined

/** Elements of lists by their names. */
const byNames = (config: LotConfig): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(config).map(([name, value]: [string, unknown]) => {
      const row = members[name]
      if (row === undefined || !hasNames(row) || !Array.isArray(value)) return [name, value]
      const all = value as readonly { readonly id: string }[]
      return [name, Object.fromEntries(all.map(({ id, ...rest }) => [id, rest]))]
    }),
  )
const members: Members = lotMembers

function valuesOf({ config, tariff }: LotFiles): ReadonlyMap<string, NamedLeaf> {
  const nameOf = (path: readonly string[]): string =>
    path[0] === 'lanes' ? (config.lanes.find(({ id }) => id === path[1])?.name.zh ?? '') : ''
  const found = new Map<string, NamedLeaf>()
  for (const leaf of leavesOf(byNames(config)))
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

/** Of a member of the lot file; null: no row is of it. */
function memberSaid({
  lane,
  path,
  value,
}: NamedLeaf): readonly [BilingualText, BilingualText] | null {
  const along = rowsAlong(members, path)
  const [first, row] = [along[0], along.at(-1)]
  if (first === undefined || row === undefined || along.length < path.length) return null
  const { zh, en } = row.words
  const [, id = ''] = path
  const what =
    lane !== ''
      ? t(`${lane} ${zh}`, `${lane}: ${en}`)
      : hasNames(first)
        ? t(`${zh}(${id})`, `${en} (${id})`)
        : row.words
  return [what, memberText(row, value)]
}

function saidAs(key: string, leaf: NamedLeaf): SaidValue {
  const { path, value, where = [] } = leaf
  const [own, shown] = key.startsWith('tariff')
    ? tariffSaid(key, leaf)
    : (memberSaid(leaf) ?? [same(key), plain(value, path)])
  const all = [...where, own]
  const what = t(all.map(({ zh }) => zh).join(' · '), all.map(({ en }) => en).join(' · '))
  return { key, what, value: shown }
}

function tariffSaid(
  key: string,
  { path, value }: NamedLeaf,
): readonly [BilingualText, BilingualText] {
  const named = rows.find(({ at }) => at.test(key))
  return [named?.what(path) ?? same(key), (named?.shown ?? plain)(value, path)]
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
