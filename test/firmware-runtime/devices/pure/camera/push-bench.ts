// A camera that pushes to the product's intake, in virtual time: the bench of the driver contract.
// Requests go byte by byte through the real HTTP server and body parsers, without a socket.
import { createServer } from 'node:http'
import { Duplex } from 'node:stream'
import { expect } from 'vitest'
import { cameraIntake } from '#devices/intake/camera-intake.ts'
import { PushCamera } from '#devices/desk/lane/push-camera.ts'
import type { PlateRead } from '#devices/pure/lane/plate-read.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { emptyDedup, judgeRead, standardDedup } from '#devices/pure/camera/dedup.ts'
import { pushMakes } from '#devices/pure/camera/push-makes.ts'
import { present } from '#base/pure/values/must.ts'
import {
  createCameraModel,
  type CameraModel,
  type CameraOutput,
  type Push,
} from '#simulators/camera/model.ts'
import type { MakeStyle } from '#simulators/camera/pushing-sim.ts'
import { jpegOf } from '../../intake/pusher.ts'
import type { ContractBench } from '../contract/driver-contract.ts'
import { VirtualClock } from './virtual-clock.ts'

/** Requests of one step arrive and are answered before the next step. */
const stepMs = 50
const longMs = 1e8
const rebootMs = 1_000
const jpegBytes = 90
const jpegBase64 = Buffer.from(jpegOf(jpegBytes)).toString('base64')

/** A connection in memory: what the camera sends arrives in the pieces that the bench sets. */
class Connection extends Duplex {
  readonly remoteAddress = '127.0.0.1'
  readonly localAddress = '127.0.0.1'
  readonly over: Promise<string>
  private said = ''

  constructor() {
    super()
    this.over = new Promise((resolve) => this.on('close', () => resolve(this.said)))
  }

  override _read(): void {
    // Data arrives by push().
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.said += chunk.toString('utf8')
    done()
  }

  override _final(done: () => void): void {
    done()
    this.destroy()
  }
}

interface Answer {
  readonly status: number
  readonly body: string
}

export interface PushBenchOptions {
  readonly make: 'hikvision' | 'vzicom'
  readonly style: MakeStyle
}

export class PushBench implements ContractBench {
  readonly clock = new VirtualClock()
  readonly faults: string[] = []
  /** Plates of history records. */
  readonly seenLater: (string | null)[] = []
  readonly camera: PushCamera
  /** The byte at which a request is cut in two; null: not cut, or cut into the pieces that split() set. */
  cutAt: number | null = null
  requestBytes = 0
  private readonly options: PushBenchOptions
  private readonly server: ReturnType<typeof createServer>
  private model: CameraModel
  private readonly flights: Promise<unknown>[] = []
  private dedup = emptyDedup
  private pieceBytes: number | null = null
  private cable = false
  private doubled = false
  private skewMs = 0
  private cars = 0
  private finished = 0

  constructor(options: PushBenchOptions) {
    this.options = options
    this.model = createCameraModel({ timing: 'standard', seed: 11, style: options.style.push })
    const { clock } = this
    const make = present(
      pushMakes.find(({ name }) => name === options.make),
      'a make that pushes',
    )
    this.camera = new PushCamera('exit', `push:${options.make}`, make, {
      mono: clock,
      wall: clock.wall,
      isClockSure: () => true,
      opener: {
        open: () => ({ send: () => undefined, close: () => undefined, bytesIn: 0, bytesOut: 0 }),
      },
      secrets: { names: () => [], read: () => null, write: () => undefined, remove: () => false },
      linkDown: (fault) => void this.faults.push(fault.code),
      take: (_lane, read) => this.take(read),
    })
    const intake = cameraIntake({
      lanes: ['exit'],
      jsonLanes: make.body === 'json' ? ['exit'] : [],
      clock: clock.wall,
      onPush: ({ xml, pictures }) => {
        const push = this.camera.take(xml, { parts: pictures })
        return push.kind === 'refused' ? push.what : null
      },
      onJson: ({ text, pictures }) => {
        const push = this.camera.take(text, { within: pictures })
        return { refused: push.kind === 'refused' ? push.what : null, reply: push.reply ?? '{}' }
      },
      onForm: () => {
        this.camera.beat()
        return make.alive ?? '{}'
      },
    })
    this.server = createServer((request, response) => intake.handle(request, response))
    const { beat } = options.style
    if (beat !== null) this.beats(beat)
  }

