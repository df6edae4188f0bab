// What a running lot sent, recorded on its line and checked by independent tools: OpenSSL unwraps the key of a sealed file and
// opens its content, thirty lines of Python check its tag, and a request repeated by curl is refused and changes
// nothing.
import { execFile, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { present } from '#base/pure/values/must.ts'
import { hasOpenssl } from '../firmware-runtime/simulators/platform/openssl.ts'
import { eventually } from '../kit/eventually.ts'
import { cleanUp, Program } from './kit/live-program.ts'
import { tapAt, type Kept } from './kit/tap.ts'
import { startPlatform, TransferLot } from './kit/transfer-lot.ts'

const opener = fileURLToPath(new URL('../fixtures/open-file.py', import.meta.url))
const files = '/v1/files/exit-trades'
afterAll(cleanUp)

it('the opener is thirty lines at most', () => {
  const lines = readFileSync(opener, 'utf8').trimEnd().split('\n')
  expect(lines.length).toBeLessThanOrEqual(30)
})

describe.skipIf(!hasOpenssl).each(['GM', 'RSA_AES'] as const)('a running lot, %s', (suite) => {
  let platform: Awaited<ReturnType<typeof startPlatform>>
  let lot: TransferLot
  let tap: Awaited<ReturnType<typeof tapAt>>

  beforeAll(async () => {
    platform = await startPlatform('--suite', suite)
    const { baseUrl = '', certDir = '', caFile = '' } = platform
    tap = await tapAt(baseUrl, { certDir, caFile })
    lot = new TransferLot({ ...platform, baseUrl: tap.url }, { suite, filesFrom: 20 })
    lot.adds(30)
    const run = new Program(['run', '--data', lot.dir])
    await run.ready()
    await eventually(
      () => lot.unsent(),
      (left) => left === 0,
      { of: run },
    )
    await run.stop()
  })
  afterAll(() => tap.close())

  const sentFile = (): Kept =>
    present(
      tap.sent.find(({ path }) => path === files),
      'a file was sent',
    )

  function opened(envelope: object) {
    const key = join(platform['certDir'] ?? '', 'platform.key.pem')
    const { promise, resolve } = Promise.withResolvers<{ text: string; why: string }>()
    const child = execFile('python3', [opener, key], (_, text, why) => resolve({ text, why }))
    child.stdin?.end(JSON.stringify(envelope))
    return promise
  }

  it('its file is opened by OpenSSL, and its tag by Python', async () => {
    const envelope = JSON.parse(sentFile().body.toString('utf8')) as Record<string, string>
    const { text, why } = await opened(envelope)
    expect(why).toBe('')
    const { count, rows } = JSON.parse(text) as { count: number; rows: { outTradeNo: string }[] }
    expect(rows).toHaveLength(count)
    const { rows: booked } = await lot.admin('GET', '/books?kind=exit-charges&limit=100')
    // Records sent singly while the file was in flight are in both, and booked once.
    const numbersOf = (all: unknown): ReadonlySet<string> =>
      new Set((all as { outTradeNo: string }[]).map(({ outTradeNo }) => outTradeNo))
    const alone = tap.sent
      .filter(({ method, path }) => method === 'POST' && path === '/v1/etc/exit-charges')
      .map(({ body }) => JSON.parse(body.toString('utf8')) as { outTradeNo: string })
    expect(numbersOf([...rows, ...alone])).toEqual(numbersOf(booked))
  })

  it.each(['ciphertext', 'nonce', 'aad'] as const)(
    'with another %s the tag does not fit',
    async (member) => {
      const envelope = JSON.parse(sentFile().body.toString('utf8')) as Record<string, string>
      const [first = '', ...rest] = envelope[member] ?? ''
      const other = [first === 'A' ? 'B' : 'A', ...rest].join('')
      expect(await opened({ ...envelope, [member]: other })).toEqual({
        text: '',
        why: 'the tag is another one\n',
      })
    },
  )

  /** The platform's answer when curl repeats a recorded request, unchanged or with another body. */
  function curl({ method, path, head, body }: Kept, text = body): unknown {
    const [heads, data] = [join(lot.root, 'head'), join(lot.root, 'body')]
    const own = /^(?:host|connection|content-length|transfer-encoding|expect):/i
    writeFileSync(heads, head.filter((line) => !own.test(line)).join('\n'))
    writeFileSync(data, text)
    const { baseUrl = '', caFile = '' } = platform
    const words = ['-s', '--cacert', caFile, '-X', method, '-H', `@${heads}`]
    const sends = method === 'GET' ? [] : ['--data-binary', `@${data}`]
    const got = spawnSync('curl', [...words, ...sends, `${baseUrl}${path}`], { encoding: 'utf8' })
    return (JSON.parse(got.stdout) as { respCode?: unknown }).respCode
  }
  const books = async () => {
    const { records, amountFen } = await lot.admin('GET', '/state')
    return { records, amountFen, rows: await lot.books() }
  }

  it('none of its requests is taken again from curl, and the books stay', async () => {
    const before = await books()
    expect(before).toMatchObject({ records: 20, amountFen: 20 * 500 })
    const paths = new Set(tap.sent.map(({ path }) => path))
    for (const path of [files, '/v1/etc/exceptions']) expect(paths).toContain(path)
    expect(tap.sent.map((one) => [one.path, curl(one)])).toEqual(
      tap.sent.map(({ path }) => [path, '400008']),
    )
    const text = Buffer.from(sentFile().body.toString('utf8').replace('"alg"', '"alg "'))
    expect(curl(sentFile(), text)).toBe('400006')
    expect(await books()).toEqual(before)
  })
})
