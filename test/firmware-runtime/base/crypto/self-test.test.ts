// The start-up self-test must be able to fail: each wrong digest names the check that caught it.
// The self-test must fail when any of its vectors does not hold.
import { describe, expect, it } from 'vitest'
import { libraryDigests } from '#base/crypto/gm-crypto.ts'
import { digestTest, keyTest } from '#base/crypto/self-test.ts'

describe('self-test', () => {
  it('passes with the library', () => {
    expect(() => digestTest(libraryDigests)).not.toThrow()
    expect(keyTest).not.toThrow()
  })
  it.each([
    ['SM3 of zeros', { ...libraryDigests, sm3: () => new Uint8Array(32) }, /SM3 of 0 bytes/],
    [
      'SM3 wrong from one block on',
      {
        ...libraryDigests,
        sm3: (data: Uint8Array) => libraryDigests.sm3(data.length > 55 ? data.subarray(1) : data),
      },
      /SM3 of 64 bytes/,
    ],
    ['HMAC of zeros', { ...libraryDigests, hmacSm3: () => new Uint8Array(32) }, /HMAC-SM3/],
    [
      'a digest that throws',
      {
        ...libraryDigests,
        sm3: () => {
          throw new Error('broken')
        },
      },
      /broken/,
    ],
  ])('fails for %s', (_, digests, named) => {
    expect(() => digestTest(digests)).toThrow(named)
    expect(() => digestTest(digests)).toThrow(/^CRYPTO-01/)
  })
})
