// The verdict on each row of a lot's set-up, with one sentence of reason. A missing value leaves its row open; a
// refusal by the check of the lot file fails the row of its field. Reads no file.
import { lotMembers } from '#base/pure/lot/lot-members.ts'
import type { SettingGroup } from '#base/pure/lot/lot-settings.ts'
import { rowsAlong } from '#base/pure/lot/member.ts'
import type { SetupDraft } from '../../calls/setup-draft.ts'
import type { SetupRow, SetupRowId, SetupState, SetupView } from '../../calls/setup-views.ts'
import { price } from '#money/pure/billing/price.ts'
import { laneOf, layoutOf, openOf } from '../../pure/layouts/index.ts'
import { openLacks } from '../../pure/open-lacks.ts'
import { absentIn } from '../../pure/siting.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { streetSpacesOf } from '#base/pure/lot/streets.ts'
import { serviceWords, type ServiceState } from '#ledger/pure/lot/safeguards.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { faults, LaneFault, type BilingualText } from '#base/pure/faults/faults.ts'
import { orIfFault } from '#base/pure/faults/on-fault.ts'
import { visible } from '#base/pure/words/visible-text.ts'
import { fenText } from '#base/pure/values/fen.ts'
import { instantOf, minuteMs } from '#base/pure/values/instant.ts'
import type { Rules } from '#base/pure/rules/rule-pack.ts'
import { apiErrorOf } from '#base/process/api-fault.ts'
import { refuseNoAddress } from '../../lot/files/host-check.ts'
import { checkLot } from '../../lot/files/lot-file.ts'
import { refuseShared } from '../../lot/files/own-devices.ts'
import { checkTariff } from '../../lot/files/tariff-file.ts'
import { chargeStep } from './charge-row.ts'
import { overKept, withKept } from './draft-of-lot.ts'
import { misplaced, thereOf } from './lane-siting.ts'
import { noProof, proofRow, type LotProof } from './lot-proof.ts'
import type { LotFiles } from './lot-words.ts'
import { peopleWords, type SetupPerson } from './people-row.ts'
import { withTests, type PassedAt } from './row-tests.ts'
import {
  devicesOf,
  lotOfDraft,
  pushingLanes,
  pushingSources,
  spacesOf,
  tariffOfPart,
} from './lot-of-draft.ts'

export interface JudgePorts {
  /** The rule pack for a lot in that province. Throws RULE-01. */
  rules(provinceCode: string): Rules
  /** The lot that exists in the folder. */
  kept(): LotFiles | null
  readonly provinces: SetupView['provinces']
  people(): readonly SetupPerson[]
  service(): ServiceState
  /** Refusals of an otherwise valid lot because of the folder and its files. Throws LaneFault. */
  refuse(config: LotConfig): void
  /** What such a lot still lacks. */
  warnings(config: LotConfig): readonly { readonly field: string; readonly text: BilingualText }[]
}

type LotPart = NonNullable<SetupDraft['lot']>

interface SetupVerdict {
  readonly rows: readonly SetupRow[]
  readonly ready: boolean
  /** Null: the row of the lot is incomplete, or something is refused. */
  readonly config: LotConfig | null
  /** Why the lot file is refused, also where a form that was not filled in shows nothing of it. */
  readonly refusal: LaneFault | null
}

const untested = { test: 'none', testedAtIso: null } as const
const row = (id: SetupRowId, state: SetupState, why: BilingualText): SetupRow => ({
  id,
  state,
  why,
  fault: null,
  ...untested,
})
const nothingYet = t('还没有填写', 'Nothing has been filled in yet')

const failed = (id: SetupRowId, fault: LaneFault): SetupRow => ({
  id,
  state: 'failed',
  why: faults[fault.code].what,
  fault: apiErrorOf(fault),
  ...untested,
})

const listed = (items: readonly BilingualText[]): BilingualText =>
  t(items.map(({ zh }) => zh).join('、'), items.map(({ en }) => en).join(', '))

