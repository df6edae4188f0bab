// What is said of an interface to billing systems before it opens: its card, port, keys and certificates, the rights of its
// partners. Each row plants one fault in a folder where everything else is right.
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkLot } from '#lane/lot/files/lot-file.ts'
import type { LotConfig, PublishedConfig } from '#base/pure/lot/config.ts'
import { absences } from '#lane/folder/live-lot.ts'
import { publishedHere } from '#lane/folder/published-here.ts'
import { writeLot } from '#lane/folder/lot-file.ts'
import { folderReport } from '#runtime/host/folder-report.ts'
import { openTls } from '#simulators/platform/certificates/pki.ts'
import { bareExit, bareLot } from '../../../kit/bare-lot.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'
import { newIdentity } from '../../../kit/partner-kit.ts'
import { present } from '#base/pure/values/must.ts'

const dayMs = 86_400_000
/** In whole seconds, as a certificate has its dates. */
const nowMs = Math.floor(Date.now() / 1000) * 1000
const days = (count: number): number => nowMs + count * dayMs

let dir = ''
const at = (...names: readonly string[]): string => join(dir, ...names)

function identity(name: string, toMs = days(400), fromMs = days(-1)) {
  return newIdentity(name, { fromMs, toMs, serialHex: name === 'own' ? '0A01' : '0B01' })
}
const partnerFile = (...all: readonly { certPem: string }[]): void =>
  writeFileSync(at('alpha.pem'), all.map(({ certPem }) => certPem).join(''))
function ownFiles(one: ReturnType<typeof identity>): void {
  writeFileSync(at('own', 'client.pem'), one.certPem)
  writeFileSync(at('own', 'client.key.pem'), one.keyPem)
}

beforeEach(() => {
  dir = folderOfTest('published-')
  mkdirSync(at('own'))
  ownFiles(identity('own'))
  partnerFile(identity('alpha'))
  openTls(at('tls'), nowMs)
})

const rsu = 'tcp://127.0.0.1:9?variant=generic-bcc'
const alpha = () => ({ id: 'ALPHA', certFile: at('alpha.pem'), rights: ['orders'] as const })
const https = () => ({ keyFile: at('tls', 'tls.key.pem'), certFile: at('tls', 'tls.pem') })

function lot(published: Partial<PublishedConfig> = {}, ordersFrom = 'ALPHA'): LotConfig {
  const usual = { host: '127.0.0.1', port: 18_443, certDir: at('own'), partners: [alpha()] }
  const whole = { ...usual, ...https(), ...published }
  // A row may have partners that none of its lanes names.
  const checked = checkLot({ ...bareLot(), published: whole, lanes: [bareExit] }, 'lot.json')
  return { ...checked, lanes: checked.lanes.map((lane) => ({ ...lane, rsu, ordersFrom })) }
}
const found = (config: LotConfig, atMs = nowMs): readonly string[] =>
  publishedHere(config, atMs).troubles.map(({ code, field }) => `${code} ${field}`)

const noTrouble: readonly string[] = []
const inOwn = '/published/certDir'
const inHttps = '/published/certFile'
const inAlpha = '/published/partners/0/certFile'

describe('nothing is wrong', () => {
  it('a lot that publishes nothing', () => {
    expect(publishedHere(checkLot(bareLot(), 'lot.json'), nowMs)).toEqual({
      certificates: [],
      troubles: [],
    })
  })

  it.each<[string, () => Partial<PublishedConfig>]>([
    ['at the loopback with HTTPS', () => ({})],
    ['at the loopback without HTTPS', () => ({ keyFile: undefined, certFile: undefined })],
    ['at every card', () => ({ host: '0.0.0.0' })],
    [
      'beside a partner without a right and a lane',
      () => ({ partners: [alpha(), { ...alpha(), id: 'IDLE', rights: [] }] }),
    ],
  ])('%s', (_, published) => {
    const config = { ...lot(), mode: 'production' as const }
    const whole = { ...present(config.published, 'it has one'), ...published() }
    expect(found({ ...config, published: whole })).toEqual(noTrouble)
  })

  it('its certificates: whose, and until when', () => {
    const all = publishedHere(lot(), nowMs).certificates
    expect(all.map(({ whose, serial, state }) => ({ whose, serial, state }))).toEqual([
      { whose: 'own', serial: '0A01', state: 'ok' },
      { whose: 'https', serial: expect.any(String) as string, state: 'ok' },
      { whose: { partner: 'ALPHA' }, serial: '0B01', state: 'ok' },
    ])
    expect(all[2]?.notAfterMs).toBe(days(400))
  })

  it('a key that is not sealed yet stays as it is', () => {
    publishedHere(lot(), nowMs)
    expect(statSync(at('own', 'client.key.pem')).isFile()).toBe(true)
    expect(() => statSync(at('own', 'client.key.sealed'))).toThrow('ENOENT')
  })
})

