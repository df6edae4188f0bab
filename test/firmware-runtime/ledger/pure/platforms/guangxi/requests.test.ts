// Calls to requests: method, path, idempotency key, and what is never sent.
// A query carries its number in the path and no body.
import { describe, expect, it } from 'vitest'
import { ops, requestFor } from '#ledger/pure/platforms/guangxi/requests.ts'
import type { Op } from '#ledger/ports/dialect.ts'

describe('requestFor', () => {
  it.each([
    ['charge', 'POST', '/v1/etc/exit-charges'],
    ['exitUpload', 'POST', '/v1/etc/exit-charges'],
    ['exception', 'POST', '/v1/etc/exceptions'],
    ['refund', 'POST', '/v1/etc/refunds'],
    ['signIn', 'POST', '/v1/psam/sign-in'],
  ] as const)('%s', (op, method, path) => {
    const body = '{"a":"测"}'
    expect(requestFor({ op, businessNo: 'P-1_x', body, amountFen: null })).toEqual({
      method,
      path,
      bodyText: body,
      idempotencyKey: 'P-1_x',
    })
  })
  it.each([
    ['chargeQuery', '/v1/etc/exit-charges/P1'],
    ['uploadQuery', '/v1/etc/exit-charges/P1'],
    ['refundQuery', '/v1/etc/refunds/P1'],
  ] as const)('%s', (op, path) => {
    expect(requestFor({ op, businessNo: 'P1', body: '', amountFen: 1 })).toEqual({
      method: 'GET',
      path,
      bodyText: '',
      idempotencyKey: null,
    })
  })
  it.each(['', 'a/b', '../x', 'a?b', 'a b', 'a%2e', '测', 'x'.repeat(37), 'a\nb'])(
    'number %j never becomes a path or a header',
    (businessNo) => {
      for (const op of Object.keys(ops) as Op[]) {
        const body = ops[op].query ? '' : '{}'
        expect(() => requestFor({ op, businessNo, body, amountFen: 1 })).toThrow(/^UPLOAD-01/)
      }
    },
  )
  it('a query has no body and everything else has one', () => {
    for (const op of Object.keys(ops) as Op[]) {
      const body = ops[op].query ? '{}' : ''
      expect(() => requestFor({ op, businessNo: 'P1', body, amountFen: 1 })).toThrow(/^UPLOAD-01/)
    }
  })
  it('a frozen body with four-byte text is refused', () => {
    const body = '{"a":"\\ud83d\\ude00"}'
    const call = { op: 'charge', businessNo: 'P1', body, amountFen: 1 } as const
    expect(() => requestFor(call)).toThrow(/^UPLOAD-02/)
  })
})
