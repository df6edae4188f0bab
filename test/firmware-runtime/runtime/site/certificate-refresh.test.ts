// The platform's certificates are fetched every hour, against the simulator in a separate process: the next one is known
// and stored before it signs. An answer that no trusted certificate signed, or a test certificate, is refused.
import { copyFileSync, readFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemMonoClock } from '#base/time/system-clocks.ts'
import {
  loadCertFolder,
  loadPlatformKeys,
  platformKeysOf,
  type SuiteCertificate,
} from '#base/crypto/certs.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { platformClient, type PlatformClient } from '#ledger/http/platform-client.ts'
import {
  signedPlatform,
  type SignedPlatform,
  type SignedResult,
} from '#ledger/http/signed-platform.ts'
import type { HttpAnswer } from '#base/ports/http-client.ts'
import { present } from '#base/pure/values/must.ts'
import { spawnLauncher, startSimProcess, type SimProcess } from '#harness/lot/sim-process.ts'
import { guangxi } from '#ledger/pure/platforms/guangxi/dialect.ts'
import { sealOf } from '#ledger/pure/platforms/guangxi/seal.ts'
import { publishedIn, refreshCertificates } from '#runtime/site/certificate-refresh.ts'
import { HandClock } from '../control/control-kit.ts'
import { programFile } from '../../../wire/kit/live-program.ts'
import { eventually } from '../../../kit/eventually.ts'
import { folderOfFile } from '../../../kit/own-folder.ts'

const minute = 60_000
const dir = folderOfFile('certificate-refresh-')
const crypto = openGmCrypto()
const mono = new HandClock()
let sim: SimProcess
let http: PlatformClient
let platform: SignedPlatform
let believed: readonly SuiteCertificate[]
let answers = 0
let last: SignedResult | null = null
let stop: () => void
/** Adds one blank to a body in transit: the same certificates, another text. */
let isTouched = false
function onTheWay(answer: HttpAnswer): HttpAnswer {
  if (!isTouched || answer.kind !== 'answer') return answer
  isTouched = false
  return { ...answer, body: Buffer.concat([answer.body, Buffer.from(' ')]) }
}

beforeAll(async () => {
  sim = await startSimProcess(
    'platform-sim',
    [
      ...['--listen', 'https://127.0.0.1:0', '--admin', 'http://127.0.0.1:0'],
      ...['--certs', join(dir, 'simulator')],
    ],
    spawnLauncher(programFile),
  )
  const { baseUrl = '', caFile = '', certDir = '', appId = '' } = sim.endpoints
  for (const name of ['client.pem', 'client.key.pem', 'platform.pem'])
    copyFileSync(join(certDir, name), join(dir, name))
  const certs = loadCertFolder(dir, crypto)
  believed = certs.platform
  http = platformClient({ baseUrl, caFile, mono: systemMonoClock() })
  platform = signedPlatform({
    dialect: guangxi,
    http: {
      ...http,
      request: (call, done) => http.request(call, (answer) => done(onTheWay(answer))),
    },
    crypto,
    appId,
    signingKey: certs.signingKey,
    platformKeys: certs.platformKeys,
    transport: { nowMs: () => Date.now() },
    random: { bytes: (count) => randomBytes(count) },
    userAgent: 'etc-lane/0.1.0',
  })
  stop = refreshCertificates({
    dialect: guangxi,
    platform: {
      send: (call, done) =>
        platform.send(call, (result) => {
          last = result
          done(result)
          answers++
        }),
    },
    mono,
    isLive: false,
    suite: 'GM',
    nowMs: () => Date.now(),
    held: () => believed,
    took(all) {
      believed = all
      platform.takeKeys(platformKeysOf(all, crypto))
    },
    keepIn: dir,
  })
})

afterAll(async () => {
  stop()
  await http.close()
  await sim.kill()
})

/** Advances the clock, and waits for the answer where one is due. */
async function later(minutes: number, due = true): Promise<void> {
  const before = answers
  mono.advance(minutes * minute)
  if (due) await eventually(() => answers).toBe(before + 1)
  else expect(answers).toBe(before)
}
const announce = (what: string): Promise<unknown> =>
  sim.admin('POST', '/certificates', { do: what })
const kept = (): number => loadPlatformKeys(dir, crypto).platform.length

it('asked a minute after the start, then each hour; what is known already writes nothing', async () => {
  const before = readFileSync(join(dir, 'platform.pem'), 'utf8')
  await later(1)
  expect(believed).toHaveLength(1)
  await later(59, false)
  await later(1)
  expect(readFileSync(join(dir, 'platform.pem'), 'utf8')).toBe(before)
})

it('the next one is believed and kept when it is announced, and judges answers when it signs', async () => {
  const [own] = believed
  await announce('announce')
  await later(60)
  expect([believed.length, kept()]).toEqual([2, 2])
  await announce('change')
  await later(60)
  expect(last).toMatchObject({ verified: 'valid' })
  const headers = last?.answer.kind === 'answer' ? last.answer.headers : {}
  expect(sealOf(headers)).not.toMatchObject({ serial: own?.certSerial })
})

it('an answer that was touched on its way changes nothing, and is asked for again soon', async () => {
  const before = believed
  await announce('announce')
  isTouched = true
  await later(60)
  expect(last).toMatchObject({ verified: 'badSignature' })
  expect(believed).toBe(before)
  await later(4, false)
  await later(1)
  expect([believed.length, kept()]).toEqual([3, 3])
})

it('certificates of a test are not taken by a live lot', () => {
  const answer = present(last, 'an answer')
  const { certificates } = guangxi
  const interface_ = present(certificates, 'the interface')
  expect(publishedIn(answer, interface_, false)).toHaveLength(3)
  expect(publishedIn(answer, interface_, true)).toBe(null)
  expect(publishedIn({ ...answer, verified: 'unsigned' }, interface_, false)).toBe(null)
})
