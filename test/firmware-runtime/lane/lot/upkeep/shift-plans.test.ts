// Downloads the shifts of each day on schedule, in virtual time: by the stored version, again after silence, nothing
// written twice. A plan that names a lane of another lot is rejected.
import { beforeEach, expect, it } from 'vitest'
import { ShiftPlans } from '#lane/lot/upkeep/shift-plans.ts'
import type { People } from '#ledger/pure/people/people.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { LedgerRow, RowDraft } from '#base/pure/rows/ledger-row.ts'
import { VirtualTime } from '#harness/lot/virtual-time.ts'
import type { PlatformDuty, ShiftPlan } from '#ledger/ports/platform-duty.ts'
import { passMinutes, sideTasks } from '../../../../kit/side-tasks.ts'

type Answer = Parameters<Parameters<PlatformDuty['shifts']>[2]>[0]

const startMs = Date.parse('2026-11-20T10:00:00+08:00')
let time: VirtualTime
let rows: RowDraft[]
let traced: string[]
let asked: string[]
let tellMin: number | undefined
let people: People
let cashFen: number
let spans: object[]
let isUnsure = false
let said: (day: string, version: string | null) => Answer

const shift = { shiftNo: 'B1', staffId: '李四', laneId: 'exit', onMs: startMs, offMs: startMs + 1 }
const plan = (day: string, over: Partial<ShiftPlan> = {}): Answer => ({
  kind: 'plan',
  plan: { day, version: 'S1', shifts: [shift], ...over },
})

const begin = (): ShiftPlans =>
  new ShiftPlans({
    runtime: {
      nowMs: () => startMs + time.nowUs / 1_000,
      endingMs: () => (isUnsure ? null : startMs + time.nowUs / 1_000),
      append: (drafts) => {
        rows.push(...drafts)
        return []
      },
      trace: (_lane, _stay, _type, text) => void traced.push(text ?? ''),
    },
    tasks: sideTasks(time.clock),
    service: {
      dayTally: () => {
        const sinceCount = { takenFen: cashFen }
        return Promise.resolve({ books: rows as LedgerRow[], sinceCount } as never)
      },
      reportPart: ({ span }) => {
        spans.push(span)
        const taking = { means: 'etc', count: 1, amountFen: 1_500 }
        const takings = [
          { ...taking, laneId: 'exit' },
          { ...taking, laneId: 'west' },
          { ...taking, laneId: 'exit', means: 'cash' },
        ]
        return Promise.resolve({ takings } as never)
      },
    },
    duty: {
      shifts: (day, version, done) => {
        asked.push(`${day} ${version ?? '-'}`)
        done(said(day, version))
      },
      configuration: () => undefined,
    },
    config: { lanes: [{ id: 'exit' }], configTellMin: tellMin },
    people: () => people,
  })
const pass = (minutes: number): Promise<void> => passMinutes(time, minutes)

beforeEach(() => {
  time = new VirtualTime()
  isUnsure = false
  ;[rows, traced, asked, people] = [[], [], [], []]
  tellMin = 0
  ;[cashFen, spans] = [0, []]
  said = (day) => plan(day)
})

it('asks by the version that is here, and writes the shifts of each day once, over restarts too', async () => {
  said = (day, version) => (version === 'S1' ? { kind: 'same' } : plan(day))
  const first = begin()
  await pass(21)
  expect(asked).toEqual(['2026-11-20 -', '2026-11-20 S1', '2026-11-20 S1'])
  expect(rows).toMatchObject([
    { kind: 'book', body: { row: 'plan', version: 'S1', shifts: [shift] } },
  ])
  first.stop()
  const again = begin()
  await pass(14 * 60)
  expect(asked.filter((one) => one.endsWith('-'))).toEqual([
    '2026-11-20 -',
    '2026-11-20 -',
    '2026-11-21 -',
  ])
  expect(rows.map(({ body }) => 'day' in body && body.day)).toEqual(['2026-11-20', '2026-11-21'])
  again.stop()
  said = (day) => plan(day, { version: 'S2' })
  begin()
  await pass(2)
  expect(rows).toHaveLength(3)
})

it('takes a plan that changed within its day', async () => {
  said = (day, version) => (version === 'S1' ? plan(day, { version: 'S2' }) : plan(day))
  begin()
  await pass(9)
  expect(rows).toHaveLength(1)
  await pass(3)
  expect(rows).toMatchObject([{ body: { version: 'S1' } }, { body: { version: 'S2' } }])
})

const running = { ...shift, onMs: startMs - 1, offMs: startMs + 8 * 3_600_000 }
const other = { ...running, staffId: '王五' }
const words = () =>
  rows.map(({ body }) =>
    'row' in body && 'of' in body
      ? body.row
      : 'act' in body
        ? body.result
        : 'row' in body
          ? body.row
          : '',
  )

it('tells people of a plan that changes a running shift, and takes it an hour later, over a restart too', async () => {
  tellMin = undefined
  said = (day) => plan(day, { shifts: [running] })
  const first = begin()
  await pass(2)
  said = (day) => plan(day, { version: 'S2', shifts: [other] })
  await pass(10)
  expect(words()).toEqual(['plan', 'told', 'told'])
  expect(rows.at(-1)).toMatchObject({ body: { before: [running], after: [other] } })
  expect(first.notices()).toMatchObject([{ code: 'DUTY-06', detail: { value: 'S2' } }])
  first.stop()
  const second = begin()
  await pass(55)
  expect(words()).toEqual(['plan', 'told', 'told'])
  expect(second.notices()).toMatchObject([{ code: 'DUTY-06' }])
  await pass(6)
  expect(rows.at(-1)).toMatchObject({ body: { row: 'plan', version: 'S2', shifts: [other] } })
  expect([words().length, second.notices()]).toEqual([4, []])
})

