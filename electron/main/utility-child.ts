// Runs the hosted runtime as a utility process of Electron, from the bundle that a lane PC runs.
// It gets its data folder and one end of a message channel, and opens all device links itself.
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { MessageChannelMain, utilityProcess, type UtilityProcess } from 'electron'
import type { FromRuntime, HostMessage } from '#runtime/api/messages.ts'
import { inBackground } from './background.ts'
import type { Child } from './hosted-runtime.ts'
import { PortSession } from './port-session.ts'
import { SimHost, type SimChild } from './sim-host.ts'

/** The runtime ends within 5 s of a request (contract.md section 2); then it is killed. */
const stopWaitMs = 6_000

const stopper = (child: UtilityProcess, ask: () => void, gone: Promise<number>) => async () => {
  ask()
  const late = new Promise<'late'>((done) => setTimeout(() => done('late'), stopWaitMs))
  const { pid } = child
  if ((await Promise.race([gone, late])) === 'late' && pid !== undefined) {
    process.kill(pid, 'SIGKILL')
    await gone
  }
}

/** Starts the simulators that a demo's runtime requests, as further processes of the same bundle. */
function simsFor(child: UtilityProcess, bundle: string): SimHost {
  const sims = new SimHost(
    (args) =>
      utilityProcess.fork(bundle, [...args], {
        serviceName: `lane-${args[0]}`,
        stdio: ['ignore', 'pipe', 'inherit'],
      }) as SimChild,
    (message) => child.postMessage(message),
  )
  child.on('message', (data) => sims.take(data))
  return sims
}

export function startUtility(
  bundle: string,
  host: HostMessage,
  ended: (code: number) => void,
): Child {
  const child = utilityProcess.fork(bundle, ['host'], {
    serviceName: 'lane-runtime',
    stdio: 'inherit',
  })
  const { port1, port2 } = new MessageChannelMain()
  const sims = host.mode === 'demo' ? simsFor(child, bundle) : null
  const gone = new Promise<number>((done) => child.once('exit', done)).then(async (code) => {
    await sims?.end()
    return code
  })
  const session = new PortSession({
    post: (message) => port1.postMessage(message),
    close: () => port1.close(),
  })
  port1.on('message', ({ data }: { data: FromRuntime }) => session.take(data))
  port1.start()
  child.postMessage(host, [port2])
  inBackground('runtimeEnded', gone.then(ended))
  return { session, stop: stopper(child, () => session.stop(), gone) }
}

/** Longest wait for the rest of the output after the process has ended. */
const restWaitMs = 5_000

interface Watched {
  /** Receives each output line as it is printed. */
  onLine(line: string): void
  /** Asks the command to end; its output so far is still returned. */
  readonly stopped?: AbortSignal
  /** Starts the simulators that the command requests; they end with it. */
  readonly hasSims?: boolean
}

/** Runs a command of the bundle to its end; returns exit code and output. */
export async function runUtility(
  bundle: string,
  args: readonly string[],
  watched: Watched | null = null,
): Promise<{ readonly code: number; readonly stdout: string }> {
  const child = utilityProcess.fork(bundle, [...args], {
    serviceName: 'lane-command',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const sims = watched?.hasSims === true ? simsFor(child, bundle) : null
  const { stdout } = child
  const parts: Buffer[] = []
  let line = ''
  const took = (part: Buffer): void => {
    parts.push(part)
    const lines = (line + part.toString('utf8')).split('\n')
    line = lines.pop() ?? ''
    for (const one of lines) watched?.onLine(one)
  }
  const listen = (): void => {
    stdout?.removeListener('data', took).on('data', took)
  }
  listen()
  const stop = (): void => {
    child.kill()
  }
  watched?.stopped?.addEventListener('abort', stop)
  const code = await new Promise<number>((done) => child.once('exit', done))
  watched?.stopped?.removeEventListener('abort', stop)
  await sims?.end()
  // On exit Electron removes all listeners from the pipe, which may still hold output. Listen again at once, so that
  // no output is read unheard, and once more after a turn of the event loop, because the removal may come later.
  listen()
  await new Promise(setImmediate)
  listen()
  if (stdout !== null && !(stdout as Readable).readableEnded)
    await Promise.race([
      once(stdout, 'end').catch(() => null),
      pause(restWaitMs, null, { ref: false }),
    ])
  return { code, stdout: Buffer.concat(parts).toString('utf8') }
}
