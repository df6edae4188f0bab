// A lot that joins with an account and its authorisation code, opened as the product opens it: its folder has no
// certificate, and the platform is a real HTTPS server on loopback whose certificate is verified as always.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { systemMonoClock } from '#base/time/system-clocks.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { QueueVerdict } from '#ledger/pure/queue/queue.ts'
import { simAppId } from '#harness/lot/sim-platform.ts'
import { provinces, type ProvinceRow } from '#ledger/pure/platforms/dialects.ts'
import { absences } from '#lane/folder/live-lot.ts'
import { openPlatform, type PlatformLinks } from '#runtime/site/platform.ts'
import type { PlatformAnswer } from '#simulators/platform/model.ts'
import { makeIdentity, tlsServer, type TlsServer } from '../../../http/tls-server.ts'
import { lotFile } from '../../../../lane/lot/lot-kit.ts'
import { toyRow } from './dialect.ts'
import { toyPlatform } from './platform.ts'
import { folderOfFile } from '../../../../../kit/own-folder.ts'

const code = 'TOY0CODE2026'
const crypto = openGmCrypto()
const mac = (data: Uint8Array): Uint8Array => crypto.hmacSm3(new TextEncoder().encode(code), data)
const model = toyPlatform(() => undefined, undefined, mac)

const dir = folderOfFile('etc-toy-joined-')
let server: TlsServer
let answers: PlatformAnswer[] = []
/** Alters an answer in transit. */
let between: (answer: PlatformAnswer) => PlatformAnswer = (answer) => answer
/** The table of provinces; the row added here is all that the product knows about the province. */
const table = provinces as ProvinceRow[]

beforeAll(async () => {
  server = await tlsServer(makeIdentity(), ({ headers, ...request }, response) => {
    const asked = { ...request, headers: headers as Record<string, string> }
    const answer = model.handle(asked, Date.now())
    if (answer === null) return
    answers.push(answer)
    const told = between(answer)
    response.writeHead(told.status, told.headers).end(told.body)
  })
  table.push(toyRow)
})
afterAll(async () => {
  table.splice(table.indexOf(toyRow), 1)
  await server.close()
})
beforeEach(() => {
  answers = []
  between = (answer) => answer
})

interface Joining {
  readonly code?: string
  readonly caFile?: string
  readonly mode?: LotConfig['mode']
  /** The lot file names no folder for the code. */
  readonly isUnsaid?: true
}

const lotOf = (certDir: string | null, caFile: string, mode: LotConfig['mode']): LotConfig => {
  const folder = certDir === null ? {} : { certDir }
  const platform = { url: server.baseUrl, caFile, ...folder, appId: simAppId }
  return { ...lotFile(), provinceCode: '9901', mode, platform } as unknown as LotConfig
}

async function joined<T>(
  { code: held = code, caFile = server.caFile, mode = 'demo', isUnsaid }: Joining,
  work: (links: PlatformLinks, certDir: string) => Promise<T>,
): Promise<T> {
  const lotDir = mkdtempSync(join(dir, 'keys-'))
  const certDir = isUnsaid ? join(lotDir, 'keys', 'platform') : lotDir
  mkdirSync(certDir, { recursive: true })
  writeFileSync(join(certDir, 'access.code'), `${held}\n`)
  const config = lotOf(isUnsaid ? null : certDir, caFile, mode)
  const links = openPlatform(
    {
      dir: lotDir,
      of: 'platform',
      config,
      mono: systemMonoClock(),
      trustedTime: () => undefined,
      certificateRefused: () => undefined,
      answerDoubted: () => undefined,
      peerSeen: () => undefined,
      tap: (client) => client,
    },
    crypto,
  )
  try {
    return await work(links, certDir)
  } finally {
    await links.close()
  }
}

const body = (num: string): string =>
  JSON.stringify({ num, site: 'L1', gate: 'X1', fen: 500, visit: 'V1', by: 'account' })

async function charged(
  { uploader }: PlatformLinks,
  businessNo: string,
  op: 'post' | 'query',
): Promise<QueueVerdict> {
  const { promise, resolve } = Promise.withResolvers<QueueVerdict>()
  const record = { op: 'charge', businessNo, amountFen: 500, lastPostMs: null } as const
  uploader?.send({ ...record, body: body(businessNo) }, op, 5_000, resolve)
  return promise
}

