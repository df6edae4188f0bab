// What Studio was started with: `--data DIR` (host or attach), `--demo`, `--attach DIR` (attach only), `--workbench`, `--kiosk`.
// Also which switches of Chromium a release refuses, because they open the window to others.
import { isAbsolute, resolve } from 'node:path'

export interface StudioArguments {
  readonly dataDir: string | null
  /** Never host a runtime: wait for the one of this folder. */
  readonly attachOnly: boolean
  /** Without a lot: find and set up devices. */
  readonly workbench: boolean
  /** The demo was asked for by its name. */
  readonly demo: boolean
  /** Fills the screen and has no menu: a board for whoever sits at the lane. */
  readonly kiosk: boolean
}

/** Value of `--name VALUE` or `--name=VALUE`, relative to where Studio was started. */
function folderOf(argv: readonly string[], name: string, cwd: string): string | null {
  for (const [index, arg] of argv.entries()) {
    const value =
      arg === name ? argv[index + 1] : arg.startsWith(`${name}=`) ? arg.slice(name.length + 1) : ''
    if (value === undefined || value === '' || value.startsWith('-')) continue
    return isAbsolute(value) ? value : resolve(cwd, value)
  }
  return null
}

export function readArguments(argv: readonly string[], cwd: string): StudioArguments {
  const attach = folderOf(argv, '--attach', cwd)
  const kiosk = argv.includes('--kiosk')
  if (attach !== null)
    return { dataDir: attach, attachOnly: true, workbench: false, demo: false, kiosk }
  const workbench = argv.includes('--workbench')
  const dataDir = folderOf(argv, '--data', cwd)
  const demo = argv.includes('--demo')
  return { dataDir, attachOnly: false, workbench, demo, kiosk }
}

/** Each lets another program read or steer the window, or takes its sandbox away. */
export const refusedSwitches = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-allow-origins',
  'inspect',
  'inspect-brk',
  'no-sandbox',
  'disable-web-security',
  'allow-file-access-from-files',
  'load-extension',
  'js-flags',
  'proxy-server',
  'host-rules',
  'ignore-certificate-errors',
] as const

/** What a person may start a release with; every other switch is one of Chromium's or unknown. */
const allowedSwitches: readonly string[] = ['data', 'attach', 'demo', 'workbench', 'kiosk']

/** What Studio opens at a sign-in: the folder that is open now, filling the screen where it does. */
export const argumentsAtLogin = (given: StudioArguments): readonly string[] => [
  ...(given.dataDir === null ? [] : [given.attachOnly ? '--attach' : '--data', given.dataDir]),
  ...(given.kiosk ? ['--kiosk'] : []),
]

/** The name of each switch on the command line: `--name`, `--name=VALUE`, and with one dash as well. */
const switchesIn = (argv: readonly string[]): string[] =>
  argv.flatMap((arg) => /^--?([^=]+)/.exec(arg)?.[1] ?? [])

/**
 * The first switch that this build refuses, or null. The command line is judged by what is allowed; the
 * list above is asked besides, for switches that came another way.
 */
export function refusedSwitch(
  argv: readonly string[],
  hasSwitch: (name: string) => boolean,
  release: boolean,
): string | null {
  if (!release) return null
  const unknown = switchesIn(argv).find((name) => !allowedSwitches.includes(name))
  return unknown ?? refusedSwitches.find((name) => hasSwitch(name)) ?? null
}
