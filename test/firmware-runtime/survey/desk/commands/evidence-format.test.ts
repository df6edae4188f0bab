// The published evidence format, checked by the verifier printed on its page: another language, none of this program's
// code, the openssl command for the signature. Damage is reported at the same place as by `evidence verify`.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { certificatesInPem } from '#base/crypto/certs.ts'
import { readSurveyPhoto } from '#survey/sqlite/survey-file.ts'
import { profileSigner } from '#base/crypto/profile-signer.ts'
import { signerNow } from '#base/desk/commands/signer-now.ts'
import { strictText } from '#survey/desk/commands/evidence-acts.ts'
import { dayMs } from '#base/pure/values/instant.ts'
import { signatureJudge } from '#devices/desk/profile/signatures.ts'
import { firstHash, recordHash } from '#survey/pure/file/chain.ts'
import {
  evidenceBody,
  evidenceText,
  openEvidence,
  signedEvidence,
} from '#survey/pure/file/evidence.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import { addPhoto } from '#survey/runs/survey-entries.ts'
import { openSurvey, readSurvey, surveyDigests } from '#survey/files/open-survey.ts'
import { demoPicture } from '#harness/survey/demo-picture.ts'
import { fieldBody, openedBody, SurveyFolder } from '../../pure/survey-files-kit.ts'

const page = readFileSync(
  fileURLToPath(new URL('../../../../../docs/evidence-format.md', import.meta.url)),
  'utf8',
)
const folder = new SurveyFolder()
afterAll(() => folder.remove())
const verifier = folder.at('verify.py')
writeFileSync(verifier, /```python\n([\s\S]*?)```/.exec(page)?.[1] ?? '')

const survey = folder.survey('page', [openedBody, fieldBody(0, 0, -41), fieldBody(250, 0, -42)])
const opened = openSurvey(survey)
const bytes = demoPicture(1)
const from = { field: 'test', value: 'demo' }
addPhoto(
  opened.ledger,
  { item: 'D1', part: 'signs', where: '', at: null, remark: '', by: 'tester' },
  { bytes, from, digestOf: surveyDigests().ofBytes },
)
opened.writer.close()
const good = Buffer.from(folder.evidence(survey))

function verify(data: Uint8Array): { readonly code: number; readonly said: string } {
  const file = join(folder.path, 'given.etcevidence')
  writeFileSync(file, data)
  try {
    return { code: 0, said: execFileSync('python3', [verifier, file], { encoding: 'utf8' }) }
  } catch (error) {
    const { status, stdout } = error as { status: number; stdout: string }
    return { code: status, said: stdout }
  }
}