/** What the layout of the lot lacks of lanes, spaces and piles. */
function placesMissing({ lot, open }: SetupDraft): readonly BilingualText[] {
  if (open === undefined || open === null || openOf(open.layout) === null)
    return lot?.lanes.some(({ direction }) => direction === 'exit') === true
      ? []
      : [t('出口车道', 'exit lane')]
  const lanes = lot?.lanes ?? []
  const readers = lanes.flatMap(({ reader }) => (reader === undefined ? [] : [reader]))
  return openLacks(open.layout, {
    spaces: streetSpacesOf(open),
    sources: open.sensors,
    gantries: lanes.length - readers.length,
    readers: readers.map(({ fence }) => ({ hasFence: fence !== null })),
  }).map(({ words, clause }) => t(`${words.zh}(${clause})`, `${words.en} (${clause})`))
}

function lotMissing(draft: SetupDraft, lot: LotPart, { provinces }: JudgePorts) {
  const known = provinces.some(({ province }) => lot.provinceCode.startsWith(province))
  const wanted: readonly (readonly [boolean, BilingualText])[] = [
    [lot.name.trim() !== '', t('名称', 'name')],
    [
      visible(lot.name) === lot.name,
      t('不含看不见的字符的名称', 'a name without hidden characters'),
    ],
    [/^[A-Za-z0-9]{1,8}$/.test(lot.lotId), t('停车场编号', 'number of the car park')],
    [spacesOf(lot) > 0, t('车位数', 'spaces')],
    [lot.trade !== null, t('经营性质', 'commercial or not')],
    [known && /^\d{4}$/.test(lot.provinceCode), t('地区', 'region')],
  ]
  const missing = wanted.flatMap(([there, what]) => (there ? [] : [what]))
  return [...missing, ...placesMissing(draft)]
}

function lotRow(draft: SetupDraft, ports: JudgePorts): SetupRow {
  const { lot, open } = draft
  if (lot === undefined) return row('lot', 'notStarted', nothingYet)
  const missing = lotMissing(draft, lot, ports)
  if (missing.length > 0) {
    const { zh, en } = listed(missing)
    return row('lot', 'open', t(`还缺:${zh}`, `Missing: ${en}`))
  }
  const [spaces, lanes] = [spacesOf(lot), lot.lanes.length]
  if (open !== undefined && open !== null) {
    const streets = open.streets.length
    return row(
      'lot',
      'done',
      t(
        `${lot.name}，${streets} 个路段，${spaces} 个泊位`,
        `${lot.name}, ${streets} streets, ${spaces} spaces`,
      ),
    )
  }
  const zh = `${lot.name}，${spaces} 个车位，${lanes} 条车道`
  return row('lot', 'done', t(zh, `${lot.name}, ${spaces} spaces, ${lanes} lanes`))
}

/** The devices that each lane lacks, and the card that devices push to. */
function devicesMissing(draft: SetupDraft, { lanes }: LotPart): readonly BilingualText[] {
  const missing = lanes.flatMap(({ id, name, layout, direction }) => {
    const own = devicesOf(draft, id)
    const known = laneOf(layout, direction)
    const ordersFrom = own.ordersFrom === '' ? undefined : own.ordersFrom
    const lane = known && layoutOf({ layout, direction, ordersFrom })
    const absent = lane === null ? [] : absentIn(lane, thereOf(own))
    if (absent.length === 0) return []
    const { zh, en } = listed(absent)
    return [t(`${name || id} ${zh}`, `${name || id}: ${en}`)]
  })
  const pushes = [...pushingLanes(draft), ...pushingSources(draft)].length > 0
  return pushes && (draft.devices?.intake?.host ?? '') === ''
    ? [...missing, t('设备推送到哪块网卡', 'the network card that devices push to')]
    : missing
}

function devicesRow(draft: SetupDraft, ports: JudgePorts): SetupRow {
  const { lot, devices } = draft
  if (lot === undefined) return row('devices', 'notStarted', nothingYet)
  const against = misplaced(draft, ports.kept(), ports.rules(lot.provinceCode))
  if (against !== null) return row('devices', 'failed', against)
  const isStreet = draft.open !== undefined && draft.open !== null
  if (devices === undefined && !(isStreet && lot.lanes.length === 0))
    return row('devices', 'notStarted', nothingYet)
  const missing = devicesMissing(draft, lot)
  if (missing.length === 0 && lot.lanes.length === 0)
    return row(
      'devices',
      'done',
      t('识别桩和检测器随泊位填写', 'Piles and sensors are entered with the spaces'),
    )
  if (missing.length === 0)
    return row('devices', 'done', t('各车道设备齐全', 'Every lane has its devices'))
  const { zh, en } = listed(missing)
  const note = t(
    `还缺:${zh}。没填的设备,车道当作没有`,
    `Missing: ${en}. A lane works as if a device that is not entered were not there`,
  )
  return row('devices', 'open', note)
}

