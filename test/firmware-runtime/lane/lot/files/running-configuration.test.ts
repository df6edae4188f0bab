// The running configuration, requested every ten minutes in virtual time with the stored version: announced to people
// first, also over restarts, then applied as one change with its audit row, not while a person's change waits, and never in
// part.
import { beforeEach, expect, it } from 'vitest'
import { RunningConfigurations } from '#lane/lot/files/running-configuration.ts'
import { checkLot } from '#lane/lot/files/lot-file.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { LedgerRow, RowDraft } from '#base/pure/rows/ledger-row.ts'
import { VirtualTime } from '#harness/lot/virtual-time.ts'
import type { PlatformDuty } from '#ledger/ports/platform-duty.ts'
import { lotFile } from '../lot-kit.ts'
import { passMinutes, sideTasks } from '../../../../kit/side-tasks.ts'

type Answer = Parameters<Parameters<PlatformDuty['configuration']>[1]>[0]

const startMs = Date.parse('2026-11-20T10:00:00+08:00')
const channel = { url: 'https://127.0.0.1:8445', caFile: 'ca.pem', certDir: 'etc', appId: 'ETCOP1' }
let time: VirtualTime
let rows: RowDraft[]
let traced: string[]
let asked: (string | null)[]
let taken: LotConfig[]
let isUnsure = false
let said: Answer
let busy: boolean
let another: boolean

function begin(over: Partial<LotConfig> = {}): RunningConfigurations {
  const own = { etcOperator: channel, configTellMin: 0, ...over }
  const config = checkLot({ ...lotFile(), ...own }, 'lot.json')
  return new RunningConfigurations({
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
    service: { dayTally: () => Promise.resolve({ books: rows as LedgerRow[] } as never) },
    random: { bytes: (count) => new Uint8Array(count).fill(128) },
    duty: {
      shifts: () => undefined,
      configuration: (version, done) => {
        asked.push(version)
        done(said)
      },
    },
    config,
    whose: {
      isOfAnother: () => another,
      keep() {
        another = false
      },
    },
    isBusy: () => busy,
    take(next) {
      taken.push(next)
      // The change waits until every lane is empty, and the lanes then reopen with it.
      busy = true
    },
  })
}
const pass = (minutes: number): Promise<void> => passMinutes(time, minutes)
const told = () =>
  rows.flatMap(({ kind, body }) => (kind === 'book' && 'row' in body ? [body] : []))
const comes = (settings: object, version = 'C2'): Answer => ({
  kind: 'configuration',
  configuration: { version, settings },
})

beforeEach(() => {
  time = new VirtualTime()
  isUnsure = false
  ;[rows, traced, asked, taken, busy, another] = [[], [], [], [], false, false]
  said = { kind: 'same' }
})

it('is asked for soon and each ten minutes, by the version that is here', async () => {
  begin({ configVersion: 'C1' })
  await pass(1)
  expect(asked).toEqual(['C1'])
  await pass(60)
  expect(asked.length).toBeGreaterThanOrEqual(6)
  expect([taken, rows, traced]).toEqual([[], [], []])
})

it('becomes one change of the lot, behind its audit row', async () => {
  said = comes({ largeAmountFen: 8_000, offlineFen: 3_000 })
  begin()
  await pass(1)
  expect(taken).toMatchObject([
    {
      largeAmountFen: 8_000,
      caps: { ...lotFile().caps, perChargeFen: 3_000 },
      configVersion: 'C2',
    },
  ])
  expect(rows).toMatchObject([
    { kind: 'audit', body: { act: 'configuration C2', by: 'ETCOP1', role: 'system' } },
  ])
})

it('is told to people with old and new values, and taken an hour later', async () => {
  said = comes({ largeAmountFen: 8_000 })
  const own = begin({ configTellMin: undefined })
  await pass(1)
  expect([taken.length, told()]).toMatchObject([
    0,
    [
      {
        row: 'told',
        of: 'configuration',
        version: 'C2',
        before: { largeAmountFen: lotFile().largeAmountFen },
        after: { largeAmountFen: 8_000 },
      },
    ],
  ])
  expect(rows).toMatchObject([
    { kind: 'audit', body: { act: 'configuration C2', by: 'ETCOP1', result: 'told' } },
    { kind: 'book' },
  ])
  expect(own.notices()).toMatchObject([{ code: 'DUTY-05', detail: { value: 'C2' } }])
  said = { kind: 'same' }
  await pass(57)
  expect(taken).toEqual([])
  await pass(4)
  expect(taken).toMatchObject([{ largeAmountFen: 8_000, configVersion: 'C2' }])
  expect(asked.slice(1)).toEqual(asked.slice(1).map(() => 'C2'))
  expect(rows.at(-1)).toMatchObject({ kind: 'audit', body: { result: 'taken' } })
})

it('waits on over a restart, from when it was told, though the platform is silent', async () => {
  said = comes({ largeAmountFen: 8_000 })
  const first = begin({ configTellMin: 30 })
  await pass(20)
  first.stop()
  said = { kind: 'silent', reason: 'timeout' }
  const second = begin({ configTellMin: 30 })
  await pass(1)
  expect(second.notices()).toMatchObject([{ code: 'DUTY-05' }])
  expect([taken.length, told().length, asked.at(-1)]).toEqual([0, 1, 'C2'])
  await pass(10)
  expect(taken).toMatchObject([{ configVersion: 'C2' }])
})

