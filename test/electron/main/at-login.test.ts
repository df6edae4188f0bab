// Opening Studio at sign-in: an autostart file on Linux, Electron's setting on Windows, with the open folder.
// The platform is injected; the quoting is compared with GLib's rules for an Exec line.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { argumentsAtLogin, readArguments } from '../../../electron/main/arguments.ts'
import { opensAtLogin, setOpensAtLogin, type LoginSystem } from '../../../electron/main/at-login.ts'
import { folderOfFile } from '../../kit/own-folder.ts'

const home = folderOfFile('etc-lane-login-')

function system(platform: string) {
  const items: { open: boolean; args: string[] }[] = []
  const made: LoginSystem = {
    platform,
    home,
    program: '/opt/车道 软件/etc-lane-studio',
    args: argumentsAtLogin(readArguments(['--data', '/srv/100% lot', '--kiosk'], '/')),
    getLoginItem: () => items.at(-1)?.open ?? false,
    setLoginItem: (open, args) => void items.push({ open, args }),
  }
  return { items, made }
}

it('is a file of the desktop on Linux, and gone again', () => {
  const { made, items } = system('linux')
  expect(opensAtLogin(made)).toBe(false)
  setOpensAtLogin(made, true)
  expect(opensAtLogin(made)).toBe(true)
  const text = readFileSync(join(home, '.config/autostart/etc-lane-studio.desktop'), 'utf8')
  expect(text).toContain(
    'Exec="/opt/车道 软件/etc-lane-studio" "--data" "/srv/100%% lot" "--kiosk"\n',
  )
  setOpensAtLogin(made, false)
  expect(opensAtLogin(made)).toBe(false)
  expect(items).toEqual([])
})

it('is a setting of Windows, with the same arguments', () => {
  const { made, items } = system('win32')
  setOpensAtLogin(made, true)
  expect(items).toEqual([{ open: true, args: ['--data', '/srv/100% lot', '--kiosk'] }])
  expect(opensAtLogin(made)).toBe(true)
})
