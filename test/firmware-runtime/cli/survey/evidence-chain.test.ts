// Evidence whose signer is known by an authority: chains that the openssl command signed, and those that must not
// hold.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chainTo } from '../../../../firmware-runtime/adapters/crypto/cert-chain.ts'
import { certificatesInPem } from '../../../../firmware-runtime/adapters/crypto/certs.ts'
import { openGmCrypto } from '../../../../firmware-runtime/adapters/crypto/gm-crypto.ts'
import { evidenceCommand } from '../../../../firmware-runtime/cli/evidence.ts'
import { makeEvidence } from '../../../../firmware-runtime/cli/survey/evidence-acts.ts'
import { openedBody, SurveyFolder } from '../../core/survey/survey-files-kit.ts'

const folder = new SurveyFolder()
afterAll(() => folder.remove())
const at = (name: string): string => folder.at(name)
const openssl = (...words: readonly string[]): string =>
  execFileSync('openssl', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

const id = '1234567812345678'
/** A certificate of SM2 with SM3, signed by `by` (itself where it is its own name). */
function certify(name: string, by: string, extensions: readonly string[], days = 30): void {
  openssl('genpkey', '-algorithm', 'SM2', '-out', at(`${name}.key`))
  const own = ['-key', at(`${name}.key`), '-subj', `/CN=${name}`, '-sm3', '-sigopt', `distid:${id}`]
  openssl('req', '-new', ...own, '-out', at(`${name}.csr`))
  writeFileSync(at(`${name}.ext`), extensions.join('\n'))
  const signer =
    by === name
      ? ['-signkey', at(`${name}.key`)]
      : ['-CA', at(`${by}.pem`), '-CAkey', at(`${by}.key`), '-CAcreateserial']
  openssl(
    ...['x509', '-req', '-in', at(`${name}.csr`), ...signer, '-days', String(days)],
    ...['-sm3', '-sigopt', `distid:${id}`, '-vfyopt', `distid:${id}`],
    ...['-extfile', at(`${name}.ext`), '-out', at(`${name}.pem`)],
  )
}
const authority = (more = ''): string[] => [
  `basicConstraints=critical,CA:TRUE${more}`,
  'keyUsage=critical,keyCertSign,cRLSign',
]
const der = (name: string): Uint8Array =>
  certificatesInPem(readFileSync(at(`${name}.pem`), 'utf8'))[0] ?? new Uint8Array()
const chain = (name: string, trusted: readonly string[], atMs = Date.now()) =>
  chainTo(der(name), trusted.map(der), atMs, openGmCrypto())

beforeAll(() => {
  certify('Root', 'Root', authority())
  certify('Middle', 'Root', authority(',pathlen:0'))
  certify('Signer', 'Middle', ['keyUsage=critical,digitalSignature'])
  certify('Below', 'Middle', authority())
  certify('Deep', 'Below', ['keyUsage=critical,digitalSignature'])
  certify('Cipher', 'Middle', ['keyUsage=critical,keyEncipherment'])
  certify('Plain', 'Root', ['keyUsage=critical,digitalSignature'])
  certify('Forged', 'Plain', ['keyUsage=critical,digitalSignature'])
  certify('Other', 'Other', authority())
})

describe('a chain of certificates', () => {
  it('that openssl signed leads to a root that is trusted', () => {
    expect(chain('Signer', ['Middle', 'Root'])).toEqual({
      ...{ ok: true, names: ['Signer', 'Middle', 'Root'] },
    })
  })

  it.each([
    ['another root', 'Signer', ['Middle', 'Other'], /nobody among them signed Middle/],
    ['a link missing', 'Signer', ['Root'], /nobody among them signed Signer/],
    ['an authority too many', 'Deep', ['Below', 'Middle', 'Root'], /Middle .*pathLen/],
    ['a key of another use', 'Cipher', ['Middle', 'Root'], /Cipher may not sign/],
    ['a signer that is no authority', 'Forged', ['Plain', 'Root'], /Plain is no authority/],
    ['no root', 'Signer', ['Middle'], /nobody among them signed Middle/],
  ])('does not hold with %s', (_, name, trusted, why) => {
    const found = chain(name, trusted)
    expect(found.ok).toBe(false)
    expect(found.ok ? '' : found.why).toMatch(why)
  })

  it('holds at the time of signing alone', () => {
    const dayMs = 86_400_000
    for (const days of [-2, 40])
      expect(chain('Signer', ['Middle', 'Root'], Date.now() + days * dayMs)).toMatchObject({
        ...{ ok: false, why: 'Signer was not valid at that time' },
      })
  })
})

it('is what `evidence verify --ca` trusts by', async () => {
  const survey = folder.survey('chain', [openedBody])
  const file = at('chain.etcevidence')
  makeEvidence(survey, file, { key: at('Signer.key'), cert: at('Signer.pem') })
  const bundle = (name: string, of: readonly string[]): string => {
    writeFileSync(at(name), of.map((one) => readFileSync(at(`${one}.pem`), 'utf8')).join('\n'))
    return at(name)
  }
  const verify = async (ca: string) => {
    let text = ''
    const io = { stdout: (more: string) => void (text += more), stderr: () => undefined }
    const args = ['verify', file, '--ca', ca]
    const code = await evidenceCommand.run(args, { ...io, json: true, onStop: () => undefined })
    return { code, json: JSON.parse(text) as Record<string, unknown> }
  }
  expect(await verify(bundle('good.pem', ['Root', 'Middle']))).toMatchObject({
    code: 0,
    json: { ok: true, trust: 'chain', authorities: { names: ['Signer', 'Middle', 'Root'] } },
  })
  expect(await verify(bundle('other.pem', ['Other', 'Middle']))).toMatchObject({
    code: 1,
    json: { ok: false, trust: 'unlisted', fault: { code: 'EVIDENCE-04' } },
  })
})
