// Answers as rows for the verdict tests: a call, the answer, and the verdict it must give.
// Shared by judge.test.ts (yes, not yet, no), judge-doubt.test.ts and resp-codes.test.ts.
import { expect, it } from 'vitest'
import { judge } from '#ledger/pure/platforms/guangxi/judge.ts'
import type { Call, Op, PlatformAnswer } from '#ledger/ports/dialect.ts'

export const no = 'PX0120261120143000001'
export const call = (op: Op, over: Partial<Call> = {}): Call => ({
  op,
  businessNo: no,
  body: '{}',
  amountFen: 1500,
  ...over,
})
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

export interface AnswerSpec extends Partial<Omit<PlatformAnswer, 'body'>> {
  readonly body?: unknown
  readonly bytes?: Uint8Array
}

export const answer = (spec: AnswerSpec): PlatformAnswer => ({
  status: 200,
  headers: {},
  verified: 'valid',
  sinceLastAttemptMs: null,
  ...spec,
  body: spec.bytes ?? utf8(typeof spec.body === 'string' ? spec.body : JSON.stringify(spec.body)),
})

export const done = (data: object, respCode: string | undefined = '100000'): object => ({
  status: 200,
  code: 'SUCCESS',
  respCode,
  message: 'ok',
  timestamp: '2026-11-20T14:30:00.120+08:00',
  data,
})
export const error = (respCode: string, detail: object = {}): object => ({
  code: 'X',
  respCode,
  message: '',
  timestamp: '2026-11-20T14:30:00.120+08:00',
  detail,
})
export const paid = {
  outTradeNo: no,
  tradeNo: 'T-1',
  status: 'SUCCESS',
  chargedFee: 1500,
  chargeTime: '2026-11-20T14:30:00.000+08:00',
  accountDate: '2026-11-20',
  openBarrier: true,
}
export const confirmed = (over: object = {}): object => ({
  kind: 'confirmed',
  state: 'SUCCESS',
  tradeNo: 'T-1',
  chargedFen: 1500,
  replayed: false,
  openBarrier: true,
  ...over,
})

export type Row = readonly [name: string, call: Call, spec: AnswerSpec, verdict: object]

export const check = (rows: readonly Row[]): void => {
  it.each(rows)('%s', (_, queueRequest, spec, verdict) => {
    expect(judge(queueRequest, answer(spec))).toMatchObject(verdict)
  })
}
