// How a signature is judged, without any cryptography: each state, and each way to be bad.
// Signed are the content and the time, under a name of the format.
import { describe, expect, it } from 'vitest'
import {
  judgeSignature,
  readRevocations,
  readSignature,
  signatureText,
  signedBytes,
} from '#devices/profiles/signature.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import type { SignatureJudge, SignerCertificate } from '#base/pure/data/signed.ts'
import { bytesOf } from './shipped.ts'

const source = { kind: 'rsu', model: 'one' }
const signedAtMs = 1_780_000_000_000
const fingerprint = 'A'.repeat(64)
const good = Uint8Array.of(1, 2, 3)

const certificate: SignerCertificate = {
  by: 'support',
  certSerial: '5C01',
  fingerprint,
  notBeforeMs: signedAtMs,
  notAfterMs: signedAtMs,
  verify: (message, signature) =>
    hexOf(message) === hexOf(signedBytes(source, signedAtMs)) && hexOf(signature) === hexOf(good),
}
const judge = (over: Partial<SignatureJudge> = {}): SignatureJudge => ({
  certificate: () => certificate,
  trusted: new Set(),
  revoked: new Map(),
  ...over,
})
const signature = { signedAtMs, certificate: Uint8Array.of(9), signature: good }

describe('a signature', () => {
  it('is told with its signer, trusted where the folder lists it', () => {
    const signer = { by: 'support', certSerial: '5C01', fingerprint, why: '' }
    expect(judgeSignature(source, signature, judge())).toMatchObject({
      ...signer,
      state: 'signed',
      trusted: false,
      signedAtIso: '2026-05-29T04:26:40.000+08:00',
    })
    const trusted = new Set([fingerprint])
    expect(judgeSignature(source, signature, judge({ trusted }))).toMatchObject({ trusted: true })
    const revoked = new Map([[fingerprint, 'left']])
    expect(judgeSignature(source, signature, judge({ revoked }))).toMatchObject({
      ...signer,
      state: 'revoked',
      why: 'left',
    })
  })
  it.each([
    ['before the certificate begins', { notBeforeMs: signedAtMs + 1 }],
    ['after it ends', { notAfterMs: signedAtMs - 1 }],
    ['by another key', { verify: () => false }],
  ])('%s is bad', (_what, over) => {
    const other = judge({ certificate: () => ({ ...certificate, ...over }) })
    expect(judgeSignature(source, signature, other)).toMatchObject({ state: 'bad' })
  })
  it('of another content, another time or no certificate is bad', () => {
    expect(judgeSignature({ ...source, model: 'two' }, signature, judge())).toMatchObject({
      state: 'bad',
    })
    const wide = judge({ certificate: () => ({ ...certificate, notAfterMs: signedAtMs + 9 }) })
    const later = { ...signature, signedAtMs: signedAtMs + 1 }
    expect(judgeSignature(source, later, wide)).toMatchObject({ state: 'bad' })
    expect(judgeSignature(source, signature, judge({ certificate: () => null }))).toMatchObject({
      state: 'bad',
    })
  })
  it('is revoked only when it was good: a revoked name on a bad signature stays bad', () => {
    const revoked = new Map([[fingerprint, 'left']])
    const other = { ...signature, signature: Uint8Array.of(0) }
    expect(judgeSignature(source, other, judge({ revoked }))).toMatchObject({ state: 'bad' })
  })
  it('comes back from its file as it went in', () => {
    expect(readSignature(bytesOf(signatureText(signature)), 'a.sig')).toEqual(signature)
  })
  it('is over name, time and canonical content', () => {
    expect(new TextDecoder().decode(signedBytes({ b: 1, a: [] }, signedAtMs))).toBe(
      'etc-lane device profile 1\n2026-05-29T04:26:40.000+08:00\n{"a":[],"b":1}',
    )
  })
})

describe('a list of revoked certificates', () => {
  const row = { fingerprint, why: 'left' }
  it('is read', () => {
    expect(readRevocations(bytesOf({ version: 1, revoked: [row] }), 'r.json')).toEqual(
      new Map([[fingerprint, 'left']]),
    )
  })
  it.each([
    [{ version: 2, revoked: [] }],
    [{ version: 1 }],
    [{ version: 1, revoked: [{ ...row, fingerprint: 'a'.repeat(64) }] }],
    [{ version: 1, revoked: [{ ...row, more: 1 }] }],
    [[]],
  ])('%j is none', (value) => {
    expect(() => readRevocations(bytesOf(value), 'r.json')).toThrow('PROFILE-17')
  })
})
