// The package of an acceptance: sealed from its folder, verified by the command and by the forty-line verifier of its page,
// which shares no code. A changed byte, another car park, an edited verdict and a run of another version are each refused
// by name.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { features } from '#acceptance/pure/declaration.ts'
import { certificatesInPem } from '#base/crypto/certs.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { redacted } from '#acceptance/desk/record/redact.ts'
import { sealedRecord } from '#acceptance/desk/record/sealed-record.ts'
import { noSession, type AcceptanceSession } from '#acceptance/desk/service/session.ts'
import { acceptanceCommand } from '#acceptance/desk/commands/acceptance.ts'
import { signerNow } from '#base/desk/commands/signer-now.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'
import { acceptanceAtRest } from '#acceptance/desk/folder/acceptance-folder.ts'
import { surveyDigests } from '#survey/files/open-survey.ts'
import { itemIds } from '#acceptance/pure/items/ids.ts'
import { acceptanceItems } from '#acceptance/pure/items/index.ts'
import { isPlant } from '#acceptance/pure/plant.ts'
import { cardFacts } from '../../pure/scene.ts'
import { overriddenIn } from '../../../../kit/overridden.ts'
import { recordOf } from '../record/record-kit.ts'
import { exitLot, Folder, makeSigner } from '../../../devices/desk/commands/profile/kit.ts'
import { runSilent, type Said } from '../../../../kit/run-command.ts'

const folder = new Folder()
afterAll(() => folder.remove())
const keys = makeSigner(folder, 'Installer')
const page = readFileSync(
  fileURLToPath(new URL('../../../../../docs/acceptance-format.md', import.meta.url)),
  'utf8',
)
const program = /```python\n([\s\S]*?)```/.exec(page)?.[1] ?? ''
const verifier = folder.put('verify.py', program)

const run = (...args: readonly string[]): Promise<Said> => runSilent(acceptanceCommand, args)

function python(file: string, ...lot: readonly string[]) {
  try {
    return {
      code: 0,
      said: execFileSync('python3', [verifier, file, ...lot], { encoding: 'utf8' }),
    }
  } catch (error) {
    const { status, stdout } = error as { status: number; stdout: string }
    return { code: status, said: stdout }
  }
}

const facts = cardFacts()
const { signedAtMs, ...signer } = signerNow(keys)
const record = redacted(recordOf(facts), facts, [])
const whole = sealedRecord(record, signer, signedAtMs, surveyDigests())
const good = folder.put('good.etcaccept', whole)
const lines = whole.split('\n')
const lineOf = (part: string): number => lines.findIndex((line) => line.includes(part)) + 1

describe('the verifier of the page', () => {
  it('has forty lines at the most, and finds a whole package whole', () => {
    expect(program.trimEnd().split('\n').length).toBeLessThanOrEqual(40)
    const { code, said } = python(good, 'GX00099')
    expect({ code, said: JSON.parse(said) as unknown }).toEqual({
      code: 0,
      said: {
        lotId: 'GX00099',
        items: record.items.length,
        certificateSm3: hexOf(
          openGmCrypto().sm3(
            present(certificatesInPem(readFileSync(keys.cert, 'utf8'))[0], 'a certificate'),
          ),
        ),
      },
    })
    expect(python(good, 'GX00001')).toMatchObject({ code: 1, said: /^changed: line 1:/ })
  })

  it.each([
    ['a verdict', '"verdict":"pass"', '"verdict":"fail"'],
    ['the declaration', '"features":["card"', '"features":["cord"'],
    ['the car park', '"lotId":"GX00099"', '"lotId":"GX00098"'],
    ['an access', '"interfaceId":"monitor"', '"interfaceId":"monitox"'],
    ['an answer', '"says":"has"', '"says":"hat"'],
    ['when it was signed', '"signedAtIso":"2', '"signedAtIso":"1'],
    ['a space that reads the same', '"seal":"SM2', '"seal": "SM2'],
    ['an unknown member of the seal', '"seal":"SM2-SM3"', '"note":"x","seal":"SM2-SM3"'],
    ['a second signer in the seal', '"seal":"SM2-SM3"', '"by":"x","seal":"SM2-SM3"'],
  ])('names the line of %s, as the command does', async (_, was, is) => {
    const line = lineOf(was)
    expect(line).toBeGreaterThan(0)
    const file = folder.put('changed.etcaccept', whole.replace(was, is))
    const { code, said } = python(file)
    expect(code).toBe(1)
    expect(said).toMatch(new RegExp(`^changed: line ${line}\\b`))
    const own = await run('verify', file, '--integrity-only')
    expect(own).toMatchObject({ code: 1, json: { ok: false } })
    expect(own.json['changed']).toMatch(new RegExp(`^line ${line}$|^signature$`))
  })

  it('finds a line that is left out, and an end that is missing', async () => {
    for (const text of [lines.filter((_, i) => i !== 3).join('\n'), whole.slice(0, -1)]) {
      const file = folder.put('cut.etcaccept', text)
      expect(python(file).code).toBe(1)
      const said = await run('verify', file, '--integrity-only')
      expect(said).toMatchObject({ code: 1, json: { fault: { code: 'EVIDENCE-01' } } })
    }
  })
})

