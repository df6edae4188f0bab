// The status list of a platform in another process (P18): fetched in full and by changes, refused when it is wrong,
// incomplete, older or another account's, intact after kill -9, and brought by stick in the form in which curl stores
// an answer.
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ListView } from '#base/calls/list-views.ts'
import { present } from '#base/pure/values/must.ts'
import { hasOpenssl, openssl } from '../firmware-runtime/simulators/platform/openssl.ts'
import { newFolder, runToEnd } from './kit/live-program.ts'
import { eventually } from '../kit/eventually.ts'
import { tcpLot } from './kit/run-lot.ts'

const lot = tcpLot({ charge: 'card' })
const platform = () => present(lot.harness.platform, 'the platform runs')
type Endpoint = 'baseUrl' | 'caFile' | 'certDir' | 'appId'
const place = (name: Endpoint): string => present(platform().endpoints[name], name)
const card = (n: number): string => `4501${String(n).padStart(16, '0')}`
const get = 'GET /v1/status-list'
const who = { by: 'owner', reason: 'stick', commandId: 'list-take-1' }

const status = (): Promise<ListView> => lot.run.call<ListView>('list.status')
const now = (full = false): Promise<ListView> => lot.run.call<ListView>('list.now', { full })
const refusal = async (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => 'taken',
    (error: unknown) => /[A-Z]+-\d\d/.exec(String(error))?.[0] ?? String(error),
  )
const list = (cardNo: string, listed = true): Promise<unknown> =>
  platform().admin('POST', '/blacklist', { cardNo, listed })
const requests = async (): Promise<string[]> => {
  const { entries } = await platform().admin<{ entries: { dir: string; text: string }[] }>(
    'GET',
    '/log?limit=2000',
  )
  return entries
    .filter(({ dir, text }) => dir === 'in' && text.includes('status-list'))
    .map((e) => e.text)
}

beforeAll(async () => {
  await lot.startSims()
  await platform().admin('POST', '/status-list', { first: card(1), count: 3 })
  await lot.start('exit')
  await eventually(status, ({ source }) => source === 'platform', { of: lot.of })
})
afterAll(() => lot.close())
beforeEach(async () => {
  await platform().admin('DELETE', '/faults')
  await platform().admin('POST', '/policy', { list: 'right' })
})

describe('the status list of the platform', () => {
  it('is there soon after the start, by itself, and follows in versions without a gap', async () => {
    expect(await status()).toMatchObject({ version: '3', count: 3, state: 'fresh', fault: null })
    await list(card(4))
    await list(card(1), false)
    expect(await now()).toMatchObject({ version: '5', count: 3 })
    await list('0200ABCD')
    expect(await now()).toMatchObject({ version: '6', count: 4 })
    expect((await requests()).at(-1)).toContain('since=5')
    expect(await now(true)).toMatchObject({ version: '6', count: 4 })
    expect((await requests()).at(-1)).toContain('since=0')
  })

  it.each([
    ['X06 another signature', { do: 'forge', when: 'after' }, 'LIST-03'],
    ['no signature', { do: 'forge', when: 'before' }, 'LIST-03'],
    ['one other byte', { do: 'flip', when: 'after', bits: 1 }, 'LIST-03'],
    ['X06 half a body', { do: 'cut', when: 'after' }, 'LIST-06'],
    ['a page of a proxy', { do: 'status', when: 'before', status: 503 }, 'LIST-06'],
  ])('%s: it is refused, and the one before stays', async (_, fault, code) => {
    const before = await status()
    await list(card(50))
    await platform().admin('POST', '/faults', { at: get, skip: 0, times: 1, ...fault })
    expect(await refusal(now())).toBe(code)
    expect(await status()).toMatchObject({
      version: before.version,
      count: before.count,
      fault: { code },
    })
    await list(card(50), false)
    expect(await now()).toMatchObject({ count: before.count, fault: null })
  })

  it('is refused when it is older, and asked for whole when changes do not follow on', async () => {
    const before = await now()
    await platform().admin('POST', '/policy', { list: 'older' })
    expect(await refusal(now())).toBe('LIST-04')
    expect(await status()).toMatchObject({ version: before.version })
    await platform().admin('POST', '/policy', { list: 'gap' })
    await list(card(60))
    expect(await now()).toMatchObject({ count: (before.count ?? 0) + 1, fault: null })
    const [gap = '', whole = ''] = (await requests()).slice(-2)
    expect([gap, whole]).toEqual([
      expect.stringContaining(`since=${before.version}`),
      expect.stringContaining('since=0'),
    ])
  })

  it('is one of two whole ones after kill -9 while a long one is taken', async () => {
    const { count: before = 0 } = await now()
    await platform().admin('POST', '/status-list', { first: card(1_000_000), count: 20_000 })
    const whole = [before, (before ?? 0) + 20_000]
    for (const waits of [0, 2]) {
      const asked = (await requests()).length
      const taking = now(true).catch(() => null)
      await eventually(requests, (all) => all.length > asked, { of: lot.of })
      for (let n = 0; n < waits; n++) await status()
      await lot.run.stop('SIGKILL')
      await taking
      const seen = await runToEnd(['list', 'status', '--data', lot.dir])
      expect(whole).toContain(seen.json['count'])
      await platform().admin('POST', '/faults', {
        at: get,
        when: 'before',
        do: 'status',
        status: 503,
        times: 9,
      })
      await lot.start('exit')
      expect(await status()).toMatchObject({ source: 'platform', count: seen.json['count'] })
      await platform().admin('DELETE', '/faults')
    }
    expect(await now(true)).toMatchObject({ count: whole[1], fault: null })
    await platform().admin('POST', '/status-list', { first: card(2_000_000), count: 100_000 })
    expect(await now()).toMatchObject({ count: (whole[1] ?? 0) + 100_000, fault: null })
  })
})

