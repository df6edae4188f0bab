// OpenSSL's command line as an independent check of the international suite (P7, P8, P9): it verifies a request as sent,
// decrypts a sealed member and the key of a file with the platform's key, and signs an answer that the product accepts.
import { execFileSync } from 'node:child_process'
import { createDecipheriv, randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { beforeEach, describe, expect, it } from 'vitest'
import { loadCertFolder, readSuiteCertificate } from '#base/crypto/certs.ts'
import { fieldSealer } from '#base/crypto/field-sealer.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { lotFileSealer } from '#base/crypto/lot-file.ts'
import { platformFiles } from '#base/crypto/platform-file.ts'
import { signedPlatform, type SignedResult } from '#ledger/http/signed-platform.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { present } from '#base/pure/values/must.ts'
import type { SuiteName } from '#base/pure/data/suite.ts'
import { guangxi } from '#ledger/pure/platforms/guangxi/dialect.ts'
import { parseAuthorization } from '../pure/platforms/guangxi/read-authorization.ts'
import type { HttpAnswer, HttpRequest } from '#base/ports/http-client.ts'
import { openPki } from '#simulators/platform/certificates/pki.ts'
import { rsaSuite } from '#simulators/platform/certificates/rsa-suite.ts'
import { chooseSuite } from '#simulators/platform/certificates/sm2-suite.ts'
import { derOf } from '#simulators/platform/certificates/sm2-der.ts'
import { gmSuite } from '#simulators/platform/certificates/suite.ts'
import { folderOfFile } from '../../../kit/own-folder.ts'

const crypto = openGmCrypto()
const root = folderOfFile('etc-lane-suite-')
const dirs = { GM: join(root, 'gm'), RSA_AES: join(root, 'rsa') }
const simSuites = { GM: gmSuite(chooseSuite()), RSA_AES: rsaSuite }
const pkis = {
  GM: openPki(dirs.GM, simSuites.GM, Date.now()),
  RSA_AES: openPki(dirs.RSA_AES, rsaSuite, Date.now()),
}

/** The output of an openssl command. */
function openssl(input: Uint8Array, ...args: string[]): Buffer {
  writeFileSync(join(root, 'in'), input)
  return execFileSync('openssl', [...args, '-in', 'in'], { cwd: root })
}
function sha256Of(input: Uint8Array): string {
  writeFileSync(join(root, 'in'), input)
  const args = ['dgst', '-sha256', '-r', 'in']
  return execFileSync('openssl', args, { cwd: root, encoding: 'utf8' }).slice(0, 64)
}
const oaep = ['-pkeyopt', 'rsa_padding_mode:oaep', '-pkeyopt', 'rsa_oaep_md:sha1']
const platformKey = (suite: SuiteName) => join(dirs[suite], 'platform.key.pem')
const decrypted = (suite: SuiteName, sealed: string): Buffer =>
  openssl(
    Buffer.from(sealed, 'base64'),
    ...['pkeyutl', '-decrypt', '-inkey', platformKey(suite)],
    ...(suite === 'RSA_AES' ? oaep : []),
  )

let left: HttpRequest[] = []
beforeEach(() => {
  left = []
})
const silence: HttpAnswer = { kind: 'silence', reason: 'nobody', sent: true }

interface Over {
  readonly vehicleIds?: boolean
  readonly nowMs?: number
  readonly answer?: () => HttpAnswer
}
function sent(suite: SuiteName, path: string, body: object, over: Over = {}) {
  const certs = loadCertFolder(dirs[suite], crypto)
  const nowMs = () => over.nowMs ?? Date.now()
  const platform = signedPlatform({
    dialect: guangxi,
    http: {
      request(request, done) {
        left.push(request)
        done(over.answer?.() ?? silence)
        return () => undefined
      },
    },
    crypto,
    appId: 'TEST0001',
    signingKey: certs.signingKey,
    platformKeys: certs.platformKeys,
    fields: fieldSealer({
      suite,
      crypto,
      certificates: () => certs.platform,
      nowMs,
      vehicleIds: over.vehicleIds ?? false,
    }),
    transport: { nowMs },
    random: { bytes: (count) => randomBytes(count) },
    userAgent: 'etc-lane/0.1.0',
  })
  const { promise, resolve } = Promise.withResolvers<SignedResult>()
  const call = { method: 'POST', path, bodyText: JSON.stringify(body), timeoutMs: 1000 } as const
  platform.send({ ...call, idempotencyKey: 'P1' }, resolve)
  return promise
}

const charge = {
  outTradeNo: 'P450100001X012026112014300000001',
  vehiclePlate: '桂A12345',
  obuId: '1A2B3C4D',
  obuPlate: '桂A12345',
  etcCardId: '45012299000000012345',
  cardNetNo: '4501',
  cardPlate: '',
  realFee: 1500,
}
const charges = '/v1/etc/exit-charges'
const hidden = ['vehiclePlate', 'obuId', 'obuPlate', 'etcCardId'] as const
const body = (request: HttpRequest | undefined) =>
  JSON.parse(new TextDecoder().decode(present(request, 'it left').body)) as typeof charge

describe('a request of the international suite', () => {
  it('is signed so that OpenSSL verifies it, five lines as they left', async () => {
    await sent('RSA_AES', charges, charge)
    const { headers, path, body: bytes } = present(left[0], 'it left')
    const said = present(parseAuthorization(headers['authorization'] ?? ''), 'a header')
    expect(headers['authorization']).toMatch(/^ETC-SHA256-RSA2048 appid="TEST0001",/)
    expect(said).toMatchObject({ certSerial: pkis.RSA_AES.clients[0]?.serialHex })
    const lines = `POST\n${path}\n${said.timestampSec}\n${said.nonce}\n`
    const text = Buffer.concat([Buffer.from(lines), bytes, Buffer.from('\n')])
    const verify = (signed: Buffer): string => {
      const args = ['x509', '-in', join(dirs.RSA_AES, 'client.pem'), '-pubkey', '-noout']
      writeFileSync(join(root, 'pub'), execFileSync('openssl', args))
      writeFileSync(join(root, 'sig'), Buffer.from(said.signature, 'base64'))
      writeFileSync(join(root, 'text'), signed)
      const own = ['dgst', '-sha256', '-verify', 'pub', '-signature', 'sig', 'text']
      return execFileSync('openssl', own, { cwd: root, encoding: 'utf8' })
    }
    expect(verify(text)).toContain('Verified OK')
    expect(() => verify(Buffer.concat([text, Buffer.from('x')]))).toThrow()
    expect(headers['idempotency-fingerprint']).toBe(sha256Of(bytes))
  })

  const answered = (key: string) => (): HttpAnswer => {
    const text = Buffer.from('{"code":"SUCCESS","respCode":"100000","data":{}}')
    const [stamp, nonce] = [String(Math.floor(Date.now() / 1000)), 'A'.repeat(32)]
    const lines = Buffer.concat([Buffer.from(`${stamp}\n${nonce}\n`), text, Buffer.from('\n')])
    writeFileSync(join(root, 'answer'), lines)
    const args = ['dgst', '-sha256', '-sign', join(dirs.RSA_AES, key), 'answer']
    const signature = execFileSync('openssl', args, { cwd: root })
    const headers = {
      'etc-timestamp': stamp,
      'etc-nonce': nonce,
      'etc-serial': pkis.RSA_AES.platform.serialHex,
      'etc-signature': signature.toString('base64'),
    }
    return { kind: 'answer', status: 200, headers, body: new Uint8Array(text) }
  }
  it('takes an answer that OpenSSL signed, and none of another key', async () => {
    const said = (key: string) => sent('RSA_AES', charges, charge, { answer: answered(key) })
    expect(await said('platform.key.pem')).toMatchObject({ verified: 'valid' })
    expect(await said('client.key.pem')).toMatchObject({ verified: 'badSignature' })
  })
})

describe.each(['GM', 'RSA_AES'] as const)('sensitive members, %s', (suite) => {
  const at = { vehicleIds: true }
  it('go under the key of the platform, as OpenSSL reads them', async () => {
    await sent(suite, charges, charge, at)
    const { headers } = present(left[0], 'it left')
    expect(headers['etc-serial']).toBe(pkis[suite].platform.serialHex)
    for (const name of hidden) {
      expect(body(left[0])[name]).not.toBe(charge[name])
      expect(decrypted(suite, body(left[0])[name]).toString('utf8')).toBe(charge[name])
    }
    const { outTradeNo, cardNetNo, cardPlate, realFee } = charge
    expect(body(left[0])).toMatchObject({ outTradeNo, cardNetNo, cardPlate, realFee })
  })

  it('are other bytes at each attempt, and the fingerprint of the act stays', async () => {
    await sent(suite, charges, charge, at)
    await sent(suite, charges, charge, at)
    const [one, other] = left.map((request) => body(request).vehiclePlate)
    expect(one).not.toBe(other)
    const prints = left.map(({ headers }) => headers['idempotency-fingerprint'])
    const digest = simSuites[suite].digest(Buffer.from(JSON.stringify(charge)))
    expect(prints).toEqual(Array(2).fill(Buffer.from(digest).toString('hex')))
  })

  it('of a vehicle go in clear where nobody asks for it, without the header', async () => {
    await sent(suite, charges, charge)
    expect(body(left[0])).toEqual(charge)
    expect(left[0]?.headers['etc-serial']).toBeUndefined()
  })

  it('of a person and frames go sealed whatever is set', async () => {
    const frames = ['C0FF', 'C100'.repeat(30)]
    await sent(suite, '/v1/etc/exceptions', { exceptionNo: 'X1', rawFrames: frames, phone: '139' })
    const sealed = body(left[0]) as unknown as { rawFrames: string[]; phone: string }
    expect(sealed.rawFrames.map((one) => decrypted(suite, one).toString())).toEqual(frames)
    expect(decrypted(suite, sealed.phone).toString()).toBe('139')
    expect(left[0]?.headers['etc-serial']).toBe(pkis[suite].platform.serialHex)
  })

  it('do not leave without a certificate in force, and what has none does', async () => {
    const late = { nowMs: Date.now() + 40 * 366 * 86_400_000, ...at }
    expect(await sent(suite, charges, charge, late)).toMatchObject({
      answer: { kind: 'silence', reason: 'noCertificate', sent: false },
    })
    expect(left).toEqual([])
    await sent(suite, '/v1/etc/refunds', { outRefundNo: 'R1' }, late)
    expect(left).toHaveLength(1)
  })
})

describe('a file of the international suite', () => {
  const { platform } = loadCertFolder(dirs.RSA_AES, crypto)
  const random = { bytes: (count: number) => new Uint8Array(randomBytes(count)) }
  const seal = lotFileSealer({
    certificates: () => platform,
    crypto,
    random,
    nowMs: () => Date.now(),
  })
  const name = 'PARK_TRADE_EXITUPLOAD_REQ_TEST0001_20261120143000123.json'
  const text = JSON.stringify({ count: 1, rows: [{ vehiclePlate: '桂A12345' }] })

  it.each([
    ['AES-256-GCM', 32, 'aes-256-gcm'],
    ['AES-128-GCM', 16, 'aes-128-gcm'],
  ] as const)('%s has the key that OpenSSL unwraps', (cipher, keyBytes, own) => {
    const file = present(seal(name, Buffer.from(text), cipher), 'a certificate is in force')
    const key = decrypted('RSA_AES', Buffer.from(file.encKey).toString('base64'))
    expect(key).toHaveLength(keyBytes)
    const box = createDecipheriv(own, key, file.nonce)
    box.setAAD(Buffer.from(name)).setAuthTag(file.ciphertext.subarray(-16))
    const zipped = Buffer.concat([box.update(file.ciphertext.subarray(0, -16)), box.final()])
    expect(gunzipSync(zipped).toString('utf8')).toBe(text)
    const digest = sha256Of(Buffer.from(text))
    expect(file.digest).toBe(digest)
    const sealed = JSON.parse(present(guangxi.tradeFile, 'files').request(file).bodyText) as object
    expect(sealed).toMatchObject({ alg: cipher, sha256: digest })
    expect(rsaSuite.fileOpener(pkis.RSA_AES.privateHexBySerial)({ ...sealed })).toBe(text)
  })

  it('is none under a certificate of the other suite, whichever way', () => {
    expect(seal(name, Buffer.from(text), 'SM4-GCM')).toBeNull()
    const file = present(seal(name, Buffer.from(text), 'AES-256-GCM'), 'sealed')
    const unwrap = (sealed: Uint8Array) =>
      new Uint8Array(decrypted('RSA_AES', Buffer.from(sealed).toString('base64')))
    const own = { certSerial: file.serial, suite: 'RSA_AES' as const, unwrap }
    expect(platformFiles([own], crypto)(file)).toEqual(new Uint8Array(Buffer.from(text)))
    expect(platformFiles([{ ...own, suite: 'GM' }], crypto)(file)).toBe('sealBroken')
    expect(platformFiles([own], crypto)({ ...file, name: `X${name}` })).toBe('sealBroken')
    expect(platformFiles([own], crypto)({ ...file, cipher: 'AES-128-GCM' })).toBe('sealBroken')
  })
})

it('a certificate of neither suite, or with a short key, is refused', () => {
  const made = (...kind: string[]) => {
    const args = ['req', '-x509', '-nodes', '-subj', '/CN=x', '-keyout', 'k.pem', ...kind]
    return execFileSync('openssl', args, { cwd: root, encoding: 'utf8', stdio: 'pipe' })
  }
  const read = (pem: string) => readSuiteCertificate(derOf(pem), 'x.pem')
  expect(read(made('-newkey', 'rsa:2048')).suite).toBe('RSA_AES')
  expect(() => read(made('-newkey', 'rsa:1024'))).toThrow(LaneFault)
  expect(() => read(made('-newkey', 'ed25519'))).toThrow(/neither SM2 nor RSA/)
})
