// The access platform between a lot and the expansion platform (000 7.2): access control (A.1.1 a), forwarding (A.1.2
// b), and the three kinds of answer (A.1.2 a). The expansion platform behind it is this simulator's model, called with
// its own link.
import { hexOf } from '#base/pure/data/bytes.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import { parsed } from '#base/pure/data/json.ts'
import { answerCodes, type RespCode } from '../answers.ts'
import { keyOf, listOf } from '../records/by-application.ts'
import { rulesFor } from '../records/charges.ts'
import { passGate, requestText, type PlatformClient, type PlatformRequest } from '../envelope.ts'
import { checkMembers, textOf, type Members } from '../records/members.ts'
import type { PlatformAnswer, PlatformModel } from '../model.ts'
import type { Mood } from '../moods.ts'
import { stoppedKey } from './access-records.ts'
import { hmacOver } from './hmac.ts'
import { defectOf, type Defect } from './quality.ts'
import { answersFor, innerCode, isProcessed, routeOf } from './words.ts'
import { isMembers } from '../../shell/members.ts'

/** Serial of this platform at the expansion platform, for each of its lots. */
export const linkSerial = 'ACCE55'

/** Interval in ms for taking over the blacklist (A.2.3 b 2). */
const listEveryMs = 900_000

interface AccessOptions {
  /** The expansion platform; its clients have `linkSerial` beside their own serials. */
  readonly base: PlatformModel
  readonly clients: readonly PlatformClient[]
  /** Authorisation code of an account; null without one. */
  codeOf(appId: string): Uint8Array | null
  sm3(data: Uint8Array): Uint8Array
}

/** Key for nonces of lots, apart from those of this platform's own link. */
const gateOf = (appId: string): string => `lot ${appId}`

const membersIn = (body: Uint8Array): Members => {
  const value = parsed(Buffer.from(body).toString('utf8'))
  return isMembers(value) ? value : {}
}

class AccessPlatform {
  private readonly options: AccessOptions
  /** The blacklist as last taken over, by channel. */
  private readonly lists = new Map<string, { listed: Map<string, InstantMs>; atMs: InstantMs }>()
  private links = 0

  constructor(options: AccessOptions) {
    this.options = options
  }

  handle(request: PlatformRequest, nowMs: InstantMs, mood?: Mood): PlatformAnswer | null {
    const refused = (respCode: RespCode, field = '', issue = ''): PlatformAnswer => {
      this.options.base.record({ t: 'refused', kind: 'gate', respCode })
      return this.said(respCode, { field, issue }, nowMs)
    }
    const passed = this.gate(request, nowMs)
    if (!passed.ok) return refused(passed.why)
    const route = routeOf(request.method, request.path)
    if (route === null) return refused('400004', '', 'no such interface')
    const wrong = this.accessFault(request, passed, route.requestType)
    if (wrong !== null) return refused(wrong)
    const { base } = this.options
    base.record({ t: 'nonce', appId: gateOf(passed.appId), nonce: passed.nonce, atMs: nowMs })
    const inner = this.linked({ ...request, path: route.path }, passed.appId, nowMs)
    const stopped = this.stopped(inner, passed.appId, nowMs)
    if (stopped !== null) return this.said(stopped.respCode, stopped, nowMs)
    const answer = base.handle(inner, nowMs, mood)
    return answer === null ? null : this.translated(answer, isProcessed(route.path), nowMs)
  }

  /** The request in the form of the expansion platform, to find the number that is processed. */
  forwarded(request: PlatformRequest): PlatformRequest {
    const route = routeOf(request.method, request.path)
    return route === null ? request : { ...request, path: route.path }
  }

  /** The channel that a request proves; null without a valid proof. */
  askerOf(request: PlatformRequest, nowMs: InstantMs): string | null {
    const { clients } = this.options
    const passed = passGate({ clients, nonceSeen: () => false }, request, nowMs)
    return passed.ok ? passed.auth.appId : null
  }

  private gate(request: PlatformRequest, nowMs: InstantMs) {
    const { base, clients } = this.options
    const nonceSeen = (appId: string, nonce: string): boolean =>
      base.state.nonces.has(keyOf(gateOf(appId), nonce))
    const passed = passGate({ clients, nonceSeen }, request, nowMs)
    if (!passed.ok) return passed
    const { appId, nonce, timestampSec } = passed.auth
    return { ok: true, appId, nonce, timestamp: String(timestampSec) } as const
  }

  /** Checks account, address, request type and authorisation code (A.1.1 a), after the signature of the request. */
  private accessFault(
    request: PlatformRequest,
    { appId, timestamp, nonce }: Record<'appId' | 'timestamp' | 'nonce', string>,
    requestType: string,
  ): RespCode | null {
    const { headers, address } = request
    const { base, codeOf, sm3 } = this.options
    if (headers['access-account'] !== appId) return '400003'
    const allowed = base.state.access.addresses.get(appId)
    if (allowed !== undefined && !allowed.includes(address ?? '')) return '400002'
    if (headers['access-request-type'] !== requestType) return '400004'
    const code = codeOf(appId)
    const text = requestText(request, timestamp, nonce)
    const proved = Buffer.concat([Buffer.from(`${appId}\n${requestType}\n`), text])
    const proof = code === null ? '' : hexOf(hmacOver(sm3, code, proved))
    return headers['access-proof'] === proof ? null : '400001'
  }

  private linked(request: PlatformRequest, appId: string, nowMs: InstantMs): PlatformRequest {
    const nonce = `${String(++this.links).padStart(12, '0')}${hexOf(this.options.sm3(request.body))}`
    const seconds = Math.floor(nowMs / 1000)
    const authorization = `ETC-SM2-WITH-SM3 appid="${appId}",nonce_str="${nonce.slice(0, 32)}",timestamp="${seconds}",serial_no="${linkSerial}",signature="AAAA"`
    return { ...request, headers: { ...request.headers, authorization } }
  }

