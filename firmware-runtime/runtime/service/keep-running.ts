// The action of the Windows task: runs the lanes of a folder and begins them again when they end, by the table of
// lane/pure/lot/service-ends.ts. After a final exit status it waits without lanes, because the task's second trigger would
// begin an action that ended.
import { execFile, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { finalExits, nextStart } from '#lane/pure/lot/service-ends.ts'
import { nextCall } from '../update/become.ts'
import { firstName, keepFile } from '#base/desk/service/service-names.ts'
import { rulesOfUpdate } from '#base/desk/service/windows-task.ts'

interface Ended {
  /** Null: killed, or it never began. */
  readonly exit: number | null
  /** Its last line of output. */
  readonly said: string
}

interface KeepParts {
  /** Runs the lanes to their end. */
  run(): Promise<Ended>
  nowMs(): number
  isoNow(): string
  wait(ms: number): Promise<void>
  /** Writes what the doctor reads. */
  note(text: string): void
  /** Resolves never while the task runs. */
  hold(): Promise<void>
}

const endsKept = 20

const noteOf = (held: boolean, ends: readonly object[]): string =>
  `${JSON.stringify({ held, ends })}\n`

/** Goes on until it is held. */
export async function keepLanes(parts: KeepParts): Promise<void> {
  let isEarly = false
  let ends: readonly object[] = []
  for (;;) {
    parts.note(noteOf(false, ends))
    const fromMs = parts.nowMs()
    const { exit, said } = await parts.run()
    const ranMs = Math.round(parts.nowMs() - fromMs)
    const isHeldNow = exit !== null && finalExits.includes(exit)
    ends = [...ends, { at: parts.isoNow(), exit, ranMs, said }].slice(-endsKept)
    if (isHeldNow) {
      parts.note(noteOf(true, ends))
      return parts.hold()
    }
    const next = nextStart(ranMs, isEarly)
    isEarly = next.isEarly
    await parts.wait(next.waitMs)
  }
}

const saidCharsMax = 2_000
/** The last output may arrive after the end. */
const lastWordsMs = 100

/** The firewall lets in what this Node listens for; the lanes do not wait for it. */
function openFirewall(name: string, node: string): void {
  const [remove, add] = rulesOfUpdate(name, node)
  const run = ([program = '', ...args]: readonly string[] = [], then = (): void => undefined) =>
    execFile(program, args, { windowsHide: true }, then)
  run(remove, () => run(add))
}

/** Runs `etc-lane run` of this folder by the program that an update chose; what it prints last is kept. */
const runOnce = (dir: string, name: string, boot: string): Promise<Ended> =>
  new Promise((done) => {
    const { node, args, env } = nextCall(dir, boot, ['run', '--data', dir])
    const child = spawn(node, args, { stdio: ['ignore', 'pipe', 'pipe'], env, windowsHide: true })
    if (process.platform === 'win32' && node !== process.execPath) openFirewall(name, node)
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        said = `${said}${text}`.slice(-saidCharsMax)
      })
    child.once('error', (error) => done({ exit: null, said: error.message }))
    // Not `close`: a process beside the lanes may keep their output open.
    child.once('exit', (exit) =>
      setTimeout(
        () => done({ exit, said: said.trim().split('\n').slice(-4).join('\n') }),
        lastWordsMs,
      ),
    )
  })

/** `node PROGRAM keep-running --data DIR [--name NAME]`, NAME of a task that is not the first; ends with the task. */
export async function keepRunning(args: readonly string[]): Promise<number> {
  const dir = args[0] === '--data' ? args[1] : undefined
  const name = args[2] === '--name' ? args[3] : firstName
  if (dir === undefined || name === undefined) {
    process.stderr.write('keep-running --data DIR [--name NAME]\n')
    return 2
  }
  // A start after this process has ended, as with the machine, is no start after a crash.
  const boot = randomUUID()
  await keepLanes({
    run: () => runOnce(dir, name, boot),
    nowMs: () => performance.now(),
    isoNow: () => new Date().toISOString(),
    wait: (ms) => new Promise((done) => setTimeout(done, ms)),
    note(text) {
      try {
        mkdirSync(dirname(keepFile(dir)), { recursive: true })
        writeFileSync(keepFile(dir), text)
      } catch (error) {
        // A full disk does not keep the lanes from being begun again.
        process.stderr.write(`${String(error)}\n`)
      }
    },
    hold: () => new Promise(() => setInterval(() => undefined, 60_000)),
  })
  return 0
}
