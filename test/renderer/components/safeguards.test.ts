// A lot in production has its missing safeguards in the inbox, for people who may set them up; the button opens the right
// page. A demo has none there.
import { beforeEach, expect, it } from 'vitest'
import { safeguards } from '#ledger/pure/lot/safeguards.ts'
import type { Role } from '#base/pure/values/roles.ts'
import { copiesView } from '../pages/copies/copies-view.ts'
import { boards, status } from '../pages/lane/lane-views.ts'
import { all, named, one, openPage, click, hit } from '../kit/page.ts'
import { ScriptedLot, seatOf } from '../kit/scripted-lot.ts'

const toDo = safeguards({
  dir: '/lot',
  platform: 'linux',
  program: ['etc-lane'],
  keyId: null,
  to: null,
  service: 'none',
})

let lot: ScriptedLot
beforeEach(() => {
  lot = new ScriptedLot()
  lot.copies = copiesView({ toDo, keyId: null, to: null })
})

async function open(mode: 'demo' | 'production', role: Role | null = null): Promise<void> {
  lot.show({ ...boards.normal, status: status({ mode }) })
  if (role !== null) lot.seat = seatOf(role)
  await openPage(lot, '/inbox')
}
const said = (): string[] =>
  all(`${named('matter-safeguard')} a`).map(
    (link) => (link.getAttribute('href') ?? '').split('do=')[1] ?? '',
  )
async function press(code: string): Promise<void> {
  await click(one(named('entry-inbox')))
  await click(one(`${named('matter-safeguard')} a[href$="do=${code}"]`))
}

it.each([
  ['production', null, ['copyKey', 'install', 'secondPlace']],
  ['production', 'owner', ['copyKey', 'install', 'secondPlace']],
  ['production', 'installer', ['install']],
  ['production', 'attendant', []],
  ['production', 'auditor', []],
  ['demo', null, []],
] as const)('in %s by %s', async (mode, role, codes) => {
  await open(mode, role)
  expect(said().toSorted()).toEqual(codes.toSorted())
})

it('leads to where each is done, and again', async () => {
  await open('production')
  await press('install')
  expect(all('form.act')).toHaveLength(1)
  expect(one('form.act').textContent).toContain('系统会要管理员密码')
  for (let time = 0; time < 2; time++) {
    await press('copyKey')
    expect(all('form.act input[name="split"]')).toHaveLength(1)
    await press('secondPlace')
    expect(all('form.act [name="copiesTo"]')).toHaveLength(1)
  }
})

it('is gone as soon as it is done', async () => {
  await open('production')
  lot.copies = copiesView({ toDo: toDo.slice(2), to: null })
  await click(one(named('entry-booth')))
  await click(one(named('entry-inbox')))
  expect(said()).toEqual(['secondPlace'])
  await press('secondPlace')
  lot.copies = copiesView()
  // After its dialog closed, the page reads again.
  await hit('F5')
  expect(all(named('to-do'))).toEqual([])
  await click(one(named('entry-inbox')))
  expect(said()).toEqual([])
})
