// Magnetic sensors below parking spaces as a pure model: cars and time in, messages out.
// They report changes and heartbeats; the network repeats, reorders and loses messages.
import { LaneFault } from '#base/pure/faults/faults.ts'
import { TimedModel } from '../shell/device-model.ts'
import { createFaultEngine, type FaultEngine, type FaultEngineOptions } from '../shell/faults.ts'
import { encodeGeo, type GeoMessage, type GeoSaid, type GeoStyle } from './geo-encode.ts'

export const geoFaults: FaultEngineOptions = { places: ['report'] }

interface GeoOptions {
  readonly style: GeoStyle
  readonly heartbeatMs: number
  readonly wallAtStartMs: number
  readonly faults?: FaultEngine
}

interface Sensor {
  occupied: boolean
  seq: number
}

const idShape = /^[A-Za-z0-9._-]{1,64}$/

export class GeoModel extends TimedModel<GeoMessage> {
  readonly faults: FaultEngine
  /** Error of the sensors' clocks. */
  clockSkewMs = 0
  silent = false
  /** True: every message arrives twice. */
  twice = false
  readonly #options: GeoOptions
  readonly #sensors = new Map<string, Sensor>()
  #held: GeoMessage[] = []
  #sent = 0

  constructor(options: GeoOptions) {
    super()
    this.#options = options
    this.faults = options.faults ?? createFaultEngine(geoFaults)
  }

  /** Adds a sensor, which reports at once and later at each heartbeat. */
  add(deviceId: string, atUs: number): GeoMessage[] {
    this.agenda.runUntil(atUs)
    if (!idShape.test(deviceId) || this.#sensors.has(deviceId))
      throw new LaneFault('ARG-01', { field: '/deviceId', value: deviceId.slice(0, 80) })
    this.#sensors.set(deviceId, { occupied: false, seq: 0 })
    this.#say(deviceId, 'start')
    this.#beatLater(deviceId)
    return this.advance(atUs)
  }

  /** A car comes or goes. */
  set(deviceId: string, occupied: boolean, atUs: number): GeoMessage[] {
    this.agenda.runUntil(atUs)
    this.#sensor(deviceId).occupied = occupied
    this.#say(deviceId, 'status')
    return this.advance(atUs)
  }

  /** The sensor lost power and memory: it counts from the beginning. */
  restart(deviceId: string, atUs: number): GeoMessage[] {
    this.agenda.runUntil(atUs)
    this.#sensor(deviceId).seq = 0
    this.#say(deviceId, 'start')
    return this.advance(atUs)
  }

  state(): Record<string, unknown> {
    return { sensors: Object.fromEntries(this.#sensors), sent: this.#sent, silent: this.silent }
  }

  #sensor(deviceId: string): Sensor {
    const sensor = this.#sensors.get(deviceId)
    if (sensor === undefined)
      throw new LaneFault('ARG-01', { field: '/deviceId', value: deviceId.slice(0, 80) })
    return sensor
  }

  #beatLater(deviceId: string): void {
    this.agenda.plan(this.#options.heartbeatMs * 1000, () => {
      this.#say(deviceId, 'heartbeat')
      this.#beatLater(deviceId)
    })
  }

  #say(deviceId: string, kind: GeoSaid['kind']): void {
    const sensor = this.#sensor(deviceId)
    sensor.seq++
    const { style, wallAtStartMs } = this.#options
    const atMs = Math.round(wallAtStartMs + this.agenda.nowUs / 1000 + this.clockSkewMs)
    const message = encodeGeo(style, { deviceId, ...sensor, atMs, kind })
    const fault = this.faults.decide('report', 'before')
    if (this.silent || fault?.do === 'drop') return
    if (fault?.do === 'delay') this.agenda.plan(fault.ms * 1000, () => this.#send(message))
    else if (fault?.do === 'reorder') this.#held.push(message)
    else if (fault?.do === 'cut')
      this.#send({ ...message, text: message.text.slice(0, message.text.length >> 1) })
    else {
      this.#send(message)
      if (fault?.do === 'duplicate') this.#send(message)
    }
  }

  #send(message: GeoMessage): void {
    const burst = [message, ...this.#held]
    this.#held = []
    for (const one of burst)
      for (let i = 0; i < (this.twice ? 2 : 1); i++) {
        this.#sent++
        this.out(one)
      }
  }
}