  /** Takes a reading as a lane does: each record once, and history records apart. */
  private take(read: PlateRead): void {
    const judged = judgeRead(standardDedup, this.dedup, read, this.clock.wall.nowMs())
    this.dedup = judged.state
    if (judged.verdict === 'sameRecord') return
    if (read.history) {
      this.seenLater.push(read.plate)
      return
    }
    if (read.plate === this.plate() && read.jpeg?.length === jpegBytes) this.finished++
  }

  private beats(beat: NonNullable<MakeStyle['beat']>): void {
    const { everyMs, contentType } = beat
    this.clock.after(everyMs, () => {
      const dead = this.model.state()['off'] === true || !this.cable
      if (!dead) this.flights.push(this.post(beat.body(), contentType))
      this.beats(beat)
    })
  }

  private async landed(): Promise<void> {
    while (this.flights.length > 0) await Promise.all(this.flights.splice(0))
  }

  private out(outputs: readonly CameraOutput[]): void {
    for (const output of outputs)
      if (output.do === 'push') this.flights.push(this.carry(output.push))
  }

  private async carry({ pushId, body, history }: Push): Promise<void> {
    const { style } = this.options
    const answer = this.cable ? await this.post(body, style.contentType) : null
    const judged = answer === null ? null : style.judge(answer, history)
    expect(judged?.opens ?? false).toBe(false)
    this.out(this.model.ended(pushId, judged?.taken === true, this.clock.nowUs()))
  }

  private async post(body: Uint8Array, contentType: string): Promise<Answer> {
    const head =
      'POST /camera/exit HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n' +
      `Content-Type: ${contentType}\r\nContent-Length: ${body.length}\r\n\r\n`
    const said = await this.send(Buffer.concat([Buffer.from(head), body]), false)
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(said)?.[1] ?? '0')
    return { status, body: said.slice(said.indexOf('\r\n\r\n') + 4) }
  }

  /** Sends bytes over one connection, the two parts of a cut request in separate turns; returns the answer. */
  private async send(bytes: Buffer, hangsUp: boolean): Promise<string> {
    const connection = new Connection()
    this.server.emit('connection', connection)
    this.requestBytes = bytes.length
    const { cutAt } = this
    const step = this.pieceBytes ?? bytes.length
    for (let at = 0; at < bytes.length && !connection.destroyed;) {
      const end = cutAt === null || at > 0 ? at + (cutAt === null ? step : bytes.length) : cutAt
      connection.push(bytes.subarray(at, end))
      at = end
      if (cutAt !== null) await new Promise((go) => setImmediate(go))
    }
    // A sender that does not hang up waits for the answer, which closes the connection.
    if (hangsUp && !connection.destroyed) connection.push(null)
    return await connection.over
  }

  connect(): void {
    this.cable = true
  }
  disconnect(): void {
    this.cable = false
  }

  async run(forMs: number): Promise<void> {
    for (let leftMs = forMs; leftMs > 0; leftMs -= stepMs) {
      await this.landed()
      this.clock.run(Math.min(stepMs, leftMs))
      this.out(this.model.advance(this.clock.nowUs()))
    }
    await this.landed()
  }

  isUp(): boolean {
    return this.camera.status.up === true
  }

  private plate(): string {
    return `测A${String(10_000 + this.cars)}`
  }

  work(): void {
    this.cars++
    // For this push only: otherwise its repeat would be repeated without end.
    if (this.doubled)
      this.model.faults.add({ at: 'push', when: 'after', do: 'duplicate', times: 1 })
    const seen = { plate: this.plate(), colour: 'blue', confidence: 0.93, jpegBase64 }
    const atIso = isoOf(this.clock.wall.nowMs() + this.skewMs)
    this.out(this.model.see(seen, atIso, this.clock.nowUs()).outputs)
  }
  done(): number {
    return this.finished
  }

  /** Sent once as the body of a push, and once as bytes that are no HTTP request. */
  garbage(bytes: Uint8Array): void {
    this.flights.push(this.post(bytes, this.options.style.contentType))
    this.flights.push(this.send(Buffer.from(bytes), true))
  }
  silence(on: boolean): void {
    this.off('silence', on ? longMs : 1)
  }
  duplicate(on: boolean): void {
    this.doubled = on
  }
  split(bytesAtOnce: number | null): void {
    this.pieceBytes = bytesAtOnce
  }

  /** After a restart its record numbers begin again and its stored records are lost. */
  restartDevice(): void {
    const { faults } = this.model
    const style = this.options.style.push
    this.model = createCameraModel({ timing: 'standard', seed: 11, style, faults })
    this.off('reboot', rebootMs)
  }
  skewClock(ms: number): void {
    this.skewMs = ms
  }

  private off(what: string, ms: number): void {
    this.out(this.model.act({ do: what, ms, bits: 0, status: 0 }, this.clock.nowUs()))
  }
}
