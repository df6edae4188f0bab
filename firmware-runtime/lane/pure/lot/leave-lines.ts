// The check list before the installer may leave a lot: one row per line with its title, its judgement from rows and
// measurements, and its page. No line is ticked by hand. Page, command and JSON are made of these rows.
import type { BilingualText } from '#base/pure/faults/faults.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { dayMs, parseIso, type InstantMs } from '#base/pure/values/instant.ts'

/** Ours: no text says how many. */
export const leaveLimits = {
  cars: 3,
  cycles: 3,
  lookedDays: 7,
  testedDays: 7,
  agedSec: 300,
} as const

/** `none`: does not apply to the lot. */
export type LeaveState = 'done' | 'open' | 'failed' | 'none'

interface LeaveStep {
  readonly state: 'notStarted' | 'open' | 'done' | 'failed'
  readonly why: BilingualText
}

interface LeaveLane {
  readonly laneId: string
  readonly name: BilingualText
  readonly hasCamera: boolean
  readonly hasAntenna: boolean
  readonly hasBoom: boolean
}

/** Cars of one lane by what read them; a car counts once. */
export interface CarsRead {
  readonly plates: number
  readonly obus: number
}

/** Seen by its position input, and not since another link was set. */
export interface BoomSeen {
  readonly opened: number
  readonly closed: number
}

/** A test of a device, and the time of its last success. */
interface LeaveTest {
  readonly name: BilingualText
  readonly device: string
  readonly laneId: string
  readonly passedAtIso: string | null
}

/** Facts from the data folder. */
export interface LeaveFolder {
  /** Devices or platform are simulators. */
  readonly simulated: boolean
  readonly lanes: readonly LeaveLane[]
  readonly firstCar: LeaveStep
  readonly survey: LeaveStep
  /** Newest surveys without a signature, or with records after it. */
  readonly unsigned: readonly string[]
  readonly cars: Readonly<Record<string, CarsRead | undefined>>
  readonly booms: Readonly<Record<string, BoomSeen | undefined>>
  readonly copy: {
    readonly to: string | null
    /** Null: no copy of this place was restored by test. */
    readonly tested: { readonly atIso: string; readonly testedAtIso: string } | null
  }
  readonly tests: readonly LeaveTest[]
}

/** Facts from running lanes, or from the rows of stopped ones. */
export interface LeaveNow {
  readonly nowMs: InstantMs
  readonly unsent: { readonly count: number; readonly oldestAgeSec: number | null }
  /** Null: no time source has answered. */
  readonly clock: {
    readonly by: BilingualText
    readonly offsetMs: number
    readonly limitMs: number
    readonly ageSec: number | null
  } | null
  /** The clock may not price. */
  readonly isClockInDoubt: boolean
  /** Number of unassigned open items of the books. */
  readonly unowned: number
  /** Code of the last failed copy or test; null if one succeeded after it. */
  readonly copyFault: string | null
}

export type LeaveFacts = LeaveFolder & LeaveNow

/** Pages of the window. */
type LeavePage = 'passport' | 'lane' | 'queue' | 'system' | 'copies' | 'survey' | 'day' | 'lot'

interface Finding {
  readonly state: LeaveState
  readonly measured: BilingualText
  /** What to do next; null: nothing. */
  readonly todo: BilingualText | null
}

interface LeaveRow {
  readonly title: BilingualText
  readonly page: LeavePage
  readonly judge: (facts: LeaveFacts) => Finding
}

const done = (measured: BilingualText): Finding => ({ state: 'done', measured, todo: null })
const open = (measured: BilingualText, todo: BilingualText): Finding => ({
  state: 'open',
  measured,
  todo,
})
const none = (measured: BilingualText): Finding => ({ state: 'none', measured, todo: null })
const joined = (parts: readonly BilingualText[]): BilingualText =>
  t(parts.map(({ zh }) => zh).join(';'), parts.map(({ en }) => en).join('; '))
const simulated = (measured: BilingualText): BilingualText =>
  t(`${measured.zh}(模拟设备,不算)`, `${measured.en} (simulated devices do not count)`)
const secondsOf = (ms: number): string => (ms / 1000).toFixed(2)

function ofStep({ state, why }: LeaveStep, todo: BilingualText): Finding {
  if (state === 'done') return done(why)
  return { state: state === 'failed' ? 'failed' : 'open', measured: why, todo }
}

function firstCar({ firstCar: step }: LeaveFacts): Finding {
  return ofStep(
    step,
    t('用一辆真车走完进场、扣费和出场', 'Drive one real car in, have it charged, and out'),
  )
}

