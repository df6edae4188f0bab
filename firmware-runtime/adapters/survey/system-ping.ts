// Runs the system's own ping: it may send ICMP where this program may not.
// Its words are read in survey/ping-text.ts; here is only the process and its end.
import { systemText } from '../../core/values/notes.ts'
import { spawn } from 'node:child_process'
import { parseUnixPing, parseWindowsPing } from '../../survey/ping-text.ts'
import type { Probed, ProbeRun } from '../../ports/link-probes.ts'

const outputBytesMax = 4_194_304
/** ping ends by itself; beyond this it hangs. */
const graceMs = 5_000
const killAfterMs = 2_000
/** Below it older iputils wants root. */
const everyMsMin = process.getuid?.() === 0 ? 10 : 200

/** How often this system's ping sends: that of Windows once a second, whatever is asked. */
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
  // SIGINT: ping prints its sum for what it has sent.
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
  // Latin-1: only ASCII is read, and no byte of another code page is lost.
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
