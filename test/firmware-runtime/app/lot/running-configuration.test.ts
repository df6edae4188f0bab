// The running configuration asked for each ten minutes, in virtual time: by the version that is here, taken as one change with
// its audit row, not while a person's change waits, and never in part.
import { beforeEach, expect, it } from 'vitest'
import { RunningConfigurations } from '../../../../firmware-runtime/app/lot/running-configuration.ts'
import { checkLot } from '../../../../firmware-runtime/app/lot/lot-file.ts'
import type { LotConfig } from '../../../../firmware-runtime/core/lot/config.ts'
import { LaneFault } from '../../../../firmware-runtime/core/faults/faults.ts'
import type { RowDraft } from '../../../../firmware-runtime/core/values/rows/ledger-row.ts'
import { VirtualTime } from '../../../../firmware-runtime/harness/lot/virtual-time.ts'
import type { PlatformDuty } from '../../../../firmware-runtime/ports/platform-duty.ts'
import { lotFile } from './lot-kit.ts'

type Answer = Parameters<Parameters<PlatformDuty['configuration']>[1]>[0]

const channel = { url: 'https://127.0.0.1:8445', caFile: 'ca.pem', certDir: 'etc', appId: 'ETCOP1' }
let time: VirtualTime
let rows: RowDraft[]
let traced: string[]
let asked: (string | null)[]
let taken: LotConfig[]
let said: Answer
let busy: boolean

function begin(over: Partial<LotConfig> = {}): RunningConfigurations {
  const config = checkLot({ ...lotFile(), etcOperator: channel, ...over }, 'lot.json')
  return new RunningConfigurations({
    runtime: {
      nowMs: () => 1_795_000_000_000,
      append: (drafts) => {
        rows.push(...drafts)
        return []
      },
      trace: (_lane, _stay, _type, text) => void traced.push(text ?? ''),
    },
    mono: time.clock,
    random: { bytes: (count) => new Uint8Array(count).fill(128) },
    duty: {
      shifts: () => undefined,
      configuration: (version, done) => {
        asked.push(version)
        done(said)
      },
    },
    config,
    isBusy: () => busy,
    take: (next) => void taken.push(next),
  })
}
const pass = (minutes: number): void => void time.runTo(time.nowUs + minutes * 60_000_000)
const comes = (settings: object, version = 'C2'): Answer => ({
  kind: 'configuration',
  configuration: { version, settings },
})

beforeEach(() => {
  time = new VirtualTime()
  ;[rows, traced, asked, taken, busy] = [[], [], [], [], false]
  said = { kind: 'same' }
})

it('is asked for soon and each ten minutes, by the version that is here', () => {
  begin({ configVersion: 'C1' })
  pass(1)
  expect(asked).toEqual(['C1'])
  pass(60)
  expect(asked.length).toBeGreaterThanOrEqual(6)
  expect([taken, rows, traced]).toEqual([[], [], []])
})

it('becomes one change of the lot, behind its audit row', () => {
  said = comes({ largeAmountFen: 8_000, offlineFen: 3_000 })
  begin()
  pass(1)
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

it('waits while a change of the lot waits, and is taken behind it', () => {
  said = comes({ largeAmountFen: 8_000 })
  busy = true
  begin()
  pass(1)
  expect([taken, rows]).toEqual([[], []])
  busy = false
  pass(11)
  expect(taken).toMatchObject([{ largeAmountFen: 8_000, caps: lotFile().caps }])
})

it('changes nothing where it says what is here already, or what the lot file does not take', () => {
  said = comes({ largeAmountFen: 8_000 }, 'C1')
  const same = begin({ configVersion: 'C1' })
  pass(1)
  same.stop()
  said = comes({ largeAmountFen: -1 })
  const bad = begin()
  pass(1)
  expect([taken, rows]).toEqual([[], []])
  expect(bad.notices()).toMatchObject([{ code: 'DUTY-03', detail: { field: '/largeAmountFen' } }])
  expect(traced[0]).toMatch(/^DUTY-03 \/largeAmountFen/)
})

it('is no change of the lot where it rules nothing, and is not asked for again', () => {
  said = comes({}, 'C0')
  begin()
  pass(15)
  expect([taken, rows, asked]).toEqual([[], [], [null, 'C0']])
})

it('names a configuration that breaks its rule once, and a silence that lasts', () => {
  said = {
    kind: 'wrong',
    fault: new LaneFault('DUTY-03', { field: '/data/settings/x', value: '1' }),
  }
  const own = begin()
  pass(25)
  expect(traced).toEqual(['DUTY-03 /data/settings/x 1'])
  said = { kind: 'same' }
  pass(11)
  expect(own.notices()).toEqual([])
  said = { kind: 'silent', reason: 'timeout' }
  pass(22)
  expect(own.notices()).toEqual([])
  pass(11)
  expect(own.notices()).toMatchObject([{ code: 'DUTY-04' }])
})

it('asks nobody again that has no such interface', () => {
  said = { kind: 'none', reason: '400004' }
  begin()
  pass(60)
  expect(asked).toHaveLength(1)
})
