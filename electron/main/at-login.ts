// Opens Studio when a user signs in: by Electron on Windows, by an autostart file on Linux.
// It opens the same folder again; the lanes are a service of their own and do not depend on it.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The parts of the system that are used; tests replace them. */
export interface LoginSystem {
  readonly platform: string
  readonly home: string
  /** The program and its arguments. */
  readonly program: string
  readonly args: readonly string[]
  getLoginItem(args: string[]): boolean
  setLoginItem(open: boolean, args: string[]): void
}

const desktopFile = (home: string): string =>
  join(home, '.config', 'autostart', 'etc-lane-studio.desktop')

/** One argument of an Exec line, quoted by the desktop entry rules; a per cent sign is doubled. */
const word = (text: string): string =>
  `"${text
    .replace(/[\\"`$]/g, '\\$&')
    .replaceAll('\\', '\\\\')
    .replaceAll('%', '%%')}"`

const desktopText = ({ program, args }: LoginSystem): string => `[Desktop Entry]
Type=Application
Name=ETC Lane Studio
Exec=${[program, ...args].map(word).join(' ')}
X-GNOME-Autostart-enabled=true
`

export const opensAtLogin = (system: LoginSystem): boolean =>
  system.platform === 'linux'
    ? existsSync(desktopFile(system.home))
    : system.getLoginItem([...system.args])

export function setOpensAtLogin(system: LoginSystem, open: boolean): void {
  if (system.platform !== 'linux') return system.setLoginItem(open, [...system.args])
  const file = desktopFile(system.home)
  if (!open) return rmSync(file, { force: true })
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, desktopText(system))
}
