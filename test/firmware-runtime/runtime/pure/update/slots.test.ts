// Which program a start runs: the kept state before, the start, and what is kept after it.
import { describe, expect, it } from 'vitest'
import type { UpdatePlan } from '#runtime/pure/update/plan.ts'
import { isDue, wantedSlot } from '#runtime/pure/update/due.ts'
import {
  chosen,
  isTrialOver,
  kept,
  noSlots,
  switched,
  takenBack,
  trialMs,
  trialPassages,
  type Slot,
  type Slots,
  type TakenBackWhy,
} from '#runtime/pure/update/slots.ts'
import { endedRow, switchedRow } from '#runtime/pure/update/told-rows.ts'
import { instantOf } from '#base/pure/values/instant.ts'

const slot = (version: string): Slot => ({ name: `${version}-b`, version, build: 'b' })
const [two, three] = [slot('0.1.2'), slot('0.1.3')]
const atIso = '2026-07-01T10:00:00.000+08:00'
const at = { atIso, installed: '0.1.1' }
const onTrial = switched(noSlots, two, { atIso, headSeq: 50 })
const onSecondTrial = switched({ ...noSlots, active: two }, three, { atIso, headSeq: 90 })
const all = (): boolean => true

const started = (slots: Slots, over: Partial<Parameters<typeof chosen>[1]> = {}): Slots =>
  chosen(slots, { ...at, rows: 7, boot: 'one', isThere: all, ...over })

describe('a start', () => {
  it.each([
    { what: 'of a lot without updates', slots: noSlots, runs: null, openStart: null },
    { what: 'of a version on trial', slots: onTrial, runs: '0.1.2', openStart: 'one' },
    {
      what: 'after an ordered end',
      slots: { ...started(onTrial), openStart: null },
      runs: '0.1.2',
      openStart: 'one',
    },
    {
      what: 'after a power cut',
      slots: started(onTrial, { boot: 'before' }),
      runs: '0.1.2',
      openStart: 'one',
    },
    {
      what: 'of a version that was kept',
      slots: kept(onTrial, { ...at, rows: 3 }),
      runs: '0.1.2',
      openStart: null,
    },
    {
      what: 'by a clock ten years ahead',
      slots: started(onTrial, { boot: 'before' }),
      runs: '0.1.2',
      openStart: 'one',
      over: { atIso: '2036-07-01T10:00:00.000+08:00' },
    },
    {
      what: 'by a clock ten years behind',
      slots: onTrial,
      runs: '0.1.2',
      openStart: 'one',
      over: { atIso: '2016-07-01T10:00:00.000+08:00' },
    },
  ])('$what runs $runs', ({ slots, runs, openStart, over = {} }) => {
    const after = started(slots, over)
    expect(after.active?.version ?? null).toBe(runs)
    expect(after).toMatchObject({ openStart, last: slots.last, trial: slots.trial })
  })

  it.each([
    {
      what: 'a crash on trial',
      slots: { ...onTrial, openStart: 'one' },
      last: { is: 'takenBack', why: 'crashed', from: '0.1.2', to: '0.1.1', rows: 7 },
      runs: null,
    },
    {
      what: 'a crash on a second trial',
      slots: { ...onSecondTrial, openStart: 'one' },
      last: { is: 'takenBack', why: 'crashed', from: '0.1.3', to: '0.1.2', rows: 7 },
      runs: '0.1.2',
    },
    {
      what: 'a folder that is gone on trial',
      slots: onTrial,
      over: { isThere: () => false },
      last: { is: 'takenBack', why: 'missing', from: '0.1.2', to: '0.1.1', rows: 7 },
      runs: null,
    },
    {
      what: 'a folder that is gone after its trial',
      slots: { ...noSlots, active: two },
      over: { isThere: () => false },
      last: { is: 'takenBack', why: 'missing', from: '0.1.2', to: '0.1.1', rows: 0 },
      runs: null,
    },
    {
      what: 'both folders gone',
      slots: onSecondTrial,
      over: { isThere: () => false },
      last: { is: 'takenBack', why: 'missing', from: '0.1.2', to: '0.1.1' },
      runs: null,
    },
    {
      what: 'a newer version installed by hand',
      slots: onTrial,
      over: { installed: '0.1.9' },
      last: { is: 'replaced', why: null, from: '0.1.2', to: '0.1.9', rows: 7 },
      runs: null,
    },
    {
      what: 'the same version installed by hand',
      slots: { ...noSlots, active: two },
      over: { installed: '0.1.2' },
      last: { is: 'replaced', why: null, from: '0.1.2', to: '0.1.2', rows: 0 },
      runs: null,
    },
    {
      what: 'a slot whose version is none',
      slots: { ...noSlots, active: slot('next') },
      last: { is: 'replaced', from: 'next', to: '0.1.1' },
      runs: null,
    },
  ])('after $what runs $runs', ({ slots, last, runs, over = {} }) => {
    const after = started(slots, over)
    expect(after.active?.version ?? null).toBe(runs)
    expect(after).toMatchObject({ trial: null, openStart: null, last })
    // What was told stays told.
    expect(started({ ...slots, told: 'earlier' }, over).told).toBe('earlier')
    // The next start changes nothing more.
    expect(started(after, over)).toEqual(after)
  })
})

