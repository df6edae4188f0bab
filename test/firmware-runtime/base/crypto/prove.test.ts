// SM2 is tested before its first use, not at the opening: a library that signs wrongly signs nothing.
// The library is replaced by one whose signatures do not hold.
import { expect, it, vi } from 'vitest'
import { openGmCrypto, type GmCrypto } from '#base/crypto/gm-crypto.ts'
import { sm2Example } from '#base/crypto/vectors.ts'

vi.mock('sm-crypto-v2', async (original) => {
  const library = await original<typeof import('sm-crypto-v2')>()
  return { ...library, sm2: { ...library.sm2, doVerifySignature: () => true } }
})

const { privateKey, publicKey, message } = sm2Example

it.each([
  ['proving', (crypto: GmCrypto): unknown => crypto.prove()],
  [
    'signing',
    (crypto: GmCrypto): unknown => crypto.signingKey({ privateKey, publicKey }, '01').sign(message),
  ],
  [
    'verifying',
    (crypto: GmCrypto): unknown => crypto.verifyingKey(publicKey, '01').verify(message, message),
  ],
  ['making keys', (crypto: GmCrypto): unknown => crypto.keyPair()],
  ['asking for the accelerator', (crypto: GmCrypto): unknown => crypto.notAccelerated],
] as const)('refuses %s with a library that takes a wrong signature, each time', (_, use) => {
  const crypto = openGmCrypto()
  expect(crypto.sm3(message)).toHaveLength(32)
  for (let i = 0; i < 2; i++)
    expect(() => use(crypto)).toThrow(/^CRYPTO-01.*|SM2 refuses a wrong signature/)
})
