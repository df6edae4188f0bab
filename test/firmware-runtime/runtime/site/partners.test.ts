// The published interface of a lot over hours: its partners change their certificates without a restart, and what keeps them
// out is a notice. Real files, keys and requests; the timers are virtual.
import { mkdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkLot } from '#lane/lot/files/lot-file.ts'
import { present } from '#base/pure/values/must.ts'
import type { OpenedPartners } from '#runtime/site/opened-partners.ts'
import { openPartners } from '#runtime/site/partners.ts'
import { bareExit, bareLot } from '../../../kit/bare-lot.ts'
import { MemoryAccess } from '../../../kit/memory-orders.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'
import { authorization, newIdentity, type Identity } from '../../../kit/partner-kit.ts'
import { HandClock } from '../control/control-kit.ts'

const minute = 60_000
const dayMs = 86_400_000
const inDays = (count: number): number => Date.now() + count * dayMs
const identity = (serialHex: string, toMs = inDays(400)) =>
  newIdentity('alpha', { serialHex, toMs })
const pems = (...all: readonly Identity[]): string => all.map(({ certPem }) => certPem).join('')

const own = identity('0A01')
const former = identity('0B01')
const next = identity('0B02')

let dir = ''
let mono: HandClock
let open: OpenedPartners
let traced: string[] = []
let writes = 0
const at = (...names: readonly string[]): string => join(dir, ...names)
/** Written as a person does, at another time than before: the times of files are coarse. */
function write(name: string, text: string): void {
  writeFileSync(at(name), text)
  writes += 1
  utimesSync(at(name), writes, writes)
}

beforeEach(() => {
  dir = folderOfTest('partners-')
  mkdirSync(at('own'))
  writeFileSync(at('own', 'client.pem'), own.certPem)
  writeFileSync(at('own', 'client.key.pem'), own.keyPem)
  write('alpha.pem', former.certPem)
  write('beta.pem', identity('0C01').certPem)
  mono = new HandClock()
  traced = []
})
afterEach(() => open.close())

async function opened(port = 0): Promise<void> {
  const partners = ['ALPHA', 'BETA'].map((id) => ({
    id,
    certFile: at(`${id.toLowerCase()}.pem`),
    rights: ['orders'] as const,
  }))
  const published = { host: '127.0.0.1', port, certDir: at('own'), partners }
  const config = checkLot({ ...bareLot(), lanes: [bareExit] }, 'lot.json')
  const sent = ['ALPHA', 'BETA'].flatMap((ordersFrom) =>
    config.lanes.map((lane) => ({ ...lane, ordersFrom })),
  )
  const access = new MemoryAccess()
  type Lot = Parameters<typeof openPartners>[1]
  // The other members are for other rights.
  const lot: Pick<Lot, 'ordersOf' | 'trace'> = {
    ordersOf: (id) => access.ordersOf(id),
    trace: (...[, , what, text]) => void traced.push(`${what} ${text}`),
  }
  const business = { nowMs: () => Date.now() }
  const options = { config: { ...config, published, lanes: sent }, business, mono }
  open = await openPartners(options, lot as Lot)
}

/** `ok`, or code and field of the refusal. */
async function asks(by: Identity, appid = 'ALPHA'): Promise<string> {
  const path = '/v1/access'
  const signed = authorization('GET', path, new Uint8Array(), { appid, identity: by })
  const url = `${present(open.url, 'it is open')}${path}`
  const response = await fetch(url, { headers: { authorization: signed } })
  const { error } = (await response.json()) as { error?: { code: string; field: string } }
  return error === undefined ? 'ok' : `${error.code} ${error.field}`
}
const refused = 'ORDER-02 Authorization.serial_no'
const both = async () => [await asks(former), await asks(next)]
const codes = (): readonly string[] => open.notices().map(({ code }) => code)