it('charges by account and code, without a certificate in its folder', async () => {
  const [posted, asked, certificates] = await joined({}, async (links) => [
    await charged(links, 'T1', 'post'),
    await charged(links, 'T1', 'query'),
    links.certificates,
  ])
  expect([posted, asked]).toMatchObject([{ kind: 'confirmed' }, { kind: 'confirmed' }])
  expect(certificates).toEqual([])
})

it.each([{}, { isUnsaid: true as const }])(
  'seals the code of a live lot to the machine, and charges: %o',
  async (more) => {
    const [verdict, lies] = await joined(
      { mode: 'production', ...more },
      async (links, certDir) => [
        await charged(links, 'T2', 'post'),
        ['access.code', 'access.code.sealed'].map((name) => existsSync(join(certDir, name))),
      ],
    )
    expect(verdict).toMatchObject({ kind: 'confirmed' })
    expect(lies).toEqual([false, true])
  },
)

const bare = (answer: PlatformAnswer): PlatformAnswer => ({ ...answer, headers: {} })
const changed = (answer: PlatformAnswer): PlatformAnswer => ({
  ...answer,
  body: new TextEncoder().encode(new TextDecoder().decode(answer.body).replace('500', '600')),
})

it.each([
  ['without a proof', bare, 'unsigned'],
  ['changed on its way', changed, 'badSignature'],
] as const)('takes an answer %s for no money', async (_, hand, reason) => {
  between = hand
  const verdict = await joined({}, (links) => charged(links, 'T3', 'post'))
  expect(verdict).toEqual({ kind: 'silence', reason, sent: true })
})

it('takes the answer to another request of the same number for no money', async () => {
  await joined({}, async (links) => {
    expect(await charged(links, 'T4', 'post')).toMatchObject({ kind: 'confirmed' })
    const [former] = answers
    between = (answer) => former ?? answer
    expect(await charged(links, 'T4', 'query')).toEqual({
      kind: 'silence',
      reason: 'badSignature',
      sent: true,
    })
  })
})

it('believes nobody under another code, and is not believed', async () => {
  const verdict = await joined({ code: 'OTHER0CODE' }, (links) => charged(links, 'T5', 'post'))
  expect(verdict).toMatchObject({ kind: 'silence', reason: 'badSignature' })
  expect(new TextDecoder().decode(answers[0]?.body)).toBe('{"k":"K9"}')
})

it('sends nothing to a server under another authority', async () => {
  const caFile = join(dir, 'other.pem')
  writeFileSync(caFile, makeIdentity().caPem)
  const verdict = await joined({ caFile }, (links) => charged(links, 'T6', 'post'))
  expect(verdict).toMatchObject({ kind: 'silence', sent: false })
  expect(answers).toEqual([])
})

it('asks for no certificate in its folder, and for a code that is missing', () => {
  const certDir = mkdtempSync(join(dir, 'keys-'))
  const config = lotOf(certDir, server.caFile, 'demo')
  const wanted = (): readonly (string | undefined)[] =>
    absences(config, dir).flatMap(({ field, value }) =>
      field === '/platform/certDir' ? [value] : [],
    )
  expect(wanted()).toEqual([join(certDir, 'access.code')])
  writeFileSync(join(certDir, 'access.code'), `${code}\n`)
  expect(wanted()).toEqual([])
})

it('asks for the code in its own folder where the lot file names none', () => {
  const config = lotOf(null, server.caFile, 'demo')
  const own = join(dir, 'keys', 'platform')
  const wanted = () => absences(config, dir).filter(({ field }) => field === '/platform/certDir')
  expect(wanted()).toMatchObject([{ value: own }])
  mkdirSync(own, { recursive: true })
  expect(wanted()).toMatchObject([{ value: join(own, 'access.code') }])
  rmSync(own, { recursive: true })
})

it('says where the code is missing', async () => {
  await expect(joined({ code: 'short' }, () => Promise.resolve())).rejects.toMatchObject({
    code: 'CERT-01',
  })
})
