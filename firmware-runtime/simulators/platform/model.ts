// The platform as a pure model: a request and the transport time in, a signed answer out.
// Signatures, random numbers and storage are injected: the deterministic harness uses stand-ins in its own process,
// `platform-sim` the real ones.
import { parsed } from '#base/pure/data/json.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { ShelfMaker } from '#base/pure/values/shelf.ts'
import type { TacInput } from '../shell/test-tac.ts'
import { answerCodes, bodyOf, languageOf, refuse, type Outcome } from './answers.ts'
import { getExitBill, getSplitBill } from './records/bills.ts'
import { keyOf } from './records/by-application.ts'
import { createChannelSettings } from './channel-settings.ts'
import { answerFile } from './answer-file.ts'
import { putBatch } from './records/batches.ts'
import type { Services, Handler, Policy } from './call.ts'
import { getCharge, postCharge } from './records/charges.ts'
import { postTradeFile } from './records/trade-file.ts'
import { getConfiguration, getShifts, takeShift } from './records/duty.ts'
import { getFeedback, postFeedback, putFeedback } from './records/feedback.ts'
import { answerText, hasFourByteText, parseAuthorization, passGate } from './envelope.ts'
import { signatureHint } from './envelope.ts'
import type { Authorization, Gate, PlatformClient, PlatformRequest, Scheme } from './envelope.ts'
import { postJointTest } from './records/joint-test.ts'
import { evenMood, type Mood } from './moods.ts'
import { routeOf as liaoningRouteOf } from './liaoning/words.ts'
import { postEntryRecord, postExitRecord, postPlateRecord } from './records/lot-records.ts'
import { pointerToAstral, textOf, type Members } from './records/members.ts'
import { openedMembers } from './certificates/sealed-members.ts'
import { decodePart } from './path-part.ts'
import { applyRow, emptyState, forgetNonces } from './records/settlement-records.ts'
import type { SettlementRow, PlatformState } from './records/settlement-records.ts'
import { postAuthorize, postConfirm, postSignIn } from './records/psam.ts'
import { postConfirmation, postConsumption } from './records/consumptions.ts'
import { getRefund, postRefund } from './records/refunds.ts'
import { isOf, type PlatformRole } from './roles.ts'
import { getStatusList, postListCheck } from './records/status-list.ts'
import { postVehicleInfo } from './records/vehicle-info.ts'
import { certificatesHandler, postException, postHeartbeat } from './records/uploads.ts'
import type { PublishedCertificate } from './records/uploads.ts'

interface PlatformModelOptions {
  readonly clients: readonly PlatformClient[]
  /** Upper-case hex serial of the certificate that signs answers. */
  readonly platformSerial: string
  readonly certificates: readonly PublishedCertificate[]
  sign(message: Uint8Array): Uint8Array
  /** 32 bytes. */
  sm3(data: Uint8Array): Uint8Array
  /** Digest of the suite; absent: SM3. */
  digest?(data: Uint8Array): Uint8Array
  random(count: number): Uint8Array
  /** The text of a file sealed to the platform; null when it does not open. Absent: files are refused. */
  openFile?(members: Members): string | null
  /** A member sealed under this certificate; null when it does not open. Absent: none opens. */
  openField?(serial: string, base64: string): string | null
  /** Scheme of the suite; absent: the national one. */
  readonly scheme?: Scheme
  /** Null accepts any TAC except zero. */
  readonly tac: ((input: TacInput) => string) | null
  /** Stores each new row, after the state has it. */
  keep(row: SettlementRow): void
  /** Rows from earlier runs, oldest first. */
  readonly rows?: Iterable<SettlementRow>
  /** Its role in table G.1; absent: all roles in one. */
  readonly role?: PlatformRole | undefined
  /** Interfaces available to a lot, by route; absent: all. */
  readonly isOffered?: (name: string) => boolean
  /** Deliberate faults that a candidate met, for its report; null: none. */
  thrown?(appId: string): Readonly<Record<string, unknown>> | null
  /** Storage of records; absent: in memory. */
  readonly shelf?: ShelfMaker
}

