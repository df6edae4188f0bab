// A third party's platform: Python and OpenSSL make its keys, verify what the lot signs and sign the answers
// (test/fixtures/platform-answers.py, from docs/platform-sim.md alone). Genuine answers are accepted, altered ones are not.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemMonoClock, systemRandom, systemWallClock } from '#base/time/system-clocks.ts'
import { loadCertFolder } from '#base/crypto/certs.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { platformClient } from '#ledger/http/platform-client.ts'
import { signedPlatform, verdictOf, type SignedResult } from '#ledger/http/signed-platform.ts'
import { must } from '#base/pure/values/must.ts'
import { guangxi } from '#ledger/pure/platforms/guangxi/dialect.ts'
import { requestFor } from '#ledger/pure/platforms/guangxi/requests.ts'
import type { Call } from '#ledger/ports/dialect.ts'
import { hasOpenssl } from '../../simulators/platform/openssl.ts'
import { patienceMs } from '../../../kit/eventually.ts'

const script = fileURLToPath(new URL('../../../fixtures/platform-answers.py', import.meta.url))
const charge: Call = {
  op: 'charge',
  businessNo: 'PX0120261120143000001',
  body: '{"outTradeNo":"PX0120261120143000001","realFee":1500,"vehiclePlate":"测A12345"}',
  amountFen: 1500,
}

describe.skipIf(!hasOpenssl)('a platform made of Python and OpenSSL', () => {
  const dir = mkdtempSync(join(tmpdir(), 'foreign-platform-'))
  const crypto = openGmCrypto()
  let child: ChildProcess
  let http: ReturnType<typeof platformClient>

  beforeAll(async () => {
    child = spawn('python3', [script, dir], { stdio: ['ignore', 'pipe', 'inherit'] })
    must(child.stdout !== null, 'stdout is a pipe')
    const [line] = await once(createInterface(child.stdout), 'line')
    const mono = systemMonoClock()
    const caFile = join(dir, 'tls.pem')
    http = platformClient({ baseUrl: String(line), caFile, mono, connections: 1 })
  })
  afterAll(async () => {
    await http.close()
    const gone = once(child, 'exit')
    child.kill('SIGTERM')
    await gone
    rmSync(dir, { recursive: true, force: true })
  })

  async function charged(mode: string, own: Call = charge): Promise<SignedResult> {
    writeFileSync(join(dir, 'mode'), mode)
    const { signingKey, platformKeys } = loadCertFolder(dir, crypto)
    const platform = signedPlatform({
      dialect: guangxi,
      http,
      crypto,
      appId: 'GX00012',
      signingKey,
      platformKeys,
      transport: systemWallClock(),
      random: systemRandom(),
      userAgent: 'etc-lane/0.1.0',
    })
    const { promise, resolve } = Promise.withResolvers<SignedResult>()
    platform.send({ ...requestFor(own), timeoutMs: patienceMs }, resolve)
    return promise
  }

  it('believes our signature, and is believed: the charge is paid', async () => {
    const result = await charged('right')
    expect(result.answer).toMatchObject({ kind: 'answer', status: 200 })
    expect(result.verified).toBe('valid')
    expect(verdictOf(guangxi, charge, result, null)).toMatchObject({ kind: 'confirmed' })
  })

  it.each([
    ['flipped', 'an amount that was changed behind the signature'],
    ['stranger', 'a signature of somebody else'],
    ['late', 'an answer of 400 s ago'],
    ['other', 'a signed answer to another charge'],
  ])('%s is not taken as paid: %s', async (mode) => {
    const verdict = verdictOf(guangxi, charge, await charged(mode), null)
    expect(verdict.kind).not.toBe('confirmed')
    expect(verdict).toMatchObject({ securityEvent: expect.anything() })
  })
})