function carsRead({ lanes, cars, simulated: isSimulated }: LeaveFacts): Finding {
  const { cars: least, lookedDays } = leaveLimits
  const watched = lanes.filter(({ hasCamera, hasAntenna }) => hasCamera || hasAntenna)
  if (watched.length === 0)
    return none(t('没有识别车辆的车道', 'No lane has a device that reads cars'))
  const counted = watched.map((lane) => ({
    lane,
    ...(cars[lane.laneId] ?? { plates: 0, obus: 0 }),
  }))
  const measured = joined(
    counted.map(({ lane: { name, hasCamera, hasAntenna }, plates, obus }) => {
      const zh = [hasCamera ? `车牌 ${plates}` : '', hasAntenna ? `OBU ${obus}` : '']
      const en = [hasCamera ? `plates ${plates}` : '', hasAntenna ? `OBUs ${obus}` : '']
      const said = (parts: readonly string[]): string => parts.filter((one) => one !== '').join(' ')
      return t(`${name.zh} ${said(zh)}`, `${name.en} ${said(en)}`)
    }),
  )
  const limit = t(
    `${measured.zh}(近 ${lookedDays} 天,各须 ${least} 辆)`,
    `${measured.en} (of ${lookedDays} days, ${least} of each are wanted)`,
  )
  const lacks = counted.filter(
    ({ lane, plates, obus }) =>
      (lane.hasCamera && plates < least) || (lane.hasAntenna && obus < least),
  )
  if (!isSimulated && lacks.length === 0) return done(limit)
  const names = lacks.map(({ lane }) => lane.name)
  const todo =
    names.length === 0
      ? t('换成真实设备再过车', 'Drive cars past real devices')
      : t(
          `让真车通过:${names.map(({ zh }) => zh).join('、')}`,
          `Let real cars pass: ${names.map(({ en }) => en).join(', ')}`,
        )
  return open(isSimulated ? simulated(limit) : limit, todo)
}

function boomsSeen({ lanes, booms, tests, simulated: isSimulated }: LeaveFacts): Finding {
  const { cycles } = leaveLimits
  const own = lanes.filter(({ hasBoom }) => hasBoom)
  if (own.length === 0) return none(t('没有道闸', 'There is no boom'))
  const counted = own.map((lane) => ({ lane, ...(booms[lane.laneId] ?? { opened: 0, closed: 0 }) }))
  const seen = joined(
    counted.map(({ lane: { name }, opened, closed }) =>
      t(`${name.zh} 开 ${opened} 落 ${closed}`, `${name.en} open ${opened}, closed ${closed}`),
    ),
  )
  const measured = t(`${seen.zh}(各须 ${cycles} 次)`, `${seen.en} (${cycles} of each are wanted)`)
  const lacks = counted.filter(({ opened, closed }) => opened < cycles || closed < cycles)
  if (!isSimulated && lacks.length === 0) return done(measured)
  /** A passed test of the boom has seen its inputs, so their wires are not the reason. */
  const isTested = ({ laneId }: LeaveLane): boolean =>
    tests.some(
      (one) => one.device === 'barrier' && one.laneId === laneId && one.passedAtIso !== null,
    )
  const blind = lacks.filter(
    ({ lane, opened, closed }) => opened === 0 && closed === 0 && !isTested(lane),
  )
  const todo =
    blind.length === 0
      ? t('再开闸落闸几次,看着它到位', 'Open and close it some more times, and watch it')
      : t(
          `到位信号从未见过:${blind.map(({ lane }) => lane.name.zh).join('、')};检查到位开关的接线,再开闸落闸`,
          `No position was ever seen: ${blind.map(({ lane }) => lane.name.en).join(', ')}; check the wires of its limit switches, then open and close it`,
        )
  return open(isSimulated ? simulated(measured) : measured, todo)
}

function unsent({ unsent: { count, oldestAgeSec } }: LeaveFacts): Finding {
  if (count === 0) return done(t('待上传 0', '0 unsent'))
  const minutes = Math.ceil((oldestAgeSec ?? 0) / 60)
  const measured = t(
    `待上传 ${count},最早 ${minutes} 分钟`,
    `${count} unsent, the oldest ${minutes} min`,
  )
  return open(
    measured,
    t(
      '查看待上传,等平台收下或处理退回的',
      'Look at what is unsent: wait for the platform, or mend what it holds',
    ),
  )
}

function clock({ clock: said, isClockInDoubt }: LeaveFacts): Finding {
  const set = t('校准这台电脑的时钟', 'Set the clock of this machine')
  if (said === null)
    return open(
      t(
        '电脑时钟没有和任何时间源核对过',
        'The clock of this computer was not compared with any time source',
      ),
      t('接通时间服务器或平台', 'Reach a time server or the platform'),
    )
  const { by, offsetMs, limitMs, ageSec } = said
  const [offset, limit] = [secondsOf(offsetMs), secondsOf(limitMs)]
  const zhAge = ageSec === null ? '' : `,${Math.round(ageSec)} 秒前`
  const enAge = ageSec === null ? '' : `, ${Math.round(ageSec)} s ago`
  const measured = t(
    `${offset} s,限 ±${limit} s,${by.zh}说的${zhAge}`,
    `${offset} s, limit ±${limit} s, said by ${by.en}${enAge}`,
  )
  if (isClockInDoubt || Math.abs(offsetMs) > limitMs)
    return { state: 'failed', measured, todo: set }
  if ((ageSec ?? 0) <= leaveLimits.agedSec) return done(measured)
  return open(measured, t('等下一次回答', 'Wait for its next answer'))
}