export interface PlatformAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export interface PlatformModel {
  /** Null means no answer; the model always answers, but faults around it may not. */
  handle(request: PlatformRequest, transportNowMs: InstantMs, mood?: Mood): PlatformAnswer | null
  isSandbox(appId: string): boolean
  /** Sets business time minus transport time, ms, for a channel or for all; returns the shift in force. */
  moveTime(shiftMs: number, appId?: string): void
  shiftOf(appId: string): number
  /** All shifts. */
  readonly shifts: ReadonlyMap<string, number>
  /** The channel that signed the request, also when it was answered already; null without a valid signature. */
  askerOf(request: PlatformRequest, transportNowMs: InstantMs): string | null
  /** Marks the number of a channel's request as being processed until released: a further request gets 409. */
  hold(request: PlatformRequest, appId: string | null): () => void
  /** Signs any body as an answer, for faults with a correctly signed false answer. */
  seal(status: number, body: string, transportNowMs: InstantMs): PlatformAnswer
  /** Records a change by the administration. */
  record(row: SettlementRow): void
  /** Changes the policy of all channels or of one; returns the policy in force. */
  setPolicy(policy: Partial<Policy>, appId?: string): Policy
  policyOf(appId: string): Policy
  /** Settings that differ by channel. */
  readonly policies: ReadonlyMap<string, Partial<Policy>>
  readonly state: PlatformState
  /** The common policy. */
  readonly policy: Policy
}

interface Route {
  readonly method: string
  readonly shape: RegExp
  /** Name in faults and logs. */
  readonly name: string
  readonly handler: Handler
  /** Member that carries the business number. */
  readonly number?: string
}

