// Scheduled reports on the test's clock and in a real folder: once after the end of a day, made up for after downtime, a
// new edition when figures changed, never over an existing file; failures are reported and retried.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { reportShelf } from '#ledger/files/report-shelf.ts'
import { ReportScheduler } from '#money/desk/report/report-scheduler.ts'
import { emptyPart } from '#money/pure/billing/report-part.ts'
import type { ReportPlan } from '#base/pure/lot/config.ts'
import { dayMs, instantOf, minuteMs } from '#base/pure/values/instant.ts'
import { HandClock } from '../../../runtime/control/control-kit.ts'
import { dayTallyOf } from './day-tally.ts'
import { sideTasks } from '../../../../kit/side-tasks.ts'
import { folderOfTest } from '../../../../kit/own-folder.ts'

const startMs = instantOf(2026, 11, 20, 5 * 60 * minuteMs)
let dir: string
let to: string
beforeEach(() => {
  dir = folderOfTest('etc-scheduled-')
  to = join(dir, 'out')
  mkdirSync(to)
})

const daily = (): ReportPlan => ({ report: 'day', every: 'day', at: '06:30', to, formats: ['csv'] })

/** One run of the program: its monotonic time starts anew, the lot's clock continues. */
class Life {
  readonly mono = new HandClock()
  readonly faults: string[] = []
  unsure = false
  fen = 1200
  looks = 0
  readonly scheduler: ReportScheduler
  private readonly fromMs: number

  constructor(fromMs: number, plans: readonly ReportPlan[]) {
    this.fromMs = fromMs
    this.scheduler = new ReportScheduler({
      plans,
      mono: this.mono,
      tasks: sideTasks(this.mono),
      shelf: reportShelf(dir),
      isClockUnsure: () => {
        this.looks++
        return this.unsure
      },
      source: {
        lot: { name: { zh: '示例', en: 'Example' }, lanes: [] },
        hasGateway: false,
        nowMs: () => this.nowMs,
        head: () => ({ seq: 7, hash: 'ab'.repeat(32) }),
        tariffsMs: () => [],
        dayTally: () => Promise.resolve(dayTallyOf([])),
        reportPart: () => {
          const takings = [{ laneId: 'exit', means: 'cash', count: 1, amountFen: this.fen }]
          return Promise.resolve({ ...emptyPart, takings, uncountedFen: this.fen })
        },
      },
      file: (sheet, format) =>
        Promise.resolve(new TextEncoder().encode(`${format} ${JSON.stringify(sheet)}`)),
      onFault: ({ code }) => void this.faults.push(code),
    })
  }

  get nowMs(): number {
    return this.fromMs + this.mono.us / 1000
  }

  /** Advances minute by minute; each look ends before the next begins. */
  async minutes(count: number): Promise<void> {
    for (let n = 0; n < count; n++) {
      this.mono.advance(minuteMs)
      await new Promise((done) => setImmediate(done))
      await new Promise((done) => setImmediate(done))
    }
  }
}
const files = (): readonly string[] => readdirSync(to).sort()
const textOf = (name: string): string => readFileSync(join(to, name), 'utf8')

it('makes the report of yesterday once, at its time and not before', async () => {
  const life = new Life(startMs, [daily()])
  await life.minutes(85)
  expect(files()).toEqual([])
  expect(life.scheduler.plans()).toEqual([{ ...daily(), last: null }])
  await life.minutes(10)
  expect(files()).toEqual(['day-2026-11-19.csv'])
  const [{ last } = { last: null }] = life.scheduler.plans()
  expect(last).toMatchObject({ period: '2026-11-19', edition: 1, isOpen: true })
  expect(last?.atIso).toMatch(/^2026-11-20T06:3\d/)
  const first = textOf('day-2026-11-19.csv')
  await life.minutes(120)
  expect(files()).toEqual(['day-2026-11-19.csv'])
  expect(textOf('day-2026-11-19.csv')).toBe(first)
})

it('makes up for the days of a dead machine, each by itself', async () => {
  await new Life(startMs, [daily()]).minutes(95)
  await new Life(startMs + 5 * dayMs, [daily()]).minutes(5)
  expect(files()).toEqual([
    'day-2026-11-19.csv',
    'day-2026-11-20.csv',
    'day-2026-11-21.csv',
    'day-2026-11-22.csv',
    'day-2026-11-23.csv',
  ])
  // The report of the previous day is due at 06:30.
  await new Life(startMs + 5 * dayMs + 91 * minuteMs, [daily()]).minutes(5)
  expect(files().at(-1)).toBe('day-2026-11-24.csv')
})

it('an open day with other figures a day later is another edition; the first stays as it was', async () => {
  await new Life(startMs, [daily()]).minutes(95)
  const first = textOf('day-2026-11-19.csv')
  const later = new Life(startMs + dayMs, [daily()])
  later.fen = 1700
  await later.minutes(95)
  expect(files()).toEqual(['day-2026-11-19-2.csv', 'day-2026-11-19.csv', 'day-2026-11-20.csv'])
  expect(textOf('day-2026-11-19.csv')).toBe(first)
  expect(textOf('day-2026-11-19-2.csv')).toContain('第 2 版')
})

it('an open day with the same figures is not written twice', async () => {
  await new Life(startMs, [daily()]).minutes(95)
  await new Life(startMs + dayMs, [daily()]).minutes(95)
  expect(files()).toEqual(['day-2026-11-19.csv', 'day-2026-11-20.csv'])
})

it('is never put over a file that is there, also where what was made is forgotten', async () => {
  writeFileSync(join(to, 'day-2026-11-19.csv'), 'of somebody else')
  writeFileSync(join(dir, 'reports.json'), '{ half')
  await new Life(startMs, [daily()]).minutes(95)
  expect(textOf('day-2026-11-19.csv')).toBe('of somebody else')
  expect(files()).toEqual(['day-2026-11-19-2.csv', 'day-2026-11-19.csv'])
})

it('a folder that is gone is told once, and the day is made when it is back', async () => {
  const life = new Life(startMs, [daily()])
  rmSync(to, { recursive: true })
  await life.minutes(150)
  expect(life.faults).toEqual(['REPORT-04'])
  expect(life.scheduler.notices()).toMatchObject([{ code: 'REPORT-04' }])
  mkdirSync(to)
  await life.minutes(16)
  expect(files()).toEqual(['day-2026-11-19.csv'])
  expect(life.scheduler.notices()).toEqual([])
})

it('nothing is due by a clock in doubt, and it is made when the clock is right', async () => {
  const life = new Life(startMs, [daily()])
  life.unsure = true
  await life.minutes(95)
  expect(life.looks).toBeGreaterThan(50)
  expect(files()).toEqual([])
  life.unsure = false
  await life.minutes(2)
  expect(files()).toHaveLength(1)
})

it('a month is made after its end, in every format, under its own name', async () => {
  const plan: ReportPlan = { ...daily(), report: 'means', every: 'month', formats: ['pdf', 'xlsx'] }
  await new Life(startMs, [plan]).minutes(200)
  expect(files()).toEqual([])
  await new Life(instantOf(2026, 12, 1, 7 * 60 * minuteMs), [plan]).minutes(5)
  const name = 'means-2026-11-01_2026-11-30'
  expect(files()).toEqual([`${name}.pdf`, `${name}.xlsx`])
})

it('nothing is made by a machine that ends', async () => {
  const life = new Life(startMs, [daily()])
  life.scheduler.stop()
  await life.minutes(200)
  expect(files()).toEqual([])
})
