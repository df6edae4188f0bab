// The programs of a running lot, on a lot in memory, a real folder and virtual time: what the ledger is told of an update
// that has ended, once, and how often the files of DIR/update are read.
import fs, { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { forgetPlan, keepPlan } from '#runtime/slots/plan-file.ts'
import { keepBack, keepSlots, keptSlots, slotsFile } from '#runtime/slots/slots-file.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { commandsMax } from '#ledger/pure/lot/command-words.ts'
import type { Wanted } from '#runtime/pure/update/plan.ts'
import {
  kept,
  noSlots,
  switched,
  takenBack,
  type Slots,
  type TakenBackWhy,
} from '#runtime/pure/update/slots.ts'
import { endedRow } from '#runtime/pure/update/told-rows.ts'
import { instantOfIso } from '#base/pure/values/instant.ts'
import type { Site } from '#runtime/site/site-parts.ts'
import { ProgramSwitch } from '#runtime/update/program-switch.ts'
import { placeScript, slotOf, triedPlan } from '../../../kit/slot-program.ts'
import { BackupLot, ledgerIn } from '../../../wire/kit/backup-lot.ts'
import { startMs } from '../control/control-kit.ts'
import { lotOn, type Lot } from '../../lane/lot/lot-on.ts'

const second = 1_000
const slot = slotOf('99.0.1')
const atIso = '2026-07-01T10:00:00.000+08:00'
const at = { atIso, installed: '0.1.0' }
const onTrial = switched(noSlots, slot, { atIso, headSeq: 0 })
const back = takenBack(onTrial, { ...at, why: 'crashed', rows: 3 })
const { readFileSync, statSync } = fs

let dir: string
let lot: Lot
let begun: number
let taken: TakenBackWhy | null
let reads: string[]
let open: ProgramSwitch[]

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'etc-switch-'))
  lot = lotOn([])
  ;[begun, taken, reads, open] = [0, null, [], []]
  fs.readFileSync = ((file: string, ...rest: never[]) => {
    if (String(file).startsWith(join(dir, 'update'))) reads.push(basename(file))
    return readFileSync(file, ...rest)
  }) as typeof readFileSync
  syncBuiltinESMExports()
})
afterEach(() => {
  for (const one of open) one.stop()
  Object.assign(fs, { readFileSync, statSync })
  syncBuiltinESMExports()
  vi.unstubAllEnvs()
  rmSync(dir, { recursive: true })
})

/** A start of the lanes on this folder. */
function start(): ProgramSwitch {
  const site = {
    runtime: lot.runtime,
    opened: { ledger: lot.ledger },
    safety: { holds: { list: () => [] }, raised: { list: () => [] } },
    rsus: new Map(),
  } as unknown as Site
  const program = new ProgramSwitch({
    dir,
    site,
    mono: lot.clock,
    change: { isBusy: () => false, begin: () => void begun++ },
    keeper: {
      get taken() {
        return taken
      },
    },
  })
  open.push(program)
  return program
}
const acts = (): readonly string[] =>
  lot.ledger.list.flatMap((row) => (row.kind === 'audit' ? [row.body.act] : []))
/** The last ids of acts are of other ones. */
function forgets(): void {
  const { commands } = lot.runtime.lot
  commands.clear()
  for (let n = 0; n < commandsMax; n++) commands.set(`act-${n}`, { words: '', digest: null })
}
const earlier = ({ told: _none, ...slots }: Slots): void =>
  writeFileSync(slotsFile(dir), JSON.stringify(slots))

