// The hosted runtime as a utility process of Electron: the same bundle that a lane PC runs.
// It gets its data folder and one end of a message channel, and owns every link itself.
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

/** A command of the bundle, run to its end; what it prints. */
export function runUtility(
  bundle: string,
  args: readonly string[],
): Promise<{ readonly code: number; readonly stdout: string }> {
  const child = utilityProcess.fork(bundle, [...args], {
    serviceName: 'lane-command',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let stdout = ''
  child.stdout?.on('data', (part: Buffer) => (stdout += part.toString('utf8')))
  return new Promise((done) => child.once('exit', (code) => done({ code, stdout })))
}
