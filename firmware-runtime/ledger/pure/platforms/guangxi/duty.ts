// Shifts and the running configuration (P21; table G.1, rows 2 to 4). Paths and member names are assumed: no seed has them.
// A download is accepted completely or refused; the error names the first invalid member.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { isFen } from '#base/pure/values/fen.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { dayMs, instantOfIso } from '#base/pure/values/instant.ts'
import type { PlannedShift } from '#base/pure/rows/tally-row.ts'
import type { Dialect } from '../../../ports/dialect.ts'
import type { RunningConfiguration } from '../../../ports/platform-duty.ts'
import type { AnswerMembers } from './answer-body.ts'
import * as f from './formats.ts'
import { ops } from './requests.ts'
import { dataOf } from './signed-data.ts'
import { refuseForbiddenText, textProblem } from './text-rules.ts'

const shiftsPath = '/v1/shifts'
const configurationPath = '/v1/configuration'

const versionShape = /^[A-Za-z0-9._-]{1,64}$/
const numberShape = /^[A-Za-z0-9_-]{1,32}$/
const laneShape = /^[a-z][a-z0-9-]{0,15}$/
/** Longest shift of a person; a lot has at most this many shifts per day. */
const shiftMsMax = dayMs
const shiftsMax = 200

type Code = 'DUTY-01' | 'DUTY-03'
const wrong = (code: Code, field: string, value: string, note: BilingualText): LaneFault =>
  new LaneFault(code, { field, value: value.slice(0, 80), note })

function versionOf(code: Code, data: AnswerMembers): string {
  const version = data.text('version') ?? ''
  if (versionShape.test(version)) return version
  throw wrong(code, '/data/version', data.shown('version'), t('不是版本号', 'not a version'))
}

/** Refuses an answer about another lot. */
function mustBeOf(code: Code, lotId: string, data: AnswerMembers): void {
  if (data.text('parkId') === lotId) return
  throw wrong(code, '/data/parkId', data.shown('parkId'), t(`应为 ${lotId}`, `must be ${lotId}`))
}

function shiftOf(line: AnswerMembers, at: string, dayStartMs: number): PlannedShift {
  const must = (isRight: boolean, name: string, zh: string, en: string): void => {
    if (!isRight) throw wrong('DUTY-01', `${at}/${name}`, line.shown(name), t(zh, en))
  }
  const shiftNo = line.text('shiftNo') ?? ''
  must(
    numberShape.test(shiftNo),
    'shiftNo',
    '1 到 32 个 A-Z a-z 0-9 _ -',
    '1 to 32 of A-Z a-z 0-9 _ -',
  )
  const staffId = line.text('staffId') ?? ''
  must(staffId !== '' && staffId.length <= 60, 'staffId', '1 到 60 个字符', '1 to 60 characters')
  const laneId = line.has('laneNo') ? line.text('laneNo') : null
  const isLane = !line.has('laneNo') || (laneId !== null && laneShape.test(laneId))
  must(isLane, 'laneNo', '不是车道编号', 'not the id of a lane')
  const onMs = line.time('onTime') ?? Number.NaN
  must(
    onMs >= dayStartMs && onMs < dayStartMs + dayMs,
    'onTime',
    '应为当天的时间',
    'a time of that day',
  )
  const offMs = line.time('offTime') ?? Number.NaN
  must(
    offMs > onMs && offMs - onMs <= shiftMsMax,
    'offTime',
    '应在上班之后,不超过一天',
    'behind its begin, by a day at most',
  )
  return { shiftNo, staffId, laneId, onMs, offMs }
}

function shiftsOf(day: string, data: AnswerMembers): readonly PlannedShift[] {
  const lines = data.list('shifts')
  if (lines === null || lines.length > shiftsMax)
    throw wrong(
      'DUTY-01',
      '/data/shifts',
      data.shown('shifts'),
      t(`应为不超过 ${shiftsMax} 条的列表`, `a list of ${shiftsMax} at most`),
    )
  const dayStartMs = instantOfIso(`${day}T00:00:00+08:00`)
  const seen = new Set<string>()
  return lines.map((line, n) => {
    const at = `/data/shifts/${n}`
    const shift = shiftOf(line, at, dayStartMs)
    if (seen.has(shift.shiftNo))
      throw wrong('DUTY-01', `${at}/shiftNo`, shift.shiftNo, t('编号重复', 'more than once'))
    seen.add(shift.shiftNo)
    return shift
  })
}