describe('acceptance verify', () => {
  it('prints the certificates of the platforms', async () => {
    const proven = {
      starts: [],
      certificates: [{ channel: 'platform', fingerprint: 'A' }],
      unrecorded: [{ channel: 'operator', fromIso: '2026-03-02T08:00:00.000+08:00' }],
    }
    const head = { ...record.head, ...proven } as unknown as typeof record.head
    const sealed = sealedRecord({ ...record, head }, signer, signedAtMs, surveyDigests())
    const file = folder.put('proven.etcaccept', sealed)
    expect(await run('verify', file, '--signers', keys.cert)).toMatchObject({
      code: 0,
      json: proven,
    })
  })

  it('says of which car park it is and by whom it was sealed, and trusts whom it is told', async () => {
    const about = { lotId: 'GX00099', program: '1.2.3', sessionId: 'A20260302080000000' }
    expect(await run('verify', good, '--lot', 'GX00099', '--signers', keys.cert)).toMatchObject({
      code: 0,
      json: { ok: true, ...about, trust: 'listed' },
    })
    expect((await run('verify', good)).code).toBe(3)
    const other = makeSigner(folder, 'Other')
    expect(await run('verify', good, '--signers', other.cert)).toMatchObject({
      code: 1,
      json: { fault: { code: 'EVIDENCE-04' } },
    })
  })

  it('refuses the package of another car park', async () => {
    expect(await run('verify', good, '--lot', 'GX00001', '--integrity-only')).toMatchObject({
      code: 1,
      json: { changed: 'lotId', fault: { code: 'ACCEPT-06', value: 'GX00099' } },
    })
  })

  it('says what the lot declared, and refuses the package of another declaration', async () => {
    const own = record.declaration.features
    const declared = (names: readonly string[]) =>
      folder.put('declared.json', JSON.stringify({ features: names.map((id) => ({ id })) }))
    const verify = (names: readonly string[]) =>
      run('verify', good, '--declaration', declared(names), '--integrity-only')
    expect(await verify(own.toReversed())).toMatchObject({ code: 0, json: { declaration: own } })
    expect(await verify(own.slice(1))).toMatchObject({
      code: 1,
      json: {
        changed: 'declaration',
        fault: { code: 'ACCEPT-08', value: own.toSorted().join(' ') },
      },
    })
    const bad = folder.put('bad.json', '{"features":["card"]}')
    await expect(run('verify', good, '--declaration', bad)).rejects.toMatchObject({
      code: 'FILE-02',
      detail: { file: bad, field: '/features/0' },
    })
  })

  it('refuses a sealed item that its own declaration leaves out', async () => {
    const left = record.declaration.features.filter((one) => one !== 'operator')
    const sealed = sealedRecord(
      { ...record, declaration: { features: left } },
      signer,
      signedAtMs,
      surveyDigests(),
    )
    const file = folder.put('unfit.etcaccept', sealed)
    expect(await run('verify', file, '--integrity-only')).toMatchObject({
      code: 1,
      json: { changed: 'F2', fault: { code: 'ACCEPT-08', value: 'pass' } },
    })
    const line = sealed.split('\n').findIndex((one) => one.includes('"id":"F2"')) + 1
    const { code, said } = python(file)
    expect(code).toBe(1)
    expect(said.split(':')[1]).toBe(` line ${line}`)
  })

  it('refuses rules that only have the name of those of the program', async () => {
    const pack = { ...record.head.pack, digest: 'AB'.repeat(32) }
    const sealedWith = (over: typeof pack) =>
      folder.put(
        'rules.etcaccept',
        sealedRecord(
          { ...record, head: { ...record.head, pack: over } },
          signer,
          signedAtMs,
          surveyDigests(),
        ),
      )
    expect(await run('verify', sealedWith(pack), '--integrity-only')).toMatchObject({
      code: 1,
      json: { changed: 'pack', fault: { code: 'RULE-02', value: `guangxi ${pack.digest}` } },
    })
    // Another name is taken, and verify says what was altered.
    const altered = [
      { rule: 'I1', member: 'asked', was: 'true', is: 'false', words: { zh: '', en: '' } },
    ] as const
    const own = sealedWith({ ...pack, packId: 'ours', altered })
    expect(await run('verify', own, '--integrity-only')).toMatchObject({
      code: 0,
      json: { pack: { packId: 'ours', altered } },
    })
  })

  it('is printed as it was sealed', async () => {
    const out = folder.at('sealed.xml')
    await run('report', '--package', good, '--format', 'junit', '--out', out)
    expect(readFileSync(out, 'utf8')).toContain('hostname="GX00099"')
  })
})

