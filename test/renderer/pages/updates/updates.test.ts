// The page of program updates: the picture of the steps in every state, the acts that come next and who may do them, what a
// person reads before the lanes are switched, the trial, and a version that was taken back.
import { beforeEach, describe, expect, it } from 'vitest'
import type { UpdatesView } from '#runtime/calls/update-views.ts'
import type { Role } from '#base/pure/values/roles.ts'
import { stagesOf } from '#renderer/pages/updates/stages.ts'
import { goodPrint, running, slot } from '../../../kit/scripted-updates.ts'
import {
  all,
  click,
  named,
  one,
  openPage,
  press,
  submit,
  textOf,
  type,
  wordOf,
} from '../../kit/page.ts'
import { ScriptedLot, seatOf } from '../../kit/scripted-lot.ts'
import { lookedView, planOf, trialView, updatesView } from './updates-view.ts'

let lot: ScriptedLot
beforeEach(() => void (lot = new ScriptedLot()))

async function open(more: Partial<UpdatesView> = {}, role: Role | null = null): Promise<void> {
  lot.updates.shown = updatesView(more)
  if (role !== null) lot.seat = seatOf(role)
  await openPage(lot, '/updates')
}
const wanted = { when: 'tonight', by: '王', atIso: '2026-11-30T10:10:00.000+08:00' } as const
const back = {
  from: slot.version,
  to: running.version,
  is: 'takenBack',
  why: 'car',
  note: 'LANE-02',
  atIso: '2026-11-30T02:31:00.000+08:00',
  rows: 118,
} as const
const kept = { ...back, from: '0.1.2500', is: 'kept', why: null, note: '' } as const
const working = (step: NonNullable<UpdatesView['working']>['step']) =>
  ({ from: '/stick', step, done: 3, of: 4 }) as const

it.each<[string, Partial<UpdatesView>, string]>([
  ['nothing', {}, 'next next next next next next next'],
  ['no newer one', { looked: lookedView('same') }, 'next next next next next next next'],
  ['offered', { looked: lookedView('newer') }, 'done asks next next next next next'],
  ['looking', { working: working('look') }, 'now next next next next next next'],
  ['fetching', { working: working('fetch') }, 'done now next next next next next'],
  ['unpacking', { working: working('unpack') }, 'done done now next next next next'],
  ['trying', { working: working('try') }, 'done done done now next next next'],
  ['fetched', { plan: planOf({ step: 'fetched' }) }, 'done done asks next next next next'],
  ['refused', { plan: planOf({ step: 'refused' }) }, 'done done done bad next next next'],
  ['tried', { plan: planOf() }, 'done done done done asks next next'],
  ['wanted', { plan: planOf({ wanted }) }, 'done done done done now next next'],
  ['on trial', { trial: trialView(7, 0) }, 'done done done done done now next'],
  ['taken back', { last: back }, 'done done done done done bad next'],
  ['kept', { last: kept }, 'done done done done done done done'],
  [
    'failed at once',
    { failed: { code: 'UPDATE-05', note: '' } },
    'bad next next next next next next',
  ],
  [
    'kept, and another one is offered',
    { last: kept, looked: lookedView('newer') },
    'done asks next next next next next',
  ],
])('%s', (_, more, states) => {
  expect(
    stagesOf(updatesView(more))
      .map(({ is }) => is)
      .join(' '),
  ).toBe(states)
})

describe('acts', () => {
  const cases: readonly [string, Partial<UpdatesView>, readonly string[]][] = [
    ['nothing', {}, ['prepare']],
    ['working', { working: working('fetch') }, ['drop']],
    ['refused', { plan: planOf({ step: 'refused' }) }, ['drop', 'prepare']],
    ['tried', { plan: planOf() }, ['drop', 'want']],
    ['wanted', { plan: planOf({ wanted }) }, ['drop']],
    ['on trial', { trial: trialView(0, 0) }, ['back']],
    ['in Studio', { here: 'studio' }, []],
    ['without a service', { here: 'noService' }, []],
    ['in a demo', { here: 'demo' }, []],
  ]
  const shown = (): string[] =>
    ['drop', 'prepare', 'want', 'back'].filter((act) => all(named(`updates.${act}`)).length > 0)

  it.each(cases)('%s', async (_, more, acts) => {
    await open(more, 'installer')
    expect(shown()).toEqual(acts)
  })
  it.each(cases)('none for an auditor: %s', async (_, more) => {
    await open(more, 'auditor')
    expect(shown()).toEqual([])
    expect(all(named('look'))).toEqual([])
  })
})