describe('the verifier of the page', () => {
  it('finds whole evidence whole, with the certificate that signed it', () => {
    const { code, said } = verify(good)
    expect(code).toBe(0)
    const [der = new Uint8Array()] = certificatesInPem(readFileSync(folder.signer.cert, 'utf8'))
    expect(JSON.parse(said)).toEqual({
      records: 4,
      photos: 1,
      certificateSm3: hexOf(openGmCrypto().sm3(der)).toUpperCase(),
    })
  })

  const lines = good.toString('utf8').split('\n')
  it.each([
    ['a digit of a level', '[-41', '[-40', 2],
    ['the name of who measured', '"by":"tester"', '"by":"Tester"', 2],
    ['a byte of the photo', 'base64":"iVBORw0KGgo', 'base64":"iVBORw0KGgp', 6],
    ['when it was signed', '"signedAtIso":"2', '"signedAtIso":"1', 7],
    ['a space that reads the same', '"seal":"SM2-SM3"', '"seal": "SM2-SM3"', 7],
    ['an unknown member of the seal', '"seal":"SM2-SM3"', '"note":"x","seal":"SM2-SM3"', 7],
    ['a second signer in the seal', '"certificate":"', '"by":"x","certificate":"', 7],
  ])('finds %s', (_, was, is, line) => {
    const text = good.toString('utf8')
    expect(text).toContain(was)
    const { code, said } = verify(Buffer.from(text.replace(was, is)))
    expect(code).toBe(1)
    expect(said).toMatch(new RegExp(`^changed: line ${line}\\b|^changed: line 3\\b`))
  })

  it('refuses, as this program does, a signature of a time before the last record', () => {
    const { key, cert } = folder.signer
    const {
      certificate,
      opened: of,
      sign,
    } = profileSigner(
      { file: key, pem: readFileSync(key, 'utf8') },
      { file: cert, pem: readFileSync(cert, 'utf8') },
      openGmCrypto(),
    )
    const atMs = of.notBeforeMs + dayMs
    const digests = surveyDigests()
    const signedBy = (offMs: number): Uint8Array => {
      const content = { surveyId: 'early', createdAtMs: atMs, photos: [] }
      const record = { seq: 1, id: 'r', atMs, by: 'tester', body: JSON.stringify(openedBody) }
      const hash = recordHash(firstHash(content, digests.ofText), record, digests.ofText)
      const body = evidenceBody({ ...content, records: [{ ...record, hash }] }, digests)
      const signedAtMs = atMs + offMs
      const signature = sign(signedEvidence(body, certificate, signedAtMs, digests))
      const text = evidenceText(body, { signedAtMs, certificate, signature, timeStamp: null })
      return new TextEncoder().encode(text)
    }
    const judge = signatureJudge({ signers: cert, revoked: undefined, dir: null })
    const open = (bytesOf: Uint8Array) =>
      openEvidence(bytesOf, 'x', { digests, judge, textOf: strictText })
    expect(open(signedBy(0)).records).toHaveLength(1)
    expect(verify(signedBy(0)).code).toBe(0)
    expect(() => open(signedBy(-1))).toThrow(
      expect.objectContaining({
        code: 'EVIDENCE-02',
        detail: expect.objectContaining({ field: 'signedAtIso' }) as unknown,
      }),
    )
    expect(verify(signedBy(-1))).toMatchObject({
      code: 1,
      said: expect.stringMatching(/^changed: line 3\b/) as string,
    })
  })

  it('refuses, under a right signature, evidence without a photo that a record names', () => {
    const { signedAtMs, certificate, sign } = signerNow(folder.signer)
    const digests = surveyDigests()
    const { content } = readSurvey(survey)
    const openedWith = (digest: string | null) => {
      const photos = digest === null ? [] : [readSurveyPhoto(survey, digest, digests.ofBytes)]
      const body = evidenceBody({ ...content, photos }, digests)
      const signature = sign(signedEvidence(body, certificate, signedAtMs, digests))
      const text = evidenceText(body, { signedAtMs, certificate, signature, timeStamp: null })
      const judge = signatureJudge({ signers: folder.signer.cert, revoked: undefined, dir: null })
      const means = { digests, judge, textOf: strictText }
      const made = new TextEncoder().encode(text)
      return { open: () => openEvidence(made, 'x', means), ...verify(made) }
    }
    const named = digests.ofBytes(bytes)
    expect(openedWith(named).code).toBe(0)
    expect(openedWith(named).open().content.photos).toHaveLength(1)
    const without = openedWith(null)
    expect(without).toMatchObject({ code: 1, said: /^changed: line 6\b/ })
    expect(without.open).toThrow(expect.objectContaining({ code: 'EVIDENCE-01' }))
  })

  it('asks no photo of a record that was withdrawn', () => {
    const file = folder.survey('withdrawn', [openedBody, fieldBody(0, 0, -41)])
    const { ledger, writer } = openSurvey(file)
    addPhoto(
      ledger,
      { item: 'D1', part: 'signs', where: '', at: null, remark: '', by: 'tester' },
      { bytes, from, digestOf: surveyDigests().ofBytes },
    )
    ledger.undo('tester', '这张照片拍糊了,重新拍摄')
    writer.close()
    const { code, said } = verify(folder.evidence(file))
    expect([code, JSON.parse(said)]).toMatchObject([0, { records: 4, photos: 0 }])
  })

  it('finds a line that is left out, and an end that is missing', () => {
    for (const gone of [1, 2, 5]) {
      const { code } = verify(Buffer.from(lines.filter((_, i) => i !== gone).join('\n')))
      expect(code).toBe(1)
    }
    expect(verify(good.subarray(0, -1)).code).toBe(1)
  })

  it('has no more than fifty lines of its own kind of work', () => {
    const code = readFileSync(verifier, 'utf8').split('\n')
    expect(code.length).toBeLessThan(85)
  })
})