describe('the end of an update is one row of the ledger', () => {
  it.each<[string, Slots, string]>([
    ['taken back', back, 'program.takenBack'],
    ['kept', kept(onTrial, { ...at, rows: 9 }), 'program.kept'],
    [
      'replaced',
      {
        ...noSlots,
        last: { from: '1', to: '2', is: 'replaced', why: null, note: '', atIso, rows: 0 },
      },
      'program.replaced',
    ],
    ['after another one that was told', { ...back, told: '2026-06-01T' }, 'program.takenBack'],
  ])('%s, also when its id is long forgotten', (_, slots, act) => {
    keepSlots(dir, slots)
    start()
    lot.clock.advance(10 * second)
    expect(acts()).toEqual([act])
    expect(keptSlots(dir)).toEqual({ ...slots, told: atIso })
    forgets()
    lot.clock.advance(10 * second)
    start()
    lot.clock.advance(10 * second)
    expect(acts()).toEqual([act])
  })

  it('while the lanes run: the trial ends, and then the next one', () => {
    vi.stubEnv('ETC_LANE_CHOSEN', slot.name)
    keepSlots(dir, onTrial)
    start()
    lot.clock.advance(300 * second)
    expect(acts()).toEqual([])
    keepSlots(dir, kept(keptSlots(dir), { ...at, rows: 9 }))
    lot.clock.advance(2 * second)
    expect(acts()).toEqual(['program.kept'])
    const next = { ...at, atIso: '2026-08-01T10:00:00.000+08:00' }
    keepSlots(dir, takenBack(keptSlots(dir), { ...next, why: 'person', rows: 1 }))
    lot.clock.advance(2 * second)
    expect(acts()).toEqual(['program.kept', 'program.takenBack'])
    expect(keptSlots(dir).told).toBe(next.atIso)
  })

  it('whose kill came between the row and the file', () => {
    keepSlots(dir, back)
    lot.runtime.append([endedRow(back, startMs, null) as never])
    start()
    expect(acts()).toHaveLength(1)
    expect(keptSlots(dir).told).toBe(atIso)
  })

  it('that a full disk holds up for minutes', () => {
    keepSlots(dir, back)
    lot.ledger.fault = new LaneFault('DATA-02', {})
    const program = start()
    lot.clock.advance(300 * second)
    expect([acts(), keptSlots(dir).told]).toEqual([[], null])
    expect(program.notices()).toMatchObject([{ code: 'DATA-02' }])
    expect(reads.length).toBeLessThan(20)
    lot.ledger.fault = null
    lot.clock.advance(second)
    expect([acts(), keptSlots(dir).told]).toEqual([['program.takenBack'], atIso])
    expect(program.notices()).toEqual([])
  })

  it('of no update is none', () => {
    keepSlots(dir, onTrial)
    start()
    lot.clock.advance(5 * second)
    expect([acts(), keptSlots(dir)]).toEqual([[], onTrial])
  })

  it.each<[string, () => void, number]>([
    ['was told a moment ago', () => lot.runtime.append([endedRow(back, 1, null) as never]), 1],
    ['was never told', () => undefined, 1],
  ])('in a file of before: it %s', (_, given, count) => {
    keepSlots(dir, back)
    earlier(back)
    given()
    start()
    lot.clock.advance(5 * second)
    expect(acts()).toHaveLength(count)
    expect(keptSlots(dir).told).toBe(atIso)
  })

  it.each([
    [true, 0],
    [false, 1],
  ])(
    'in a file of before, of a lot with more acts than are known: told %s, written %i times',
    (isTold, count) => {
      const real = new BackupLot()
      rmSync(dir, { recursive: true })
      ;({ dir } = real)
      keepSlots(dir, back)
      earlier(back)
      const ledger = ledgerIn(dir)
      const other = { ...back, last: { ...back.last, atIso: '2026-05-01T' } } as Slots
      ledger.append([endedRow(isTold ? back : other, 1, null) as never])
      ledger.close()
      forgets()
      start()
      lot.clock.advance(5 * second)
      expect(acts()).toHaveLength(count)
      expect(keptSlots(dir).told).toBe(atIso)
      for (const one of open) one.stop()
      real.remove()
      dir = mkdtempSync(join(tmpdir(), 'etc-switch-'))
    },
  )
})