describe('a partner changes its certificate', () => {
  it.each<[string, () => void, readonly [string, string]]>([
    ['to the next one', () => write('alpha.pem', next.certPem), [refused, 'ok']],
    ['to both', () => write('alpha.pem', pems(former, next)), ['ok', 'ok']],
    [
      'in a new file of the same name',
      () => {
        write('new.pem', next.certPem)
        renameSync(at('new.pem'), at('alpha.pem'))
      },
      [refused, 'ok'],
    ],
    ['by half a file', () => write('alpha.pem', next.certPem.slice(0, 90)), ['ok', refused]],
    ['by an empty file', () => write('alpha.pem', ''), ['ok', refused]],
    ['by no file', () => rmSync(at('alpha.pem')), ['ok', refused]],
  ])('%s', async (_, change, after) => {
    await opened()
    expect(await both()).toEqual(['ok', refused])
    change()
    mono.advance(minute - 1)
    expect(await both()).toEqual(['ok', refused])
    mono.advance(1)
    expect(await both()).toEqual(after)
  })

  it('after half a file the whole one, however often', async () => {
    await opened()
    for (const one of [next, former, next]) {
      write('alpha.pem', one.certPem.slice(0, 90))
      mono.advance(minute)
      expect(codes()).toEqual(['BILLING-01'])
      write('alpha.pem', one.certPem)
      mono.advance(minute)
      expect(codes()).toEqual([])
      expect(await asks(one)).toBe('ok')
    }
  })

  it('of two partners one: the other one is as before', async () => {
    const beta = identity('0C02')
    write('beta.pem', beta.certPem)
    await opened()
    write('alpha.pem', next.certPem)
    mono.advance(minute)
    expect([await asks(beta, 'BETA'), await asks(next)]).toEqual(['ok', 'ok'])
  })

  it('looks no more once it is closed', async () => {
    await opened()
    const before = codes()
    await open.close()
    rmSync(at('alpha.pem'))
    mono.advance(10 * minute)
    expect(codes()).toEqual(before)
  })
})

describe('a notice', () => {
  it.each<[string, number, readonly string[]]>([
    ['31 days left', 31, []],
    ['29 days left', 29, ['BILLING-03']],
    ['an hour left', 1 / 24, ['BILLING-03']],
    ['over since an hour', -1 / 24, ['BILLING-04']],
  ])('a certificate of a partner, %s', async (_, days, expected) => {
    write('alpha.pem', newIdentity('alpha', { fromMs: inDays(-400), toMs: inDays(days) }).certPem)
    await opened()
    expect(codes()).toEqual(expected)
    // With the next one beside it the notice goes.
    write('alpha.pem', pems(next, former))
    mono.advance(minute)
    expect(codes()).toEqual([])
  })

  it('the signing certificate, although the interface goes on', async () => {
    const soon = identity('0A02', inDays(20))
    writeFileSync(at('own', 'client.pem'), soon.certPem)
    writeFileSync(at('own', 'client.key.pem'), soon.keyPem)
    await opened()
    expect(codes()).toEqual(['BILLING-03'])
    expect(await asks(former)).toBe('ok')
  })

  it('a port that another program has', async () => {
    const other = createServer()
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done))
    const address = other.address()
    const port = typeof address === 'object' ? present(address, 'it listens').port : 0
    await opened(port)
    expect(open.url).toBeNull()
    expect(codes()).toEqual(['BILLING-02'])
    expect(open.notices()[0]?.note).toMatch(new RegExp(`127.0.0.1:${port} .*EADDRINUSE`))
    expect(traced).toHaveLength(1)
    other.close()
  })

  it('a missing file, and then that only a start opens the interface', async () => {
    const text = readFileSync(at('alpha.pem'), 'utf8')
    rmSync(at('alpha.pem'))
    await opened()
    expect([open.url, codes()]).toEqual([null, ['BILLING-01']])
    write('alpha.pem', text)
    mono.advance(minute)
    expect([open.url, codes()]).toEqual([null, ['BILLING-01']])
  })
})
