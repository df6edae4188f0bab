// The lot with late answers, whose platform answers its first requests as rows R01 to R17 of reliability-security.md
// section 7 and all later ones normally. Virtual time; the requests with their bodies and the results are pinned.
import { platformUploader } from '#ledger/http/platform-uploader.ts'
import type { SignedResult } from '#ledger/http/signed-platform.ts'
import { VirtualTime } from '#harness/lot/virtual-time.ts'
import { guangxi } from '#ledger/pure/platforms/guangxi/dialect.ts'
import type { PlatformRequest } from '#ledger/ports/dialect.ts'
import { startMs } from '../firmware-runtime/runtime/control/control-kit.ts'
import { LatePlatform, lateLot, newCard } from '../firmware-runtime/lane/lot/late-scene.ts'
import { lotFile } from '../firmware-runtime/lane/lot/lot-kit.ts'
import { act, loop, plate, plateEvent } from '../firmware-runtime/lane/pure/lane-bench.ts'
import { digestOf } from './pin.ts'

type Said = Omit<SignedResult, 'requestId' | 'sentAtMs'>
type Answers = (request: PlatformRequest, well: Said, books: Books) => Said

const utf8 = new TextEncoder()
const said = (status: number, body: unknown, over: Partial<Said> = {}): Said => ({
  answer: {
    kind: 'answer',
    status,
    headers: {},
    body: utf8.encode(typeof body === 'string' ? body : JSON.stringify(body)),
  },
  verified: 'valid',
  clockOffsetMs: 0,
  ...over,
})
const cut: Said = {
  answer: { kind: 'silence', reason: 'timeout', sent: true },
  verified: null,
  clockOffsetMs: null,
}
const done = (data: object, respCode = '100000') => ({ code: 'SUCCESS', respCode, data })
const failed = (respCode: string) => ({ code: 'X', respCode, message: '', detail: {} })

/** The platform's data: members of the accepted bodies, by number. */
class Books {
  private readonly taken = new Map<string, Readonly<Record<string, unknown>>>()

  take({ idempotencyKey, bodyText }: PlatformRequest): void {
    if (bodyText === '' || idempotencyKey === null || this.taken.has(idempotencyKey)) return
    this.taken.set(idempotencyKey, JSON.parse(bodyText) as Record<string, unknown>)
  }

  answer({ path, idempotencyKey }: PlatformRequest, respCode?: string, over: object = {}): Said {
    const no = idempotencyKey ?? decodeURIComponent(path.split('/').at(-1) ?? '')
    const of = this.taken.get(no)
    if (of === undefined) return said(404, failed('300012'))
    const { realFee, refundFee } = of
    if (refundFee !== undefined)
      return said(200, done({ outRefundNo: no, refundFee, status: 'SUCCESS', ...over }, respCode))
    if (realFee === undefined) return said(200, done({ exceptionNo: no, ...over }, respCode))
    const paid = { outTradeNo: no, tradeNo: 'T1', status: 'SUCCESS', chargedFee: realFee, ...over }
    return said(200, done(paid, respCode))
  }
}

const other = { outTradeNo: 'PX999', outRefundNo: 'PX999', exceptionNo: 'PX999' }

/** By row; the platform accepts a request before it answers, unless the row is about a request that it never got. */
const rows: Readonly<Record<string, { readonly takes?: false; readonly says: Answers }>> = {
  R01: { takes: false, says: () => cut },
  R02: { says: () => cut },
  R03: { says: () => said(502, '<html>Bad Gateway</html>', { verified: 'unsigned' }) },
  R04: { takes: false, says: () => said(422, failed('300010')) },
  R05: {
    takes: false,
    says: () => {
      const busy = said(429, failed('500004'))
      return { ...busy, answer: { ...busy.answer, headers: { 'retry-after': '7' } } as never }
    },
  },
  R06: { says: (_request, well) => ({ ...well, verified: 'badSignature' }) },
  R07: { says: (request, _well, books) => books.answer(request, undefined, { chargedFee: 15 }) },
  R08: { says: (request, _well, books) => books.answer(request, '100001') },
  R09: { says: (request, _well, books) => books.answer(request, undefined, other) },
  R10: { says: (request, _well, books) => books.answer(request, 'OK') },
  R11: { says: () => said(200, '{"code":"SUCC') },
  R12: { says: (_request, well) => ({ ...well, clockOffsetMs: 86_400_000 }) },
  R13: { says: () => said(302, done(other)) },
  R14: {
    takes: false,
    says: () => ({ ...cut, answer: { ...cut.answer, reason: 'deadline' } as never }),
  },
  R15: { says: ({ method }) => (method === 'GET' ? said(404, failed('300012')) : cut) },
  R16: { says: (_request, well) => well },
  R17: { says: ({ method }, well) => (method === 'GET' ? well : cut) },
}
export const rowNames = Object.keys(rows)