describe('a version taken back', () => {
  const whys = ['crashed', 'start', 'selfTest', 'write', 'car', 'missing', 'person'] as const
  it.each(whys)('because of %s runs the one before', (why: TakenBackWhy) => {
    const back = takenBack(onSecondTrial, { ...at, why, note: 'LINK-01', rows: 4 })
    expect(back).toEqual({
      ...noSlots,
      active: two,
      last: { from: '0.1.3', to: '0.1.2', is: 'takenBack', why, note: 'LINK-01', atIso, rows: 4 },
    })
  })

  it('leaves the installed one where nothing was before', () => {
    const back = takenBack(onTrial, { ...at, why: 'car', rows: 0 })
    expect(back).toMatchObject({ active: null, before: null, last: { to: '0.1.1', note: '' } })
    expect(takenBack(back, { ...at, why: 'person', rows: 0 }).active).toBeNull()
  })
})

describe('a trial', () => {
  it.each([
    { passages: trialPassages, ranMs: trialMs, over: true },
    { passages: trialPassages - 1, ranMs: 10 * trialMs, over: false },
    { passages: 10 * trialPassages, ranMs: trialMs - 1, over: false },
    { passages: 0, ranMs: 0, over: false },
  ])('of $passages passages and $ranMs ms is over: $over', ({ over, ...seen }) => {
    expect(isTrialOver({ sinceIso: atIso, fromSeq: 0, ...seen })).toBe(over)
  })
})

describe('rows of the ledger', () => {
  const atMs = instantOf(2026, 7, 1)
  it('name versions, person and cause, and have one id for one event', () => {
    expect(switchedRow(onSecondTrial, '0.1.1', { atMs, by: 'Chen' })?.body).toEqual({
      act: 'program.switched',
      by: 'Chen',
      role: 'installer',
      reason: '',
      commandId: `program.switched ${atIso}`,
      result: '0.1.2 0.1.3',
    })
    const back = takenBack(onTrial, { ...at, why: 'write', note: 'LEDGER-06', rows: 4 })
    expect(endedRow(back, atMs, null)?.body).toMatchObject({
      act: 'program.takenBack',
      by: 'etc-lane',
      reason: 'LEDGER-06',
      result: '0.1.2 0.1.1 write 4',
    })
    expect(endedRow(back, atMs + 1, null)?.body).toEqual(endedRow(back, atMs, null)?.body)
    const stays = kept(onTrial, { ...at, rows: 9 })
    expect(endedRow(stays, atMs, null)?.body).toMatchObject({
      act: 'program.kept',
      result: '0.1.1 0.1.2 9',
    })
    expect(switchedRow(stays, '0.1.1', { atMs, by: null })).toBeNull()
    expect(endedRow(onTrial, atMs, null)).toBeNull()
  })
})

const clock = (hour: number, minute = 0): number =>
  instantOf(2026, 7, 1, (hour * 60 + minute) * 60_000)

const plan: UpdatePlan = {
  format: 1,
  from: '/media/stick',
  file: {
    path: 'a.tar.xz',
    bytes: 1,
    sha256: '0'.repeat(64),
    product: 'etc-lane',
    version: '0.1.3',
    build: 'b',
    system: 'linux-x64',
    form: 'archive',
  },
  step: {
    is: 'tried',
    slot: three,
    figures: {
      rows: 1,
      headHash: '0'.repeat(64),
      carsInside: 0,
      ordersOpen: 0,
      paidFen: 0,
      unsent: 0,
    },
    triedIso: atIso,
  },
  wanted: { when: 'now', by: 'Chen', atIso },
}

describe('a wish', () => {
  it.each([
    { what: 'of a tried version', plan, running: '0.1.2', found: three },
    { what: 'of the version that runs', plan, running: '0.1.3', found: null },
    { what: 'of an older one', plan, running: '0.1.10', found: null },
    { what: 'of nobody', plan: { ...plan, wanted: null }, running: '0.1.2', found: null },
    {
      what: 'of one that was only fetched',
      plan: { ...plan, step: { is: 'fetched' } as const },
      running: '0.1.2',
      found: null,
    },
    { what: 'without a plan', plan: null, running: '0.1.2', found: null },
  ])('$what', ({ plan: given, running, found }) => {
    expect(wantedSlot(given, running)).toEqual(found)
  })

  it.each([
    { when: 'now', nowMs: null, due: true },
    { when: 'now', nowMs: clock(12), due: true },
    { when: 'tonight', nowMs: null, due: false },
    { when: 'tonight', nowMs: clock(1, 59), due: false },
    { when: 'tonight', nowMs: clock(2), due: true },
    { when: 'tonight', nowMs: clock(4, 59), due: true },
    { when: 'tonight', nowMs: clock(5), due: false },
  ] as const)('$when at $nowMs is due: $due', ({ when, nowMs, due }) => {
    expect(isDue({ when, by: 'Chen', atIso }, nowMs)).toBe(due)
  })
})