describe('a file that cannot be used', () => {
  it.each<[string, () => void, string]>([
    ['no own certificate', () => rmSync(at('own', 'client.pem')), inOwn],
    ['no own key', () => rmSync(at('own', 'client.key.pem')), inOwn],
    [
      'the key of another certificate',
      () => writeFileSync(at('own', 'client.key.pem'), identity('x').keyPem),
      inOwn,
    ],
    ['an own certificate cut off', () => writeFileSync(at('own', 'client.pem'), 'half'), inOwn],
    ['no HTTPS key', () => rmSync(at('tls', 'tls.key.pem')), inHttps],
    ['no HTTPS certificate', () => rmSync(at('tls', 'tls.pem')), inHttps],
    [
      'an HTTPS key of another certificate',
      () => {
        const { tlsKeyPem } = openTls(at('other'), nowMs)
        writeFileSync(at('tls', 'tls.key.pem'), tlsKeyPem)
      },
      inHttps,
    ],
    ['an HTTPS certificate that is none', () => writeFileSync(at('tls', 'tls.pem'), 'x'), inHttps],
    ['no certificate of the partner', () => rmSync(at('alpha.pem')), inAlpha],
    ['an empty one', () => writeFileSync(at('alpha.pem'), ''), inAlpha],
    [
      'one that is not SM2',
      () => writeFileSync(at('alpha.pem'), openTls(at('other'), nowMs).tlsCertPem),
      inAlpha,
    ],
  ])('%s', (_, plant, field) => {
    plant()
    expect(found(lot())).toEqual([`BILLING-01 ${field}`])
  })
})

describe('a certificate that ends', () => {
  it.each<[string, number, readonly string[]]>([
    ['31 days before', 369, []],
    ['30 days before', 370, ['BILLING-03']],
    ['a day before', 399, ['BILLING-03']],
    ['at its end', 400, ['BILLING-04']],
    ['years after', 4000, ['BILLING-04']],
    ['before it begins', -2, ['BILLING-04']],
  ])('own and partner, %s', (_, day, codes) => {
    const config = lot({ keyFile: undefined, certFile: undefined })
    const both = [inOwn, inAlpha].flatMap((field) => codes.map((code) => `${code} ${field}`))
    expect(found(config, days(day))).toEqual(both)
  })

  it('HTTPS, by its own dates', () => {
    const config = lot()
    const [, one] = publishedHere(config, nowMs).certificates
    const endMs = present(one, 'HTTPS').notAfterMs
    ownFiles(identity('own', endMs + 1000 * dayMs))
    const ofHttps = (atMs: number) =>
      found(config, atMs)
        .filter((text) => text.endsWith(inHttps))
        .map((text) => text.slice(0, 10))
    expect([-31, -30, 0].map((left) => ofHttps(endMs + left * dayMs))).toEqual([
      [],
      ['BILLING-03'],
      ['BILLING-04'],
    ])
  })

  it.each<[string, number, readonly string[]]>([
    ['the next one lasts', 300, []],
    ['the next one has not begun', 50, ['BILLING-04']],
  ])('of two of a partner, the present one over: %s', (_, day, codes) => {
    partnerFile(identity('alpha', days(10)), identity('alpha', days(900), days(100)))
    expect(found(lot(), days(day))).toEqual(codes.map((code) => `${code} ${inAlpha}`))
  })

  it('says whose, its serial, both dates and the clock', () => {
    partnerFile(identity('alpha', days(10)))
    const [{ note } = { note: '' }] = publishedHere(lot(), nowMs).troubles
    for (const said of ['ALPHA', '0B01', ...[days(-1), days(10), nowMs].map(isoDay)])
      expect(note).toContain(said)
  })
})
const isoDay = (ms: number): string => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10)

