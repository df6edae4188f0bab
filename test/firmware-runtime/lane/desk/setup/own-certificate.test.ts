// The lot's own certificate in a folder, with OpenSSL as the platform: it verifies the request and issues the certificate.
// A refused answer leaves every file unchanged; a power cut between certificate and key loses neither.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { loadCertFolder } from '#base/crypto/certs.ts'
import { keysOf, putKeys, readKeys } from '#base/secrets/folder-keys.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { present } from '#base/pure/values/must.ts'
import { certificateWord, clientKeyOf, formerClientKeys } from '#lane/folder/client-key.ts'
import { OwnCertificate } from '#lane/desk/setup/own-certificate.ts'
import { hasOpenssl, openssl } from '../../../simulators/platform/openssl.ts'
import { folderOfTest } from '../../../../kit/own-folder.ts'

const subject = { organisation: '小区停车场', commonName: 'GX00012' }
const id = ['-sigopt', 'distid:1234567812345678']
const day = 86_400_000
let root = ''
let own: OwnCertificate
const at = (...parts: string[]): string => join(root, ...parts)
const certDir = (): string => at('lot', 'keys', 'platform')
const nowMs = (): number => Date.now()

/** Every file of the lot with its bytes. */
function files(dir = at('lot')): Readonly<Record<string, string>> {
  const names = existsSync(dir) ? readdirSync(dir, { recursive: true, encoding: 'utf8' }) : []
  const plain = names.filter((name) => /\.[a-z]+$/.test(name)).toSorted()
  return Object.fromEntries(plain.map((name) => [name, readFileSync(join(dir, name), 'base64')]))
}

function authority(name: string, subjectName = name): void {
  openssl('genpkey', '-algorithm', 'SM2', '-out', at(`${name}.key`))
  openssl(
    ...[
      'req',
      '-x509',
      '-new',
      '-key',
      at(`${name}.key`),
      '-sm3',
      ...id,
      '-subj',
      `/CN=${subjectName}`,
    ],
    ...['-days', '400', '-out', at(`${name}.pem`)],
  )
}

/** The platform's answer: a folder with the issued certificate and the platform's own. */
function answer(to: string, days = 365): string {
  const folder = at(to)
  mkdirSync(folder, { recursive: true })
  openssl(
    ...['x509', '-req', '-in', at('GX00012.csr.pem'), '-CA', at('issuer.pem')],
    ...['-CAkey', at('issuer.key'), '-CAcreateserial', '-sm3', ...id],
    ...['-vfyopt', 'distid:1234567812345678', '-days', String(days)],
    ...['-out', join(folder, 'lot.cer')],
  )
  for (const name of ['platform.pem', 'GX00012.csr.pem'])
    writeFileSync(join(folder, name), readFileSync(at(name)))
  return folder
}
const ask = (step: 'csr' | 'rotate', isAnew = false): string => {
  own.request(step, subject, isAnew, null)
  return own.exportTo(root, 'GX00012.csr.pem')
}
const serialOf = (file: string): string =>
  openssl('x509', '-in', file, '-noout', '-serial').trim().replace('serial=', '')
/** The serial of the client certificate, loaded as at a start of the lane. */
const opened = () =>
  loadCertFolder(certDir(), openGmCrypto(), clientKeyOf(certDir(), true)).client.certSerial

/** Serials of earlier certificates that may still sign, newest first. */
const formers = (atMs = nowMs()): readonly string[] =>
  formerClientKeys(certDir(), atMs).map(({ signingKey }) => signingKey.certSerial)
const says = (certSerial: string, word: 'accepted' | 'refused', atMs = nowMs()): boolean =>
  certificateWord(certDir(), { certSerial, word }, atMs)
/** Renews the certificate in place; returns its serial. */
function rotated(to: string, days?: number): string {
  ask(existsSync(join(certDir(), 'client.pem')) ? 'rotate' : 'csr')
  own.take(answer(to, days), null, true, nowMs())
  return opened()
}

beforeEach(() => {
  root = folderOfTest('own-certificate-')
  mkdirSync(at('lot'))
  own = new OwnCertificate(at('lot'))
})

