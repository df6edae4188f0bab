// Notifications of a payment gateway, made with the simulator's own envelope: only one that the gateway signed, that is
// recent and not a repeat is accepted, and only the attempt that it names is used.
import { expect, it } from 'vitest'
import { noticeJudge, type PayNotice } from '#base/crypto/notice.ts'
import { answerHeaders, type PayKeys as GatewayKeys } from '#simulators/payment/envelope.ts'

const startMs = 1_795_000_000_000
const hex = (byte: string): string => byte.repeat(32)
const gatewayKeys = (keyId = 'key-1', byte = '11'): GatewayKeys => ({
  merchantNo: 'M',
  keyId,
  secretHex: hex(byte),
})

const attemptNo = 'O1-lot-1P1'
interface Written {
  readonly json?: unknown
  readonly keys?: GatewayKeys
  readonly nonce?: string
  readonly status?: number
  readonly atMs?: number
}

function written(more: Written = {}): PayNotice {
  const { json = { attemptNo }, keys = gatewayKeys(), nonce = attemptNo } = more
  const { status = 200, atMs = startMs } = more
  const body = Buffer.from(typeof json === 'string' ? json : JSON.stringify(json))
  return { headers: answerHeaders(keys, status, nonce, body, atMs), body }
}

function judging() {
  const clock = { ms: startMs }
  const judge = noticeJudge(
    [
      { keyId: 'key-2', secretHex: hex('22') },
      { keyId: 'key-1', secretHex: hex('11') },
    ],
    { nowMs: () => clock.ms },
  )
  return { clock, judge }
}

it('names the attempt, under the old key as under the new one', () => {
  const { judge } = judging()
  const taken = { kind: 'taken', attemptNo }
  expect(judge(written())).toEqual(taken)
  expect(judge(written({ keys: gatewayKeys('key-2', '22') }))).toEqual(taken)
})

it('an amount that it says is not read', () => {
  const { judge } = judging()
  const paid = { attemptNo, state: 'paid', amountFen: 1, paidFen: 1 }
  expect(judge(written({ json: paid }))).toEqual({ kind: 'taken', attemptNo })
})

const { headers, body } = written()
const other = Buffer.from(JSON.stringify({ attemptNo: 'O1-lot-1P2' }))
it.each<[string, PayNotice, string]>([
  ['another number in its body', { headers, body: other }, 'otherRequest'],
  ['one blank more', { headers, body: Buffer.concat([body, Buffer.from(' ')]) }, 'wrongSignature'],
  ['another key of that name', written({ keys: gatewayKeys('key-1', '33') }), 'wrongSignature'],
  ['a key that nobody has', written({ keys: gatewayKeys('key-9', '11') }), 'unknownKey'],
  ['no signature', { headers: {}, body }, 'unsigned'],
  ['the signature of an answer to another', written({ nonce: 'O1-lot-1P9' }), 'otherRequest'],
  ['the signature of an answer that says no', written({ status: 401 }), 'wrongSignature'],
  ['a time six minutes ago', written({ atMs: startMs - 360_000 }), 'wrongTime'],
  ['a time in six minutes', written({ atMs: startMs + 360_000 }), 'wrongTime'],
  ['no number', written({ json: {} }), 'notANotice'],
  ['a number that is none', written({ json: { attemptNo: "' OR 1=1" } }), 'notANotice'],
  ['a list for a body', written({ json: [attemptNo] }), 'notANotice'],
  ['half a body', written({ json: '{"attemptNo":' }), 'notANotice'],
  ['nothing', { headers: {}, body: Buffer.alloc(0) }, 'notANotice'],
])('a notification with %s is refused', (_what, notice, reason) => {
  expect(judging().judge(notice)).toEqual({ kind: 'refused', reason })
})

it('H11 the same bytes again are refused while their time holds, and for their time then', () => {
  const { judge, clock } = judging()
  const notice = written({ atMs: startMs + 299_000 })
  expect(judge(notice).kind).toBe('taken')
  for (const afterMs of [0, 1_000, 300_000, 598_000]) {
    clock.ms = startMs + afterMs
    expect(judge(notice)).toEqual({ kind: 'refused', reason: 'repeated' })
  }
  clock.ms = startMs + 700_000
  expect(judge(notice)).toEqual({ kind: 'refused', reason: 'wrongTime' })
  expect(judge(written({ atMs: clock.ms }))).toEqual({ kind: 'taken', attemptNo })
})
