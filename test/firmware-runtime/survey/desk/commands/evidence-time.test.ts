// Time stamps by a third party: the published commands for a token beside the file, and the token that `evidence make
// --tsa` stores in it. The service is `openssl ts -reply`, the reference `openssl ts -verify`; an invalid token is refused.
import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { evidenceCommand } from '#acceptance/desk/commands/evidence.ts'
import { openedBody, SurveyFolder } from '../../pure/survey-files-kit.ts'
import { TestTsa } from './tsa-kit.ts'
import { runCommand } from '../../../../kit/run-command.ts'

const page = readFileSync('docs/evidence-format.md', 'utf8')
const blocks = [...page.matchAll(/```sh\n([^`]*)```/g)].map(([, text = '']) => text)
const block = (word: string): string => blocks.find((text) => text.includes(word)) ?? ''

const tsa = new TestTsa()
const folder = new SurveyFolder()
let url = ''
beforeAll(async () => {
  url = await tsa.listen()
})
afterAll(() => {
  tsa.close()
  folder.remove()
})

const run = async (command: string): Promise<string> => {
  const env = { ...process.env, TSA: url }
  const { stdout, stderr } = await promisify(execFile)('sh', ['-c', command], { cwd: tsa.dir, env })
  return stdout + stderr
}

describe('the commands of the page', () => {
  it('have a time attested beside the file, and see that the file is another', async () => {
    const commands = block('ts -query').trim().split('\n')
    expect(commands).toHaveLength(3)
    const [query = '', ask = '', verify = ''] = commands
    const file = tsa.write('NAME.etcevidence', 'a file of evidence\n')
    await run(query)
    await run(ask)
    expect(await run(verify)).toContain('Verification: OK')
    writeFileSync(file, 'a file of evidencE\n')
    await expect(run(verify)).rejects.toMatchObject({ code: 1 })
  })
})

const survey = folder.survey('time', [openedBody])
const { key, cert } = folder.signer

const evidence = (...args: readonly string[]) => runCommand(evidenceCommand, args)
let made = 0
async function make(...args: readonly string[]) {
  const file = folder.at(`made-${made++}.etcevidence`)
  const own = ['--key', key, '--cert', cert, '--out', file]
  return { file, ...(await evidence('make', survey, ...own, ...args)) }
}
const stamp = (ca = 'tsa-ca.pem') => make('--tsa', url, '--tsa-ca', tsa.at(ca))
const verify = (file: string, ...args: readonly string[]) =>
  evidence('verify', file, '--signers', cert, ...args)
const trusted = ['--tsa-ca', tsa.at('tsa-ca.pem')]
const sealOf = (file: string) =>
  JSON.parse(readFileSync(file, 'utf8').trimEnd().split('\n').at(-1) ?? '') as Record<
    string,
    string
  >
const sealedWith = (file: string, token: Uint8Array | null): string => {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  const { timeStampToken: _, ...seal } = sealOf(file)
  const own = token === null ? {} : { timeStampToken: Buffer.from(token).toString('base64') }
  const sorted = Object.fromEntries(
    Object.entries({ ...seal, ...own }).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )
  const changed = folder.at(`changed-${made++}.etcevidence`)
  writeFileSync(changed, `${[...lines.slice(0, -1), JSON.stringify(sorted)].join('\n')}\n`)
  return changed
}

describe('a token in the file', () => {
  it('attests the time of the signature, by this program and by openssl', async () => {
    const { file, code, json } = await stamp()
    expect({ code, json }).toMatchObject({ code: 0, json: { ok: true, time: { attested: true } } })
    expect(await verify(file, ...trusted, '--attested')).toMatchObject({
      code: 0,
      json: { ok: true, time: { attested: true, errorMs: 1_000, by: 'test tsa' } },
    })
    const { signature = '', timeStampToken = '' } = sealOf(file)
    tsa.write('signature.der', Buffer.from(signature, 'base64'))
    tsa.write('token.der', Buffer.from(timeStampToken, 'base64'))
    expect(await run(block('-token_in'))).toContain('Verification: OK')
  })

  it('attests nothing where nobody is named who is trusted', async () => {
    const { file } = await stamp()
    expect(await verify(file)).toMatchObject({ code: 0, json: { time: { attested: false } } })
    expect(await verify(file, '--attested')).toMatchObject({
      code: 4,
      json: { ok: false, fault: { code: 'EVIDENCE-05' } },
    })
  })

  it('is refused where it leads to another authority', async () => {
    const { file } = await stamp()
    const other = ['--tsa-ca', tsa.at('other-ca.pem')]
    expect(await verify(file, ...other)).toMatchObject({
      code: 1,
      json: { ok: false, fault: { code: 'EVIDENCE-06' } },
    })
    const refused = await stamp('other-ca.pem')
    expect(refused).toMatchObject({ code: 4, json: { ok: false, fault: { code: 'EVIDENCE-06' } } })
    expect(await verify(refused.file)).toMatchObject({
      code: 0,
      json: { time: { attested: false } },
    })
  })

  it('is refused where it is of another signature, cut, or changed', async () => {
    const [one, two] = [await stamp(), await stamp()]
    const token = Buffer.from(sealOf(two.file)['timeStampToken'] ?? '', 'base64')
    const flipped = Buffer.from(token)
    flipped[flipped.length - 5] = (flipped.at(-5) ?? 0) ^ 1
    for (const wrong of [token, token.subarray(0, -1), flipped, Buffer.from('no token')])
      for (const args of [[], trusted])
        expect(
          await verify(sealedWith(wrong === flipped ? two.file : one.file, wrong), ...args),
        ).toMatchObject({
          code: 1,
          json: { ok: false, changed: 'timeStampToken', fault: { code: 'EVIDENCE-06' } },
        })
    // A file whose token was removed is not attested.
    expect(await verify(sealedWith(one.file, null), ...trusted, '--attested')).toMatchObject({
      code: 4,
    })
  })

  it('is refused where its certificate is for other uses, or not the one that it names', async () => {
    const { file } = await stamp()
    const { signature = '', timeStampToken = '' } = sealOf(file)
    tsa.write('signature.der', Buffer.from(signature, 'base64'))
    tsa.write('token.der', Buffer.from(timeStampToken, 'base64'))
    tsa.openssl(...'cms -verify -inform DER -in token.der -noverify -out tst.der'.split(' '))
    const kind = '-econtent_type 1.2.840.113549.1.9.16.1.4 -outform DER -out wrong.der'
    for (const [sign, why] of [
      ['-cades -signer plain.pem -inkey plain.key', /extendedKeyUsage/],
      ['-signer tsa.pem -inkey tsa.key', /names another certificate/],
    ] as const) {
      const all = `cms -sign -binary -nodetach -in tst.der ${sign} ${kind}`
      tsa.openssl(...all.split(' '))
      const wrong = sealedWith(file, readFileSync(tsa.at('wrong.der')))
      const { code, json } = await verify(wrong, ...trusted)
      expect(code).toBe(1)
      expect(JSON.stringify(json['fault'])).toMatch(why)
    }
  })
})

describe('a service', () => {
  const spoilt = async (way: Partial<Pick<TestTsa, 'spoilQuery' | 'spoilAnswer'>>) => {
    const { spoilQuery, spoilAnswer } = tsa
    Object.assign(tsa, way)
    try {
      return await stamp()
    } finally {
      Object.assign(tsa, { spoilQuery, spoilAnswer })
    }
  }
  const flip = (bytes: Buffer, at: number): Buffer => {
    const other = Buffer.from(bytes)
    other[at] = (other[at] ?? 0) ^ 1
    return other
  }
  /** In a query the nonce precedes certReq, its last three bytes, and the imprint precedes the nonce. */
  it.each<[string, Parameters<typeof spoilt>[0], RegExp]>([
    ['another nonce', { spoilQuery: (query) => flip(query, query.length - 4) }, /nonce/],
    ['another imprint', { spoilQuery: (query) => flip(query, query.length - 14) }, /imprint/],
    ['an answer that is cut', { spoilAnswer: (answer) => answer.subarray(0, -1) }, /not readable/],
    ['no answer', { spoilAnswer: () => Buffer.alloc(0) }, /not readable/],
    ['more than it may', { spoilAnswer: () => Buffer.alloc(70_000) }, /65536/],
  ])(
    'that gives %s is not believed: the evidence is made, its time is not attested',
    async (_, way, why) => {
      const { file, code, json } = await spoilt(way)
      expect({ code, json }).toMatchObject({
        code: 4,
        json: { ok: false, time: { attested: false } },
      })
      expect(JSON.stringify(json['fault'])).toMatch(why)
      expect(await verify(file)).toMatchObject({ code: 0, json: { time: { attested: false } } })
    },
  )

  it('that is not there leaves the time not attested, and what is no address is refused', async () => {
    expect(await make('--tsa', 'http://127.0.0.1:1/')).toMatchObject({
      code: 4,
      json: { time: { attested: false }, fault: { code: 'EVIDENCE-07' } },
    })
    await expect(make('--tsa', 'ftp://127.0.0.1/')).rejects.toMatchObject({ code: 'ARG-01' })
  })
})