describe.skipIf(!hasOpenssl)('a certificate of its own', () => {
  beforeEach(() => {
    authority('issuer')
    authority('platform')
  })

  it('its request is verified by OpenSSL, says the lot, and its key is in no plain file', () => {
    const file = ask('csr')
    const said = openssl(
      ...['req', '-in', file, '-noout', '-verify', '-vfyopt', 'distid:1234567812345678'],
      ...['-subject', '-nameopt', 'utf8,sep_comma_plus'],
    )
    expect(said).toContain('verify OK')
    expect(said).toContain('O=小区停车场,CN=GX00012')
    const bytes = Buffer.from(openssl('req', '-in', file, '-noout', '-text'))
    expect(bytes.toString()).toContain('SM2-with-SM3')
    for (const text of Object.values(files()))
      expect(Buffer.from(text, 'base64').toString('latin1')).not.toContain('PRIVATE KEY')
    expect(own.view(null, nowMs())).toMatchObject({ state: 'requested', next: 'import' })
  })

  it('what goes out has no key in it, and takes the place of a former request alone', () => {
    const file = ask('csr')
    const text = readFileSync(file, 'utf8')
    expect(text.match(/BEGIN [A-Z ]+/g)).toEqual(['BEGIN CERTIFICATE REQUEST'])
    ask('csr', true)
    expect(readFileSync(file, 'utf8')).not.toBe(text)
    writeFileSync(file, 'somebody else')
    expect(() => own.exportTo(root, 'GX00012.csr.pem')).toThrow('FILE-03')
    expect(readFileSync(file, 'utf8')).toBe('somebody else')
  })

  it('a request that waits is given again, byte for byte; anew it is another key', () => {
    const first = readFileSync(ask('csr'), 'utf8')
    expect(readFileSync(ask('csr'), 'utf8')).toBe(first)
    const { keyId } = present(own.view(null, nowMs()).request, 'a request')
    expect(readFileSync(ask('csr', true), 'utf8')).not.toBe(first)
    expect(own.view(null, nowMs()).request?.keyId).not.toBe(keyId)
  })

  it('what the platform made of it is taken in, and the lane signs under it', () => {
    ask('csr')
    const from = answer('stick')
    expect(own.take(from, null, true, nowMs())).toEqual({ certDir: certDir(), caFile: null })
    expect(opened()).toBe(serialOf(join(from, 'lot.cer')))
    expect(readdirSync(certDir()).toSorted()).toEqual([
      'client.key.sealed',
      'client.pem',
      'platform.pem',
    ])
    expect(own.view(null, nowMs())).toMatchObject({ state: 'certified', next: 'join' })
  })

  it('as DER, and as one file, it is the same certificate', () => {
    ask('csr')
    const from = join(answer('stick'), 'lot.cer')
    openssl('x509', '-in', from, '-outform', 'DER', '-out', at('one.crt'))
    own.take(at('one.crt'), null, true, nowMs())
    expect(serialOf(join(certDir(), 'client.pem'))).toBe(serialOf(from))
  })

  it('while the next one is awaited the former signs on; then it stands behind the new', () => {
    ask('csr')
    own.take(answer('first'), null, true, nowMs())
    const first = opened()
    ask('rotate')
    expect(own.view(null, nowMs())).toMatchObject({
      state: 'renewing',
      client: { certSerial: first },
    })
    expect(opened()).toBe(first)
    own.take(answer('second'), null, true, nowMs())
    const second = serialOf(at('second', 'lot.cer'))
    expect(opened()).toBe(second)
    const held = readFileSync(join(certDir(), 'client.pem'), 'utf8').split('BEGIN CERTIFICATE')
    expect(held).toHaveLength(3)
    expect(existsSync(join(certDir(), 'client.next.sealed'))).toBe(false)
    // Taking the same answer again changes nothing.
    own.take(at('second'), null, true, nowMs())
    expect(opened()).toBe(second)
    expect([formers(), formers(nowMs() + 366 * day)]).toEqual([[first], []])
  })

  it('changed twice before the platform knows the new ones: the one that it accepted signs on', () => {
    const first = rotated('first')
    says(first, 'accepted')
    const second = rotated('second')
    expect(formers()).toEqual([first])
    const third = rotated('third')
    expect(formers(), 'the second was not tried').toEqual([second, first])
    // The platform refuses both new certificates, as it does not know them yet.
    for (const serial of [third, second]) says(serial, 'refused')
    expect(formers()).toEqual([first])
    const fourth = rotated('fourth')
    expect([opened(), formers()], 'the third was refused').toEqual([fourth, [first]])
    says(fourth, 'accepted')
    rotated('fifth')
    expect(formers(), 'none before the newest accepted one').toEqual([fourth])
  })

  it('one that is withdrawn, or over, is not kept, and its key is gone from the folder', () => {
    const first = rotated('first', 100)
    says(first, 'accepted')
    const second = rotated('second')
    expect(formers(nowMs() + 101 * day)).toEqual([])
    const keys = join(certDir(), 'client.former.sealed')
    says(second, 'accepted', nowMs() + 101 * day)
    expect(existsSync(keys)).toBe(false)
    const third = rotated('third')
    expect([existsSync(keys), formers()]).toEqual([true, [second]])
    says(second, 'refused')
    expect([existsSync(keys), formers(), opened()]).toEqual([false, [], third])
  })

  it('keys under the recovery key are those before it, too, and sign in another folder', () => {
    says(rotated('first'), 'accepted')
    rotated('second')
    const place = { dir: at('lot'), lotId: 'GX00012', nodeId: 'n1', certDir: certDir() }
    const text = new TextEncoder().encode(JSON.stringify(keysOf(place)))
    const there = { ...place, dir: at('there'), certDir: at('there', 'keys', 'platform') }
    putKeys(there, readKeys(text, 'box'))
    for (const name of ['client.pem', 'platform.pem'])
      writeFileSync(join(there.certDir, name), readFileSync(join(certDir(), name)))
    const kept = formerClientKeys(there.certDir, nowMs())
    expect(kept.map(({ signingKey }) => signingKey.certSerial)).toEqual(formers())
    expect(formers()).toHaveLength(1)
    // A damaged file of former keys does not prevent copies of the other keys.
    writeFileSync(join(certDir(), 'client.former.sealed'), 'x')
    expect([keysOf(place).former, keysOf(place).client]).toEqual([undefined, expect.any(String)])
  })

  it('a damaged word is none: what was kept stays, and the next answer says it again', () => {
    const first = rotated('first')
    says(first, 'accepted')
    const second = rotated('second')
    for (const text of ['', '{"', '[]', `{"${first}":"maybe"}`, `{"${first}":1}`]) {
      writeFileSync(join(certDir(), 'client.words.json'), text)
      expect(formers()).toEqual([first])
    }
    expect([says(second, 'accepted'), says(second, 'accepted')]).toEqual([true, true])
    const kept = readFileSync(join(certDir(), 'client.words.json'), 'utf8')
    expect(JSON.parse(kept)).toEqual({ [second]: 'accepted' })
    rmSync(certDir(), { recursive: true })
    expect([says(second, 'refused'), formers()]).toEqual([false, []])
  })

  it('a power cut at each step of the second change loses neither certificate nor key', () => {
    const first = rotated('first')
    says(first, 'accepted')
    const second = rotated('second')
    ask('rotate')
    const waiting = files()
    const third = serialOf(join(answer('third'), 'lot.cer'))
    own.take(at('third'), null, true, nowMs())
    const done = files()
    const changed = ['client.pem', 'client.former.sealed', 'client.key.sealed']
    // At the power cut, `count` of the changed files have their new content.
    for (const count of [0, 1, 2, 3]) {
      for (const [name, text] of Object.entries(waiting))
        writeFileSync(join(at('lot'), name), text, 'base64')
      for (const name of changed.slice(0, count)) {
        const path = `keys/platform/${name}`
        writeFileSync(join(at('lot'), path), done[path] ?? '', 'base64')
      }
      const signs = opened()
      const behind = count === 0 ? [first] : [second, first]
      expect([signs, formers()], `after ${count}`).toEqual([count === 0 ? second : third, behind])
    }
  })

  it('a power cut between the new certificate and its key is ended by the next start', () => {
    ask('csr')
    own.take(answer('first'), null, true, nowMs())
    const first = opened()
    ask('rotate')
    answer('second')
    const waits = join(certDir(), 'client.next.sealed')
    const next = readFileSync(waits)
    const now = join(certDir(), 'client.pem')
    const new_ = readFileSync(at('second', 'lot.cer'), 'utf8')
    writeFileSync(now, `${new_}${readFileSync(now, 'utf8')}`)
    expect(opened()).toBe(serialOf(at('second', 'lot.cer')))
    expect(own.view(null, nowMs())).toMatchObject({ request: null })
    // A second cut, before the waiting key was removed: the former certificate stays the former one.
    writeFileSync(waits, next)
    expect([opened(), formers()]).toEqual([serialOf(at('second', 'lot.cer')), [first]])
    expect(existsSync(waits)).toBe(false)
  })

  it.each([
    ['of another key', 'CERT-05', () => (ask('csr', true), at('stick'))],
    ['that is over', 'CERT-04', () => at('stick'), 800 * day],
    ['of a file that is none', 'CERT-01', () => (writeFileSync(at('x.pem'), 'x'), at('x.pem'))],
    ['of a folder without any', 'CERT-05', () => (mkdirSync(at('none')), at('none'))],
    ['of a path that is not there', 'FILE-01', () => at('nowhere')],
  ] as const)(
    'a certificate %s is refused with %s, and no file is another',
    (_, code, from, laterMs = 0) => {
      ask('csr')
      answer('stick')
      const path = from()
      const before = files()
      expect(() => own.take(path, null, true, nowMs() + laterMs)).toThrow(code)
      expect(files()).toEqual(before)
    },
  )

  it.each(['client', 'platform'])('a %s certificate of a test is none for a live lot', (whose) => {
    const named = whose === 'client' ? 'issuer' : 'platform'
    authority(named, 'TEST platform')
    ask('csr')
    answer('stick')
    const before = files()
    expect(() => own.take(at('stick'), null, true, nowMs())).toThrow('LOT-05')
    expect(files()).toEqual(before)
    own.take(at('stick'), null, false, nowMs())
  })

  it('certificates of the platform that are in force stay beside new ones', () => {
    ask('csr')
    own.take(answer('first'), null, true, nowMs())
    authority('platform')
    ask('rotate')
    own.take(answer('second'), null, true, nowMs())
    const { platform } = loadCertFolder(certDir(), openGmCrypto(), clientKeyOf(certDir(), true))
    expect(platform).toHaveLength(2)
  })
})
