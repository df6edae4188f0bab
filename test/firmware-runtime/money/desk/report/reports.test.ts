// Reports of a running lot as jobs: progress while days are read, stopped between two days, a failure reported, the last
// report kept. The reading worker is a promise of the test: nothing continues before it resolves.
import { expect, it } from 'vitest'
import type { MatterView } from '#lane/calls/inbox.ts'
import { Reports } from '#money/desk/report/reports.ts'
import { emptyPart, type ReportPart } from '#money/pure/billing/report-part.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { instantOf } from '#base/pure/values/instant.ts'
import { dayTallyOf } from './day-tally.ts'
import { eventually } from '../../../../kit/eventually.ts'

const month = { kind: 'month', from: '2026-11-01', to: '2026-11-30', language: 'zh' } as const

function lot(beganMs: number | null = null, matters?: readonly MatterView[]) {
  const waiting: { keep(part: ReportPart): void; fail(error: Error): void }[] = []
  const files: string[] = []
  const reports = new Reports({
    plans: () => [],
    source: {
      lot: { name: { zh: '示例', en: 'Example' }, lanes: [] },
      hasGateway: false,
      nowMs: () => instantOf(2026, 12, 5),
      head: () => ({ seq: 9, hash: 'a'.repeat(64) }),
      tariffsMs: () => [],
      dayTally: () => Promise.resolve({ ...dayTallyOf([]), beganMs }),
      reportPart: () => new Promise((keep, fail) => waiting.push({ keep, fail })),
      ...(matters === undefined ? {} : { waiting: () => Promise.resolve(matters) }),
    },
    file: ({ kind }, format) => {
      files.push(`${kind} ${format}`)
      return Promise.resolve(new Uint8Array([1, 2]))
    },
  })
  /** Answers the reads of so many days as they are requested. */
  async function read(days: number): Promise<void> {
    for (let n = 0; n < days; n++) {
      await new Promise((asked) => setImmediate(asked))
      await eventually(() => waiting).toHaveLength(1)
      waiting.shift()?.keep(emptyPart)
    }
  }
  return { reports, waiting, files, read }
}

it('says how many days it has read, and gives the file when it is done', async () => {
  const { reports, read, files } = lot()
  const { reportId, state } = reports.start(month)
  expect(state).toBe('running')
  await read(7)
  await eventually(() => reports.state(reportId)).toMatchObject({ done: 7, of: 30 })
  await expect(reports.file(reportId, 'csv')).rejects.toMatchObject({ code: 'ARG-01' })
  await read(23)
  await eventually(() => reports.state(reportId).state).toBe('done')
  const file = await reports.file(reportId, 'xlsx')
  expect(file).toMatchObject({ fileName: 'month-2026-11-01_2026-11-30.xlsx', base64: 'AQI=' })
  expect(files).toEqual(['month xlsx'])
})

it('stops between two days, and then reads no further', async () => {
  const { reports, read, waiting } = lot()
  const { reportId } = reports.start(month)
  await read(2)
  expect(reports.stop(reportId).state).toBe('stopped')
  await read(1)
  await new Promise((done) => setImmediate(done))
  expect(waiting).toHaveLength(0)
  expect(reports.state(reportId)).toMatchObject({ state: 'stopped', sheet: null })
})

it('a reading that fails is told by its code', async () => {
  const { reports, waiting } = lot()
  const { reportId } = reports.start(month)
  await eventually(() => waiting).toHaveLength(1)
  waiting.shift()?.fail(new LaneFault('LEDGER-02', {}))
  await eventually(() => reports.state(reportId).state).toBe('failed')
  expect(reports.state(reportId).error).toMatchObject({ code: 'LEDGER-02' })
})

it('keeps the last eight and knows no older one', () => {
  const { reports } = lot()
  const ids = Array.from({ length: 9 }, () => reports.start(month).reportId)
  expect(() => reports.state(ids[0] ?? '')).toThrow(LaneFault)
  expect(reports.state(ids[1] ?? '').state).toBe('running')
})

it.each([
  ['in the middle of the month', instantOf(2026, 11, 10, 9 * 3_600_000), 9, '已结清'],
  ['before it', instantOf(2026, 10, 1), 0, '已结清'],
  ['after it', instantOf(2026, 12, 1), 30, '尚未启用'],
  ['never', null, 30, '尚未启用'],
])('days before the lot began are not settled: it began %s', async (_, beganMs, before, whole) => {
  const { reports, read } = lot(beganMs)
  const { reportId } = reports.start(month)
  await read(30)
  await eventually(() => reports.state(reportId).state).toBe('done')
  const { tables = [], facts = [] } = reports.state(reportId).sheet ?? {}
  const states = tables[0]?.rows.map((row) => row.at(-1)) ?? []
  expect(states).toEqual([
    ...Array.from({ length: before }, () => '尚未启用'),
    ...Array.from({ length: 30 - before }, () => '已结清'),
  ])
  expect(tables[0]?.total?.at(-1)).toBe(whole)
  expect(facts.find(([name]) => name === '状态')?.[1]).toBe(whole)
})

const matter = {
  what: { zh: '出口1的相机没有应答,3 分钟', en: 'The camera of Exit 1 does not answer' },
  sinceIso: '2026-11-02T08:00:00+08:00',
  roles: ['owner', 'installer'],
  people: null,
} as unknown as MatterView

it.each([
  ['day', 'zh', [matter], ['出口1的相机没有应答，3 分钟', '业主、安装人员']],
  ['day', 'en', [{ ...matter, people: ['A'] }], ['The camera of Exit 1 does not answer', 'A']],
  ['day', 'zh', [], null],
  ['day', 'zh', undefined, null],
  ['month', 'zh', [matter], null],
] as const)(
  'of a %s in %s: what waits is its last table, %#',
  async (kind, language, rows, said) => {
    const { reports, read } = lot(null, rows)
    const one = { kind, from: '2026-11-02', to: '2026-11-02', language } as const
    const { reportId } = reports.start(one)
    await read(1)
    await eventually(() => reports.state(reportId).state).toBe('done')
    const { rows: told } = reports.state(reportId).sheet?.tables.at(-1) ?? { rows: [] }
    const since = Date.parse(matter.sinceIso ?? '')
    if (said === null) expect(told.flat()).not.toContain(since)
    else expect(told).toEqual([[said[0], since, said[1]]])
  },
)
