// A platform model in this process, with stand-in signatures and a clock that only the test moves, and the smallest client
// that can talk to it. Shared by the tests of this folder.
import { createHash } from 'node:crypto'
import { createPlatformModel } from '#simulators/platform/model.ts'
import type { PlatformAnswer, PlatformModel } from '#simulators/platform/model.ts'
import { exchange } from '#simulators/platform/records/exchange.ts'
import type { PlatformRole } from '#simulators/platform/roles.ts'
import type { PlatformRequest } from '#simulators/platform/envelope.ts'
import type { SettlementRow } from '#simulators/platform/records/settlement-records.ts'
import { instantOf } from '#base/pure/values/instant.ts'
import { must } from '#base/pure/values/must.ts'
import type { ShelfMaker } from '#base/pure/values/shelf.ts'
import { testTac } from '#simulators/shell/test-tac.ts'

export const nowMs = instantOf(2026, 11, 20, 14.5 * 3_600_000)
export const appId = 'RIG1'
/** The app id of a second channel. */
export const otherId = 'RIG2'
export const certSerial = 'A1B2'

const sha256 = (data: Uint8Array | string): Uint8Array =>
  Uint8Array.from(createHash('sha256').update(data).digest())

/** A stand-in signature that anybody who knows the signer's name can verify. */
export const standIn = (name: string, message: Uint8Array): Uint8Array =>
  sha256(Buffer.concat([Buffer.from(name), message]))