/** The envelope of P2 by the OpenSSL command line, and the answer as `curl -i` stores it. */
function fetchedByCurl(file: string): { headers: string; body: string; dir: string } {
  const certDir = place('certDir')
  const dir = newFolder()
  const path = '/v1/status-list?since=0'
  const stamp = Math.floor(Date.now() / 1000)
  const nonce = randomBytes(16).toString('hex').toUpperCase()
  writeFileSync(join(dir, 'text'), `GET\n${path}\n${stamp}\n${nonce}\n\n`)
  const key = join(certDir, 'client.key.pem')
  const distid = ['-sigopt', 'distid:1234567812345678']
  openssl('dgst', '-sm3', ...distid, '-sign', key, '-out', join(dir, 'sig'), join(dir, 'text'))
  const serial = /serial=(\w+)/.exec(
    openssl('x509', '-noout', '-serial', '-in', join(certDir, 'client.pem')),
  )?.[1]
  const signature = readFileSync(join(dir, 'sig')).toString('base64')
  const authorization =
    `ETC-SM2-WITH-SM3 appid="${place('appId')}",nonce_str="${nonce}",timestamp="${stamp}",` +
    `serial_no="${serial ?? ''}",signature="${signature}"`
  const curl = spawnSync(
    'curl',
    [
      '-s',
      '-i',
      '--cacert',
      place('caFile'),
      '-H',
      `Authorization: ${authorization}`,
      `${place('baseUrl')}${path}`,
    ],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  )
  writeFileSync(file, curl.stdout)
  const at = curl.stdout.indexOf('\r\n\r\n')
  return { headers: curl.stdout.slice(0, at), body: curl.stdout.slice(at + 4), dir }
}

const hasCurl = spawnSync('curl', ['--version']).status === 0

describe('a status list by stick', () => {
  it.skipIf(!hasOpenssl || !hasCurl)(
    'X06 half of it, another byte and an older one are refused; fetched by curl and verified by openssl it is taken',
    async () => {
      // The start's own download has ended, which may be newer than the stick.
      const soon = Date.now() + 60_000
      await eventually(status, ({ nextIso }) => Date.parse(nextIso ?? '') > soon, { of: lot.of })
      const file = join(newFolder(), 'list.http')
      const { headers, body, dir } = fetchedByCurl(file)
      const header = (name: string): string =>
        new RegExp(`^${name}: (.*)$`, 'im').exec(headers)?.[1]?.trim() ?? ''
      writeFileSync(
        join(dir, 'answer'),
        `${header('etc-timestamp')}\n${header('etc-nonce')}\n${body}\n`,
      )
      writeFileSync(join(dir, 'signature'), Buffer.from(header('etc-signature'), 'base64'))
      writeFileSync(
        join(dir, 'pub.pem'),
        openssl('x509', '-pubkey', '-noout', '-in', join(place('certDir'), 'platform.pem')),
      )
      const verified = openssl(
        ...['dgst', '-sm3', '-sigopt', 'distid:1234567812345678', '-verify', join(dir, 'pub.pem')],
        ...['-signature', join(dir, 'signature'), join(dir, 'answer')],
      )
      expect(verified).toContain('Verified OK')

      const before = await status()
      const bent = join(dir, 'bent')
      writeFileSync(bent, readFileSync(file, 'latin1').replace(/"op":1/, '"op":2'), 'latin1')
      expect(await refusal(lot.run.call('list.take', { ...who, path: bent }))).toBe('LIST-03')
      const half = join(dir, 'half')
      const bytes = readFileSync(file)
      writeFileSync(half, bytes.subarray(0, bytes.length / 2))
      expect(await refusal(lot.run.call('list.take', { ...who, path: half }))).toBe('LIST-03')
      expect(await status()).toMatchObject({ version: before.version, count: before.count })

      const taken = await lot.run.call<ListView>('list.take', { ...who, path: file })
      expect(taken).toMatchObject({ version: before.version, count: before.count, fault: null })
      await list(card(70))
      await now()
      const old = await refusal(
        lot.run.call('list.take', { ...who, commandId: 'list-take-2', path: file }),
      )
      expect(old).toBe('LIST-04')
    },
  )
})

it('a damaged file beside it stops no start, with a list of the platform and without one', async () => {
  for (const held of [true, false]) {
    await lot.run.stop('SIGKILL')
    writeFileSync(join(lot.dir, 'status-list.json'), '{"version":"ha')
    if (!held) rmSync(join(lot.dir, 'status-list.held'))
    await lot.start('exit')
    await eventually(status, ({ source }) => source === 'platform', { of: lot.of })
  }
})

it('is none for a lot that names another account, which asks for the whole list, and is there again for its own', async () => {
  const { version } = await status()
  await lot.run.stop('SIGTERM')
  rmSync(join(lot.dir, 'status-list.json'))
  const file = join(lot.dir, 'lot.json')
  const own = readFileSync(file, 'utf8')
  const held = async (): Promise<unknown> =>
    (await runToEnd(['list', 'status', '--data', lot.dir])).json['version']
  const asked = async (): Promise<string | undefined> => {
    await runToEnd(['list', 'now', '--data', lot.dir])
    return (await requests()).at(-1)
  }
  expect([await held(), await asked()]).toEqual([version, expect.stringMatching(/since=[1-9]/)])
  writeFileSync(file, own.replace(`"${place('appId')}"`, '"990000000001"'))
  // Like a demo, which has no list of a platform.
  expect([await held(), await asked()]).toEqual(['sim', expect.stringContaining('since=0')])
  writeFileSync(file, own)
  expect(await held()).toBe(version)
})