it('is taken at once when a person says so', async () => {
  said = comes({ largeAmountFen: 8_000 })
  const own = begin({ configTellMin: 60 })
  await pass(2)
  const body = { row: 'takeNow', of: 'configuration', version: 'C1', by: '张三' } as const
  const atMs = startMs + 120_000
  rows.push({ kind: 'book', atMs, body })
  await own.lookSoon()
  expect(taken).toEqual([])
  rows.push({ kind: 'book', atMs, body: { ...body, version: 'C2' } })
  await own.lookSoon()
  expect(taken).toMatchObject([{ configVersion: 'C2' }])
})

it('takes no configuration that its platform took back, and the newest of two', async () => {
  said = comes({ largeAmountFen: 8_000 })
  const own = begin({ configTellMin: 60, configVersion: 'C1' })
  await pass(2)
  said = comes({ largeAmountFen: lotFile().largeAmountFen }, 'C1')
  await pass(12)
  expect(own.notices()).toEqual([])
  await pass(60)
  expect(taken).toEqual([])
  said = comes({ largeAmountFen: 7_000 }, 'C3')
  await pass(12)
  said = comes({ largeAmountFen: 6_000 }, 'C4')
  await pass(75)
  expect(taken).toMatchObject([{ largeAmountFen: 6_000, configVersion: 'C4' }])
})

it('waits while a change of the lot waits, and is taken behind it', async () => {
  said = comes({ largeAmountFen: 8_000 })
  busy = true
  begin()
  await pass(1)
  expect([taken, rows]).toEqual([[], []])
  busy = false
  await pass(11)
  expect(taken).toMatchObject([{ largeAmountFen: 8_000, caps: lotFile().caps }])
})

it('changes nothing where it says what is here already, or what the lot file does not take', async () => {
  said = comes({ largeAmountFen: 8_000 }, 'C1')
  const same = begin({ configVersion: 'C1' })
  await pass(1)
  same.stop()
  said = comes({ largeAmountFen: -1 })
  const bad = begin()
  await pass(1)
  expect([taken, rows]).toEqual([[], []])
  expect(bad.notices()).toMatchObject([{ code: 'DUTY-03', detail: { field: '/largeAmountFen' } }])
  expect(traced[0]).toMatch(/^DUTY-03 \/largeAmountFen/)
})

it('is no change of the lot where it rules nothing, and is not asked for again', async () => {
  said = comes({}, 'C0')
  begin()
  await pass(15)
  expect([taken, rows, asked]).toEqual([[], [], [null, 'C0']])
})

it('names a configuration that breaks its rule once, and a silence that lasts', async () => {
  said = {
    kind: 'wrong',
    fault: new LaneFault('DUTY-03', { field: '/data/settings/x', value: '1' }),
  }
  const own = begin()
  await pass(25)
  expect(traced).toEqual(['DUTY-03 /data/settings/x 1'])
  said = { kind: 'same' }
  await pass(11)
  expect(own.notices()).toEqual([])
  said = { kind: 'silent', reason: 'timeout' }
  await pass(22)
  expect(own.notices()).toEqual([])
  await pass(11)
  expect(own.notices()).toMatchObject([{ code: 'DUTY-04' }])
})

it('asks nobody again that has no such interface', async () => {
  said = { kind: 'none', reason: '400004' }
  begin()
  await pass(60)
  expect(asked).toHaveLength(1)
})

it('asks another operator by no version of the one before, and takes nothing that that one told', async () => {
  said = comes({ largeAmountFen: 8_000 })
  const first = begin({ configTellMin: 60, configVersion: 'C1' })
  await pass(2)
  first.stop()
  another = true
  said = comes({ largeAmountFen: 9_000 }, 'C1')
  asked = []
  busy = true
  const second = begin({ configTellMin: 60, configVersion: 'C1' })
  await pass(2)
  // A person's change has priority.
  expect([taken, asked, another, second.notices()]).toEqual([[], [], true, []])
  busy = false
  await pass(2)
  expect(taken).toHaveLength(1)
  expect(taken[0]?.configVersion).toBe(undefined)
  second.stop()
  busy = false
  const third = begin({ configTellMin: 60 })
  await pass(2)
  expect([asked, another, taken.length]).toEqual([[null], false, 1])
  expect(third.notices()).toMatchObject([{ code: 'DUTY-05', detail: { value: 'C1' } }])
  await pass(62)
  expect(taken.slice(1)).toMatchObject([{ largeAmountFen: 9_000, configVersion: 'C1' }])
})

it('is not taken by a clock in doubt, and is taken when it is sure', async () => {
  said = comes({ largeAmountFen: 8_000 })
  begin({ configTellMin: 30 })
  await pass(1)
  said = { kind: 'same' }
  isUnsure = true
  await pass(60)
  expect(taken).toEqual([])
  isUnsure = false
  await pass(2)
  expect(taken).toMatchObject([{ largeAmountFen: 8_000, configVersion: 'C2' }])
})
