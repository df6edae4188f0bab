// The arguments of Studio: `--data DIR` (host or attach), `--demo`, `--attach DIR` (attach only), `--workbench`,
// `--kiosk`. Also the Chromium switches that a release refuses, because they open the window to others.
import { isAbsolute, resolve } from 'node:path'

export interface StudioArguments {
  readonly dataDir: string | null
  /** Never host a runtime: wait for a runtime of this folder. */
  readonly attachOnly: boolean
  /** Starts without a lot, to find and set up devices. */
  readonly workbench: boolean
  /** `--demo` was given. */
  readonly demo: boolean
  /** Full screen without a menu, for a screen at the lane. */
  readonly kiosk: boolean
}

/** Value of `--name VALUE` or `--name=VALUE`, resolved against the working directory. */
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

/** Switches that let another program read or control the window, or disable its sandbox. */
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

/** The switches that a release accepts; every other one belongs to Chromium or is unknown. */
const allowedSwitches: readonly string[] = ['data', 'attach', 'demo', 'workbench', 'kiosk']

/** The arguments for opening Studio at sign-in: the present folder, and full screen if it is on now. */
export const argumentsAtLogin = (given: StudioArguments): readonly string[] => [
  ...(given.dataDir === null ? [] : [given.attachOnly ? '--attach' : '--data', given.dataDir]),
  ...(given.kiosk ? ['--kiosk'] : []),
]

/** The name of each switch on the command line: `--name` or `--name=VALUE`, also with one dash. */
const switchesIn = (argv: readonly string[]): string[] =>
  argv.flatMap((arg) => /^--?([^=]+)/.exec(arg)?.[1] ?? [])

/**
 * The first switch that this build refuses, or null. Of the command line everything is refused that is not allowed;
 * the list above is checked besides, for switches that were set another way.
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
