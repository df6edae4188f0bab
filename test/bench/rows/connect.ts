// Time from opening the link to an antenna's first heartbeat, and to all its settings, against a bare socket
// that sends the same bytes and waits for the same answers. The device is its model on TCP.
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { BenchRsu } from '#devices/desk/bench/bench-rsu.ts'
import { FrameRing } from '#devices/frame-log/frame-ring.ts'
import { must } from '#base/pure/values/must.ts'
import { createRsuModel, type RsuOutput } from '#simulators/rsu/model.ts'
import { rsuVariant, type RsuVariantId } from '#devices/pure/rsu/variants.ts'
import { emptyFraming } from '#devices/pure/rsu/framing.ts'
import { patienceMs } from '../../kit/eventually.ts'
import { nowUs } from '../kit/echo.ts'
import { median, resultOf, roundsOf, type BenchResult, type BenchRow } from '../kit/measure.ts'
import { inFolder } from '../kit/place.ts'

const variantId: RsuVariantId = 'generic-ver'
const variant = rsuVariant(variantId)
const roundCount = roundsOf(9)
const perRound = 3

class Device {
  private readonly server = createServer((socket) => this.serve(socket))
  private readonly sockets = new Set<Socket>()
  port = 0

  async open(): Promise<void> {
    this.server.listen(0, '127.0.0.1')
    await once(this.server, 'listening')
    this.port = (this.server.address() as AddressInfo).port
  }

  /** A fresh antenna for each connection. */
  private serve(socket: Socket): void {
    const model = createRsuModel({ variant: variantId, timing: 'instant', seed: 7 })
    let timer: NodeJS.Timeout | undefined
    this.sockets.add(socket)
    socket.setNoDelay(true)
    const put = (outputs: readonly RsuOutput[]): void => {
      for (const output of outputs) if (output.do === 'send') socket.write(output.bytes)
      clearTimeout(timer)
      const dueUs = model.nextDueUs()
      if (dueUs === null || socket.destroyed) return
      timer = setTimeout(() => put(model.advance(nowUs())), Math.max(0, (dueUs - nowUs()) / 1_000))
    }
    socket.on('data', (chunk: Buffer) => put(model.onBytes(chunk, nowUs())))
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      clearTimeout(timer)
      this.sockets.delete(socket)
    })
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy()
    this.server.close()
    await once(this.server, 'close')
  }
}

interface Times {
  readonly heartbeatMs: number
  readonly allMs: number
}

const isHeartbeat = (code: string): boolean => code === 'B1'
const isStatus = (code: string): boolean => code === 'B0'

/** Times at which frames of each kind are first seen in chunks. */
class FirstSeen {
  private state = emptyFraming
  private readonly startUs: number
  heartbeatMs: number | null = null
  statusMs: number | null = null
  readonly codes = new Set<string>()

  constructor(startUs: number) {
    this.startUs = startUs
  }

  take(chunk: Uint8Array): void {
    const decoded = variant.framing.decode(this.state, chunk)
    this.state = decoded.state
    for (const { data } of decoded.frames) {
      const frame = variant.engine.decode(data)
      const ms = (nowUs() - this.startUs) / 1_000
      this.codes.add(frame.code)
      if (isHeartbeat(frame.code)) this.heartbeatMs ??= ms
      if (isStatus(frame.code)) this.statusMs ??= ms
    }
  }

  get times(): Times | null {
    const { heartbeatMs, statusMs } = this
    if (heartbeatMs === null || statusMs === null) return null
    return { heartbeatMs, allMs: Math.max(heartbeatMs, statusMs) }
  }
}

/** A time-out for an answer that was never requested. */
async function until<T>(promise: Promise<T>, what: () => string): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(what())), patienceMs)
  try {
    return await Promise.race([promise, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

async function settingsReported({ settingsStore }: BenchRsu): Promise<void> {
  while (settingsStore.identity === null || settingsStore.antennas.length === 0)
    await new Promise((done) => setImmediate(done))
}

/** The product: link, driver and settings until everything is known. */
async function ours(port: number, folder: string): Promise<Times> {
  const startUs = nowUs()
  const seen = new FirstSeen(startUs)
  const ring = new FrameRing(() => 0)
  const tap = {
    took: (...[event, monoUs]: Parameters<FrameRing['took']>): void => {
      if (event.type === 'bytes') seen.take(event.bytes)
      ring.took(event, monoUs)
    },
    sent: (): void => undefined,
  }
  const link = `tcp://127.0.0.1:${port}?variant=${variantId}`
  const bench = await BenchRsu.open(link, folder, { tap })
  await settingsReported(bench)
  const allMs = (nowUs() - startUs) / 1_000
  const { heartbeatMs } = seen
  bench.close()
  must(heartbeatMs !== null, 'a heartbeat came')
  return { heartbeatMs, allMs }
}

/** A bare socket that sends what the product sends at a start. */
async function bare(port: number, said: readonly Uint8Array[]): Promise<Times> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  const seen = new FirstSeen(nowUs())
  const done = Promise.withResolvers<Times>()
  socket.on('connect', () => {
    for (const bytes of said) socket.write(bytes)
  })
  socket.on('data', (chunk: Buffer) => {
    seen.take(chunk)
    if (seen.times !== null) done.resolve(seen.times)
  })
  try {
    return await until(done.promise, () => `a bare socket heard ${[...seen.codes].join(', ')} only`)
  } finally {
    socket.destroy()
  }
}

/** The bytes that the product sends until everything is known, recorded once. */
async function startBytes(port: number, folder: string): Promise<readonly Uint8Array[]> {
  const said: Uint8Array[] = []
  const tap = { took: () => undefined, sent: (bytes: Uint8Array) => void said.push(bytes) }
  const link = `tcp://127.0.0.1:${port}?variant=${variantId}`
  const bench = await BenchRsu.open(link, folder, { tap })
  await settingsReported(bench)
  const start = [...said]
  bench.close()
  return start
}

async function measured(folder: string): Promise<readonly BenchResult[]> {
  const device = new Device()
  await device.open()
  try {
    const said = await startBytes(device.port, folder)
    const beat: [number, number][] = []
    const all: [number, number][] = []
    for (let round = -1; round < roundCount; round++) {
      const own: Times[] = []
      const peer: Times[] = []
      for (let i = 0; i < perRound; i++) {
        own.push(await ours(device.port, folder))
        peer.push(await bare(device.port, said))
      }
      if (round < 0) continue
      const both = (of: (times: Times) => number): [number, number] => [
        median(own.map(of)),
        median(peer.map(of)),
      ]
      beat.push(both(({ heartbeatMs }) => heartbeatMs))
      all.push(both(({ allMs }) => allMs))
    }
    const peerName = 'a bare socket with the same bytes'
    const text = { unit: 'ms', peerName, better: 'lower' } as const
    return [
      resultOf({ metric: 'connect to first heartbeat', ...text }, beat),
      resultOf({ metric: 'connect to everything read', ...text }, all),
    ]
  } finally {
    await device.close()
  }
}

export const connectRow: BenchRow = { run: () => inFolder(measured) }