type Settings = RunningConfiguration['settings']

/** Settings that a configuration may contain, by name; an unknown setting refuses the whole configuration. */
const settingRows: Readonly<Record<string, (from: AnswerMembers) => Settings | null>> = {
  largeFee(from) {
    const fen = from.integer('largeFee')
    return isFen(fen) && fen > 0 ? { largeAmountFen: fen } : null
  },
  offlineFee(from) {
    const fen = from.integer('offlineFee')
    return isFen(fen) && fen >= 0 ? { offlineFen: fen } : null
  },
}

function settingsOf(data: AnswerMembers): Settings {
  const from = data.inside('settings')
  if (from === null)
    throw wrong('DUTY-03', '/data/settings', data.shown('settings'), t('不是对象', 'not an object'))
  let settings: Settings = {}
  for (const name of from.names) {
    const field = `/data/settings/${name}`
    const read = Object.hasOwn(settingRows, name) ? settingRows[name] : undefined
    if (read === undefined)
      throw wrong(
        'DUTY-03',
        field,
        from.shown(name),
        t('车道没有这项设置', 'no setting of the lanes'),
      )
    const taken = read(from)
    if (taken === null)
      throw wrong('DUTY-03', field, from.shown(name), t('取值不合规定', 'not a value of it'))
    settings = { ...settings, ...taken }
  }
  return settings
}

const get = (path: string) => ({ method: 'GET', path, bodyText: '', idempotencyKey: null }) as const

export const duty: NonNullable<Dialect['duty']> = {
  interfaces: [
    { id: 'shiftDownload', method: 'GET', path: shiftsPath },
    { id: 'shiftUpload', method: ops.shiftRecord.method, path: ops.shiftRecord.path },
    { id: 'configDownload', method: 'GET', path: configurationPath },
  ],
  shiftBody({ lotId }, { shiftNo, staffId, planNo, onMs, offMs, cashFen, etcCount, etcFen }) {
    const members = {
      shiftNo: f.businessNo('shiftNo', shiftNo),
      parkId: f.text('parkId', lotId, 32),
      // People sign in by name here, and a name must be sealed (P8). The staff id of the platform's own plan is sent in clear.
      ...(planNo === null ? {} : { staffId: f.text('staffId', staffId, 60) }),
      staffName: f.text('staffName', staffId, 60),
      ...(planNo === null ? {} : { planNo: f.businessNo('planNo', planNo) }),
      onTime: f.time('onTime', onMs),
      offTime: f.time('offTime', offMs),
      // Refunds from a drawer may exceed its takings, so this may be negative.
      cashFee: f.integer('cashFee', cashFen, -Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
      etcCount: f.integer('etcCount', etcCount, 0, Number.MAX_SAFE_INTEGER),
      etcFee: f.amount('etcFee', etcFen),
    }
    refuseForbiddenText(textProblem(members))
    return JSON.stringify(members)
  },
  shifts: ({ lotId }, day, version) => ({
    ...get(`${shiftsPath}?parkId=${lotId}&date=${day}`),
    ...(version === null ? {} : { version }),
  }),
  readShifts({ lotId }, day, answer) {
    if (answer.status === 304 && answer.verified === 'valid') return { kind: 'same' }
    const found = dataOf(answer)
    if (found.kind !== 'data') return found
    const { data } = found
    mustBeOf('DUTY-01', lotId, data)
    if (data.text('date') !== day)
      throw wrong('DUTY-01', '/data/date', data.shown('date'), t(`应为 ${day}`, `must be ${day}`))
    const version = versionOf('DUTY-01', data)
    return { kind: 'plan', plan: { day, version, shifts: shiftsOf(day, data) } }
  },
  configuration: ({ lotId }, version) => ({
    ...get(`${configurationPath}?parkId=${lotId}`),
    ...(version === null ? {} : { version }),
  }),
  readConfiguration({ lotId }, answer) {
    if (answer.status === 304 && answer.verified === 'valid') return { kind: 'same' }
    const found = dataOf(answer)
    if (found.kind !== 'data') return found
    const { data } = found
    mustBeOf('DUTY-03', lotId, data)
    const version = versionOf('DUTY-03', data)
    return { kind: 'configuration', configuration: { version, settings: settingsOf(data) } }
  },
}
