// The calls about updates over a lot in memory: each act is a row of the audit before it has an effect, is done once for its
// id, and leaves no row where it is refused. And the matters that wait for a person.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { api } from '#runtime/api/table.ts'
import type { UpdatesView } from '#runtime/calls/update-views.ts'
import { ControlActs } from '#base/desk/handlers/control-acts.ts'
import { updateCalls } from '#runtime/control/control-updates.ts'
import { update } from '#runtime/inbox/update.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { goodPrint, running, ScriptedUpdates, slot } from '../../../kit/scripted-updates.ts'
import {
  lookedView,
  planOf,
  trialView,
  updatesView,
} from '../../../renderer/pages/updates/updates-view.ts'
import { makeLot, startMs, type TestLot } from './control-kit.ts'

const from = '/media/stick/release'
let lot: TestLot
let updates: ScriptedUpdates
let acts: ControlActs
beforeEach(() => {
  lot = makeLot()
  updates = new ScriptedUpdates({ mono: lot.clock })
  acts = new ControlActs(lot.runtime, lot.clock)
})
afterEach(() => {
  acts.close()
  lot.control.close()
})

const who = (n: number) => ({ commandId: `update-${n}`, by: '王', reason: '新版本' })
type Acts = 'updates.trust' | 'updates.prepare' | 'updates.want' | 'updates.drop' | 'updates.back'
function made(name: Acts, args: object): string {
  const handlers = updateCalls({ acts, updates: updates.service })
  try {
    const answer = handlers[name](args as never, 'installer')
    return (answer as { repeated: boolean }).repeated ? 'repeated' : 'done'
  } catch (error) {
    return (error as LaneFault).code
  }
}
const audits = (): readonly string[] =>
  lot.ledger.list.flatMap((row) => (row.kind === 'audit' ? [row.body.act] : []))

it('each act is written down with what it is about, once', async () => {
  expect(made('updates.trust', { file: 'root.json', fingerprint: goodPrint, ...who(11) })).toBe(
    'done',
  )
  expect(made('updates.prepare', { from, ...who(12) })).toBe('done')
  expect(made('updates.prepare', { from, ...who(12) })).toBe('repeated')
  await updates.prepared()
  expect(made('updates.want', { when: 'tonight', ...who(13) })).toBe('done')
  expect(made('updates.want', { when: 'tonight', ...who(13) })).toBe('repeated')
  expect(made('updates.drop', who(14))).toBe('done')
  expect(audits()).toEqual([
    `updates.trust ${goodPrint}`,
    `updates.prepare ${from}`,
    `updates.want ${slot.version} tonight`,
    'updates.drop',
  ])
  expect(updates.runs).toHaveLength(1)
})

it('the way back names the version and passes the reason on', async () => {
  made('updates.prepare', { from, ...who(21) })
  await updates.prepared()
  updates.begin()
  expect(made('updates.back', who(22))).toBe('done')
  expect(audits().at(-1)).toBe(`updates.back ${slot.version}`)
  expect(updates.told.at(-1)).toBe('back 王 新版本')
})

it.each<[Acts, object, string]>([
  ['updates.want', { when: 'now' }, 'UPDATE-20'],
  ['updates.back', {}, 'UPDATE-20'],
])('%s where there is nothing for it is refused without a row', (name, args, code) => {
  expect(made(name, { ...args, ...who(31) })).toBe(code)
  expect(audits()).toEqual([])
})

it.each(['studio', 'noService', 'demo'] as const)(
  'nothing is prepared where the lanes are %s',
  (here) => {
    updates = new ScriptedUpdates({ mono: lot.clock, here })
    expect(made('updates.prepare', { from, ...who(41) })).toBe('UPDATE-21')
    expect([audits(), updates.runs]).toEqual([[], []])
  },
)

it('nothing is done whose row cannot be written', async () => {
  made('updates.prepare', { from, ...who(51) })
  await updates.prepared()
  lot.ledger.fault = new LaneFault('DATA-02', {})
  expect(made('updates.want', { when: 'now', ...who(52) })).not.toBe('done')
  expect(updates.told).toEqual([])
  expect(updates.plan?.wanted).toBeNull()
})

it.each([
  ['--data', false],
  ['stick', false],
  ['ftp://example.com/', false],
  ['https://me@example.com/', false],
  ['file:///media/stick', false],
  [`/${'x'.repeat(400)}`, false],
  ['/media/stick', true],
  ['D:\\更新', true],
  ['\\\\server\\share', true],
  ['http://10.0.0.2/etc-lane', true],
  ['https://updates.example.com/etc-lane', true],
])('from %s: %s', (place, fits) => {
  const { args } = api['updates.prepare']
  expect(args.safeParse({ from: place, ...who(61) }).success).toBe(fits)
})

describe('matters', () => {
  const nowMs = startMs
  const here = { laneName: (id: string) => ({ zh: id, en: id }), street: null, nowMs, upMs: 0 }
  const back = {
    from: slot.version,
    to: running.version,
    is: 'takenBack',
    why: 'crashed',
    note: '',
    rows: 3,
  } as const
  const day = 86_400_000
  const failing = (code: string, isTold: boolean) =>
    lookedView(null, { fault: { code, note: '' }, failsSinceIso: isoOf(nowMs - day), isTold })

  it.each<[string, Partial<UpdatesView>, readonly string[]]>([
    ['nothing', {}, []],
    ['the same version', { looked: lookedView('same') }, []],
    ['a newer one', { looked: lookedView('newer') }, [`offered ${slot.version}`]],
    [
      'a newer one that is being prepared',
      { looked: lookedView('newer'), working: { from, step: 'fetch', done: 0, of: 0 } },
      [],
    ],
    [
      'one that is ready',
      { looked: lookedView('newer'), plan: planOf() },
      [`ready ${slot.version}`],
    ],
    [
      'one that is wanted',
      { plan: planOf({ wanted: { when: 'tonight', by: '王', atIso: isoOf(nowMs) } }) },
      [],
    ],
    ['one on trial', { looked: lookedView('newer'), trial: trialView(3, 0) }, []],
    [
      'one taken back yesterday',
      { last: { ...back, atIso: isoOf(nowMs - day) } },
      [`back ${slot.version} ${isoOf(nowMs - day)}`],
    ],
    [
      'one taken back that is still prepared',
      { last: { ...back, atIso: isoOf(nowMs - day) }, plan: planOf() },
      [`ready ${slot.version}`, `back ${slot.version} ${isoOf(nowMs - day)}`],
    ],
    [
      'one taken back before a person had the next one prepared',
      {
        last: { ...back, from: '0.1.2605', atIso: isoOf(nowMs - day) },
        plan: planOf({ step: 'fetched' }),
      },
      [],
    ],
    [
      'one taken back before the trial of the next one',
      { last: { ...back, atIso: isoOf(nowMs - day) }, trial: trialView(3, 0) },
      [],
    ],
    ['one taken back eight days ago', { last: { ...back, atIso: isoOf(nowMs - 8 * day) } }, []],
    ['a place that is silent since yesterday', { looked: failing('UPDATE-05', false) }, []],
    [
      'a place that is silent for a week',
      { looked: failing('UPDATE-05', true) },
      ['look UPDATE-05'],
    ],
    ['a wrong signature', { looked: failing('UPDATE-02', true) }, ['look UPDATE-02']],
  ])('%s', (_, more, keys) => {
    expect(update.rowsOf(updatesView(more), here).map(({ key }) => key)).toEqual(keys)
  })
})
