// The lot's own certificate expires within a month and its successor was installed while the program runs: the old one
// signs on, and the reminder says that the new one waits for a restart. OpenSSL makes both.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemMonoClock } from '#base/time/system-clocks.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { openPlatform } from '#runtime/site/platform.ts'
import { hasOpenssl, openssl } from '../../simulators/platform/openssl.ts'
import { lotFile } from '../../lane/lot/lot-kit.ts'

let certDir = ''
const file = (name: string): string => join(certDir, name)

function make(name: string, days: number): void {
  openssl('genpkey', '-algorithm', 'SM2', '-out', file(`${name}.key.pem`))
  openssl(
    ...['req', '-x509', '-new', '-key', file(`${name}.key.pem`), '-sm3'],
    ...['-sigopt', 'distid:1234567812345678', '-subj', `/CN=${name}`],
    ...['-days', String(days), '-out', file(`${name}.pem`)],
  )
}

describe.skipIf(!hasOpenssl)('a client certificate that ends', () => {
  beforeAll(() => {
    certDir = mkdtempSync(join(tmpdir(), 'etc-renewed-'))
    openssl(
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', file('tls.key.pem')],
      ...['-subj', '/CN=tls', '-out', file('ca.pem')],
    )
    make('platform', 400)
    make('client', 20)
  })
  afterAll(() => rmSync(certDir, { recursive: true }))

  it('and the next one in its place: its reminder names that one, and the start it waits for', () => {
    const platform = { url: 'https://127.0.0.1:1', caFile: file('ca.pem'), certDir, appId: 'X1' }
    const platformLinks = openPlatform(
      {
        dir: certDir,
        of: 'platform',
        config: { ...lotFile(), mode: 'demo', platform } as never,
        mono: systemMonoClock(),
        trustedTime: () => undefined,
        certificateRefused: () => undefined,
        answerDoubted: () => undefined,
        peerSeen: () => undefined,
        tap: (client) => client,
      },
      openGmCrypto(),
    )
    const certWarnings = (): string[] =>
      platformLinks.certificateTroubles().map(({ code, note }) => `${code} ${note}`)
    const inUse = platformLinks.signer?.certSerial ?? ''
    expect(certWarnings()).toEqual([
      expect.stringMatching(new RegExp(`^CERT-03 our certificate ${inUse}: `)),
    ])
    expect(certWarnings()[0]).not.toContain('start')
    make('client', 400)
    const serial = openssl('x509', '-in', file('client.pem'), '-noout', '-serial')
    const next = String(serial).trim().split('=')[1] ?? ''
    expect(certWarnings()).toEqual([
      expect.stringMatching(
        new RegExp(`; client.pem has ${next}, which the next start takes into use$`, 'i'),
      ),
    ])
    expect(platformLinks.signer?.certSerial).toBe(inUse)
  })
})
