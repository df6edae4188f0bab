// One exchange with its faults (contract.md section 6): faults before the effect, the effect, its rows on disk, faults
// after it. The result tells the socket what to do.
import { must } from '#base/pure/values/must.ts'
import type { FaultAction, FaultWhen } from '../../shell/faults.ts'
import { answerCodes, bodyOf } from '../answers.ts'
import type { PlatformRequest } from '../envelope.ts'
import { numberOf } from './members.ts'
import { placesOf, type PlatformAnswer, type PlatformModel } from '../model.ts'
import { evenMood, type Mood } from '../moods.ts'

export type Delivery =
  | { readonly do: 'answer' | 'twice' | 'half'; readonly answer: PlatformAnswer }
  /** The connection stays open without an answer. */
  | { readonly do: 'nothing' }
  | { readonly do: 'hangUp' }

export interface ExchangePorts {
  model(): PlatformModel
  /** `asker` returns the channel, for faults of one channel. */
  decide(place: string, when: FaultWhen, asker: () => string | null): FaultAction | null
  /** Transport time. */
  nowMs(): number
  wait(ms: number): Promise<void>
  /** Settles when another exchange has been delivered, or after `ms`. */
  nextDelivered(ms: number): Promise<void>
  /** Mood of the platform toward a candidate beside the policy; absent: neutral. */
  mood?(request: PlatformRequest): Mood
  /** Settles when all rows so far are on disk. */
  settled(): Promise<void>
  /** No client gets an answer for this long. */
  silence(ms: number): void
  isSilent(): boolean
  /** Closes all connections and accepts none for this long; `forget` also restarts from the records. */
  outage(ms: number, forget: boolean): void
}

/** Durations of faults that name no time. */
const [silenceMs, outageMs, reorderMs] = [5_000, 1_000, 2_000]

/**
 * Actions of every simulated service that withhold its answer, the same before and after the effect. `otherwiseMs`: how
 * long a silence without a time is.
 */
export async function withheld(
  ports: Pick<ExchangePorts, 'silence' | 'outage' | 'wait'>,
  fault: FaultAction,
  otherwiseMs: number,
): Promise<Delivery | null> {
  const { ms } = fault
  switch (fault.do) {
    case 'drop':
      return { do: 'nothing' }
    case 'silence':
      ports.silence(ms > 0 ? ms : otherwiseMs)
      return { do: 'nothing' }
    case 'reboot':
    case 'unplug':
      ports.outage(ms > 0 ? ms : outageMs, fault.do === 'reboot')
      return { do: 'hangUp' }
    case 'status':
      return { do: 'answer', answer: outagePage(fault.status) }
    case 'delay':
      await ports.wait(ms)
      return null
    default:
      return null
  }
}

/** Null: the exchange goes on. */
async function takeAway(ports: ExchangePorts, fault: FaultAction): Promise<Delivery | null> {
  if (fault.do === 'hangUp') return { do: 'hangUp' }
  if (fault.do === 'busy') return { do: 'answer', answer: busy(ports) }
  if (fault.do !== 'reorder') return withheld(ports, fault, silenceMs)
  await ports.nextDelivered(fault.ms > 0 ? fault.ms : reorderMs)
  return null
}

/** Signed, without an effect: the same number may be sent again. */
function busy({ model, nowMs }: ExchangePorts): PlatformAnswer {
  const body = bodyOf({ respCode: '500002' }, 'zh', nowMs())
  const sealed = model().seal(answerCodes['500002'].http, body, nowMs())
  return { ...sealed, headers: { ...sealed.headers, 'retry-after': '1' } }
}

/** The error page of a proxy while the platform is down: no JSON, no signature. */
export function outagePage(status: number): PlatformAnswer {
  const body = `<html><head><title>${status}</title></head><body><h1>${status}</h1></body></html>`
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: Uint8Array.from(Buffer.from(body)),
  }
}

/** Flips `bits` bits spread over the bytes; always the same ones, so that a run can be repeated. */
export function flipBits(bytes: Uint8Array, bits: number): Uint8Array {
  const out = Uint8Array.from(bytes)
  if (out.length === 0) return out
  const places = new Set<number>()
  const total = out.length * 8
  const wanted = Math.min(Math.max(bits, 1), total)
  for (let i = 0; places.size < wanted; i++) places.add((i * 7919 + 13) % total)
  for (const place of places) {
    const at = place >> 3
    out[at] = (out[at] ?? 0) ^ (1 << (place & 7))
  }
  return out
}