/** A working day, far from midnight: an example must not depend on the current time. */
const exampleFromMs = instantOf(2026, 1, 5, 9 * 60 * minuteMs)
const exampleMin = 200

function priceOf(part: NonNullable<SetupDraft['tariff']>, stayMin: number) {
  const { tariff } = checkTariff(tariffOfPart(part), 'tariff.json')
  return price(tariff, exampleFromMs, exampleFromMs + stayMin * minuteMs)
}

/** Whether a stay of a day and a night costs nothing. */
const isFree = (part: NonNullable<SetupDraft['tariff']>): boolean =>
  orIfFault(() => priceOf(part, 1440).amountFen === 0, false)

function tariffRow({ lot, tariff }: SetupDraft, kept: LotFiles | null): SetupRow {
  if (kept !== null) return row('tariff', 'done', t('收费标准不变', 'The tariff stays as it is'))
  const isFiled = lot?.trade === 'filed'
  if (isFiled && (tariff === undefined || isFree(tariff)))
    return row(
      'tariff',
      'done',
      t('备案的非经营性停车场,每次 0 元', 'Registered as non-commercial: 0 yuan per visit'),
    )
  if (isFiled)
    return row(
      'tariff',
      'failed',
      t('备案为非经营性的停车场不收费', 'A car park registered as non-commercial charges nothing'),
    )
  if (tariff === undefined) return row('tariff', 'notStarted', nothingYet)
  if (lot?.trade === 'commercial' && tariffOfPart(tariff).use === 'nonCommercial')
    return row(
      'tariff',
      'failed',
      t(
        '收费标准是非经营性的:停车场的经营性质要选备案',
        'The tariff is for a non-commercial car park: set the car park to registered as non-commercial',
      ),
    )
  try {
    const amount = fenText(priceOf(tariff, exampleMin).amountFen)
    return row('tariff', 'done', t(`停 3 小时 20 分 = ${amount}`, `3 h 20 min = ${amount}`))
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    return failed('tariff', error)
  }
}

function offlineRow({ offline }: SetupDraft): SetupRow {
  if (offline === undefined)
    return row(
      'offline',
      'done',
      t('按建议:断网时改为人工收费', 'As proposed: without a network, people take payment'),
    )
  const { policy, totalFen, count, days } = offline
  if (policy === 'other-payment')
    return row('offline', 'done', t('断网时改为人工收费', 'Without a network, people take payment'))
  const amount = fenText(totalFen)
  return row(
    'offline',
    'done',
    t(
      `断网时最多先放行 ${count} 辆、${amount}、${days} 天`,
      `Without a network, at most ${count} cars, ${amount} and ${days} days are let through first`,
    ),
  )
}

/** No accounts are no obstacle: the row says what that means, and they can be added later. */
function peopleRow(ports: JudgePorts): SetupRow {
  try {
    const people = ports.people()
    return row('people', people.length === 0 ? 'notStarted' : 'done', peopleWords(people))
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    return failed('people', error)
  }
}

function keepRow({ keep }: SetupDraft, ports: JudgePorts): SetupRow {
  const service = ports.service()
  const to = keep?.to ?? ''
  const { zh, en } = serviceWords[service]
  const copies =
    to === ''
      ? t('账本的副本只在这台电脑上', 'copies of the ledger are kept on this computer only')
      : t(`账本的副本放到 ${to}`, `copies of the ledger go to ${to}`)
  const isDone = service === 'running' && to !== ''
  return row('keep', isDone ? 'done' : 'open', t(`${zh};${copies.zh}`, `${en}; ${copies.en}`))
}

const rowOfGroup: Readonly<Record<SettingGroup, SetupRowId>> = {
  large: 'charge',
  rules: 'charge',
  offline: 'offline',
  photos: 'keep',
  none: 'offline',
}