it('takes it at once when a person says so, and drops one that its platform took back', async () => {
  tellMin = 60
  said = (day) => plan(day, { shifts: [running] })
  const own = begin()
  await pass(2)
  said = (day) => plan(day, { version: 'S2', shifts: [other] })
  await pass(10)
  said = (day) => plan(day, { shifts: [running] })
  await pass(10)
  expect(own.notices()).toEqual([])
  said = (day) => plan(day, { version: 'S3', shifts: [other] })
  await pass(10)
  const body = { row: 'takeNow', of: 'plan', version: 'S3', by: '张三' } as const
  rows.push({ kind: 'book', atMs: startMs + time.nowUs / 1_000, body })
  await own.lookSoon()
  expect(rows.at(-1)).toMatchObject({ body: { row: 'plan', version: 'S3' } })
})

it('takes a plan that changes nobody on duty at once', async () => {
  tellMin = 60
  said = (day) => plan(day, { shifts: [running] })
  begin()
  await pass(2)
  const later = { ...other, shiftNo: 'B2', onMs: running.offMs, offMs: running.offMs + 1 }
  said = (day) => plan(day, { version: 'S2', shifts: [running, later] })
  await pass(10)
  expect(words()).toEqual(['plan', 'plan'])
})

const ends = () =>
  rows.flatMap(({ body }) => ('row' in body && body.row === 'planEnded' ? [body] : []))
const short = { ...running, offMs: startMs + 30 * 60_000 }

it('tells once, over a restart too, of a planned shift without cash an hour behind its end, with the ETC of its lane', async () => {
  said = (day) => plan(day, { shifts: [short, { ...short, shiftNo: 'B2', laneId: null }] })
  const first = begin()
  await pass(85)
  expect(ends()).toEqual([])
  await pass(20)
  first.stop()
  begin()
  await pass(60)
  expect(ends()).toEqual([
    { row: 'planEnded', shift: short, etc: { count: 1, fen: 1_500 } },
    {
      row: 'planEnded',
      shift: { ...short, shiftNo: 'B2', laneId: null },
      etc: { count: 2, fen: 3_000 },
    },
  ])
  expect(spans[0]).toEqual({ fromMs: short.onMs, toMs: short.offMs })
})

it('tells of none whose cash is to be counted, that was counted, or that was over when its plan came', async () => {
  said = (day) => plan(day, { shifts: [short, { ...short, shiftNo: 'B0', offMs: startMs - 1 }] })
  cashFen = 500
  begin()
  await pass(120)
  expect(ends()).toEqual([])
  const body = { row: 'counted', fromMs: startMs, planNo: 'B1', by: '李四' } as never
  rows.push({ kind: 'book', atMs: startMs + 40 * 60_000, body })
  cashFen = 0
  await pass(30)
  expect(ends()).toEqual([])
})

it('makes who is planned and nobody here one item of the owner, whatever plan says it again', async () => {
  const account = { secretAtMs: 0, mustChange: false, lock: null, secret: {} }
  people = [
    { ...account, id: 'p1', name: '业主', role: 'owner' },
    { ...account, id: 'p2', name: '李四', role: 'attendant' },
  ] as never
  const shifts = [running, { ...other, shiftNo: 'B2' }, { ...other, shiftNo: 'B3' }]
  said = (day) => plan(day, { shifts })
  begin()
  await pass(2)
  said = (day) => plan(day, { version: 'S2', shifts })
  await pass(10)
  const items = rows.flatMap(({ body }) => ('row' in body && body.row === 'item' ? [body] : []))
  expect(items).toMatchObject([{ kind: 'unknownStaff', ref: '王五', owner: '业主' }])
})

it('asks again behind a silence, tells people of a lasting one, and forgets it when a plan comes', async () => {
  said = () => ({ kind: 'silent', reason: 'timeout' })
  const plans = begin()
  await pass(6)
  expect([asked.length, plans.notices()]).toEqual([2, []])
  await pass(10)
  expect(asked).toHaveLength(4)
  expect(plans.notices().map(({ code }) => code)).toEqual(['DUTY-02'])
  expect(traced).toEqual(['DUTY-02 2026-11-20 timeout'])
  said = (day) => plan(day)
  await pass(5)
  expect(plans.notices()).toEqual([])
  expect(rows).toHaveLength(1)
})

it('takes nothing of a plan that names a lane of another lot, or that breaks its rule', async () => {
  said = (day) => plan(day, { shifts: [{ ...shift, laneId: 'west' }] })
  const plans = begin()
  await pass(2)
  expect([rows, traced]).toEqual([
    [],
    ['DUTY-01 /data/shifts/0/laneNo west this lot has no such lane'],
  ])
  said = () => ({
    kind: 'wrong',
    fault: new LaneFault('DUTY-01', { field: '/data/date', value: 'x' }),
  })
  await pass(5)
  expect(traced.at(-1)).toBe('DUTY-01 /data/date x')
  expect(plans.notices()).toHaveLength(1)
  await pass(10)
  expect(traced).toHaveLength(2)
})

it('asks nobody again that has no such interface on that day', async () => {
  said = () => ({ kind: 'none', reason: '400004' })
  begin()
  await pass(120)
  expect([asked.length, rows.length]).toEqual([1, 0])
})

it('by a clock in doubt no day begins: nothing is asked or taken, until it is sure', async () => {
  isUnsure = true
  const plans = begin()
  await pass(30)
  expect([asked, rows]).toEqual([[], []])
  isUnsure = false
  await pass(2)
  expect([asked.length, rows.length > 0]).toEqual([1, true])
  plans.stop()
})