/** A forged success with the right number and amount. */
function wishedSuccess(request: PlatformRequest): string {
  const body = Buffer.from(request.body).toString('utf8')
  const sent: unknown = request.method === 'GET' ? {} : JSON.parse(body)
  const members = typeof sent === 'object' && sent !== null ? { ...sent } : {}
  const number = request.path.split('?', 1)[0]?.split('/').at(-1)
  const data = {
    ...(request.method === 'GET' ? { outTradeNo: number, outRefundNo: number } : members),
    tradeNo: 'T0',
    status: 'SUCCESS',
    chargedFee: numberOf(members, 'realFee'),
    openBarrier: true,
  }
  return JSON.stringify({ status: 200, code: 'SUCCESS', respCode: '100000', message: 'ok', data })
}

/** Before the effect: unsigned, without an effect. After it: signed, but over other bytes. */
function forge(ports: ExchangePorts, request: PlatformRequest, when: FaultWhen): PlatformAnswer {
  const body = wishedSuccess(request)
  const signed = ports.model().seal(200, `${body} `, ports.nowMs())
  const bytes = Uint8Array.from(Buffer.from(body))
  return when === 'after'
    ? { ...signed, body: bytes }
    : { status: 200, headers: { 'content-type': 'application/json' }, body: bytes }
}

const isJsonObject = (request: PlatformRequest): boolean =>
  request.method === 'GET' || /^\s*\{/.test(Buffer.from(request.body).toString('utf8'))

function decideAt(
  ports: ExchangePorts,
  request: PlatformRequest,
  when: FaultWhen,
): FaultAction | null {
  let action: FaultAction | null = null
  const asker = (): string | null => ports.model().askerOf(request, ports.nowMs())
  // Every name counts its pass, so that `skip` means the same for any name.
  for (const place of placesOf(request.method, request.path)) {
    action ??= ports.decide(place, when, asker)
  }
  return action
}

/** Returns what must happen on the connection. */
export async function exchange(
  ports: ExchangePorts,
  platformRequest: PlatformRequest,
): Promise<Delivery> {
  if (ports.isSilent()) return { do: 'nothing' }
  const mood = ports.mood?.(platformRequest) ?? evenMood
  const before = decideAt(ports, platformRequest, 'before') ?? mood.before
  let request = platformRequest
  if (before) {
    // While a slow platform processes a number, a second request for it is told so (D.2.8).
    const { model, nowMs } = ports
    const release =
      before.do === 'delay' ? model().hold(request, model().askerOf(request, nowMs())) : null
    const delivery = await takeAway(ports, before)
    release?.()
    if (delivery) return delivery
    if (before.do === 'forge' && isJsonObject(request)) {
      return { do: 'answer', answer: forge(ports, request, 'before') }
    }
    if (before.do === 'cut') return { do: 'half', answer: outagePage(502) }
    if (before.do === 'flip')
      request = { ...platformRequest, body: flipBits(platformRequest.body, before.bits) }
  }
  const answer = ports.model().handle(request, ports.nowMs(), mood)
  // A duplicate made by the network: the same bytes arrive again and must have no effect.
  if (before?.do === 'duplicate') ports.model().handle(request, ports.nowMs())
  await ports.settled()
  must(answer !== null, 'the model always answers')
  return afterEffect(ports, request, answer, mood)
}

async function afterEffect(
  ports: ExchangePorts,
  request: PlatformRequest,
  answer: PlatformAnswer,
  mood: Mood,
): Promise<Delivery> {
  const after = decideAt(ports, request, 'after') ?? mood.after
  if (!after) return { do: 'answer', answer }
  const delivery = await takeAway(ports, after)
  if (delivery) return delivery
  if (after.do === 'duplicate') return { do: 'twice', answer }
  if (after.do === 'cut') return { do: 'half', answer }
  if (after.do === 'flip') {
    return { do: 'answer', answer: { ...answer, body: flipBits(answer.body, after.bits) } }
  }
  if (after.do === 'forge' && isJsonObject(request)) {
    return { do: 'answer', answer: forge(ports, request, 'after') }
  }
  return { do: 'answer', answer }
}
