// The live log of the platform: the last exchanges with the text to be signed and the reason of a refusal, and the
// recent activity of each channel. In memory only; the store is the record.
import { parsed } from '#base/pure/data/json.ts'
import { parseAuthorization, requestText, type PlatformRequest } from './envelope.ts'
import { membersIn } from '../shell/members.ts'
import type { Delivery } from './records/exchange.ts'
import { placesOf } from './model.ts'

interface Exchange {
  readonly seq: number
  readonly atMs: number
  readonly tookMs: number
  /** Empty when the header names no channel. */
  readonly appId: string
  /** The interface, or method and path of an unknown one. */
  readonly name: string
  readonly status: number | null
  readonly respCode: string
  /** What was sent: an answer, two, half of one, nothing, or a closed connection. */
  readonly did: Delivery['do']
}

interface WholeExchange extends Exchange {
  readonly method: string
  readonly path: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: string
  /** The text to be signed; null when the header cannot be parsed. */
  readonly signedText: string | null
  /** Timestamp minus time of arrival. */
  readonly clockOffsetSec: number | null
  readonly answerHeaders: readonly (readonly [string, string])[]
  readonly answerBody: string
  readonly message: string
  readonly detail: Readonly<Record<string, unknown>> | null
}

/** Activity of a channel. */
interface ChannelSeen {
  readonly appId: string
  readonly requests: number
  readonly refused: number
  readonly lastAtMs: number
  readonly lastName: string
  readonly lastCode: string
}

interface Wanted {
  readonly after: number
  readonly limit: number
  readonly appId: string | null
  readonly name: string | null
  /** Prefix of a code: `4` selects all refusals of identity. */
  readonly code: string | null
}

export interface RequestLog {
  note(request: PlatformRequest, delivery: Delivery, atMs: number, tookMs: number): Exchange
  /** Oldest first; only the last `limit` ones. */
  list(wanted: Wanted): readonly Exchange[]
  whole(seq: number): WholeExchange | null
  channels(): readonly ChannelSeen[]
  /** Exchanges per second in the last ten seconds. */
  perSecond(nowMs: number): number
  /** Refusals of the last five minutes by code. */
  refusedLately(nowMs: number): Readonly<Record<string, number>>
  readonly lastSeq: number
}

const exchangesMax = 1000
/** Bodies are cut here: a thousand of them stay below 32 MB. */
const textMax = 16_384
/** Limit of channels, because anyone may invent channel numbers. */
const channelsMax = 500
const rateMs = 10_000
const latelyMs = 300_000

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes.subarray(0, textMax)).toString()

const isRefusal = (respCode: string): boolean => /^[2-5]/.test(respCode)

interface Said extends Pick<WholeExchange, 'status' | 'answerHeaders' | 'answerBody'> {
  readonly said: Readonly<Record<string, unknown>>
}

/** Members of the answer for the log; the error page of an outage has none. */
function saidBy(delivery: Delivery): Said {
  if (!('answer' in delivery)) return { status: null, answerHeaders: [], answerBody: '', said: {} }
  const { status, headers, body } = delivery.answer
  const said = membersIn(parsed(Buffer.from(body).toString('utf8')))
  return { status, answerHeaders: Object.entries(headers), answerBody: textOf(body), said }
}

function wholeOf(
  request: PlatformRequest,
  delivery: Delivery,
): Omit<WholeExchange, 'seq' | 'atMs' | 'tookMs' | 'clockOffsetSec'> {
  const { method, path, headers, body } = request
  const auth = parseAuthorization(headers['authorization'])
  const { said, ...answer } = saidBy(delivery)
  const stamp = String(auth?.timestampSec ?? '')
  return {
    appId: auth?.appId ?? '',
    name: placesOf(method, path)[0] ?? '',
    did: delivery.do,
    respCode: typeof said['respCode'] === 'string' ? said['respCode'] : '',
    message: typeof said['message'] === 'string' ? said['message'] : '',
    detail: said['detail'] === undefined ? null : membersIn(said['detail']),
    method,
    path,
    headers: Object.entries(headers),
    body: textOf(body),
    signedText: auth === null ? null : textOf(requestText(request, stamp, auth.nonce)),
    ...answer,
  }
}

class ChannelTable {
  private readonly seen = new Map<string, ChannelSeen>()

  note({ appId, respCode, atMs, name }: Exchange): void {
    const before = this.seen.get(appId)
    if (before === undefined && this.seen.size >= channelsMax) return
    this.seen.set(appId, {
      appId,
      requests: (before?.requests ?? 0) + 1,
      refused: (before?.refused ?? 0) + (isRefusal(respCode) ? 1 : 0),
      lastAtMs: atMs,
      lastName: name,
      lastCode: respCode,
    })
  }

  list(): readonly ChannelSeen[] {
    return [...this.seen.values()]
  }
}

const fits = (one: Exchange, { after, appId, name, code }: Wanted): boolean =>
  one.seq > after &&
  (appId === null || one.appId === appId) &&
  (name === null || one.name === name) &&
  (code === null || one.respCode.startsWith(code))

const shortOf = (one: Exchange): Exchange => {
  const { seq, atMs, tookMs, appId, name, status, respCode, did } = one
  return { seq, atMs, tookMs, appId, name, status, respCode, did }
}

export function createRequestLog(): RequestLog {
  const ring: WholeExchange[] = []
  const channels = new ChannelTable()
  let seq = 0
  const since = (fromMs: number): readonly WholeExchange[] =>
    ring.filter(({ atMs }) => atMs >= fromMs)
  return {
    note(request, delivery, atMs, tookMs) {
      const stampSec = parseAuthorization(request.headers['authorization'])?.timestampSec
      const clockOffsetSec = stampSec === undefined ? null : stampSec - Math.floor(atMs / 1000)
      const whole = { ...wholeOf(request, delivery), seq: ++seq, atMs, tookMs, clockOffsetSec }
      ring.push(whole)
      if (ring.length > exchangesMax) ring.shift()
      channels.note(whole)
      return whole
    },
    list(wanted) {
      const found = ring.filter((one) => fits(one, wanted)).slice(-wanted.limit)
      return found.map(shortOf)
    },
    whole: (wanted) => ring.find((one) => one.seq === wanted) ?? null,
    channels: () => channels.list(),
    perSecond: (nowMs) => (since(nowMs - rateMs).length * 1000) / rateMs,
    refusedLately(nowMs) {
      const counts: Record<string, number> = {}
      for (const { respCode } of since(nowMs - latelyMs))
        if (isRefusal(respCode)) counts[respCode] = (counts[respCode] ?? 0) + 1
      return counts
    },
    get lastSeq() {
      return seq
    },
  }
}
