// The rule pack in a survey is what its seal and its digest say, wherever the file is opened: at the command line, in
// its evidence, joined to another file and in the window.
import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { digestsOf } from '#base/crypto/passport-digests.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { sealedPack } from '#acceptance/desk/service/sealed-rules.ts'
import { readSurveyFile } from '#survey/sqlite/survey-file.ts'
import { signerNow } from '#base/desk/commands/signer-now.ts'
import { evidenceCommand } from '#acceptance/desk/commands/evidence.ts'
import { surveyCommand } from '#survey/desk/commands/survey.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import { judgedPack } from '#base/pure/rules/pack-seal.ts'
import { basePack } from '#base/pure/rules/packs.ts'
import type { RulePack } from '#base/pure/rules/rule-pack.ts'
import { evidenceBody, evidenceText, signedEvidence } from '#survey/pure/file/evidence.ts'
import { openSurveyBytes } from '#renderer/sandbox/open-survey.ts'
import { windowJudge } from '#renderer/sandbox/gm.ts'
import { openedBody } from '../whole-field.ts'
import { sqlOfWindow, SurveyFolder } from '../survey-files-kit.ts'
import { runSilent } from '../../../../kit/run-command.ts'

const sql = await sqlOfWindow()
const folder = new SurveyFolder()
afterAll(() => folder.remove())
const digests = digestsOf(openGmCrypto())

const ours: RulePack = {
  format: 1,
  id: 'ours',
  standard: 'X 1',
  province: '45',
  over: 'guangxi',
  rules: { D1: null },
}
const signer = signerNow(folder.signer)
const sealed = sealedPack(ours, signer, signer.signedAtMs, digests)
const other = sealedPack({ ...ours, rules: {} }, signer, signer.signedAtMs, digests)
const sealOf = ({ seal }: RulePack) => (seal === undefined ? {} : { seal })
const bare = Object.fromEntries(
  Object.entries(basePack.rules).map(([id, rule]) => [id, id === 'D5' ? null : rule]),
)

async function run(command: typeof surveyCommand, args: readonly string[]) {
  try {
    return await runSilent(command, args)
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    return { code: 2, json: { fault: { code: error.code } } }
  }
}

const altered = [{ rule: 'D1', member: 'asked', was: 'true', is: 'false' }]

describe.each<[string, RulePack | undefined, string | null, object]>([
  ['a file of an earlier version without a pack', undefined, null, { altered: [], issuer: null }],
  ['the pack of the program', structuredClone(basePack), null, { altered: [], issuer: null }],
  ['an altered pack that nobody signed', ours, null, { altered, issuer: null }],
  ['a pack that its issuer signed', sealed, null, { altered, issuer: { by: 'TEST Installer' } }],
  ['a seal over another pack', { ...ours, ...sealOf(other) }, 'RULE-01', {}],
  ['a signed pack altered since', { ...sealed, standard: 'X 2' }, 'RULE-01', {}],
  [
    'a seal that nobody made',
    { ...ours, seal: { certificate: '', signature: '', signedAtIso: '2026-07-03T10:00:00+08:00' } },
    'RULE-01',
    {},
  ],
  [
    'a seal with a changed time',
    { ...ours, seal: { ...sealed.seal, signedAtIso: '2026-07-03T10:00:00+08:00' } as never },
    'RULE-01',
    {},
  ],
  ['the name of the program’s pack and a row less', { ...basePack, rules: bare }, 'RULE-02', {}],
  [
    'the name of the program’s pack and another standard',
    { ...basePack, standard: 'DBJT45/T 065-2025' },
    'RULE-02',
    {},
  ],
])('%s', (name, rules, code, said) => {
  const key = name.replaceAll(/\W+/g, '-')
  let file = ''
  beforeAll(() => {
    file = folder.survey(key, [rules === undefined ? openedBody : { ...openedBody, rules }])
  })
  const expected = code === null ? { ok: true, rules: said } : { fault: { code } }
  it('survey show', async () => {
    expect((await run(surveyCommand, ['show', file])).json).toMatchObject(expected)
  })
  it('survey report and survey merge', async () => {
    const asked = [
      ['report', file, '--out', folder.at(`${key}.html`)],
      ['merge', file, file, '--out', folder.at(`${key}-joined.etcsurvey`)],
    ]
    for (const args of asked) {
      const { json } = await run(surveyCommand, args)
      if (code === null) expect(json).not.toHaveProperty('fault')
      else expect(json).toMatchObject({ fault: { code } })
    }
    if (code !== null || !('altered' in said) || canonicalJson(said.altered) === '[]') return
    const signed = canonicalJson(said).includes('Installer')
      ? 'TEST Installer ·'
      : '没有签发机构签名'
    expect(readFileSync(folder.at(`${key}.html`), 'utf8')).toContain(signed)
  })
  it('evidence verify', async () => {
    const proof = folder.at(`${key}.etcevidence`)
    const content = readSurveyFile(file, digests.ofText)
    const body = evidenceBody({ ...content, photos: [] }, digests)
    const { certificate, sign } = signer
    const signedAtMs = signer.signedAtMs + 60_000
    const signature = sign(signedEvidence(body, certificate, signedAtMs, digests))
    writeFileSync(
      proof,
      evidenceText(body, { signedAtMs, certificate, signature, timeStamp: null }),
    )
    expect(await run(evidenceCommand, ['verify', proof, '--integrity-only'])).toMatchObject({
      code: code === null ? 0 : 1,
      json: expected,
    })
  })
  it('the window', () => {
    const open = () => openSurveyBytes(sql, key, new Uint8Array(readFileSync(file)))
    if (code === null) expect(open()).toMatchObject('issuer' in said ? { issuer: said.issuer } : {})
    else expect(open).toThrowError(expect.objectContaining({ code }) as never)
  })
})

it('a seal by a revoked certificate is none, in the window as in the shared check', () => {
  const fingerprint = digests.ofBytes(signer.certificate)
  const judge = windowJudge([], new Map([[fingerprint, 'key lost']]))
  expect(judgedPack(sealed, digests, judge)).toMatchObject({ code: 'RULE-01', field: '/seal' })
  expect(judgedPack(sealed, digests, windowJudge([]))).toMatchObject({ code: null })
})
