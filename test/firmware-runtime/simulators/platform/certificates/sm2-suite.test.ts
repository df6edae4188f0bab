// The signature suites of the platform side, against published vectors, each other and OpenSSL.
// Signatures are made by one and checked by the other, both ways, and damaged.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  pemOf,
  pkcs8OfSm2,
  sm2KeyOfPem,
  spkiOfSm2,
} from '#simulators/platform/certificates/sm2-der.ts'
import {
  checkSuite,
  chooseSuite,
  publicOf,
  suites,
} from '#simulators/platform/certificates/sm2-suite.ts'
import { hasOpenssl, openssl } from '../openssl.ts'
import { folderOfFile } from '../../../../kit/own-folder.ts'

/** The published example key of GB/T 32918.5 (B.5). */
const privateHex = '3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8'
const publicHex = publicOf(privateHex)
const message = Buffer.from('测A12345 pays 1200 fen')

const dir = folderOfFile('sm2-suite-')

describe('suites', () => {
  test('both agree with the published examples, OpenSSL is chosen where it has SM3', () => {
    for (const suite of Object.values(suites)) checkSuite(suite)
    expect(chooseSuite().library).toBe('openssl')
  })

  test('a suite that misses a vector is not used', () => {
    const { openssl } = suites
    expect(() => checkSuite({ ...openssl, sm3: () => new Uint8Array(32) })).toThrow(/SM3/)
    expect(() => checkSuite({ ...openssl, verifier: () => () => false })).toThrow(/SM2/)
    expect(() => checkSuite({ ...openssl, verifier: () => () => true })).toThrow(/another message/)
    expect(() => checkSuite({ ...openssl, signer: () => () => new Uint8Array(70) })).toThrow(/own/)
  })

  test.each([
    ['openssl', 'sm-crypto'],
    ['sm-crypto', 'openssl'],
    ['openssl', 'openssl'],
    ['sm-crypto', 'sm-crypto'],
  ] as const)('%s signs, %s verifies', (from, to) => {
    const signature = suites[from].signer(privateHex, publicHex)(message)
    const verify = suites[to].verifier(publicHex)
    expect(verify(message, signature)).toBe(true)
    expect(verify(Buffer.from('pays 1201 fen'), signature)).toBe(false)
    const bent = Uint8Array.from(signature)
    bent[40] = (bent[40] ?? 0) ^ 1
    expect(verify(message, bent)).toBe(false)
    const other = suites[to].verifier(publicOf('1'.repeat(64)))
    expect(other(message, signature)).toBe(false)
  })

  test.each([[''], ['00'], ['3000'], ['3006020101020101'], ['ff'.repeat(70)]])(
    'bytes that are no signature are a plain no: %s',
    (hex) => {
      for (const suite of Object.values(suites)) {
        expect(suite.verifier(publicHex)(message, Buffer.from(hex, 'hex'))).toBe(false)
      }
    },
  )

  test.skipIf(!hasOpenssl)(
    'the OpenSSL command line agrees, with the default identifier and only with it',
    () => {
      const file = (name: string, data: Uint8Array | string): string => {
        const path = join(dir, name)
        writeFileSync(path, data)
        return path
      }
      const spki = pemOf('CERTIFICATE', spkiOfSm2(publicHex)).replaceAll(
        'CERTIFICATE',
        'PUBLIC KEY',
      )
      const key = file('key.pem', spki)
      const text = file('text', message)
      for (const suite of Object.values(suites)) {
        const signature = file('signature', suite.signer(privateHex, publicHex)(message))
        const verify = (...id: string[]) =>
          openssl('dgst', '-sm3', '-verify', key, ...id, '-signature', signature, text)
        expect(verify('-sigopt', 'distid:1234567812345678')).toContain('Verified OK')
        expect(verify('-sigopt', 'distid:8765432187654321')).toContain('failure')
      }
    },
  )
})

describe('key files', () => {
  test('are read back', () => {
    const pem = pemOf('PRIVATE KEY', pkcs8OfSm2(privateHex, publicHex))
    expect(sm2KeyOfPem(pem)).toEqual({ privateHex, publicHex })
    expect(() => sm2KeyOfPem(pem.replace('MIGH', 'MIGI'))).toThrow(/key file/)
    expect(() => sm2KeyOfPem('')).toThrow(/key file/)
  })
})