/** Time in which the platform answers by its row; then the booth takes cash if the car is still there. */
const oddMs = 45_000
const answerMs = 30

interface Asked {
  readonly at: number
  readonly method: string
  readonly path: string
  readonly key: string | null
  readonly body: string
}

class RowPlatform extends LatePlatform {
  readonly asked: Asked[] = []

  constructor(time: VirtualTime, name: string) {
    super(time)
    const books = new Books()
    const row = rows[name]
    const { lotId, provinceCode } = lotFile()
    const uploader = platformUploader(
      {
        send: (call, end) => {
          const ms = time.nowUs / 1000
          const { method, path, idempotencyKey, bodyText } = call
          this.asked.push({ at: Math.round(ms), method, path, key: idempotencyKey, body: bodyText })
          const isOdd = ms < oddMs && row !== undefined
          if (!isOdd || row.takes !== false) books.take(call)
          const well = books.answer(call)
          const result = isOdd ? row.says(call, well, books) : well
          const waits = result.answer.kind === 'silence' ? call.timeoutMs : answerMs
          time.clock.after(waits, () => end({ ...result, requestId: 'R', sentAtMs: startMs }))
          return () => undefined
        },
      },
      guangxi,
      { lotId, provinceCode },
    )
    this.send = uploader.send
  }
}

/** One car at the exit, from the plate to the empty queue. */
export function carAgainst(name: string, chargeMode: 'card' | 'online') {
  const time = new VirtualTime()
  const platform = new RowPlatform(time, name)
  const listAsOfMs = name === 'R16' ? startMs - 40 * 60_000 : undefined
  const lot = lateLot(chargeMode, 'lane', {
    time,
    platform,
    ...(listAsOfMs === undefined ? {} : { listAsOfMs }),
  })
  const { runtime, dispatch, antenna, lane, opens, ledger } = lot
  const atMs = runtime.nowMs()
  const stayId = runtime.mint('S')
  const entered = { plate, colour: 'blue', noEntry: false, photo: null } as const
  const enteredAtMs = atMs - 70 * 60_000
  const grant = { psamNo: '1', validUntilMs: atMs + 1e12, status: 1 }
  runtime.append([
    { kind: 'signIn', atMs, laneId: 'exit', body: grant },
    {
      kind: 'stayOpened',
      atMs: enteredAtMs,
      laneId: 'entry',
      stayId,
      body: { ...entered, enteredAtMs },
    },
  ])
  antenna.up()
  dispatch(loop('arrive', 'on'))
  antenna.put(newCard(1))
  dispatch(plateEvent(plate))
  time.runTo(oddMs * 1000, () => lane.state.name === 'opening')
  if (lane.state.name === 'manual')
    dispatch({ type: 'settle', means: 'cash', amountFen: null, act: act('cash') })
  time.runTo(time.nowUs + 500_000)
  dispatch(loop('under', 'on'))
  dispatch(loop('arrive', 'off'))
  antenna.put(null)
  dispatch(loop('under', 'off'))
  dispatch({ type: 'passed', passId: opens.at(-1) ?? '' })
  time.runTo(time.nowUs + oddMs * 1000)
  for (let i = 0; i < 60 && runtime.queue.records.size > 0; i++) {
    runtime.retryNow()
    time.runTo(time.nowUs + 60e6)
  }
  const left = [...runtime.queue.records.values()].map(({ op, state }) => `${op} ${state}`)
  runtime.stop()
  const facts = ledger.list.flatMap((row) => factOf(row))
  return {
    asked: platform.asked,
    ends: { lane: lane.state.name, opens: opens.length, left, facts },
  }
}

/** The ledger's statements on money and uploads, one word per row. */
function factOf(row: ReturnType<typeof lateLot>['ledger']['list'][number]): string[] {
  switch (row.kind) {
    case 'payment':
      return [`payment ${row.body.means} ${row.amountFen}`]
    case 'outcome':
      return [`outcome ${row.body.state} ${row.amountFen}`]
    case 'refund':
      return [`refund ${row.amountFen}`]
    case 'outboxState':
      return [`${row.body.state} ${row.body.respCode ?? '-'}`]
    case 'event':
      return [`event ${row.body.type}`]
    case 'stayClosed':
      return [`closed ${row.body.end}`]
    default:
      return []
  }
}

/** Each distinct body by its kind; requests refer to it. */
export class Bodies {
  readonly all: Record<string, unknown> = {}
  private readonly names = new Map<string, string>()
  private readonly counts = new Map<string, number>()

  nameOf(of: string, text: string): string {
    const known = this.names.get(text)
    if (known !== undefined) return known
    const count = (this.counts.get(of) ?? 0) + 1
    const name = `${of}.${count}`
    this.counts.set(of, count)
    this.names.set(text, name)
    this.all[name] = { bytes: digestOf(text), ...(JSON.parse(text) as object) }
    return name
  }
}