const route = (method: string, path: string, handler: Handler, number?: string): Route => ({
  method,
  shape: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '([^/]+)')}$`),
  name: `${method} ${path}`,
  handler,
  ...(number === undefined ? {} : { number }),
})

type RouteParts = Pick<
  PlatformModelOptions,
  'certificates' | 'sm3' | 'digest' | 'isOffered' | 'thrown'
>

const routesOf = ({
  certificates,
  sm3,
  digest,
  isOffered,
  thrown,
}: RouteParts): readonly Route[] => [
  route('POST', '/v1/psam/sign-in', postSignIn, 'listNo'),
  route('POST', '/v1/psam/authorize', postAuthorize, 'listNo'),
  route('POST', '/v1/psam/authorize/confirm', postConfirm),
  route('POST', '/v1/etc/exit-charges', postCharge, 'outTradeNo'),
  route('GET', '/v1/etc/exit-charges/{outTradeNo}', getCharge),
  route('POST', '/v1/etc/consumptions', postConsumption, 'consumptionNo'),
  route('POST', '/v1/etc/consumptions/{consumptionNo}/confirm', postConfirmation),
  route('POST', '/v1/etc/vehicle-info/decrypt', postVehicleInfo),
  route('POST', '/v1/etc/exceptions', postException, 'exceptionNo'),
  route('POST', '/v1/monitor/heartbeats', postHeartbeat),
  route('POST', '/v1/etc/refunds', postRefund, 'outRefundNo'),
  route('GET', '/v1/etc/refunds/{outRefundNo}', getRefund),
  route('POST', '/v1/records/entries', postEntryRecord, 'entryNo'),
  route('POST', '/v1/records/exits', postExitRecord, 'outTradeNo'),
  route('POST', '/v1/records/plates', postPlateRecord, 'plateRecNo'),
  route('GET', '/v1/shifts', getShifts),
  route('POST', '/v1/shifts', takeShift, 'shiftNo'),
  route('PUT', '/v1/shifts/{shiftNo}', takeShift, 'shiftNo'),
  route('GET', '/v1/configuration', getConfiguration),
  route('GET', '/v1/feedback', getFeedback),
  route('POST', '/v1/feedback', postFeedback, 'feedbackNo'),
  route('PUT', '/v1/feedback/{feedbackNo}', putFeedback),
  route('PUT', '/v1/batches/{kind}/{parkId}/{hour}', putBatch(digest ?? sm3)),
  route('POST', '/v1/files/exit-trades', postTradeFile),
  route('GET', '/v1/status-list', getStatusList),
  route('POST', '/v1/status-list/check', postListCheck),
  route('GET', '/v1/bills/exit', getExitBill),
  route('GET', '/v1/bills/split', getSplitBill),
  route('GET', '/v1/certificates', certificatesHandler(certificates)),
  route('POST', '/v1/joint-tests', postJointTest(sm3, isOffered, thrown)),
]

const namedRoutes = routesOf({ certificates: [], sm3: (data) => data })

/**
 * Names under which faults may hit a request: its route, its route without the number, its own path, and `*` for any.
 */
export function placesOf(method: string, path: string): readonly string[] {
  const own = `${method} ${pathOnly(path)}`
  const behind = liaoningRouteOf(method, path)
  if (behind !== null) return [own, ...placesOf(method, behind.path)]
  const name = findRoute(namedRoutes, method, path)?.route.name ?? own
  return [...new Set([name, name.replace(/\/\{.*$/, ''), own, '*'])]
}

/** Place of a fault that hits a charge. */
export const chargePlace = 'POST /v1/etc/exit-charges'

/** All names of `placesOf`, for a refusal's text. */
export const platformPlaces: readonly string[] = ['*', ...namedRoutes.map(({ name }) => name)]

/** Whether a fault at this place can ever hit a request. */
export function isPlatformPlace(at: string): boolean {
  const [method = '', path = ''] = at.split(' ')
  if (findRoute(namedRoutes, method, path) !== null) return true
  if (liaoningRouteOf(method, path) !== null) return true
  return platformPlaces.some((name) => name === at || name.replace(/\/\{.*$/, '') === at)
}

const pathOnly = (path: string): string => path.split('?', 1)[0] ?? ''

function findRoute(routes: readonly Route[], method: string, path: string) {
  for (const candidate of routes) {
    const m = candidate.method === method ? candidate.shape.exec(pathOnly(path)) : null
    if (m) return { route: candidate, path: m.slice(1).map(decodePart) }
  }
  return null
}

type Read = { readonly members: Members } | { readonly wrong: Outcome }

const wrongBody = (respCode: '200001' | '200005', field: string, issue: string): Read => ({
  wrong: refuse(respCode, field, null, issue),
})

/** The body as members: UTF-8 of one to three bytes, JSON, an object (9.3.3.1, 9.3.3.2). */
function readBody(request: PlatformRequest): Read {
  if (request.method === 'GET') return { members: {} }
  const type = request.headers['content-type'] ?? ''
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    return { wrong: refuse('200001', 'content-type', type, 'application/json', 'header') }
  }
  if (hasFourByteText(request.body)) return wrongBody('200005', '', 'text above U+FFFF')
  const text = Buffer.from(request.body).toString('utf8')
  // Decoding replaces invalid UTF-8, so encoding again shows whether there was any.
  if (!Buffer.from(text, 'utf8').equals(request.body)) return wrongBody('200005', '', 'not UTF-8')
  const value = parsed(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return wrongBody('200001', '', 'the body is a JSON object')
  }
  // Literal text above U+FFFF was refused above: only escapes are left.
  const astral = text.includes('\\u') ? pointerToAstral(value) : null
  if (astral !== null) return wrongBody('200005', astral, 'text above U+FFFF')
  return { members: { ...value } }
}

const nonceAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

interface Inside {
  readonly routes: readonly Route[]
  readonly services: Services
  readonly held: Map<string, number>
  policyOf(appId: string): Policy
  shiftOf(appId: string): number
  readonly options: PlatformModelOptions
}

/** The key under which a request is processed, or null when it has no number. */
function workKey(inside: Inside, request: PlatformRequest, appId: string): string | null {
  const found = findRoute(inside.routes, request.method, request.path)
  if (!found?.route.number) return null
  const body = readBody(request)
  if ('wrong' in body) return null
  const no = textOf(body.members, found.route.number)
  return no === '' ? null : keyOf(appId, keyOf(found.route.name, no))
}

const gateOf = ({ services, options, shiftOf }: Inside): Gate => ({
  clients: options.clients,
  scheme: options.scheme,
  shiftMs: shiftOf,
  nonceSeen: (appId, nonce) => services.state.nonces.has(keyOf(appId, nonce)),
})

function judge(inside: Inside, request: PlatformRequest, nowMs: InstantMs, mood: Mood): Outcome {
  const { services, routes, options } = inside
  forgetNonces(services.state, nowMs)
  const passed = passGate(gateOf(inside), request, nowMs)
  if (!passed.ok) {
    const named = parseAuthorization(request.headers['authorization'], options.scheme)?.appId
    const who = options.clients.some((one) => one.appId === named) ? { appId: named ?? '' } : {}
    services.record({ t: 'refused', kind: 'gate', respCode: passed.why, ...who })
    const hint = passed.why === '400006' ? signatureHint(gateOf(inside), request) : null
    return hint === null
      ? { respCode: passed.why }
      : refuse(passed.why, 'authorization', '', hint, 'header')
  }
  const { appId, nonce } = passed.auth
  services.record({ t: 'nonce', appId, nonce, atMs: nowMs })
  const found = findRoute(routes, request.method, request.path)
  if (!found) return refuse('400004', '', request.path, 'no such interface', 'path')
  return work(inside, request, { auth: passed.auth, nowMs, mood }, found)
}

/** D.2 rule 1: headers, when sent, must agree with the body. */
function checkIdempotencyHeaders(
  request: PlatformRequest,
  members: Members,
  matchedRoute: Route,
  digest: string,
): Outcome | null {
  const { 'idempotency-key': key, 'idempotency-fingerprint': print } = request.headers
  if (key !== undefined && matchedRoute.number && key !== textOf(members, matchedRoute.number)) {
    return refuse('200004', 'idempotency-key', key, `must be ${matchedRoute.number}`, 'header')
  }
  return print !== undefined && print.toUpperCase() !== digest
    ? refuse('200004', 'idempotency-fingerprint', print, 'not the digest of the body', 'header')
    : null
}

function openBody(
  { services, options }: Pick<Inside, 'services' | 'options'>,
  request: PlatformRequest,
  route: string,
) {
  const read = readBody(request)
  if ('wrong' in read) return read
  return openedMembers({
    route,
    members: read.members,
    serial: request.headers['etc-serial'],
    wantsVehicleIds: services.policy.encryptVehicleIds,
    open: (serial, base64) => options.openField?.(serial, base64) ?? null,
  })
}

function work(
  inside: Inside,
  request: PlatformRequest,
  { auth, nowMs, mood }: { auth: Authorization; nowMs: InstantMs; mood: Mood },
  found: NonNullable<ReturnType<typeof findRoute>>,
): Outcome {
  const { options, held } = inside
  const { appId } = auth
  const services = { ...inside.services, policy: inside.policyOf(appId) }
  const key = held.size === 0 ? null : workKey(inside, request, appId)
  if (key !== null && held.has(key)) return refuse('500002', '', key, 'try again shortly')
  const { path, route: matchedRoute } = found
  const body = openBody({ services, options }, request, matchedRoute.name)
  // Members are sealed anew for each attempt, so the unsealed text identifies the act.
  const text = 'isSealed' in body && body.isSealed ? JSON.stringify(body.members) : null
  const clear = text === null ? request.body : Buffer.from(text, 'utf8')
  const bodySm3 = hexOf(options.sm3(clear))
  const print = hexOf((options.digest ?? options.sm3)(clear))
  const query = new URLSearchParams(request.path.split('?')[1] ?? '')
  const asker = options.clients.find((c) => c.appId === appId && c.certSerial === auth.serial)
  const { fileCipher: cipher } = services.policy
  const file = answerFile({ client: asker, appId, cipher, nowMs })
  const run = (members: Members): Outcome =>
    checkIdempotencyHeaders(request, members, matchedRoute, print) ??
    matchedRoute.handler(services, {
      appId,
      members,
      bodySm3,
      path,
      query,
      headers: request.headers,
      nowMs: nowMs + inside.shiftOf(appId),
      clockMs: nowMs + Math.max(inside.shiftOf(appId), 0),
      earliestMs: nowMs + Math.min(inside.shiftOf(appId), 0),
      isSandbox: asker?.isSandbox === true,
      isLate: mood.isLate,
      file,
      sealed: (text) => asker?.sealField?.(text) ?? text,
      opened: (sealed) => options.openFile?.(sealed) ?? null,
      sm3Of: (text) => hexOf(options.sm3(Uint8Array.from(Buffer.from(text, 'utf8')))),
    })
  const outcome = 'wrong' in body ? body.wrong : run(body.members)
  // Acts are counted in the records; a refusal that stored nothing is counted here.
  const { respCode } = outcome
  if (!outcome.replayed && /^[23]/.test(respCode) && request.method !== 'GET') {
    services.record({ t: 'refused', kind: matchedRoute.name, respCode, appId })
  }
  return outcome
}

/** Notes request and answer of a sandbox client for its joint test, before the answer is sent. */
function noteTried(
  { options, routes, services }: Inside,
  { headers, method, path }: PlatformRequest,
  outcome: Outcome,
  atMs: InstantMs,
): void {
  const appId = parseAuthorization(headers['authorization'], options.scheme)?.appId
  const name = findRoute(routes, method, path)?.route.name
  const isSandbox = options.clients.some((one) => one.appId === appId && one.isSandbox === true)
  if (!isSandbox || appId === undefined || name === undefined) return
  const { field, issue } = outcome.detail ?? {}
  const named = field === undefined || issue === undefined ? {} : { field, issue }
  services.record({ t: 'tried', appId, name, respCode: triedCode(outcome), ...named, atMs })
}

/** An undecided act stays 100002 when it is repeated: the repetition itself counts. */
const triedCode = ({ respCode, replayed }: Outcome): Outcome['respCode'] =>
  replayed === true && respCode === '100002' ? '100001' : respCode

type Seal = PlatformModel['seal']

/** Answers in the envelope of P3. */
function createSeal(options: PlatformModelOptions): Seal {
  const token = (length: number): string =>
    [...options.random(length)].map((b) => nonceAlphabet[b % 36] ?? 'A').join('')
  return (status, body, nowMs) => {
    const bytes = Uint8Array.from(Buffer.from(body, 'utf8'))
    const timestamp = String(Math.floor(nowMs / 1000))
    const nonce = token(32)
    const signature = options.sign(answerText(timestamp, nonce, bytes))
    return {
      status,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'request-id': token(32),
        'etc-timestamp': timestamp,
        'etc-nonce': nonce,
        'etc-serial': options.platformSerial,
        'etc-signature': Buffer.from(signature).toString('base64'),
      },
      body: bytes,
    }
  }
}

export function createPlatformModel(options: PlatformModelOptions): PlatformModel {
  const state = emptyState(options.shelf)
  for (const row of options.rows ?? []) applyRow(state, row)
  const { ofAll, ...settings } = createChannelSettings()
  const { policyOf, shiftOf } = settings
  const record = (row: SettlementRow): void => {
    applyRow(state, row)
    options.keep(row)
  }
  const routes = routesOf(options).filter(isOf(options.role))
  const services: Services = {
    state,
    tac: options.tac,
    record,
    offers: (name) => routes.some((one) => one.name === name),
    get policy() {
      return ofAll()
    },
  }
  const held = new Map<string, number>()
  const inside: Inside = { routes, services, held, policyOf, shiftOf, options }

  const seal = createSeal(options)
  return {
    handle(request, nowMs, mood = evenMood) {
      const outcome = judge(inside, request, nowMs, mood)
      noteTried(inside, request, outcome, nowMs)
      const language = languageOf(request.headers['accept-language'])
      const answer =
        outcome.unchanged === true
          ? seal(304, '', nowMs)
          : seal(
              answerCodes[outcome.respCode].http,
              mood.dress(bodyOf(outcome, language, nowMs)),
              nowMs,
            )
      const more: Record<string, string> = {}
      if (outcome.etag !== undefined) more['etag'] = `"${outcome.etag}"`
      if (outcome.replayed) more['idempotent-replayed'] = 'true'
      if (outcome.respCode === '500002') more['retry-after'] = '1'
      return { ...answer, headers: { ...answer.headers, ...more } }
    },
    isSandbox: (appId) =>
      options.clients.some((one) => one.appId === appId && one.isSandbox === true),
    askerOf(request, nowMs) {
      const passed = passGate({ ...gateOf(inside), nonceSeen: () => false }, request, nowMs)
      return passed.ok ? passed.auth.appId : null
    },
    hold(request, appId) {
      const key = appId === null ? null : workKey(inside, request, appId)
      if (key === null) return () => undefined
      held.set(key, (held.get(key) ?? 0) + 1)
      return () => {
        const left = (held.get(key) ?? 1) - 1
        if (left > 0) held.set(key, left)
        else held.delete(key)
      }
    },
    seal,
    record,
    ...settings,
    state,
    get policy() {
      return ofAll()
    },
  }
}