describe('acceptance package', () => {
  const dir = folder.at('lot')
  const sessions = join(dir, 'acceptance')
  exitLot(dir)
  const seal = (out: string) =>
    run('package', '--data', dir, '--key', keys.key, '--cert', keys.cert, '--out', folder.at(out))
  const sessionFile = () => join(sessions, present(readdirSync(sessions).at(-1), 'a run'))
  const edit = (how: (session: AcceptanceSession) => AcceptanceSession) =>
    writeFileSync(
      sessionFile(),
      JSON.stringify(how(JSON.parse(readFileSync(sessionFile(), 'utf8')) as AcceptanceSession)),
    )

  it('is made of a run, and holds what the ledger says', async () => {
    const service = acceptanceAtRest(dir, [])
    // Written by hand, or by an older version whose audit row names no session, the override unlocks no run.
    mkdirSync(sessions)
    const override = { by: 'Owner', reason: 'x', atIso: '2026-03-02T08:00:00.000+08:00' }
    writeFileSync(join(sessions, 'A0.json'), JSON.stringify({ ...noSession, override }))
    overriddenIn(dir, 'acceptance.override')
    await expect(service.run({})).rejects.toMatchObject({ code: 'ACCEPT-01' })
    overriddenIn(dir, `acceptance.override ${service.toOverride()}`)
    await service.run({})
    expect((await service.ended()).lock.override).toMatchObject({ by: '甲' })
    mkdirSync(join(dir, 'run'), { recursive: true })
    writeFileSync(join(dir, 'run', 'token'), 'tok_8f14e45fceea167a5a36dedd4bea2543')
    expect(await seal('own.etcaccept')).toMatchObject({
      code: 0,
      json: { ok: true, items: itemIds.length },
    })
    const file = folder.at('own.etcaccept')
    expect(python(file).code).toBe(0)
    expect(await run('verify', file, '--integrity-only')).toMatchObject({ code: 0 })
    await expect(seal('own.etcaccept')).rejects.toMatchObject({ code: 'FILE-03' })
    for (const format of ['json', 'csv'])
      expect(
        await run('report', '--data', dir, '--format', format, '--out', folder.at(`r.${format}`)),
      ).toMatchObject({ code: 0, json: { simulated: true } })
    const own = present(/A\d+/.exec(sessionFile().split('/').at(-1) ?? '')?.[0], 'an id')
    expect(await run('compare', own, file, '--data', dir)).toMatchObject({
      code: 0,
      json: { same: itemIds.length, differs: [] },
    })
    expect(await run('compare', sessionFile(), good)).toMatchObject({
      code: 1,
      json: { b: { lotId: 'GX00099' } },
    })
    await expect(run('compare', 'A1', file, '--data', dir)).rejects.toMatchObject({
      code: 'ARG-01',
      detail: { value: 'A1' },
    })
  })

  it('is refused where the lot declares something else than in its run', async () => {
    const file = join(dir, 'test-obus.json')
    writeFileSync(file, JSON.stringify({ format: 1, obus: [{ obuId: '1A2B3C4D', pieces: 1 }] }))
    expect(await run('declaration', '--data', dir)).toMatchObject({
      code: 0,
      json: {
        ok: true,
        features: (['card', 'entry', 'exit', 'exitAntenna', 'onePiece'] as const).map((id) => ({
          id,
          words: features[id],
        })),
      },
    })
    await expect(seal('undeclared.etcaccept')).rejects.toMatchObject({
      code: 'ACCEPT-04',
      detail: { field: '/declaration', note: 'card entry exit exitAntenna onePiece' },
    })
    rmSync(file)
  })

  it('is refused where somebody wrote another verdict into the file of the run', async () => {
    const before = readFileSync(sessionFile())
    edit((session) => {
      const e1 = present(session.results.E1, 'E1')
      return { ...session, results: { ...session.results, E1: { ...e1, verdict: 'pass' } } }
    })
    const refused = { code: 'ACCEPT-05', detail: { field: 'E1', value: 'pass' } }
    await expect(seal('forged.etcaccept')).rejects.toMatchObject(refused)
    expect(existsSync(folder.at('forged.etcaccept'))).toBe(false)
    const report = run('report', '--data', dir, '--format', 'csv', '--out', folder.at('forged.csv'))
    await expect(report).rejects.toMatchObject(refused)
    writeFileSync(sessionFile(), before)
    edit((session) => {
      const e1 = present(session.results.E1, 'E1')
      return { ...session, results: { ...session.results, E1: { ...e1, simulated: false } } }
    })
    await expect(seal('forged.etcaccept')).rejects.toMatchObject({
      code: 'ACCEPT-05',
      detail: { field: 'E1/simulated' },
    })
    writeFileSync(sessionFile(), before)
  })

  it('is refused where somebody wrote of an item that it was red by what its fault never turns', async () => {
    const before = readFileSync(sessionFile())
    edit((session) => {
      const g5 = present(session.results.G5, 'G5')
      const red = { assertion: 'forged', words: g5.words, atIso: g5.atIso }
      return { ...session, results: { ...session.results, G5: { ...g5, red } } }
    })
    await expect(seal('forged.etcaccept')).rejects.toMatchObject({
      code: 'ACCEPT-05',
      detail: { field: 'G5/red', value: 'forged' },
    })
    writeFileSync(sessionFile(), before)
  })

  it('is refused where a red half was typed, also the right one: no run recorded it', async () => {
    const before = readFileSync(sessionFile())
    const { plant } = present(
      acceptanceItems.find(({ id }) => id === 'G5'),
      'G5',
    )
    const assertion = isPlant(plant) ? plant.turns : ''
    edit((session) => {
      const g5 = present(session.results.G5, 'G5')
      const red = { assertion, words: g5.words, atIso: g5.atIso }
      return { ...session, results: { ...session.results, G5: { ...g5, red } } }
    })
    await expect(seal('typed.etcaccept')).rejects.toMatchObject({
      code: 'ACCEPT-05',
      detail: { field: 'G5/red', value: assertion },
    })
    writeFileSync(sessionFile(), before)
  })

  it('is refused of a run of another version, which does not go on either', async () => {
    edit((session) => ({
      ...session,
      made: { ...present(session.made, 'made'), program: '0.0.1' },
    }))
    const refused = { code: 'ACCEPT-04', detail: { field: '/program', value: '0.0.1' } }
    await expect(seal('old.etcaccept')).rejects.toMatchObject(refused)
    await expect(run('run', '--data', dir)).rejects.toMatchObject(refused)
    overriddenIn(dir, `acceptance.override ${acceptanceAtRest(dir, []).toOverride()}`)
    expect((await run('run', '--data', dir, '--anew')).code).toBe(0)
    expect(await seal('anew.etcaccept')).toMatchObject({ code: 0 })
    expect(readdirSync(sessions).filter((name) => /^A\d{17}\.json$/.test(name))).toHaveLength(2)
  })

  it('has every session of the lot, also one whose file is gone', async () => {
    const [first, second] = readdirSync(sessions).filter((name) => /^A\d{17}\.json$/.test(name))
    rmSync(join(sessions, present(first, 'a run')))
    expect(await seal('gone.etcaccept')).toMatchObject({ code: 0 })
    const said = await run('verify', folder.at('gone.etcaccept'), '--integrity-only')
    const ids = [first, second].map((name) => name?.slice(0, -'.json'.length))
    expect(said.json['sessions']).toMatchObject(
      ids.map((sessionId) => ({ sessionId, runs: [{ judged: { length: itemIds.length } }] })),
    )
  })
})
