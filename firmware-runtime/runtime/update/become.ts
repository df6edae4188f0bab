// Becomes another program: on Linux in the same process, so that whoever began it sees nothing; elsewhere as a child whose
// exit status is this one's.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { slotsFile } from '../slots/slots-file.ts'
import type { Slot } from '../pure/update/slots.ts'
import { asOwner, otherOwner } from '#lane/folder/as-owner.ts'
import { programFile } from '#base/process/program-file.ts'
import { isStopAsked } from '#base/process/stops.ts'
import { version } from '#base/process/version.ts'
import {
  bootId,
  bootName,
  chosenName,
  installedCall,
  installedName,
  installedVersionName,
  type Environment,
} from './chosen-here.ts'
import { chooseForChild, chooseHere, chosenInVain, slotSeen } from './choose.ts'
import { slotProgram } from '../slots/slot-folders.ts'

interface ProgramCall {
  readonly node: string
  readonly args: readonly string[]
  readonly env: Environment
}

const defined = (env: Environment): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).filter((one): one is [string, string] => one[1] !== undefined),
  )

const isReplaced = (): boolean => process.platform !== 'win32' && process.execve !== undefined

/** Returns only where a process cannot be replaced: the exit status of the child. */
function become({ node, args, env }: ProgramCall): Promise<number> {
  if (isReplaced()) process.execve?.(node, [node, ...args], defined(env))
  return new Promise((done) => {
    const child = spawn(node, args, { stdio: 'inherit', env: defined(env), windowsHide: true })
    for (const signal of ['SIGTERM', 'SIGINT'] as const)
      process.on(signal, () => child.kill(signal))
    child.once('error', () => done(1))
    child.once('exit', (code) => done(code ?? 1))
  })
}

const callOfSlot = (dir: string, slot: Slot, words: readonly string[]): ProgramCall => {
  const { node, program } = slotProgram(dir, slot)
  const env = {
    ...process.env,
    [chosenName]: slot.name,
    [installedName]: JSON.stringify(installedCall(process.env)),
    [installedVersionName]: version,
  }
  return { node, args: [...process.execArgv, program, ...words], env }
}

/**
 * Runs this command line by the program of the folder; null: it is this one. Called where DIR/update/slots.json is, before
 * anything of the folder is opened.
 */
export async function runChosen(dir: string, words: readonly string[]): Promise<number | null> {
  const isRun = words[0] === 'run'
  if (otherOwner(dir) !== null) {
    // Root makes the service by the program that root installed.
    if (words[0] === 'install') return null
    asOwner(dir)
  }
  for (;;) {
    const choose = isReplaced() ? chooseHere : chooseForChild
    const slot = isRun ? choose(dir, bootId(process.env)) : slotSeen(dir)
    if (slot === null) return null
    if (isRun && (await isStopAsked())) {
      chosenInVain(dir)
      return 0
    }
    const code = await become(callOfSlot(dir, slot, words))
    // What ran may have been a child that was switched or taken back.
    if (!isRun || slotSeen(dir)?.name === slot.name) return code
  }
}

/** Whether something begins the lanes again when they end: systemd, or `keep-running` on Windows. */
const isKept = (env: Environment): boolean =>
  env['NOTIFY_SOCKET'] !== undefined || env[bootName] !== undefined

/**
 * After the lanes have ended: the program of the folder begins. `code`: exit status where a service does that, or where
 * they were told to stop meanwhile.
 */
export async function beginAgain(code: number): Promise<number> {
  const { env } = process
  const isChild = env[installedName] !== undefined && !isReplaced()
  if (isKept(env) || isChild || (await isStopAsked())) return code
  const [node = process.execPath, ...args] = installedCall(env)
  const { [chosenName]: _chosen, [installedName]: _installed, ...rest } = env
  return become({ node, args: [...args, ...process.argv.slice(2)], env: rest })
}

/** For a process that keeps the lanes running: Node, arguments and environment of their next start. */
export function nextCall(dir: string, boot: string, words: readonly string[]): ProgramCall {
  const slot = existsSync(slotsFile(dir)) ? chooseForChild(dir, boot) : null
  const { node, program } =
    slot === null ? { node: process.execPath, program: programFile() } : slotProgram(dir, slot)
  const env = {
    ...process.env,
    [bootName]: boot,
    [chosenName]: slot?.name ?? '',
    [installedName]: JSON.stringify(installedCall(process.env)),
    [installedVersionName]: version,
  }
  return { node, args: [...process.execArgv, program, ...words], env }
}
