// The hosted runtime as a utility process of Electron: the same bundle that a lane PC runs.
// It gets its data folder and one end of a message channel, and owns every link itself.
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { MessageChannelMain, utilityProcess, type UtilityProcess } from 'electron'
import type { FromRuntime, HostMessage } from '../../firmware-runtime/api/messages.ts'
import type { Child } from './hosted-runtime.ts'
import { PortSession } from './port-session.ts'
import { SimHost, type SimChild } from './sim-host.ts'

/** The runtime ends by itself within 5 s of being asked (contract.md section 2). */
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

/** The world of a demo: what the runtime asks for, as further processes of the same bundle. */
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
  void gone.then(ended)
  return { session, stop: stopper(child, () => session.stop(), gone) }
}

/** What the pipe still holds when the process is gone comes at once; a pipe that never ends is not waited for. */
const restWaitMs = 5_000

interface Watched {
  /** Each line when it is printed. */
  onLine(line: string): void
  /** Asks the command to end; it answers all the same. */
  readonly stopped: AbortSignal
}

/** A command of the bundle, run to its end; what it prints. */
export async function runUtility(
  bundle: string,
  args: readonly string[],
  watched: Watched | null = null,
): Promise<{ readonly code: number; readonly stdout: string }> {
  const child = utilityProcess.fork(bundle, [...args], {
    serviceName: 'lane-command',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const { stdout } = child
  const parts: Buffer[] = []
  let line = ''
  const took = (part: Buffer): void => {
    parts.push(part)
    const lines = (line + part.toString('utf8')).split('\n')
    line = lines.pop() ?? ''
    for (const one of lines) watched?.onLine(one)
  }
  const listen = (): void => void stdout?.removeListener('data', took).on('data', took)
  listen()
  const stop = (): void => void child.kill()
  watched?.stopped.addEventListener('abort', stop)
  const code = await new Promise<number>((done) => child.once('exit', done))
  watched?.stopped.removeEventListener('abort', stop)
  // Electron takes all listeners off the pipe with the exit, whatever is still in it: nothing may come out of it before
  // somebody listens again, and nobody says whether the exit is over by now.
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