export interface RigAnswer {
  readonly status: number
  readonly respCode: string
  readonly json: Readonly<Record<string, unknown>>
  readonly data: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export const standInSm3 = sha256

export interface Rig {
  readonly appId: string
  readonly model: PlatformModel
  readonly rows: SettlementRow[]
  request(method: string, path: string, body?: unknown, over?: Over): PlatformRequest
  send(method: string, path: string, body?: unknown, over?: Over): RigAnswer
  /** The same platform after a restart. */
  again(): Rig
}

type Mood = NonNullable<Parameters<typeof exchange>[0]['mood']>

/** What a test may change in the envelope. */
export interface Over {
  readonly nonce?: string
  readonly atMs?: number
  readonly stampMs?: number
  readonly appId?: string
  readonly serial?: string
  readonly signer?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly raw?: Uint8Array
}

/** The exchange of one request with a platform that neither waits nor is silent. */
export function exchangeAt(rig: Rig, request: PlatformRequest, mood: Mood) {
  const done = (): Promise<void> => Promise.resolve()
  const model = () => rig.model
  const waits = { wait: done, nextDelivered: done, settled: done }
  const speaks = { silence: () => undefined, isSilent: () => false, outage: () => undefined }
  return exchange(
    { model, mood, decide: () => null, nowMs: () => nowMs, ...waits, ...speaks },
    request,
  )
}

let nonces = 0

export function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

export function readAnswer(answer: PlatformAnswer | null): RigAnswer {
  must(answer !== null, 'the model answers')
  const json = objectOf(JSON.parse(Buffer.from(answer.body).toString('utf8')))
  return { ...answer, json, data: objectOf(json['data']), respCode: String(json['respCode']) }
}

function requestOf(method: string, path: string, body: unknown, over: Over): PlatformRequest {
  const text = body === undefined ? '' : JSON.stringify(body)
  const bytes = over.raw ?? Uint8Array.from(Buffer.from(text))
  const stamp = String(Math.floor((over.stampMs ?? over.atMs ?? nowMs) / 1000))
  const nonce = over.nonce ?? `N${String(++nonces).padStart(31, '0')}`
  const head = `${method}\n${path}\n${stamp}\n${nonce}\n`
  const message = Buffer.concat([Buffer.from(head), bytes, Buffer.from('\n')])
  const signature = Buffer.from(standIn(over.signer ?? 'client', message)).toString('base64')
  const authorization =
    `ETC-SM2-WITH-SM3 appid="${over.appId ?? appId}",nonce_str="${nonce}",` +
    `timestamp="${stamp}",serial_no="${over.serial ?? certSerial}",signature="${signature}"`
  return {
    method,
    path,
    headers: {
      ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
      authorization,
      ...over.headers,
    },
    body: bytes,
  }
}

/** Both channels' lanes of a lot, as after their sign-in. */
function signedIn({ state }: PlatformModel, lot: string): void {
  for (const one of [appId, otherId]) {
    state.signedIn.channels.add(one)
    state.signedIn.parks.add(`${one}/${lot}`)
    for (const lane of ['entry', 'exit'])
      for (const set of [state.signedIn.lanes, state.signedIn.gates])
        set.add(`${one}/${lot}/${lane}`)
  }
}

export function createRig(
  options: {
    readonly tac?: 'test' | 'any'
    readonly role?: PlatformRole | undefined
    readonly rows?: readonly SettlementRow[]
    readonly shelf?: ShelfMaker
    /** Of the clients' certificates, from `nowMs` on. */
    readonly validForMs?: number
    /** No lane signed in before. */
    readonly isNew?: boolean
    /** A third channel, of a sandbox. */
    readonly sandbox?: string
    /** The second channel is one of the sandbox. */
    readonly isSandbox?: boolean
    openFile?(members: Readonly<Record<string, unknown>>): string | null
    /** On an impolite platform: what it threw at this channel. */
    thrown?(whom: string): Readonly<Record<string, unknown>> | null
  } = {},
): Rig {
  const rows: SettlementRow[] = [...(options.rows ?? [])]
  let seed = 0
  const model = createPlatformModel({
    clients: [appId, otherId, ...(options.sandbox === undefined ? [] : [options.sandbox])].map(
      (one) => ({
        appId: one,
        certSerial,
        validToMs: nowMs + (options.validForMs ?? 86_400_000),
        isSandbox: one === options.sandbox || (options.isSandbox === true && one === otherId),
        verify: (message, signature) => Buffer.from(standIn('client', message)).equals(signature),
      }),
    ),
    role: options.role,
    ...(options.openFile === undefined ? {} : { openFile: options.openFile }),
    ...(options.thrown === undefined ? {} : { thrown: options.thrown }),
    platformSerial: 'C3D4',
    certificates: [],
    sign: (message) => standIn('platform', message),
    sm3: sha256,
    random: (count) => Uint8Array.from({ length: count }, (_, i) => (seed++ * 31 + i) % 251),
    tac: options.tac === 'any' ? null : testTac,
    keep: (row) => rows.push(row),
    rows: options.rows ?? [],
    ...(options.shelf === undefined ? {} : { shelf: options.shelf }),
  })
  if (options.isNew !== true) for (const lot of ['450100001', 'OTHER']) signedIn(model, lot)
  return {
    appId,
    model,
    rows,
    request: (method, path, body, over = {}) => requestOf(method, path, body, over),
    send: (method, path, body, over = {}) =>
      readAnswer(model.handle(requestOf(method, path, body, over), over.atMs ?? nowMs)),
    again: () => createRig({ ...options, rows }),
  }
}

let charges = 0

/** A valid charge in mode 2; each call is another car. */
export function charge(change: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const serial = String(++charges)
  return {
    outTradeNo: `P${serial}`,
    mode: 2,
    parkId: '450100001',
    laneNo: 'exit',
    deviceId: 'rsu-1',
    serviceType: 2,
    enTime: '2026-11-20T12:00:00.000+08:00',
    exTime: '2026-11-20T14:00:00.500+08:00',
    transTime: '2026-11-20T14:00:00.000+08:00',
    parkDuration: 7200,
    vehiclePlate: `测A${serial.padStart(5, '0')}`,
    vehicleColor: 0,
    vehicleType: 1,
    plateSource: 1,
    payFee: 1500,
    discountFee: 300,
    realFee: 1200,
    obuId: '6A81353E',
    obuIssuer: 'TEST',
    obuVersion: '1',
    obuStatus: '0000',
    obuPlate: '测A12345',
    etcCardId: `4501${serial.padStart(16, '0')}`,
    cardNetNo: '4501',
    cardType: 22,
    cardVersion: 64,
    cardPlate: '测A12345',
    cardExpire: '2030-01-01',
    tacSource: 2,
    listVersion: '0',
    offline: false,
    entryNo: `E${serial}`,
    ...change,
  }
}

/** A valid charge in mode 1, with the TAC that its card made. */
export function cardCharge(change: Readonly<Record<string, unknown>> = {}) {
  const tac = testTac({
    amountFen: 1200,
    transType: '09',
    psamTerminal: '373737373737',
    psamSerial: 17,
    timeBcd: '20261120140000',
  })
  return charge({
    mode: 1,
    tacSource: 1,
    preBalance: 10_000,
    postBalance: 8_800,
    transNo: 18,
    terminalNo: '373737373737',
    terminalTransNo: '00000011',
    transType: '09',
    tac,
    algorithmIdentifier: 1,
    keyVersion: 1,
    ...change,
  })
}

export const chargePath = '/v1/etc/exit-charges'
