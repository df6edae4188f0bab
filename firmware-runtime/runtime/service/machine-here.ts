// This computer as the window sees it: the doctor of the lanes' program, and its installation with the rights that the
// system itself asks for (polkit on Linux, UAC on Windows). What was done is judged by the doctor, never by the installer.
import { execFile } from 'node:child_process'
import type { MachineCheck, MachineView } from '../calls/machine.ts'
import type { MachineParts } from '../control/control-machine.ts'
import { isFaultCode, LaneFault } from '#base/pure/faults/faults.ts'
import { shellWord } from '#base/pure/words/shell-words.ts'
import { installedWords } from '../update/chosen-here.ts'
import { windowsArgument } from '#base/desk/service/windows-task.ts'

interface Ran {
  /** Null: there is no such program. */
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export interface MachineSystem {
  readonly platform: string
  readonly isRoot: boolean
  /** The words that call the lanes' program. */
  readonly lanes: readonly string[]
  run(words: readonly string[], withinMs: number): Promise<Ran>
}

const lookMs = 60_000
/** A person reads the prompt and types a password. */
const askMs = 10 * 60_000

const thisMachine = (): MachineSystem => ({
  platform: process.platform,
  isRoot: process.getuid?.() === 0,
  lanes: installedWords(),
  run: ([program = '', ...args], timeout) =>
    new Promise((resolve) => {
      execFile(program, args, { timeout, encoding: 'utf8' }, (error, out, err) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : null
        resolve({ code, out, err: error !== null && err === '' ? error.message : err })
      })
    }),
})

/** What polkit and the command below answer when the person did not agree. */
const notAgreed = 126
/** No one to ask: polkit without an agent, or a program that it may not start. */
const notAsked = 127

/** The same command with an administrator's rights, for which the system asks the person. */
export function elevated(
  { platform, isRoot }: Pick<MachineSystem, 'platform' | 'isRoot'>,
  words: readonly string[],
): readonly string[] {
  if (platform !== 'win32') return isRoot ? words : ['pkexec', ...words]
  const [program = '', ...args] = words
  const quoted = (text: string): string => shellWord('powershell', text)
  const begin = `Start-Process -FilePath ${quoted(program)} -ArgumentList ${quoted(args.map(windowsArgument).join(' '))}`
  const script = `try { exit (${begin} -Verb RunAs -WindowStyle Hidden -Wait -PassThru).ExitCode } catch { exit ${notAgreed} }`
  return ['powershell', '-NoProfile', '-NonInteractive', '-Command', script]
}

const firstLine = (text: string): string => text.trim().split('\n', 1)[0] ?? ''

/** The JSON of the last line; null: the command printed none. */
function answerOf(out: string): Readonly<Record<string, unknown>> | null {
  try {
    return JSON.parse(out.trim().split('\n').at(-1) ?? '') as Readonly<Record<string, unknown>>
  } catch {
    return null
  }
}

/** Without these the lanes do not begin with the computer. */
const needed: readonly string[] = ['unit', 'begins', 'program']

interface MachineOf {
  /** Its lanes are simulated. */
  readonly demo: object | null
  /** Ends the lanes of this process, so that the service gets the folder; absent: Studio does not host them. */
  readonly serviceTakes?: (() => void) | undefined
}

export function machineHere(
  dir: string,
  { demo, serviceTakes }: MachineOf,
  system = thisMachine(),
): MachineParts {
  const isDemo = demo !== null
  const { lanes } = system
  const at = ['--data', dir, '--json']
  async function look(): Promise<MachineView> {
    if (isDemo) return { isDemo, rows: [] }
    const { code, out, err } = await system.run([...lanes, 'doctor', '--service', ...at], lookMs)
    const checks = answerOf(out)?.['checks']
    if (code === null || !Array.isArray(checks))
      throw new LaneFault('SERVICE-06', { file: lanes[0] ?? '', note: firstLine(err) })
    const seen = checks as readonly MachineCheck[]
    return { isDemo, rows: seen.map(({ id, verdict, why }) => ({ id, verdict, why })) }
  }
  async function install(): Promise<void> {
    if (isDemo) throw new LaneFault('SERVICE-09', {})
    // A program that is not there is named before anyone is asked for a password.
    await look()
    const words = elevated(system, [...lanes, 'install', '--soon', ...at])
    const { code, out, err } = await system.run(words, askMs)
    if (code === notAgreed) throw new LaneFault('SERVICE-07', {})
    if (code === null || code === notAsked)
      throw new LaneFault('SERVICE-05', { note: firstLine(err) })
    const refusal = (answerOf(out)?.['error'] ?? null) as Readonly<Record<string, string>> | null
    if (refusal !== null && isFaultCode(refusal['code'] ?? ''))
      throw new LaneFault('SERVICE-08', { note: `${refusal['code']} ${refusal['message']}` })
    const { rows } = await look()
    const open = rows.find(({ id, verdict }) => needed.includes(id) && verdict === 'fail')
    if (open !== undefined) throw new LaneFault('SERVICE-08', { field: open.id, note: open.why })
    serviceTakes?.()
  }
  return { look, install }
}
