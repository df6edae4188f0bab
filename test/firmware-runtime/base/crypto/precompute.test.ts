// Rule 9 of platform-access.md C.3: the tables of a platform key are computed once per certificate, then reused.
// The test watches the library, because otherwise only the speed (six times) differs.
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { signatureDer } from '#base/crypto/sm2.ts'
import { sm2Example } from '#base/crypto/vectors.ts'

const seen = vi.hoisted(() => ({ precomputed: 0, keys: new Array<unknown>() }))

vi.mock('sm-crypto-v2', async (original) => {
  const library = await original<typeof import('sm-crypto-v2')>()
  const { precomputePublicKey, doVerifySignature } = library.sm2
  return {
    ...library,
    sm2: {
      ...library.sm2,
      precomputePublicKey: (...args: Parameters<typeof precomputePublicKey>) => {
        seen.precomputed++
        return precomputePublicKey(...args)
      },
      doVerifySignature: (...args: Parameters<typeof doVerifySignature>) => {
        seen.keys.push(args[2])
        return doVerifySignature(...args)
      },
    },
  }
})

const { message, publicKey, r, s } = sm2Example

describe('rule 9: platform keys are computed once', () => {
  const crypto = openGmCrypto(() => null)
  crypto.prove()
  beforeEach(() => {
    seen.precomputed = 0
    seen.keys = []
  })

  it('makes the table when the key is first used and never again', () => {
    const key = crypto.verifyingKey(publicKey, '0A')
    expect(seen.precomputed).toBe(0)
    for (let i = 0; i < 5; i++) expect(key.verify(message, signatureDer(r, s))).toBe(true)
    expect(seen.precomputed).toBe(1)
  })

  it('hands the library the table, never the text of the key', () => {
    const key = crypto.verifyingKey(publicKey, '0A')
    key.verify(message, signatureDer(r, s))
    key.verify(message, signatureDer(s, r))
    expect(seen.keys).toHaveLength(2)
    expect(seen.keys.every((k) => typeof k === 'object' && k === seen.keys[0])).toBe(true)
  })

  it('does not call the library for what is no signature', () => {
    const key = crypto.verifyingKey(publicKey, '0A')
    expect(key.verify(message, new Uint8Array(70))).toBe(false)
    expect(seen.keys).toHaveLength(0)
  })
})
