// The stand-in of the simulation: deterministic, quick, honest about its name.
// It proves order and completeness in simulations, never identity.
import { createHash, createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { standInCrypto, standInSigningKey, standInVerifyingKey } from '#base/crypto/stand-in.ts'

const bytes = Uint8Array.of(1, 2, 3)

describe('stand-in cryptography', () => {
  it('says that it is one', () => {
    expect(standInCrypto.kind).toBe('stand-in')
  })
  it('is SHA-256 and HMAC-SHA-256, the same in every run', () => {
    const digest = createHash('sha256').update(bytes).digest()
    expect(standInCrypto.sm3(bytes)).toEqual(Uint8Array.from(digest))
    const mac = createHmac('sha256', 'k').update(bytes).digest()
    expect(standInCrypto.hmacSm3(Uint8Array.of(0x6b), bytes)).toEqual(Uint8Array.from(mac))
  })
  it('verifies what the same serial signed and nothing else', () => {
    const signature = standInSigningKey('0A').sign(bytes)
    expect(standInVerifyingKey('0A').verify(bytes, signature)).toBe(true)
    expect(standInVerifyingKey('0B').verify(bytes, signature)).toBe(false)
    expect(standInVerifyingKey('0A').verify(Uint8Array.of(1, 2), signature)).toBe(false)
    expect(standInVerifyingKey('0A').verify(bytes, signature.subarray(1))).toBe(false)
    expect(standInVerifyingKey('0A').verify(bytes, new Uint8Array())).toBe(false)
  })
})
