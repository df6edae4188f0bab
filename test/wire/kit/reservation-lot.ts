// A lot of two bays with a reservation platform: `etc-lane run`, a real Mosquitto over TLS and `reservation-sim`, each
// as a process; the lot's link to the broker goes through a relay.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { machineSecret } from '#base/secrets/machine-seal.ts'
import { secretStore } from '#base/secrets/secret-store.ts'
import type { ReservationsView } from '#lane/calls/reservation-views.ts'
import { newFolder, Program, type Line } from './live-program.ts'
import { Mosquitto, type Relay } from './mosquitto.ts'
import { nothingFree, RunLot } from './run-lot.ts'
import { allOf } from './watched.ts'
import { eventually, type UnderTest } from '../../kit/eventually.ts'

export interface MessageLine {
  readonly seq: number
  readonly msgId: string
  readonly type: string
  readonly data: {
    readonly eventType?: number
    readonly detail?: Readonly<Record<string, unknown>>
    readonly [name: string]: unknown
  }
}
export interface CommandLine {
  readonly cmdId: string
  readonly codes: readonly number[]
}

export class ReservationLot {
  readonly lot = new RunLot({
    variant: 'generic-bcc',
    rsuLink: 'tcp',
    tariff: nothingFree,
    capacity: 2,
  })
  readonly storeFile = join(newFolder(), 'reservation.books')
  declare broker: Mosquitto
  declare relay: Relay
  declare sim: Program
  at: Record<'baseUrl' | 'caFile' | 'secretFile' | 'appId' | 'parkCode' | 'admin', string> = {
    baseUrl: '',
    caFile: '',
    secretFile: '',
    appId: '',
    parkCode: '',
    admin: '',
  }

  /** `over`: members of `reservation` of the lot file. */
  async start(over: Readonly<Record<string, unknown>> = {}): Promise<void> {
    this.broker = await Mosquitto.open()
    this.relay = await this.broker.relay()
    await this.startSim()
    await this.lot.startSims()
    const file = join(this.lot.dir, 'lot.json')
    const config = JSON.parse(readFileSync(file, 'utf8')) as object
    const reservation = {
      broker: `mqtts://127.0.0.1:${this.relay.port}`,
      caFile: this.broker.caFile,
      appId: this.at.appId,
      parkCode: this.at.parkCode,
      secret: 'reservation',
      spaces: 2,
      ...over,
    }
    writeFileSync(file, JSON.stringify({ ...config, reservation }))
    const secret = readFileSync(this.at.secretFile, 'utf8').trim()
    secretStore(this.lot.dir, machineSecret()).write('reservation', secret)
    await this.lot.start('exit')
    await this.linkIs('up')
  }

  async startSim(): Promise<void> {
    const { url, caFile } = this.broker
    const place = ['--broker', url, '--ca', caFile, '--books', this.storeFile]
    this.sim = new Program(['reservation-sim', ...place])
    const { endpoints } = await this.sim.line(({ event }) => event === 'ready')
    this.at = endpoints as typeof this.at
    await eventually(
      () => this.ask<{ connected: boolean }>('GET', '/state'),
      ({ connected }) => connected,
      { of: this.sim },
    )
  }

  async ask<T = Line>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${this.at.admin}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return (await answer.json()) as T
  }

  /** The lot with its simulators, and the platform. */
  get of(): UnderTest {
    return allOf(this.lot.of, this.sim)
  }

  view(): Promise<ReservationsView> {
    return this.lot.run.call<ReservationsView>('reservation.get')
  }

  linkIs(state: string): Promise<ReservationsView> {
    return eventually(
      () => this.view(),
      ({ link }) => link?.state === state,
      { of: this.of },
    )
  }

  async messages(): Promise<readonly MessageLine[]> {
    return (await this.ask<{ rows: MessageLine[] }>('GET', '/books?kind=messages')).rows
  }

  async codesOf(cmdId: string): Promise<readonly number[]> {
    const { rows } = await this.ask<{ rows: CommandLine[] }>('GET', '/books?kind=commands')
    return rows.find((row) => row.cmdId === cmdId)?.codes ?? []
  }

  /** Sends a command and waits until it is answered. */
  async command(type: string, data: object, more: object = {}): Promise<readonly number[]> {
    const { cmdId } = await this.ask<{ cmdId: string }>('POST', '/commands', {
      type,
      data,
      ...more,
    })
    return eventually(
      () => this.codesOf(cmdId),
      (codes) => codes.length > 0,
      { of: this.of },
    )
  }

  /** Waits until the platform has everything that the lot has numbered. */
  async allKnown(): Promise<readonly MessageLine[]> {
    await eventually(
      async () =>
        [await this.view(), await this.ask<{ lastSeq: number }>('GET', '/state')] as const,
      ([{ link }, { lastSeq }]) =>
        link?.state === 'up' && link.unsent === 0 && link.lastSeq === lastSeq && lastSeq > 0,
      { of: this.of },
    )
    return this.messages()
  }

  async close(): Promise<void> {
    await this.lot.close()
    await this.broker.close()
  }
}

const hourMs = 3_600_000

/** A reservation from an hour ago until three hours from now. */
export const reserve = (orderNo: string, plateNo: string, more: object = {}) => ({
  kind: 'reserved',
  orderNo,
  plateNo,
  plateColor: 0,
  startTime: Date.now() - hourMs,
  endTime: Date.now() + 3 * hourMs,
  terms: { type: 'prepaid', amountFen: 200 },
  ...more,
})