function copy({ copy: { to, tested }, copyFault, nowMs }: LeaveFacts): Finding {
  const { testedDays } = leaveLimits
  if (to === null)
    return open(
      t('没有第二处位置', 'There is no second place'),
      t('设定备份位置', 'Set the place of copies'),
    )
  const again = t('备份一次并测试恢复', 'Make a copy and restore it by test')
  if (tested === null) return open(t('没有一份恢复测试过', 'None was restored by test yet'), again)
  const [made, at] = [tested.atIso, tested.testedAtIso].map((iso) =>
    iso.slice(0, 16).replace('T', ' '),
  )
  const measured = t(`${made} 的备份,${at} 恢复测试过`, `Copy of ${made}, restored by test ${at}`)
  if (copyFault !== null)
    return {
      state: 'failed',
      measured: t(`${measured.zh};${copyFault}`, `${measured.en}; ${copyFault}`),
      todo: t('查看备份为什么失败', 'See why copies fail'),
    }
  if ((parseIso(tested.testedAtIso) ?? 0) >= nowMs - testedDays * dayMs) return done(measured)
  return open(measured, again)
}

function survey({ survey: step, unsigned }: LeaveFacts): Finding {
  const walk = t('到现场勘测,做完表 D.1', 'Survey the lanes and finish table D.1')
  if (step.state !== 'done' || unsigned.length === 0) return ofStep(step, walk)
  const names = unsigned.join(', ')
  return open(
    t(`${step.why.zh};没有签字:${names}`, `${step.why.en}; not signed: ${names}`),
    t('在勘测页签字', 'Sign it on the page of the survey'),
  )
}

function items({ unowned }: LeaveFacts): Finding {
  const measured = t(`无人负责的事项 ${unowned}`, `${unowned} items without owner`)
  return unowned === 0
    ? done(measured)
    : open(measured, t('给每一项指定负责人', 'Name who looks after each'))
}

/** A camera is tested by the cars it read, and a boom by being seen up and down, as well as by their tests. */
function isProven(
  { device, laneId, passedAtIso }: LeaveTest,
  { cars, booms }: LeaveFacts,
): boolean {
  if (passedAtIso !== null) return true
  if (device === 'camera') return (cars[laneId]?.plates ?? 0) > 0
  const seen = booms[laneId]
  return device === 'barrier' && seen !== undefined && seen.opened > 0 && seen.closed > 0
}

function deviceTests(facts: LeaveFacts): Finding {
  const { tests, simulated: isSimulated } = facts
  if (tests.length === 0) return none(t('没有要测试的设备', 'There is no device to test'))
  const missing = tests.filter((one) => !isProven(one, facts)).map(({ name }) => name)
  const measured = t(
    `测试通过 ${tests.length - missing.length} / ${tests.length}`,
    `${tests.length - missing.length} of ${tests.length} passed`,
  )
  if (missing.length === 0 && !isSimulated) return done(measured)
  const todo =
    missing.length === 0
      ? t('换成真实设备再测试', 'Test real devices')
      : t(
          `测试:${missing.map(({ zh }) => zh).join('、')}`,
          `Test: ${missing.map(({ en }) => en).join(', ')}`,
        )
  return open(isSimulated ? simulated(measured) : measured, todo)
}

const rows = {
  firstCar: { title: t('首辆真车', 'First real car'), page: 'passport', judge: firstCar },
  carsRead: {
    title: t('各车道识别的真车', 'Real cars read by each lane'),
    page: 'lane',
    judge: carsRead,
  },
  boomsSeen: {
    title: t('道闸开落到位', 'Booms seen open and closed'),
    page: 'lane',
    judge: boomsSeen,
  },
  unsent: { title: t('待上传', 'Unsent'), page: 'queue', judge: unsent },
  clock: { title: t('时钟', 'Clock'), page: 'system', judge: clock },
  copy: {
    title: t('备份已做并恢复测试', 'Copy made and restored by test'),
    page: 'copies',
    judge: copy,
  },
  survey: {
    title: t('勘测合格并签字', 'Survey accepted and signed'),
    page: 'survey',
    judge: survey,
  },
  items: { title: t('账上的事项', 'Items of the books'), page: 'day', judge: items },
  tests: { title: t('设备测试', 'Device tests'), page: 'lot', judge: deviceTests },
} as const satisfies Readonly<Record<string, LeaveRow>>

export type LeaveLineId = keyof typeof rows
export const leaveLines: Readonly<Record<LeaveLineId, LeaveRow>> = rows

export interface LeaveLine extends Finding {
  readonly id: LeaveLineId
  readonly title: BilingualText
  readonly page: LeavePage
}

/** In the order of the rows. */
export const judgeLeave = (facts: LeaveFacts): readonly LeaveLine[] =>
  (Object.keys(rows) as LeaveLineId[]).map((id) => {
    const { title, page, judge } = leaveLines[id]
    return { id, title, page, ...judge(facts) }
  })

/** True when no line is open. */
export const mayLeave = (lines: readonly Pick<LeaveLine, 'state'>[]): boolean =>
  lines.every(({ state }) => state === 'done' || state === 'none')
