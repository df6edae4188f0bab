// Answers under a platform certificate that has expired or is not yet valid, by the local clock. Key, certificate and
// signature come from the OpenSSL command line; only the clock moves.
import { guangxi } from '#ledger/pure/platforms/guangxi/dialect.ts'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { heldCertificates, loadPlatformKeys } from '#base/crypto/certs.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { platformUploader } from '#ledger/http/platform-uploader.ts'
import { signedPlatform } from '#ledger/http/signed-platform.ts'
import { certificateTroubles, type RefusedCertificate } from '#base/pure/data/credentials.ts'
import type { QueueVerdict } from '#ledger/pure/queue/queue.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import { answerMessage } from '#base/pure/words/envelope-text.ts'
import type { HttpClient } from '#base/ports/http-client.ts'
import { hasOpenssl, openssl } from '../../simulators/platform/openssl.ts'

const crypto = openGmCrypto()
const dayMs = 86_400_000
const lifeDays = 40
const body = JSON.stringify({
  code: 'SUCCESS',
  respCode: '100000',
  message: 'ok',
  data: {
    outTradeNo: 'PX1',
    tradeNo: 'T1',
    status: 'SUCCESS',
    chargedFee: 1500,
    openBarrier: true,
  },
})
const record = {
  businessNo: 'PX1',
  body: '{"realFee":1500}',
  amountFen: 1500,
  lastPostMs: null,
  op: 'charge' as const,
}

describe.skipIf(!hasOpenssl)('a certificate of the platform', () => {
  let dir = ''
  let beganMs = 0

  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'etc-ended-'))
    const [key, pem] = [join(dir, 'key.pem'), join(dir, 'platform.pem')]
    openssl('ecparam', '-genkey', '-name', 'SM2', '-noout', '-out', key)
    openssl(
      ...['req', '-x509', '-new', '-key', key, '-sm3', '-sigopt', 'distid:1234567812345678'],
      ...['-subj', '/CN=platform', '-days', String(lifeDays), '-out', pem],
    )
    beganMs = present(loadPlatformKeys(dir, crypto).platform[0], 'a certificate').notBeforeMs
  })
  afterAll(() => rmSync(dir, { recursive: true }))

  /** A platform whose clock is right: it signs with OpenSSL at the time of the request. */
  const answering = (signedAtMs: number): HttpClient => ({
    request(_request, done) {
      const bytes = new TextEncoder().encode(body)
      const [timestamp, nonce] = [String(Math.floor(signedAtMs / 1000)), 'N'.repeat(32)]
      const [message, out] = [join(dir, 'message'), join(dir, 'signature')]
      writeFileSync(message, answerMessage({ timestamp, nonce, body: bytes }))
      openssl(
        ...['dgst', '-sm3', '-sign', join(dir, 'key.pem'), '-sigopt', 'distid:1234567812345678'],
        ...['-out', out, message],
      )
      const serial = present(loadPlatformKeys(dir, crypto).platform[0], 'one').certSerial
      done({
        kind: 'answer',
        status: 200,
        headers: {
          'etc-timestamp': timestamp,
          'etc-nonce': nonce,
          'etc-serial': serial,
          'etc-signature': readFileSync(out).toString('base64'),
        },
        body: bytes,
      })
      return () => undefined
    },
  })

  async function requestAt(clockMs: number, signedAtMs = clockMs) {
    const refused: RefusedCertificate[] = []
    const heard: number[] = []
    const platform = signedPlatform({
      dialect: guangxi,
      http: answering(signedAtMs),
      crypto,
      appId: 'GX00012',
      signingKey: crypto.signingKey(crypto.keyPair(), '5C01'),
      platformKeys: loadPlatformKeys(dir, crypto).platformKeys,
      transport: { nowMs: () => clockMs },
      random: { bytes: (count) => new Uint8Array(count) },
      userAgent: 'etc-lane/test',
      refusedCertificate: (one) => refused.push(one),
    })
    const uploader = platformUploader(
      platform,
      guangxi,
      { lotId: 'GX00012', provinceCode: '4501' },
      (ms) => heard.push(ms),
    )
    const verdict = await new Promise<QueueVerdict>((resolve) => {
      uploader.send(record, 'post', 3000, resolve)
    })
    return { verdict, refused, heard }
  }

  it('within its time: the answer is believed', async () => {
    const { verdict, refused, heard } = await requestAt(beganMs + dayMs)
    expect(verdict).toEqual({ kind: 'confirmed', tradeNo: 'T1' })
    expect([refused, heard]).toEqual([[], [0]])
  })

  it.each([
    ['over', lifeDays + 1, 'certificateExpired'],
    ['not begun', -1, 'certificateNotYetValid'],
  ])(
    '%s: no money moves by it, the order stays unknown, both dates are told',
    async (_, day, why) => {
      const clockMs = beganMs + day * dayMs
      const { verdict, refused, heard } = await requestAt(clockMs)
      expect(verdict).toEqual({ kind: 'silence', reason: `answerDoubted ${why} 200`, sent: true })
      // The time in such an answer is not trusted either.
      expect(heard).toEqual([])
      expect(refused).toMatchObject([{ notBeforeMs: beganMs, nowMs: clockMs }])
      const [trouble] = certificateTroubles([], present(refused[0], 'it was told'), clockMs)
      expect(trouble).toMatchObject({ code: 'CERT-02' })
      expect(trouble?.note).toContain(isoOf(beganMs))
      expect(trouble?.note).toContain(isoOf(present(refused[0], 'told').notAfterMs))
      expect(trouble?.note).toContain(isoOf(clockMs))
    },
  )

  it('over by our clock alone: the time that the answer was signed with stands beside it', async () => {
    const clockMs = beganMs + (lifeDays + 1) * dayMs
    const { verdict, refused } = await requestAt(clockMs, beganMs + dayMs)
    expect(verdict.kind).toBe('silence')
    expect(refused).toMatchObject([{ signedAtMs: Math.floor((beganMs + dayMs) / 1000) * 1000 }])
  })

  it.each([
    [lifeDays - 31, []],
    [lifeDays - 29, ['CERT-03']],
    [lifeDays + 1, ['CERT-04']],
    [-1, ['CERT-04']],
  ])('is told a month ahead: day %i', (day, codes) => {
    const clockMs = beganMs + day * dayMs
    const held = heldCertificates(dir)
    expect(certificateTroubles(held, null, clockMs).map(({ code }) => code)).toEqual(codes)
    // With its successor in the folder nothing is reported: one valid certificate is enough.
    const next = { ...present(held[0], 'one'), notBeforeMs: 0, notAfterMs: clockMs + 400 * dayMs }
    expect(certificateTroubles([...held, next], null, clockMs)).toEqual([])
  })
})