describe('cards and rights', () => {
  it('a card of another machine', () => {
    const config = { ...lot(), mode: 'production' as const }
    const published = { ...present(config.published, 'it has one'), host: '192.0.2.1' }
    expect(found({ ...config, published })).toEqual(['BILLING-02 /published/host'])
  })

  it.each<[string, readonly object[], string, readonly string[]]>([
    [
      'a lane of a partner without the right',
      [{ rights: [] }],
      'ALPHA',
      ['BILLING-05 /lanes/0/ordersFrom'],
    ],
    [
      'a partner with the right and no lane',
      [{}, { id: 'BETA' }],
      'ALPHA',
      ['BILLING-06 /published/partners/1/rights'],
    ],
    [
      'both',
      [{ rights: [] }, { id: 'BETA' }],
      'ALPHA',
      ['BILLING-05 /lanes/0/ordersFrom', 'BILLING-06 /published/partners/1/rights'],
    ],
    ['a lane each', [{}], 'ALPHA', []],
  ])('%s', (_, partners, ordersFrom, troubles) => {
    const all = partners.map((one) => ({ ...alpha(), ...one }))
    expect(found(lot({ partners: all }, ordersFrom))).toEqual(troubles)
  })
})

describe('where it is said', () => {
  let server: Server | null = null
  afterEach(() => server?.close())
  const listening = (port: number): Promise<number> =>
    new Promise((resolve) => {
      server = createServer()
      server.listen(port, '127.0.0.1', () => {
        const address = server?.address()
        resolve(typeof address === 'object' ? (address?.port ?? 0) : 0)
      })
    })
  function writeFolder(port: number): void {
    writeLot(dir, { ...bareLot(), upkeep: { diskWarnMb: 100 }, ...published(port) }, null)
  }
  const published = (port: number) => {
    const { lanes, published: at } = lot({ port })
    return { lanes, published: at }
  }
  async function doctor() {
    const { ok, faults, published: certificates } = await folderReport(dir, nowMs)
    return { ok, codes: faults.map(({ code }) => code), certificates }
  }

  it('the doctor: every certificate, and the port free or taken', async () => {
    writeFolder(await listening(0))
    expect(await doctor()).toMatchObject({ ok: false, codes: ['BILLING-02'] })
    await new Promise((done) => server?.close(done))
    const free = await doctor()
    expect(free).toMatchObject({ ok: true, codes: noTrouble })
    expect(free.certificates.map(({ whose, state }) => [whose, state])).toEqual([
      ['own', 'ok'],
      ['https', 'ok'],
      [{ partner: 'ALPHA' }, 'ok'],
    ])
    expect(free.certificates[2]).toMatchObject({ serial: '0B01', daysLeft: 400 })
  })

  it('the doctor: a port that the lanes of this folder hold is theirs', async () => {
    const port = await listening(0)
    writeFolder(port)
    // Another process that lives as long as this one.
    const pid = process.ppid
    mkdirSync(at('run'))
    writeFileSync(at('run', 'lock'), `${pid}\n`)
    const runs = (partners: string | null): void => {
      const endpoints = { api: 'http://127.0.0.1:1', tokenFile: 'x', partners }
      writeFileSync(at('run', 'runtime.json'), JSON.stringify({ pid, endpoints }))
    }
    runs(`http://127.0.0.1:${port}`)
    expect((await doctor()).codes).toEqual(noTrouble)
    // The lanes run and did not get the port: somebody else has it.
    runs(null)
    expect((await doctor()).codes).toEqual(['BILLING-02'])
    // The lanes have ended without removing what they announced.
    runs(`http://127.0.0.1:${port}`)
    rmSync(at('run', 'lock'))
    expect((await doctor()).codes).toEqual(['BILLING-02'])
  })

  it('the set-up and `lot check`: a warning at the member', () => {
    rmSync(at('alpha.pem'))
    const warnings = absences(lot(), dir).filter(({ field }) => field.startsWith('/published'))
    expect(warnings.map(({ field, value }) => [field, value])).toEqual([[inAlpha, at('alpha.pem')]])
    expect(warnings[0]?.text.en).toContain('BILLING-01')
  })
})