describe('the files of updates', () => {
  const tonight: Wanted = { when: 'tonight', by: '王', atIso }
  const nightMs = instantOfIso('2026-11-21T02:00:00+08:00')
  const quiet = (): void => {
    placeScript(dir, slot, '0')
    start()
    lot.clock.advance(5 * second)
    reads = []
    lot.clock.advance(300 * second)
    expect(reads).toEqual([])
  }

  it.each<[string, () => void]>([
    ['without any', () => undefined],
    ['of a version that runs', () => keepSlots(dir, { ...noSlots, active: slot })],
    ['of a taking back long ago', () => keepSlots(dir, { ...back, told: atIso })],
    ['of a plan that nobody wants', () => keepPlan(dir, triedPlan(slot))],
    ['of a wish for the night', () => keepPlan(dir, triedPlan(slot, tonight))],
    ['of a damaged file', () => (keepSlots(dir, noSlots), writeFileSync(slotsFile(dir), '{'))],
  ])('%s are not read while nothing changes', (_, given) => {
    given()
    quiet()
    expect(begun).toBe(0)
  })

  it.each<[string, () => void]>([
    ['wish', () => keepPlan(dir, triedPlan(slot, { ...tonight, when: 'now' }))],
    [
      'wish to go back',
      () => keepBack(dir, { slot: slot.name, by: '王', reason: '慢', atIso: '' }),
    ],
  ])('are read within a second after another process wrote a %s', (_, write) => {
    vi.stubEnv('ETC_LANE_CHOSEN', slot.name)
    keepSlots(dir, { ...noSlots, active: _ === 'wish' ? null : slot })
    quiet()
    write()
    lot.clock.advance(2 * second)
    expect(begun).toBe(1)
  })

  it('a change within the step of the times of a file system is seen', () => {
    // As FAT tells a file of the same length.
    const coarse = (...args: Parameters<typeof statSync>): object | undefined => {
      const found = statSync(...args)
      return found && { ...found, ino: 0n, mtimeNs: 0n, ctimeNs: 0n, size: 1n }
    }
    Object.assign(fs, { statSync: coarse })
    syncBuiltinESMExports()
    keepPlan(dir, triedPlan(slot, tonight))
    placeScript(dir, slot, '0')
    start()
    lot.clock.advance(2 * second)
    keepPlan(dir, triedPlan(slot, { ...tonight, when: 'now' }))
    lot.clock.advance(2 * second)
    expect(begun).toBe(1)
  })

  it('a wish for the night is followed in the night, from memory', () => {
    keepPlan(dir, triedPlan(slot, tonight))
    quiet()
    lot.clock.us += Math.max(0, (nightMs - lot.runtime.nowMs()) * 1_000)
    reads = []
    lot.clock.advance(2 * second)
    expect([begun, reads.length > 0]).toEqual([1, true])
    expect(keptSlots(dir).active).toEqual(slot)
  })

  it('a wish that is gone is not followed', () => {
    keepPlan(dir, triedPlan(slot, tonight))
    quiet()
    forgetPlan(dir)
    // The next night.
    lot.clock.us += Math.max(0, (nightMs - lot.runtime.nowMs()) * 1_000)
    lot.clock.advance(5 * second)
    expect(begun).toBe(0)
  })

  it('the trouble of a damaged file ends when it is whole', () => {
    keepSlots(dir, noSlots)
    writeFileSync(slotsFile(dir), '{')
    const program = start()
    expect(program.notices()).toMatchObject([{ code: 'UPDATE-07' }])
    keepSlots(dir, noSlots)
    lot.clock.advance(second)
    expect(program.notices()).toEqual([])
  })

  it('a version that was taken back because of a car ends at once', () => {
    keepSlots(dir, onTrial)
    start()
    taken = 'car'
    lot.clock.advance(second)
    expect(begun).toBe(1)
  })
})
