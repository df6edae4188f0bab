// Evidence whose signer is certified by an authority: chains signed by the openssl command, and chains that must be
// refused.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chainTo } from '#base/crypto/cert-chain.ts'
import { certificatesInPem } from '#base/crypto/certs.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { revocationLists } from '#base/crypto/revocation.ts'
import { evidenceCommand } from '#acceptance/desk/commands/evidence.ts'
import { makeEvidence } from '#survey/desk/commands/evidence-acts.ts'
import { openedBody, SurveyFolder } from '../../pure/survey-files-kit.ts'
import { runCommand } from '../../../../kit/run-command.ts'

const folder = new SurveyFolder()
afterAll(() => folder.remove())
const at = (name: string): string => folder.at(name)
const openssl = (...words: readonly string[]): string =>
  execFileSync('openssl', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

const id = '1234567812345678'
/** An SM2 certificate with SM3, signed by `by`, or by itself when both names are equal. */
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
      ok: true,
      names: ['Signer', 'Middle', 'Root'],
    })
  })

  it.each([
    ['another root', 'Signer', ['Middle', 'Other'], /none of them signed Middle/],
    ['a link missing', 'Signer', ['Root'], /none of them signed Signer/],
    ['an authority too many', 'Deep', ['Below', 'Middle', 'Root'], /Middle .*pathLen/],
    ['a key of another use', 'Cipher', ['Middle', 'Root'], /Cipher may not sign/],
    ['a signer that is no authority', 'Forged', ['Plain', 'Root'], /Plain is no authority/],
    ['no root', 'Signer', ['Middle'], /none of them signed Middle/],
  ])('does not hold with %s', (_, name, trusted, why) => {
    const found = chain(name, trusted)
    expect(found.ok).toBe(false)
    expect(found.ok ? '' : found.why.en).toMatch(why)
  })

  it('holds at the time of signing alone', () => {
    const dayMs = 86_400_000
    for (const days of [-2, 40])
      expect(chain('Signer', ['Middle', 'Root'], Date.now() + days * dayMs)).toMatchObject({
        ok: false,
        why: { zh: 'Signer 在那时不在有效期内', en: 'Signer was not valid at that time' },
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
  const verify = (ca: string) => runCommand(evidenceCommand, ['verify', file, '--ca', ca])
  expect(await verify(bundle('good.pem', ['Root', 'Middle']))).toMatchObject({
    code: 0,
    json: { ok: true, trust: 'chain', authorities: { names: ['Signer', 'Middle', 'Root'] } },
  })
  expect(await verify(bundle('other.pem', ['Other', 'Middle']))).toMatchObject({
    code: 1,
    json: { ok: false, trust: 'unlisted', fault: { code: 'EVIDENCE-04' } },
  })
})

/** Revocation lists as `openssl ca` makes them; its index tells what is revoked since when. */
describe('a revocation list', () => {
  const stampOf = (atMs: number): string =>
    new Date(atMs).toISOString().slice(2, 19).replaceAll(/[-:T]/g, '')
  const serialOf = (name: string): string =>
    openssl('x509', '-in', at(`${name}.pem`), '-noout', '-serial')
      .trim()
      .replace('serial=', '')
  const dayMs = 86_400_000
  const day = (offset: number): string => `${stampOf(Date.now() + offset * dayMs)}Z`

  /** `gone`: revoked names, and since when, in days from now. */
  function listBy(
    issuer: string,
    gone: readonly (readonly [string, number])[],
    [from, until] = [-1, 20],
    more: readonly string[] = [],
  ): string {
    const lines = gone.map(
      ([name, since]) => `R\t${day(30)}\t${day(since)}\t${serialOf(name)}\tunknown\t/CN=${name}\n`,
    )
    writeFileSync(at('index.txt'), lines.join(''))
    const extra = more.length === 0 ? '' : 'crl_extensions = ext\n'
    const config = `[ca]\ndefault_ca = own\n[own]\ndatabase = ${at('index.txt')}\n${extra}[ext]\n${more.join('\n')}\n`
    writeFileSync(at('ca.cnf'), config)
    openssl(
      ...['ca', '-gencrl', '-config', at('ca.cnf'), '-md', 'sm3', '-sigopt', `distid:${id}`],
      ...['-keyfile', at(`${issuer}.key`), '-cert', at(`${issuer}.pem`), '-out', at('made.crl')],
      ...['-crl_lastupdate', day(from), '-crl_nextupdate', day(until)],
    )
    return readFileSync(at('made.crl'), 'utf8')
  }
  const withLists = (pem: string, attested = false, atMs = Date.now()) =>
    chainTo(der('Signer'), ['Middle', 'Root'].map(der), atMs, openGmCrypto(), {
      lists: revocationLists(pem, 'made.crl'),
      attested,
    })
  const clean = (): string => listBy('Root', [])
  /** Verifies the list's signature with openssl alone: `openssl verify` checks a list without the SM2 id. */
  function witness(pem: string, issuer: string): string {
    writeFileSync(at('one.crl'), pem)
    const parse = ['asn1parse', '-in', at('one.crl')]
    const offsets = openssl(...parse)
      .trim()
      .split('\n')
      .map((line) => /^\s*(\d+):/.exec(line)?.[1] ?? '')
    const part = (offset = '', name = ''): unknown =>
      openssl(...parse, '-strparse', offset, '-noout', '-out', at(name))
    part(offsets[1], 'tbs.der')
    part(offsets.at(-1), 'sig.der')
    const key = openssl('x509', '-in', at(`${issuer}.pem`), '-pubkey', '-noout')
    writeFileSync(at('issuer.key'), key)
    const how = ['-verify', '-rawin', '-digest', 'sm3', '-pkeyopt', `distid:${id}`, '-pubin']
    const what = ['-inkey', at('issuer.key'), '-in', at('tbs.der'), '-sigfile', at('sig.der')]
    return openssl('pkeyutl', ...how, ...what)
  }

  it('that openssl made and that names nobody of the chain leaves it as it is', () => {
    const lists = clean() + listBy('Middle', [['Cipher', -2]])
    expect(withLists(lists)).toMatchObject({ ok: true })
    expect(witness(clean(), 'Root')).toContain('Verified Successfully')
  })

  it('that names the signer, or an authority between, ends it', () => {
    const signer = clean() + listBy('Middle', [['Signer', -2]])
    expect(withLists(signer)).toMatchObject({
      ok: false,
      revoked: true,
      why: { en: expect.stringMatching(/^Signer was revoked/) as string },
    })
    const middle = listBy('Root', [['Middle', -2]]) + listBy('Middle', [])
    expect(withLists(middle)).toMatchObject({
      ok: false,
      revoked: true,
      why: { en: expect.stringMatching(/^Middle was revoked/) as string },
    })
  })

  it('leaves what was signed before, where somebody attests when', () => {
    const future = clean() + listBy('Middle', [['Signer', 1]])
    expect(withLists(future, true)).toMatchObject({ ok: true })
    expect(withLists(future, false)).toMatchObject({ ok: false, revoked: true })
  })

  it.each<[string, () => string, RegExp]>([
    ['of another issuer', () => clean() + listBy('Other', []), /no revocation list of Middle/],
    ['that ended before', () => clean() + listBy('Middle', [], [-9, -1]), /of Middle ended/],
    ['of a key that may not sign lists', () => clean() + forged(), /no revocation list of Middle/],
  ])('%s says nothing, so nobody is trusted by it', (_, lists, why) => {
    const found = withLists(lists())
    expect(found.ok ? '' : found.why.en).toMatch(why)
  })
  /** In the name of Middle, signed with another key. */
  function forged(): string {
    openssl('genpkey', '-algorithm', 'SM2', '-out', at('Fake.key'))
    const own = ['-key', at('Fake.key'), '-subj', '/CN=Middle', '-sm3', '-sigopt', `distid:${id}`]
    openssl('req', '-x509', '-new', ...own, '-days', '30', '-out', at('Fake.pem'))
    return listBy('Fake', [])
  }

  it('that cannot be read is refused: damage, no list, an extension that it needs to be understood', () => {
    const good = clean()
    const needed = listBy(
      'Root',
      [],
      [-1, 20],
      ['2.5.29.28=critical,ASN1:SEQUENCE:idp', '[idp]', 'a=BOOL:TRUE'],
    )
    const cut = `${good.slice(0, 150)}\n-----END X509 CRL-----\n`
    for (const bad of ['', readFileSync(at('Root.pem'), 'utf8'), cut, needed])
      expect(() => revocationLists(bad, 'x.crl')).toThrow(/EVIDENCE-08/)
  })

  it('is what `evidence verify --crl` asks, whatever list names the signer', async () => {
    const file = at('chain.etcevidence')
    const [ca, crl] = [at('good.pem'), at('lists.pem')]
    const verify = (...args: readonly string[]) =>
      runCommand(evidenceCommand, ['verify', file, ...args])
    writeFileSync(crl, clean() + listBy('Middle', []))
    expect(await verify('--ca', ca, '--crl', crl)).toMatchObject({
      code: 0,
      json: { trust: 'chain' },
    })
    writeFileSync(crl, clean() + listBy('Middle', [['Signer', -2]]))
    for (const listed of [[], ['--signers', at('Signer.pem')]])
      expect(await verify('--ca', ca, '--crl', crl, ...listed)).toMatchObject({
        code: 1,
        json: { ok: false, changed: 'certificate', fault: { code: 'EVIDENCE-02' } },
      })
    writeFileSync(crl, clean())
    expect(await verify('--ca', ca, '--crl', crl)).toMatchObject({
      code: 1,
      json: { trust: 'unlisted', authorities: { ok: false } },
    })
    await expect(verify('--crl', crl)).rejects.toMatchObject({ code: 'ARG-01' })
  })
})
