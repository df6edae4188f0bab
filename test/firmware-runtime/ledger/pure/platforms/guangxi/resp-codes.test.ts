// The code table of P6: complete, consistent, and never a confirmation outside class 1.
// Codes are 5 to 6 digits (Liaoning A.1.13); anything else is held with its raw text (R10).
import { describe, expect, it } from 'vitest'
import { judge } from '#ledger/pure/platforms/guangxi/judge.ts'
import { respCodeRow, respCodes } from '#ledger/pure/platforms/guangxi/resp-codes.ts'
import { answer, call, done, paid } from './judge-rows.ts'

describe('the code table', () => {
  it('has every code once, with the class of its first digit', () => {
    expect(new Set(respCodes.map((row) => row.code)).size).toBe(respCodes.length)
    const classes = ['done', 'format', 'business', 'permission', 'platform']
    for (const row of respCodes) {
      expect(row.class).toBe(classes[Number(row.code[0]) - 1])
      expect(respCodeRow(row.code)).toBe(row)
    }
  })
  it.each(['', '1', '1000', '1000000', '000000', '600001', '10000a', ' 100000', '１０００００'])(
    '"%s" is no code',
    (code) => {
      expect(respCodeRow(code)).toBeNull()
    },
  )
  it('a code of five digits is one (A.1.13)', () => {
    expect(respCodeRow('30001')).toMatchObject({ class: 'business', meaning: 'unlisted' })
  })
  it('no verdict confirms anything for a code outside class 1, whatever the status', () => {
    for (const { code } of respCodes.filter((row) => row.class !== 'done')) {
      for (const status of [200, 202, 400, 401, 404, 409, 422, 429, 500, 503]) {
        const verdict = judge(call('charge'), answer({ status, body: { ...done(paid, code) } }))
        expect(verdict.kind).not.toBe('confirmed')
      }
    }
  })
  it('no verdict confirms anything without a valid signature', () => {
    for (const verified of [
      'unsigned',
      'badSignature',
      'unknownCertificate',
      'outsideWindow',
    ] as const) {
      for (const status of [200, 201, 202, 204, 404, 422, 500]) {
        const kind = judge(call('charge'), answer({ status, verified, body: done(paid) })).kind
        expect(kind).toBe('silence')
      }
    }
  })
})
