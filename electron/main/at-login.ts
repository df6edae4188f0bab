// Studio opened by itself when somebody signs in: asked of Electron on Windows, a file of the desktop on Linux.
// It opens the same folder again; the lanes themselves are a service and do not wait for it.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** What the system is asked for; a test has its own. */
export interface LoginSystem {
  readonly platform: string
  readonly home: string
  /** The program and what it is started with. */
  readonly program: string
  readonly args: readonly string[]
  getLoginItem(args: string[]): boolean
  setLoginItem(open: boolean, args: string[]): void
}

const desktopFile = (home: string): string =>
  join(home, '.config', 'autostart', 'etc-lane-studio.desktop')

/** One word of an Exec line of the desktop's rules: in quotes, and no per cent sign means anything. */
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
