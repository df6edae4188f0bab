// Hourly batches (P20): the sum of a lot's records of one kind in one whole hour. Its figures must agree with each other and
// with the records that the platform has. Listed numbers that never came are answered, so that they can be sent again;
// without a list of numbers the figures are compared with the platform's own.
import { isoOf, parseIso, type InstantMs } from '#base/pure/values/instant.ts'
import { done, refuse, type Outcome } from '../answers.ts'
import { oncePerNumber, type Call, type Handler, type Services, type Worked } from '../call.ts'
import { windowMs } from '../envelope.ts'
import { hourPlace } from './filed.ts'
import { checkPark } from './known.ts'
import { batchKinds, batchRules, exitBatchRules } from './member-tables.ts'
import { numberOf, textOf, timeOf } from './members.ts'
import { actOf, actsAt, isLive, type Act, type ActKind } from './settlement-records.ts'

type Sm3 = (data: Uint8Array) => Uint8Array

const hourMs = 3_600_000
/** A record that came later than that is of the hour in which it came. */
const lateMs = 31 * 24 * hourMs

interface Hour {
  readonly kind: string
  readonly parkId: string
  readonly fromMs: InstantMs
}

/** One record of an hour: its number, its time and its amount. */
interface Held {
  readonly no: string
  readonly atMs: InstantMs | null
  readonly fen: number
}

const kindsOf = (kind: string): readonly ActKind[] =>
  kind === 'entry'
    ? ['entry-records']
    : kind === 'exit'
      ? ['exit-charges', 'exit-records']
      : ['plate-records']

/** An exit by its leaving, as a lot counts it; rows of older books have no time of leaving. */
function heldOf({ row }: Act): Held {
  const { charge, shown = {}, no } = row
  if (charge !== undefined) return { no, atMs: charge.exMs, fen: charge.realFee }
  const time = row.kind === 'exit-records' ? shown['exTime'] : shown['time']
  return {
    no: String(shown['number'] ?? no),
    atMs: typeof time === 'string' ? parseIso(time) : null,
    fen: Number(shown['realFee'] ?? 0),
  }
}

function find({ state }: Services, appId: string, { kind, parkId }: Hour, no: string): Held | null {
  const key = kind === 'entry' ? `${parkId}.${no}` : no
  for (const one of kindsOf(kind)) {
    const act = actOf(state, one, appId, key)
    if (act !== undefined) return heldOf(act)
  }
  return null
}

/** The platform's own records of an hour, by number. */
function own({ state }: Services, appId: string, { kind, parkId, fromMs }: Hour): readonly Held[] {
  const found = new Map<string, Held>()
  for (const one of kindsOf(kind)) {
    for (const act of actsAt(state, one, hourPlace(one, appId, parkId, fromMs))) {
      const { row } = act
      const lot = row.charge?.parkId ?? row.shown?.['parkId']
      if (lot !== parkId || (row.charge !== undefined && !isLive(act))) continue
      const direction = kind === 'entry-plate' ? 1 : 2
      if (one === 'plate-records' && row.shown?.['direction'] !== direction) continue
      const held = heldOf(act)
      const isIn = held.atMs !== null && held.atMs >= fromMs && held.atMs < fromMs + hourMs
      if (isIn) found.set(held.no, held)
    }
  }
  return [...found.values()].toSorted((a, b) => (a.no < b.no ? -1 : 1))
}

const digestOf = (sm3: Sm3, numbers: readonly string[]): string =>
  Buffer.from(sm3(Uint8Array.from(Buffer.from(numbers.join('\n')))))
    .toString('hex')
    .toUpperCase()

interface Sum {
  readonly numbers: readonly string[]
  /** Null: the kind has no amount, or not all records are known. */
  readonly fen: number | null
}

/** The first figure of the batch that differs from the sum of its records. */
function differs({ members }: Call, { numbers, fen }: Sum, sm3: Sm3) {
  const facts: readonly (readonly [string, unknown, unknown])[] = [
    ['count', numberOf(members, 'count'), numbers.length],
    ['firstNo', textOf(members, 'firstNo'), numbers[0] ?? ''],
    ['lastNo', textOf(members, 'lastNo'), numbers.at(-1) ?? ''],
    ['digest', textOf(members, 'digest'), digestOf(sm3, numbers)],
    ...(fen === null ? [] : [['totalFee', numberOf(members, 'totalFee'), fen] as const]),
  ]
  const [name, said, is] = facts.find(([, said, is]) => said !== is) ?? []
  return name === undefined ? null : { field: `/${name}`, said, is }
}

function checkHour({ members, clockMs }: Call, { fromMs }: Hour): Outcome | null {
  for (const [name, ms] of [
    ['from', fromMs],
    ['to', fromMs + hourMs],
  ] as const)
    if (timeOf(members, name) !== ms)
      return refuse('200004', `/${name}`, textOf(members, name), `must be ${isoOf(ms)}`)
  return fromMs + hourMs > clockMs
    ? refuse('200004', '/to', textOf(members, 'to'), 'this hour has not ended')
    : null
}