  /** Returns and stores the defect that stops a trade; another body under its number is judged anew. */
  private stopped(
    { method, path, body }: PlatformRequest,
    appId: string,
    nowMs: InstantMs,
  ): Defect | null {
    if (!path.startsWith('/v1/etc/exit-charges')) return null
    const { base, sm3 } = this.options
    const { stopped } = base.state.access
    if (method === 'GET') {
      const known = stopped.get(stoppedKey(appId, path.split('/').at(-1) ?? ''))
      return known === undefined ? null : { ...known, respCode: known.respCode as RespCode }
    }
    const members = membersIn(body)
    const no = textOf(members, 'outTradeNo')
    // A forwarded number belongs to the expansion platform; malformed members are refused there.
    const isUp = base.state.acts.get('exit-charges')?.get(keyOf(appId, no)) !== undefined
    if (isUp || checkMembers(rulesFor(members), members) !== null) return null
    const before = stopped.get(stoppedKey(appId, no))
    const defect = defectOf(this.rules(appId, nowMs), appId, members)
    const bodySm3 = hexOf(sm3(body))
    if (defect === null) {
      if (before !== undefined) base.record({ t: 'mended', appId, no })
      return null
    }
    if (before?.bodySm3 !== bodySm3) {
      base.record({ t: 'stopped', appId, no, bodySm3, atMs: nowMs, ...defect })
      this.tellStopped(appId, no, defect, members, nowMs)
    }
    return defect
  }

  /** Tells the sender of a stopped record (A.2.3 a), which then corrects it (b 5). */
  private tellStopped(
    appId: string,
    no: string,
    { respCode, field, issue }: Defect,
    { realFee }: Members,
    nowMs: InstantMs,
  ): void {
    const { base } = this.options
    const text = `${innerCode(respCode)} ${answerCodes[respCode].zh} ${field} ${issue}`.trim()
    const feedbackNo = `F${(base.state.feedback.get(appId)?.length ?? 0) + 1}`
    const of = { type: 5, time: isoOf(nowMs), outTradeNo: no, fee: realFee, resend: 'lot' }
    base.record({ t: 'feedback', appId, message: { feedbackNo, ...of, text } })
  }

  private rules(appId: string, nowMs: InstantMs) {
    const { state, policyOf } = this.options.base
    const known = this.lists.get(appId)
    const isOld = known === undefined || nowMs - known.atMs >= listEveryMs
    const { listed } = isOld ? listOf(state.lists, appId) : known
    if (isOld) this.lists.set(appId, { listed: new Map(listed), atMs: nowMs })
    return {
      state,
      listedFromMs: (cardNo: string) => this.lists.get(appId)?.listed.get(cardNo),
      networks: state.access.networks,
      largeFen: policyOf(appId).largeFeeFen,
    }
  }

  private said(
    respCode: RespCode,
    { field, issue }: Pick<Defect, 'field' | 'issue'>,
    nowMs: InstantMs,
  ): PlatformAnswer {
    const { http, zh } = answerCodes[respCode]
    const problem = { field, value: '', issue, location: 'body' }
    return this.sealed(http, { respCode, text: zh, problem }, false, nowMs)
  }

  private sealed(
    status: number,
    {
      respCode,
      text,
      ...more
    }: { respCode: RespCode; text: unknown; problem?: unknown; result?: unknown },
    processed: boolean,
    nowMs: InstantMs,
  ): PlatformAnswer {
    const answers = answersFor(respCode, processed)
    const body = JSON.stringify({ answers, text, answeredAt: isoOf(nowMs), ...more })
    return this.options.base.seal(status, body, nowMs)
  }

  /** The answer of the expansion platform in the form for the lot. */
  private translated(answer: PlatformAnswer, processed: boolean, nowMs: InstantMs): PlatformAnswer {
    const { respCode, message, data, detail } = membersIn(answer.body)
    const result = isMembers(data) ? resultOf(data) : data
    const said = this.sealed(
      answer.status,
      {
        respCode: respCode as RespCode,
        text: message,
        ...(detail === undefined ? {} : { problem: detail }),
        ...(result === undefined ? {} : { result }),
      },
      processed,
      nowMs,
    )
    const kept = ['idempotent-replayed', 'retry-after'].flatMap((name) => {
      const value = answer.headers[name]
      return value === undefined ? [] : [[name, value] as const]
    })
    return { ...said, headers: { ...said.headers, ...Object.fromEntries(kept) } }
  }
}

const resultOf = (data: Members): Members =>
  typeof data['failCode'] === 'string'
    ? { ...data, failCode: innerCode(data['failCode'] as RespCode) }
    : data

/** A platform of Liaoning: the expansion platform behind its access platform. */
export function accessPlatform(options: AccessOptions): PlatformModel {
  const access = new AccessPlatform(options)
  const { base } = options
  return {
    handle: (request, nowMs, mood) => access.handle(request, nowMs, mood),
    isSandbox: (appId) => base.isSandbox(appId),
    moveTime: (shiftMs, appId) => base.moveTime(shiftMs, appId),
    shiftOf: (appId) => base.shiftOf(appId),
    shifts: base.shifts,
    askerOf: (request, nowMs) => access.askerOf(request, nowMs),
    hold: (request, appId) => base.hold(access.forwarded(request), appId),
    seal: (status, body, nowMs) => base.seal(status, body, nowMs),
    record: (row) => base.record(row),
    setPolicy: (change, appId) => base.setPolicy(change, appId),
    policyOf: (appId) => base.policyOf(appId),
    policies: base.policies,
    state: base.state,
    get policy() {
      return base.policy
    },
  }
}
