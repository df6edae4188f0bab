// An answer of the platform with these data, signed by it.
import type { SignedAnswer } from '#ledger/ports/dialect.ts'

export const answer = (data: object, over: Partial<SignedAnswer> = {}): SignedAnswer => ({
  status: 200,
  headers: {},
  verified: 'valid',
  body: new TextEncoder().encode(JSON.stringify({ respCode: '100000', code: 'SUCCESS', data })),
  ...over,
})
