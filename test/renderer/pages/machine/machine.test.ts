// The page of this computer: findings of the doctor with the button that mends each, the service as one act, and the
// window on its desktop, where Studio has one.
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { DesktopClient } from '#runtime/api/desktop.ts'
import type { Role } from '#base/pure/values/roles.ts'
import { machineView } from './machine-view.ts'
import { all, click, named, one, openPage, press, submit, textOf } from '../../kit/page.ts'
import { ScriptedLot, seatOf } from '../../kit/scripted-lot.ts'

let lot: ScriptedLot
beforeEach(() => void (lot = new ScriptedLot()))
afterEach(() => Reflect.deleteProperty(window, 'desktop'))

async function open(path = '/machine', role: Role | null = null): Promise<void> {
  if (role !== null) lot.seat = seatOf(role)
  await openPage(lot, path)
}

it('all well is one sentence, and a finding names its reason', async () => {
  await open()
  expect(textOf('machine-state')).toContain('✓')
  lot.machine = machineView({ unit: 'fail', folder: 'warn' })
  await press('check-again')
  expect(textOf('machine-state')).toContain('1')
  expect(textOf('check-unit')).toContain('unit 的原因')
  expect(textOf('check-folder')).toContain('folder 的原因')
  expect(textOf('check-lid')).not.toContain('lid 的原因')
})

it.each([
  ['recoveryKey', '/copies?do=copyKey'],
  ['copies', '/copies?do=secondPlace'],
] as const)('%s leads to where it is made', async (id, href) => {
  lot.machine = machineView({ [id]: 'fail' })
  await open()
  expect(one(`${named(`check-${id}`)} a`).getAttribute('href')).toContain(href)
})

it.each([
  [null, true],
  ['owner', true],
  ['installer', true],
  ['support', true],
  ['auditor', false],
] as const)('the service is installed by %s: %s', async (role, may) => {
  await open('/machine', role)
  expect(all(named('install'))).toHaveLength(may ? 1 : 0)
})

it('a link opens the form, which installs with who and why', async () => {
  lot.machine = machineView({ unit: 'fail', begins: 'fail' })
  await open('/machine?do=install', 'owner')
  await submit()
  expect(lot.argsOf('machine.install')).toMatchObject([{ reason: expect.stringMatching(/./) }])
})

it('a demo says that it has no service', async () => {
  lot.machine = { isDemo: true, rows: [] }
  await open()
  expect(document.body.textContent).toContain('演示停车场不装成服务')
})

it('the window opens at sign-in and hides in the tray where there is a desktop', async () => {
  await open()
  expect(all(named('desktop'))).toHaveLength(0)
  const calls: unknown[] = []
  const desktop: DesktopClient = {
    atLogin: () => Promise.resolve(false),
    setAtLogin: (wanted) => (calls.push(wanted), Promise.resolve(wanted)),
    hide: () => (calls.push('hide'), Promise.resolve()),
  }
  Object.assign(window, { desktop })
  await open()
  await click(one('input[name="at-login"]'))
  await press('hide')
  expect(calls).toEqual([true, 'hide'])
})