/** A time outside the hour by more than two clocks may differ. */
const isOutside = (atMs: InstantMs | null, { fromMs }: Hour): boolean =>
  atMs !== null &&
  (atMs >= fromMs + hourMs + windowMs || (atMs < fromMs - windowMs && atMs > fromMs - lateMs))

const sumFen = (records: readonly Held[]): number => records.reduce((sum, { fen }) => sum + fen, 0)

/** A batch that lists its numbers. */
function listedSum(services: Services, call: Call, hour: Hour, sm3: Sm3): Worked | Outcome {
  const { members, appId } = call
  const [batchNo, revision] = [textOf(members, 'batchNo'), numberOf(members, 'revision')]
  const numbers = (Array.isArray(members['numbers']) ? members['numbers'] : []).map(String)
  if (!numbers.every((no, i) => i === 0 || (numbers[i - 1] ?? '') < no))
    return refuse('200004', '/numbers', numbers.length, 'sorted, each once')
  const held = numbers.flatMap((no) => find(services, appId, hour, no) ?? [])
  const known = new Set(held.map(({ no }) => no))
  const missing = numbers.filter((no) => !known.has(no))
  const fen = hour.kind === 'exit' && missing.length === 0 ? sumFen(held) : null
  const wrong = differs(call, { numbers, fen }, sm3)
  if (wrong !== null) return refuse('200004', wrong.field, wrong.said, `its numbers: ${wrong.is}`)
  if (numberOf(members, 'totalFee') < (hour.kind === 'exit' ? sumFen(held) : 0))
    return refuse('200004', '/totalFee', members['totalFee'], `known: ${sumFen(held)}`)
  const stranger = held.find(({ atMs }) => isOutside(atMs, hour))
  if (stranger !== undefined)
    return refuse('200004', '/numbers', stranger.no, 'a record of another hour')
  const listed = new Set(numbers)
  // Lawful: a charge whose answer was lost is listed by the next revision.
  const unlisted = own(services, appId, hour).flatMap(({ no }) => (listed.has(no) ? [] : [no]))
  const count = numbers.length - missing.length
  const shown = { batchNo, revision, count, said: numbers.length, missing: missing.length }
  return {
    status: 'STORED',
    facts: { shown: { ...shown, unlisted: unlisted.length } },
    outcome: done({
      batchNo,
      revision,
      count,
      missing,
      ...(unlisted.length === 0 ? {} : { unlisted }),
    }),
  }
}

/** Without numbers nothing could be sent again: the figures have to be the platform's own. */
function ownSum(services: Services, call: Call, hour: Hour, sm3: Sm3): Worked | Outcome {
  const [batchNo, revision] = [textOf(call.members, 'batchNo'), numberOf(call.members, 'revision')]
  const records = own(services, call.appId, hour)
  const fen = hour.kind === 'exit' ? sumFen(records) : null
  const wrong = differs(call, { numbers: records.map(({ no }) => no), fen }, sm3)
  if (wrong !== null) return refuse('300021', wrong.field, wrong.said, `here: ${wrong.is}`)
  const count = records.length
  return {
    status: 'STORED',
    facts: { shown: { batchNo, revision, count } },
    outcome: done({ batchNo, revision, count }),
  }
}

/** `yyyyMMddHH` of Beijing; null when it is none. */
function hourStart(hour: string): InstantMs | null {
  const [, y, mo, d, h] = /^(\d{4})(\d\d)(\d\d)([01]\d|2[0-3])$/.exec(hour) ?? []
  return h === undefined ? null : parseIso(`${y}-${mo}-${d}T${h}:00:00+08:00`)
}

/** PUT /v1/batches/{kind}/{parkId}/{yyyyMMddHH}: a higher revision replaces. */
export const putBatch =
  (sm3: Sm3): Handler =>
  (services, call) => {
    const [kind = '', parkId = '', hour = ''] = call.path
    if (!batchKinds.some((one) => one === kind)) {
      return refuse('200004', '/kind', kind, `one of ${batchKinds.join(' ')}`, 'path')
    }
    const fromMs = hourStart(hour)
    if (fromMs === null) return refuse('200004', '/hour', hour, 'yyyyMMddHH', 'path')
    const { members, appId } = call
    const no = `${kind}${parkId}${hour}`
    const rules = [...batchRules, ...(kind === 'exit' ? exitBatchRules : [])]
    const numbered = {
      kind: 'batches',
      no: `${no}#${numberOf(members, 'revision')}`,
      rules,
    } as const
    return oncePerNumber(services, call, numbered, () => {
      const batchNo = textOf(members, 'batchNo')
      if (batchNo !== no) return refuse('200004', '/batchNo', batchNo, `must be ${no}`)
      const of = { kind, parkId, fromMs }
      const sum = Array.isArray(members['numbers']) ? listedSum : ownSum
      return (
        checkHour(call, of) ??
        checkPark(services, { appId, members: { parkId } }) ??
        sum(services, call, of, sm3)
      )
    })
  }
