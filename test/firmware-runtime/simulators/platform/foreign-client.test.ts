// A third party's use of docs/platform-sim.md: a Python client without any of the product's code performs every step of the
// page, OpenSSL verifies what it sent, and curl shows that a repeated request is not accepted twice.
import { execFile, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { openssl } from './openssl.ts'
import { objectOf } from './rig.ts'
import { simFolder, startPlatform, type SimProcess } from './sim-process.ts'

const root = new URL('../../../../', import.meta.url)
const clientFile = fileURLToPath(new URL('test/fixtures/platform-client.py', root))
const folder = simFolder()

const start = (): Promise<SimProcess> =>
  startPlatform('--books', join(folder(), 'books.jsonl'), '--certs', join(folder(), 'certs'))

interface Ran {
  readonly code: number
  readonly steps: readonly Readonly<Record<string, unknown>>[]
  readonly errors: string
}

/** Asynchronous, so that this process does not block the two. */
async function runClient(sim: SimProcess, ...more: readonly string[]): Promise<Ran> {
  const words = [clientFile, sim.baseUrl, 'TEST0001', sim.certDir, ...more]
  const child = execFile('python3', words)
  let [out, errors] = ['', '']
  child.stdout?.on('data', (text: string) => (out += text))
  child.stderr?.on('data', (text: string) => (errors += text))
  const [code] = await once(child, 'close')
  const steps = out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => objectOf(JSON.parse(line)))
  return { code: Number(code), steps, errors }
}

/** Sends the request `no` that the client stored once more with curl, unchanged or with another body. */
function curl(sim: SimProcess, kept: string, no: number, body = join(kept, `${no}.body`)): unknown {
  const [method = '', path = ''] = readFileSync(join(kept, `${no}.line`), 'utf8').split(' ')
  const words = ['-s', '--cacert', join(sim.certDir, 'ca.pem'), '-X', method]
  const headers = ['-H', `@${join(kept, `${no}.headers`)}`, '--data-binary', `@${body}`]
  const got = spawnSync('curl', [...words, ...headers, `${sim.baseUrl}${path}`], {
    encoding: 'utf8',
  })
  return objectOf(JSON.parse(got.stdout))['respCode']
}

describe('a client of somebody else', () => {
  test('is no longer than the page says, and needs no package', () => {
    const text = readFileSync(clientFile, 'utf8')
    expect(text.split('\n').length - 1).toBeLessThanOrEqual(150)
    const imports = [...text.matchAll(/^(?:import|from) ([a-z0-9_.]+)/gm)].map(([, name]) => name)
    const own =
      'base64 datetime gzip http.client json secrets ssl subprocess sys tempfile time pathlib'
    expect(imports).toEqual([...own.split(' '), 'urllib.parse'])
  })

  test('signs in, charges, asks, reports, gives back and reads its bill; curl and OpenSSL judge what it sent', async () => {
    const sim = await start()
    await sim.admin('POST', '/policy', { bills: 'atOnce' })
    const kept = join(folder(), 'kept')
    mkdirSync(kept)
    const { code, steps, errors } = await runClient(sim, kept)
    expect(errors).toBe('')
    expect(code).toBe(0)
    expect(steps.map(({ step, respCode }) => [step, respCode])).toEqual([
      ['sign-in', '100000'],
      ['charge', '100000'],
      ['charge again', '100001'],
      ['query', '100000'],
      ['exception', '100000'],
      ['refund', '100000'],
      ['refund query', '100000'],
      ['bill', '100000'],
    ])
    const bill = steps.at(-1)?.['data']
    expect(bill).toMatchObject([{ fee: 1200, refundFee: 500, netFee: 700, status: 'SUCCESS' }])
    expect((await sim.admin('GET', '/books?kind=exit-charges')).json).toMatchObject({
      count: 1,
      totalFen: 1200,
      rows: [{ requests: 2, refundedFee: 500 }],
    })

    const publicKey = join(folder(), 'client.public.pem')
    const pem = join(sim.certDir, 'client.pem')
    writeFileSync(publicKey, openssl('x509', '-in', pem, '-noout', '-pubkey'))
    for (let no = 1; no <= steps.length; no++) {
      const at = (end: string): string => join(kept, `${no}.${end}`)
      const words = ['-verify', publicKey, '-sigopt', 'distid:1234567812345678']
      const verdict = openssl('dgst', '-sm3', ...words, '-signature', at('sig'), at('signed'))
      expect(verdict.trim()).toBe('Verified OK')
      expect(curl(sim, kept, no)).toBe('400008')
    }
    const other = join(folder(), 'other.body')
    writeFileSync(other, readFileSync(join(kept, '2.body'), 'utf8').replace('1200', '1100'))
    expect(curl(sim, kept, 2, other)).toBe('400006')
    expect((await sim.admin('GET', '/state')).json).toMatchObject({
      records: 1,
      amountFen: 1200,
      gateRefusals: { '400006': 1, '400008': 8 },
    })
  })

  test.each([
    ['forge', 'Verification failure'],
    ['flip', 'Verification failure'],
  ])('believes no answer after %s', async (action, why) => {
    const sim = await start()
    const at = 'POST /v1/etc/exit-charges'
    await sim.admin('POST', '/faults', { at, when: 'after', do: action, bits: 2 })
    const { code, steps, errors } = await runClient(sim)
    expect([code, steps.map(({ step }) => step)]).toEqual([1, ['sign-in']])
    expect(errors).toContain(why)
  })

  test('a bill of today is not there yet, and says so', async () => {
    const { steps } = await runClient(await start())
    expect(steps.at(-1)).toEqual({ step: 'bill', respCode: '100002', data: null })
  })
})
