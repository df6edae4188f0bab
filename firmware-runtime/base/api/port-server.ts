// The control API on a message port: Studio's window calls the runtime that it hosts (runtime/api/messages.ts).
// Messages come from the program's own main process; their shape is checked all the same.
import { must } from '../pure/values/must.ts'
import type { ApiSession, StreamHandle } from '../ports/api-host.ts'

/** The part of a message port in use; ports of Electron and of Node have it. */
export interface PortLike {
  postMessage(message: unknown): void
  on(event: 'message', listener: (message: { readonly data: unknown }) => void): unknown
  on(event: 'close', listener: () => void): unknown
  start(): void
  close(): void
}

interface PortServerOptions {
  readonly port: PortLike
  /** Resolves when the lot is open; calls that came earlier wait for it. */
  readonly session: Promise<ApiSession>
  /** Called when the window stops the runtime or closes the port. */
  onStop(): void
  failed(error: unknown): void
}

/** More open streams than any window has: the client leaks; more are ignored. */
const streamsMax = 32

interface CallPart {
  readonly name: string
  readonly args: unknown
}
interface StreamPart {
  readonly stream: string
  readonly sinceSeq: number
}
interface ApiRequest {
  readonly id: number
  readonly call?: CallPart
  readonly seat?: string | undefined
  readonly subscribe?: StreamPart
  readonly unsubscribe?: true
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** Parses a message of this transport; null for another shape. */
export function apiRequestOf(data: unknown): ApiRequest | 'stop' | null {
  if (!isObject(data)) return null
  if (data['type'] === 'stop') return 'stop'
  const { id, call, subscribe, unsubscribe } = data
  const seat = typeof data['seat'] === 'string' ? data['seat'] : undefined
  if (typeof id !== 'number' || !Number.isSafeInteger(id)) return null
  if (isObject(call) && typeof call['name'] === 'string')
    return { id, seat, call: { name: call['name'], args: call['args'] } }
  if (isObject(subscribe)) {
    const { stream, sinceSeq } = subscribe
    if (typeof stream === 'string' && typeof sinceSeq === 'number' && sinceSeq >= 0)
      return { id, seat, subscribe: { stream, sinceSeq } }
  }
  return unsubscribe === true ? { id, unsubscribe } : null
}

export interface PortServer {
  /** One-sided notices: `ready`, `stopping`, `failed`. */
  tell(notice: unknown): void
  close(): void
}

export function servePort(options: PortServerOptions): PortServer {
  const { port, session } = options
  const streams = new Map<number, StreamHandle>()
  /** Ids of subscriptions that were not cancelled, also while the lot is opening. */
  const wanted = new Set<number>()
  let open = true
  const post = (message: unknown): void => {
    if (open) port.postMessage(message)
  }
  const call = async ({ id, seat }: ApiRequest, { name, args }: CallPart): Promise<void> => {
    post({ id, reply: await (await session).call(name, args, seat) })
  }
  const subscribe = async (
    { id, seat }: ApiRequest,
    { stream, sinceSeq }: StreamPart,
  ): Promise<void> => {
    if (wanted.has(id) || wanted.size >= streamsMax) return
    wanted.add(id)
    const own = await session
    if (!wanted.has(id)) return
    // A port has no back-pressure; board updates are merged at the source and events are bounded.
    const sink = (item: unknown): boolean => {
      post({ id, item })
      return true
    }
    const gone = (): void => {
      streams.delete(id)
      wanted.delete(id)
    }
    const handle = own.subscribe(stream, sinceSeq, sink, gone, seat)
    if (typeof handle === 'string') wanted.delete(id)
    else streams.set(id, handle)
  }
  port.on('message', ({ data }) => {
    const portRequest = apiRequestOf(data)
    if (portRequest === null) return
    if (portRequest === 'stop') {
      options.onStop()
      return
    }
    const { id } = portRequest
    if (portRequest.call !== undefined) call(portRequest, portRequest.call).catch(options.failed)
    else if (portRequest.subscribe !== undefined)
      subscribe(portRequest, portRequest.subscribe).catch(options.failed)
    else {
      streams.get(id)?.end()
      streams.delete(id)
      wanted.delete(id)
    }
  })
  port.on('close', () => {
    open = false
    for (const handle of streams.values()) handle.end()
    streams.clear()
    wanted.clear()
    options.onStop()
  })
  port.start()
  return {
    tell: (notice) => {
      must(isObject(notice), 'a notice is an object')
      post(notice)
    },
    close() {
      open = false
      for (const handle of streams.values()) handle.end()
      port.close()
    },
  }
}
