// Runs the system's ping, which may send ICMP when this program may not.
// Its output is parsed in survey/pure/figures/ping-text.ts; this file runs and ends the process.
import { systemText } from '#base/pure/words/notes.ts'
import { spawn } from 'node:child_process'
import { parseUnixPing, parseWindowsPing } from '../pure/figures/ping-text.ts'
import type { Probed, ProbeRun } from '../ports/link-probes.ts'

const outputBytesMax = 4_194_304
/** ping ends by itself; after this time beyond its plan it hangs. */
const graceMs = 5_000
const killAfterMs = 2_000
/** Below 200 ms older iputils requires root. */
const everyMsMin = process.getuid?.() === 0 ? 10 : 200

/** Interval of this system's ping in ms: on Windows always 1 s. */
const pingEveryMs = (everyMs: number, windows = process.platform === 'win32'): number =>
  windows ? 1_000 : Math.max(everyMsMin, everyMs)

function pingArgs(run: ProbeRun, windows: boolean): readonly string[] {
  const { address, card, count, timeoutMs } = run
  if (windows) {
    const source = card === null ? [] : ['-S', card.address]
    return ['-n', `${count}`, '-w', `${timeoutMs}`, ...source, address]
  }
  const every = (pingEveryMs(run.everyMs, false) / 1000).toString()
  const wait = Math.ceil(timeoutMs / 1000).toString()
  const by = card === null ? [] : ['-I', card.name]
  return ['-n', '-c', `${count}`, '-i', every, '-W', wait, ...by, address]
}

export function systemPing(run: ProbeRun, stop: AbortSignal, program = 'ping'): Promise<Probed> {
  const windows = process.platform === 'win32'
  const { promise, resolve } = Promise.withResolvers<Probed>()
  const child = spawn(program, pingArgs(run, windows), {
    env: { ...process.env, LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  })
  let [text, words] = ['', '']
  // On SIGINT ping prints its summary of what it has sent.
  const end = (): void => {
    child.kill('SIGINT')
    killTimer = setTimeout(() => child.kill('SIGKILL'), killAfterMs)
  }
  const allMs = run.count * pingEveryMs(run.everyMs, windows) + run.timeoutMs + graceMs
  // Windows waits for each answer before it sends the next.
  let killTimer = setTimeout(end, windows ? allMs + run.count * run.timeoutMs : allMs)
  const stopped = (): void => {
    clearTimeout(killTimer)
    end()
  }
  stop.addEventListener('abort', stopped, { once: true })
  // Latin-1: only ASCII is parsed, and no byte of another code page is lost.
  child.stdout.setEncoding('latin1').on('data', (chunk: string) => {
    if (text.length < outputBytesMax) text += chunk
  })
  child.stderr.setEncoding('latin1').on('data', (chunk: string) => {
    if (words.length < 10_000) words += chunk
  })
  const settle = (probed: Probed): void => {
    clearTimeout(killTimer)
    stop.removeEventListener('abort', stopped)
    resolve(probed)
  }
  const everyMs = pingEveryMs(run.everyMs, windows)
  child.once('error', (error) => settle({ latenciesMs: [], complaint: systemText(error), everyMs }))
  child.once('close', () => {
    const parse = windows ? parseWindowsPing : parseUnixPing
    const { latenciesMs, complaint } = parse(text, run.count)
    const own = latenciesMs.length > 0 || words === '' ? '' : parse(words, run.count).complaint
    settle({ latenciesMs, complaint: own === '' ? complaint : own, everyMs })
  })
  return promise
}
