// The runtime hosted by Studio: a utility process that gets its folder and a message port.
// The program is that of a lane PC; only the transport of the API differs (runtime/api/messages.ts).
import { join } from 'node:path'
import type {
  BenchExit,
  HostMessage,
  LeaveBenchExit,
  LotWrittenExit,
  PowerCutExit,
  RuntimeNotice,
  ServiceExit,
  ToSimHost,
} from '../api/messages.ts'
import { servePort, type PortLike, type PortServer } from '#base/api/port-server.ts'
import { diskFault, isDiskError } from '#base/pure/faults/disk-fault.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { SetupService } from '#lane/desk/setup/setup-service.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { peopleOffline } from '#lane/folder/people-offline.ts'
import { layOutBeside } from '#base/desk/document/paper-process.ts'
import { onStrays, strayText } from '#base/process/strays.ts'
import { setupPorts } from '#lane/desk/setup/setup-ports.ts'
import { failedNotice, openRun, type EndOf, type Running } from './run.ts'
import { openWorkbench } from './workbench.ts'

/** Electron's `process.parentPort` in a utility process; declared here instead of imported. */
export interface ParentPort {
  once(
    event: 'message',
    listener: (message: { readonly data: unknown; readonly ports: readonly PortLike[] }) => void,
  ): unknown
  on(event: 'message', listener: (message: { readonly data: unknown }) => void): unknown
  postMessage(message: ToSimHost): void
}

const powerCutExit: PowerCutExit = 75
const benchExit: BenchExit = 76
const leaveBenchExit: LeaveBenchExit = 77
const lotWrittenExit: LotWrittenExit = 78
const serviceExit: ServiceExit = 79
/** Delay before the exit, so that the answer is sent first. */
const switchAfterMs = 100
const stopWithinMs = 4_000

export function parentPortHere(): ParentPort | null {
  const port: unknown = Reflect.get(process, 'parentPort')
  return typeof port === 'object' && port !== null ? (port as ParentPort) : null
}

function isHostMessage(data: unknown): data is HostMessage {
  if (typeof data !== 'object' || data === null) return false
  const { type, dataDir, mode, forTests, layout } = data as Partial<
    Record<keyof HostMessage, unknown>
  >
  if (typeof forTests !== 'boolean' || !['undefined', 'string'].includes(typeof layout))
    return false
  const known = mode === 'demo' || mode === 'run' || mode === 'bench' || mode === 'setup'
  return type === 'host' && typeof dataDir === 'string' && known
}

/** Arguments for opening a demo here; its simulators are processes that Studio starts. */
export interface HostedDemo {
  readonly dir: string
  readonly end: EndOf
  readonly powerCut: () => void
  workbench(on: boolean): void
  /** Of a folder without a lot. */
  readonly layout?: string
}

/** Opens a demo; passed in by the program, because the runtime itself contains no demo. */
export type OpenDemo = (parent: ParentPort, demo: HostedDemo) => Promise<Running>

/** Hosts the lot named by the first message; resolves with the exit code. */
export async function hostBehind(parent: ParentPort, openDemo: OpenDemo): Promise<number> {
  const [message, port] = await firstMessage(parent)
  const ended = Promise.withResolvers<number>()
  onStrays((error) => process.stderr.write(`${strayText(error)}\n`))
  let server: PortServer | null = null
  let running: Running | null = null
  const tell = (notice: RuntimeNotice): void => server?.tell(notice)
  const end: EndOf = (code, fault) => {
    if (fault !== null) tell(failedNotice(fault, running?.unsent ?? 0))
    if (code !== 0) setTimeout(() => process.exit(code), 50)
    else ended.resolve(code)
  }
  const stop = (): void => ended.resolve(0)
  process.once('SIGTERM', stop)
  const later = (code: number): void => {
    setTimeout(() => ended.resolve(code), switchAfterMs)
  }
  const workbench = (on: boolean): void => later(on ? benchExit : leaveBenchExit)
  const lotWritten = (): void => later(lotWrittenExit)
  const serviceTakes = (): void => later(serviceExit)
  const powerCut = (): void => process.exit(powerCutExit)
  const made = message.layout === undefined ? {} : { layout: message.layout }
  const opening =
    message.mode === 'demo'
      ? openDemo(parent, { dir: message.dataDir, end, powerCut, workbench, ...made })
      : open(message, { end, workbench, lotWritten, serviceTakes })
  server = servePort({
    port,
    session: opening.then((lot) => lot.session()),
    onStop: stop,
    failed: (error) => {
      // A lot that failed to open has reported its fault already; a failed call adds nothing.
      if (running !== null) throw error
    },
  })
  try {
    running = await opening
  } catch (cause) {
    const error = isDiskError(cause) ? diskFault(cause, { file: message.dataDir }) : cause
    tell(failedNotice(error, 0))
    if (!(error instanceof LaneFault)) throw error
    process.stderr.write(`${error.message}\n`)
    return 2
  }
  tell({ type: 'runtime', state: 'ready', unsent: running.unsent })
  const code = await ended.promise
  tell({ type: 'runtime', state: 'stopping', unsent: running.unsent })
  setTimeout(() => process.exit(code), stopWithinMs).unref()
  await running.stop()
  server.close()
  return code
}

function firstMessage(parent: ParentPort): Promise<[HostMessage, PortLike]> {
  return new Promise((resolve, reject) => {
    parent.once('message', ({ data, ports: [port] }) => {
      if (isHostMessage(data) && port !== undefined) resolve([data, port])
      else reject(new Error('the first message names a folder and brings a port'))
    })
  })
}

interface Hooks {
  readonly end: EndOf
  workbench(on: boolean): void
  lotWritten(): void
  serviceTakes(): void
}

async function open(host: HostMessage, hooks: Hooks): Promise<Running> {
  const { end, workbench, lotWritten, serviceTakes } = hooks
  const { dataDir, mode, forTests } = host
  const linkDown = (): void => undefined
  if (mode === 'run' && forTests) {
    // A folder without a lot is refused first, in a build for tests as well.
    const { config } = loadLot(dataDir)
    const file = join(dataDir, 'lot.json')
    if (config.mode === 'production') throw new LaneFault('LOT-06', { file })
  }
  if (mode === 'bench') return openWorkbench({ leave: () => workbench(false) })
  if (mode === 'setup') {
    const people = peopleOffline(dataDir, 'Studio set-up')
    const setup = new SetupService(setupPorts(dataDir, people, lotWritten, layOutBeside()))
    return openWorkbench({ leave: null, setup: { dir: dataDir, service: setup, people } })
  }
  return openRun({ dir: dataDir, timing: 'standard', end, linkDown, serviceTakes })
}