/** The form that can correct a field of the lot file. */
export function rowOfField(field: string): SetupRowId {
  const along = rowsAlong(lotMembers, field.split('/').slice(1))
  const last = along.at(-1)
  if (last !== undefined && 'group' in last) return rowOfGroup[last.group as SettingGroup]
  return along.findLast(({ form }) => form !== undefined)?.form ?? 'lot'
}

interface Checked {
  readonly config: LotConfig | null
  readonly refusal: LaneFault | null
}

function checked(draft: SetupDraft, lot: LotPart, ports: JudgePorts): Checked {
  try {
    const made = checkLot(lotOfDraft(draft, lot), 'lot.json')
    const kept = ports.kept()
    const config = kept === null ? made : checkLot(overKept(kept.config, made), 'lot.json')
    refuseNoAddress(config, 'lot.json')
    refuseShared(config, 'lot.json')
    ports.refuse(config)
    return { config, refusal: null }
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    return { config: null, refusal: error }
  }
}

/** Refusals of files are shown only in a form that was filled in. */
function withChecks(rows: readonly SetupRow[], found: Checked, ports: JudgePorts) {
  const { config, refusal } = found
  const warned = config === null ? [] : ports.warnings(config)
  return rows.map((one) => {
    if (one.state === 'notStarted' || one.state === 'failed') return one
    const isRefused = refusal !== null && rowOfField(refusal.detail.field ?? '') === one.id
    if (isRefused) return failed(one.id, refusal)
    const warning = warned.find(({ field }) => rowOfField(field) === one.id)
    if (warning === undefined || one.state === 'open') return one
    // What was put off is said, and not asked for again.
    const isPutOff = warning.field === '/platform' && config?.platform === 'later'
    return row(one.id, isPutOff ? 'done' : 'open', warning.text)
  })
}

/** Without these rows nothing is written; other rows may stay open. */
const needed: readonly SetupRowId[] = ['lot', 'tariff', 'charge']

/** A failed survey must not prevent the correction of a setting. */
const isInTheWay = ({ id, state }: SetupRow): boolean =>
  id !== 'firstCar' && (state === 'failed' || (needed.includes(id) && state === 'notStarted'))

/** `proof` decides only its own row: a lot is written before it is proven. */
export function judgeDraft(
  given: SetupDraft,
  ports: JudgePorts,
  proof: LotProof = noProof,
  passedAt: PassedAt = () => null,
): SetupVerdict {
  const kept = ports.kept()
  const draft = withKept(given, kept)
  const first = lotRow(draft, ports)
  const charge = chargeStep(draft)
  const own = [
    first,
    devicesRow(draft, ports),
    tariffRow(draft, kept),
    row('charge', charge.state, charge.why),
    offlineRow(draft),
    peopleRow(ports),
    proofRow(proof, kept?.config ?? null),
    keepRow(draft, ports),
  ]
  const whole = first.state === 'done' && draft.lot !== undefined
  const found = whole ? checked(draft, draft.lot, ports) : { config: null, refusal: null }
  const rows = withChecks(own, found, ports).map((one) => withTests(one, draft, passedAt))
  const ready = found.config !== null && !rows.some(isInTheWay)
  return { rows, ready, ...found }
}

/** The reason of a refused row. */
function noteOf({ why, fault }: SetupRow): BilingualText {
  if (fault === null) return why
  const english = fault.why === undefined ? fault.message.slice(why.zh.length) : `: ${fault.why.en}`
  return t(fault.message, `${why.en}${english}`)
}

/** SETUP-02 with the first row that prevents writing, or its refused field. */
export function incomplete({ rows, config, refusal }: SetupVerdict): LaneFault {
  // An open row does not prevent writing, except the row of the lot, without which there is no lot file.
  const first = rows.find(
    (one) => isInTheWay(one) || (one.id === 'lot' && config === null && one.state !== 'done'),
  )
  if (first === undefined && refusal !== null) {
    const { note = faults[refusal.code].what, field = '', value = '' } = refusal.detail
    return new LaneFault('SETUP-02', { field, value, note })
  }
  const { fault = null } = first ?? {}
  const at = { field: fault?.field || (first?.id ?? ''), value: fault?.value ?? '' }
  return new LaneFault('SETUP-02', {
    ...at,
    note: first === undefined ? nothingYet : noteOf(first),
  })
}
