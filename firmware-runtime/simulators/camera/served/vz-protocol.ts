// A Vzicom camera on TCP 8131: length frames, GBK JSON, results after `ivsresult`, heartbeats both ways.
// Frames and messages are built from lane-devices.md 1.3, independent of the lane's codec.
import iconv from 'iconv-lite'
import { hexOf, joined } from '#base/pure/data/bytes.ts'
import { picturesOf, type Sighting } from '../sighting.ts'
import { vzTimeOf } from '../spelled-time.ts'
import { checkKnobs, isFlag } from './http-side.ts'
import { vzColourType } from './vz-codes.ts'
import type { CameraProtocol, CameraProtocolPorts } from './protocol.ts'

interface Client {
  waiting: Uint8Array
  subscribed: boolean
  images: boolean
  lastReceivedMs: number
}

const beatMs = 5_000
/** A client without a heartbeat for this time in ms is disconnected. */
const patienceMs = 15_000
const keptMax = 200

export class VzServed implements CameraProtocol {
  readonly #outside: CameraProtocolPorts
  readonly #serial: string
  readonly #clients = new Map<number, Client>()
  readonly #knobs = {
    /** Heartbeats before and after each result, in one segment with it. */
    glued: false,
    encrypted: false,
    /** Old firmware answers `getsn` with nothing. */
    tellsNumber: true,
    serialEcho: false,
  }
  #record = 0
  readonly relays = [0, 0, 0, 0]
  #pulses = 0
  readonly #ports = new Set<string>()
  readonly #serialOut: string[] = []

  constructor(serial: string, outside: CameraProtocolPorts) {
    this.#serial = serial
    this.#outside = outside
  }

  up(client: number): void {
    const lastReceivedMs = this.#outside.nowMs()
    const fresh = { waiting: new Uint8Array(0), subscribed: false, images: false, lastReceivedMs }
    this.#clients.set(client, fresh)
    this.#beat(client, fresh)
  }

  #beat(client: number, one: Client): void {
    this.#outside.after(beatMs, () => {
      if (this.#clients.get(client) !== one) return
      if (this.#outside.nowMs() - one.lastReceivedMs > patienceMs) {
        this.#outside.hangUp(client)
        return
      }
      this.#outside.send(client, frameOf(1, new Uint8Array(0)))
      this.#beat(client, one)
    })
  }

  down(client: number): void {
    this.#clients.delete(client)
  }

  forget(): void {
    this.#ports.clear()
    // Numbers begin anew after a restart, as in some firmware.
    this.#record = 0
  }

  subscribers(): readonly number[] {
    return [...this.#clients].filter(([, one]) => one.subscribed).map(([client]) => client)
  }

  bytes(client: number, chunk: Uint8Array): void {
    const one = this.#clients.get(client)
    if (one === undefined) return
    one.lastReceivedMs = this.#outside.nowMs()
    one.waiting = joined([one.waiting, chunk])
    for (;;) {
      if (one.waiting.length < 8) return
      const { buffer, byteOffset } = one.waiting
      const length = new DataView(buffer, byteOffset).getUint32(4)
      const good = one.waiting[0] === 0x56 && one.waiting[1] === 0x5a && length <= 1_048_576
      if (!good) {
        this.#outside.note('bytes that are no frame')
        this.#outside.hangUp(client)
        return
      }
      if (one.waiting.length < 8 + length) return
      const payload = one.waiting.slice(8, 8 + length)
      one.waiting = one.waiting.slice(8 + length)
      if (length > 0) this.#message(client, one, iconv.decode(Buffer.from(payload), 'gbk'))
    }
  }

  #message(client: number, one: Client, text: string): void {
    this.#outside.note(text)
    const requestBody = JSON.parse(text) as Record<string, unknown>
    const { cmd, id } = requestBody
    const reply = (more: Record<string, unknown>): void =>
      this.#outside.send(client, jsonFrame({ cmd, id, state_code: 200, ...more }))
    if (cmd === 'getsn') {
      if (this.#knobs.tellsNumber) reply({ value: this.#serial })
    } else if (cmd === 'ivsresult') {
      one.subscribed = requestBody['enable'] === true
      one.images = requestBody['image'] === true
      reply({})
    } else if (cmd === 'ioctl') this.#relay(requestBody)
    else if (cmd === 'ttransmission') this.#passThrough(requestBody)
    else reply({ state_code: 404 })
  }

  #relay({ io, value, delay }: Record<string, unknown>): void {
    if (typeof io !== 'number' || this.relays[io] === undefined) return
    this.relays[io] = value === 0 ? 0 : 1
    if (value !== 2 || typeof delay !== 'number') return
    this.#pulses++
    this.#outside.after(delay, () => (this.relays[io] = 0))
  }

  #passThrough({ subcmd, data, comm, datalen }: Record<string, unknown>): void {
    if (subcmd === 'init' && typeof data === 'string') this.#ports.add(data)
    if (subcmd !== 'send' || typeof data !== 'string' || typeof comm !== 'string') return
    const bytes = Uint8Array.from(Buffer.from(data, 'base64'))
    if (!this.#ports.has(comm) || bytes.length !== datalen) return
    this.#serialOut.push(`${comm} ${hexOf(bytes)}`)
    if (this.#serialOut.length > keptMax) this.#serialOut.shift()
    if (this.#knobs.serialEcho) this.serialIn(comm, bytes)
  }

  serialIn(port: string, bytes: Uint8Array): void {
    if (!this.#ports.has(port)) return
    const data = Buffer.from(bytes).toString('base64')
    const said = { cmd: 'ttransmission', subcmd: 'send', comm: port, data, datalen: bytes.length }
    for (const client of this.#clients.keys()) this.#outside.send(client, jsonFrame(said))
  }

  parts(sighting: Sighting, history: boolean): readonly Uint8Array[] {
    const pictures = picturesOf(sighting)
    const [full, clip] = [pictures?.car ?? new Uint8Array(0), pictures?.plate ?? new Uint8Array(0)]
    const license = sighting.plateState === 'none' ? '_无_' : (sighting.plate ?? '')
    const encrypted = this.#knobs.encrypted
    const said = {
      PlateResult: {
        license: encrypted ? Buffer.from(license).toString('base64') : license,
        confidence: sighting.confidence,
        colorType: vzColourType[sighting.colour],
        type: sighting.plateState === 'none' ? 31 : 1,
        direction: 4,
        triggerType: 8,
        ...(encrypted ? { enable_encrypt: 1 } : {}),
        ...(history ? { isoffline: 1 } : {}),
        ...vzTimeOf(sighting),
      },
      cmd: 'ivs_result',
      id: ++this.#record,
      imageformat: 'jpg',
      fullImgSize: full.length,
      clipImgSize: clip.length,
    }
    const text = iconv.encode(JSON.stringify(said), 'gbk')
    const frame = frameOf(0, joined([text, Uint8Array.of(0), full, clip]))
    const beat = frameOf(1, new Uint8Array(0))
    return this.#knobs.glued ? [beat, frame, beat] : [frame]
  }

  set(given: Readonly<Record<string, unknown>>): void {
    const names = ['glued', 'encrypted', 'tellsNumber', 'serialEcho']
    checkKnobs(given, Object.fromEntries(names.map((name) => [name, isFlag])))
    Object.assign(this.#knobs, given)
  }

  state(): Readonly<Record<string, unknown>> {
    return {
      serial: this.#serial,
      ...this.#knobs,
      relays: [...this.relays],
      pulses: this.#pulses,
      serialPorts: [...this.#ports],
      serialOut: [...this.#serialOut],
    }
  }
}

function frameOf(type: 0 | 1, payload: Uint8Array): Uint8Array {
  const head = new DataView(new ArrayBuffer(8))
  head.setUint16(0, 0x565a)
  head.setUint8(2, type)
  head.setUint32(4, payload.length)
  return joined([new Uint8Array(head.buffer), payload])
}

const jsonFrame = (value: unknown): Uint8Array =>
  frameOf(0, iconv.encode(JSON.stringify(value), 'gbk'))