it.each(['studio', 'noService', 'demo'] as const)(
  '%s says why nothing can be updated',
  async (here) => {
    await open({ here })
    expect(textOf('not-here')).toContain(wordOf(`updates.not.${here}`))
    expect(all('a[href*="/machine"].button')).toHaveLength(here === 'noService' ? 1 : 0)
    expect(all(named('steps'))).toEqual([])
    expect(all('input[name="updatesFrom"]')).toEqual([])
    expect(textOf('running')).toContain(running.version)
  },
)

it('prepares from the folder that a person names, with who and why', async () => {
  await open({ from: null }, 'installer')
  expect(one(named('updates.prepare'))).toHaveProperty('disabled', true)
  await type('input[name="updatesFrom"]', '/media/stick/release')
  await press('updates.prepare')
  expect(document.body.textContent).toContain('/media/stick/release')
  await submit()
  expect(lot.argsOf('updates.prepare')).toMatchObject([
    { from: '/media/stick/release', reason: expect.stringMatching(/./) },
  ])
})

it('looks where the lot file says, and shows a refusal', async () => {
  lot.refuses('updates.look', 'UPDATE-05')
  await open({}, 'installer')
  await press('look')
  expect(lot.argsOf('updates.look')).toEqual([{ from: 'https://updates.example.com/etc-lane' }])
  expect(document.body.textContent).toContain('UPDATE-05')
})

it('nothing is looked for while nobody is trusted', async () => {
  await open({ trusted: null }, 'owner')
  expect(one(named('look'))).toHaveProperty('disabled', true)
  expect(textOf('nobody')).toContain('▲')
})

it.each(['tonight', 'now'] as const)(
  '%s asks first, and says what happens to the cars',
  async (when) => {
    await open({ plan: planOf() }, 'owner')
    await press('updates.want')
    expect(one('form.act').textContent).toContain('重复扣费')
    expect(lot.argsOf('updates.want')).toEqual([])
    await click(one(`input[value="${when}"]`))
    await submit()
    expect(lot.argsOf('updates.want')).toMatchObject([{ when }])
  },
)

it('the steps of a child, with percent', async () => {
  await open({ working: working('fetch') })
  expect(textOf('working')).toContain('75 %')
})

it.each<[number, number, string, string, number]>([
  [0, 5.9 * 3_600_000, '0 / 20', '5 / 24', 1],
  [7, 30 * 3_600_000, '7 / 20', '24 / 24', 0],
  [31, 0, '20 / 20', '0 / 24', 0],
])('a trial of %d cars and %d ms', async (passages, ranMs, cars, hours, noCars) => {
  await open({ trial: trialView(passages, ranMs) })
  expect(textOf('trial-cars')).toContain(cars)
  expect(textOf('trial-hours')).toContain(hours)
  expect(all(named('no-cars'))).toHaveLength(noCars)
})

it.each([
  ['a code has its sentence', 'LANE-02', '(LANE-02)'],
  ['words of a person stay', '收费慢', '收费慢'],
])('a version taken back says why and what was kept: %s', async (_, note, said) => {
  await open({ last: { ...back, note } })
  expect(textOf('why')).toContain(wordOf('updates.why.car'))
  expect(textOf('note')).toContain(said)
  expect(textOf('last')).toContain('118')
})

it('the owner compares the fingerprint before it is trusted; nobody else can', async () => {
  await open({ trusted: null }, 'owner')
  expect(all(named('trust'))).toEqual([])
  await type('input[name="trustFile"]', '/media/stick/1.root.json')
  await press('read-file')
  expect(textOf('fingerprint')).toBe(goodPrint)
  await press('trust')
  expect(lot.argsOf('updates.trust')).toEqual([])
  await submit()
  expect(lot.argsOf('updates.trust')).toMatchObject([
    { file: '/media/stick/1.root.json', fingerprint: goodPrint },
  ])
  for (const role of ['installer', 'support', 'auditor'] as const) {
    await open({ trusted: null }, role)
    expect(all(named('trust-part'))).toEqual([])
  }
})

it('another file forgets the fingerprint of the first', async () => {
  await open({ trusted: null }, 'owner')
  await type('input[name="trustFile"]', '/media/stick/1.root.json')
  await press('read-file')
  await type('input[name="trustFile"]', '/media/stick/other.txt')
  expect(all(named('fingerprint'))).toEqual([])
  await press('read-file')
  expect(document.body.textContent).toContain('FILE-02')
})
