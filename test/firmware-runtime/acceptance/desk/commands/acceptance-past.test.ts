// Packages of a past that nothing proves, each made by command as its holder would: without a start, of another lot, with a
// chain written anew under its own key. And what an honest lot does: a time stamp of each night, checked by `openssl ts`.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sealedRecord } from '#acceptance/desk/record/sealed-record.ts'
import type { AcceptRecord } from '#acceptance/desk/record/record.ts'
import { acceptanceCommand } from '#acceptance/desk/commands/acceptance.ts'
import { ledgerCommand } from '#ledger/desk/commands/ledger.ts'
import { signerNow } from '#base/desk/commands/signer-now.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { stampsHere } from '#lane/folder/head-stamps.ts'
import { writeRows } from '#lane/folder/offline-audit.ts'
import { surveyDigests } from '#survey/files/open-survey.ts'
import { runSilent, type Said } from '../../../../kit/run-command.ts'
import { overriddenIn } from '../../../../kit/overridden.ts'
import { recordOf } from '../record/record-kit.ts'
import { exitLot, Folder, makeSigner } from '../../../devices/desk/commands/profile/kit.ts'
import { TestTsa } from '../../../survey/desk/commands/tsa-kit.ts'

const folder = new Folder()
const tsa = new TestTsa()
let url = ''
beforeAll(async () => {
  url = await tsa.listen()
})
afterAll(() => {
  tsa.close()
  folder.remove()
})
const keys = makeSigner(folder, 'Installer')
const run = (...args: readonly string[]): Promise<Said> => runSilent(acceptanceCommand, args)
const seal = (dir: string, out: string): Promise<Said> =>
  run('package', '--data', dir, '--key', keys.key, '--cert', keys.cert, '--out', out)

/** A lot of production whose ledger has these rows of cars. */
function lotOf(name: string, withStart: boolean): string {
  const dir = folder.at(name)
  exitLot(dir)
  const file = join(dir, 'lot.json')
  const lot = JSON.parse(readFileSync(file, 'utf8')) as object
  writeFileSync(file, JSON.stringify({ ...lot, mode: 'production' }))
  if (withStart) overriddenIn(dir, 'acceptance.override A1')
  else
    writeRows(dir, loadLot(dir).config, [
      { kind: 'event', atMs: Date.now(), body: { type: 'photosBack', detail: '1' } },
    ])
  return dir
}

describe('a package of production', () => {
  it('is refused where the ledger has no start', async () => {
    const out = folder.at('no-start.etcaccept')
    await expect(seal(lotOf('no-start', false), out)).rejects.toMatchObject({ code: 'ACCEPT-11' })
    expect(existsSync(out)).toBe(false)
  })
  it('is made of a ledger with its start, and says that nothing binds it', async () => {
    const [dir, out] = [lotOf('started', true), folder.at('started.etcaccept')]
    expect(await seal(dir, out)).toMatchObject({ code: 0 })
    expect(await run('verify', out, '--signers', keys.cert)).toMatchObject({
      code: 0,
      json: { past: { days: [], stamps: { by: [], attested: false } }, newer: [] },
    })
    const csv = folder.at('started.json')
    await run('report', '--package', out, '--format', 'json', '--out', csv)
    expect(readFileSync(csv, 'utf8')).not.toContain('"verdict": "pass"')
  })
})

const { signedAtMs, ...signer } = signerNow(keys)
const record = recordOf()
let made = 0
const sealed = (over: Partial<AcceptRecord>): string =>
  folder.put(
    `made-${made++}.etcaccept`,
    sealedRecord({ ...record, ...over }, signer, signedAtMs, surveyDigests()),
  )
const word = (businessNo: string) => [...record.words, { ...record.words[0], businessNo }]

describe('a number in a package', () => {
  it.each([
    ['a refund', 'GX00077-n1-R7'],
    ['an exception', 'GX00077-n1-X12'],
    ['a feedback', 'GX0009-n1-K1'],
    ['a trade number', 'PGX00077N126030208000000011'],
    ['a trade number of another node', 'PGX00099N226030208000000011'],
    ['a trade number with hidden digits', 'PGX00077N12603020XXXXX00011'],
  ])('of another lot is refused: %s', async (_, businessNo) => {
    const file = sealed({ words: word(businessNo) as AcceptRecord['words'] })
    expect(await run('verify', file, '--signers', keys.cert)).toMatchObject({
      code: 1,
      json: { fault: { code: 'ACCEPT-06', value: businessNo } },
    })
  })
  it.each([
    ['its own refund', 'GX00099-n1-R7'],
    ['its own trade number', 'PGX00099N126030208000000011'],
    ['its own stay', 'n1-S12'],
    ['a number of a peer', '4200001234202603020000000001'],
    ['a request id', '550E8400-1234-4567-8901-A12345678901'],
    ['a number of the joint test', 'JT1C'],
  ])('of this lot or of a peer is not: %s', async (_, businessNo) => {
    const file = sealed({ words: word(businessNo) as AcceptRecord['words'] })
    expect(await run('verify', file, '--signers', keys.cert)).toMatchObject({ code: 0 })
  })
  it('in the evidence of an item is looked at too', async () => {
    const items = record.items.map((item, i) =>
      i === 0
        ? { ...item, evidence: [{ source: 'platform' as const, ref: 'GX00077-n1-R7', text: '' }] }
        : item,
    )
    expect(await run('verify', sealed({ items }), '--signers', keys.cert)).toMatchObject({
      code: 1,
      json: { fault: { code: 'ACCEPT-06', field: 'item 1' } },
    })
  })
})

it('a package of an earlier version stays verifiable, and says which rules are newer', async () => {
  const { past: _, ...head } = record.head
  const said = await run('verify', sealed({ head }), '--signers', keys.cert)
  expect(said.code).toBe(0)
  expect(said.json['newer']).toMatchObject([
    { id: 'provenance' },
    { id: 'certificates' },
    { id: 'past' },
  ])
})

describe('a time stamp over the head of the chain', () => {
  const dir = lotOf('stamped', true)
  const stamp = (...more: readonly string[]): Promise<Said> =>
    runSilent(ledgerCommand, ['stamp', '--data', dir, '--tsa', url, ...more])

  it('is taken by command, and holds for openssl', async () => {
    const { code, json } = await stamp('--tsa-ca', tsa.at('tsa-ca.pem'))
    expect({ code, json }).toMatchObject({ code: 0, json: { ok: true, seq: 2, by: 'test tsa' } })
    const text = folder.put('head.txt', String(json['text']))
    const verify = ['ts', '-verify', '-data', text, '-in', String(json['file']), '-token_in']
    const by = ['-CAfile', tsa.at('tsa-ca.pem')]
    const said = execFileSync('openssl', [...verify, ...by], { encoding: 'utf8', stdio: 'pipe' })
    expect(said).toContain('Verification: OK')
    await expect(stamp()).rejects.toMatchObject({ code: 'FILE-03' })
    expect(await stampsHere(dir, 1)).toMatchObject([{ seq: 2, held: { by: 'test tsa' } }])
    expect(await stampsHere(dir, 3)).toEqual([])
  })

  it('is refused where it leads to another authority, and nothing is kept', async () => {
    overriddenIn(dir, 'acceptance.override A2')
    const refused = stamp('--tsa-ca', tsa.at('other-ca.pem'))
    await expect(refused).rejects.toMatchObject({ code: 'EVIDENCE-06' })
    expect(await stampsHere(dir, 3)).toEqual([])
  })

  it('is read again by verify, which asks whose word it is', async () => {
    const { lotId } = loadLot(dir).config
    const stamps = await stampsHere(dir, 1)
    const days = [{ day: '2026-03-02', by: ['timeStamp' as const] }]
    const head = { ...record.head, lotId, past: { nodeId: 'n1', isStarted: true, days } }
    const bare = { head, stamps, words: [], accesses: [] }
    const file = sealed(bare)
    const signed = ['verify', file, '--signers', keys.cert] as const
    expect(await run(...signed, '--tsa-ca', tsa.at('tsa-ca.pem'))).toMatchObject({
      code: 0,
      json: { past: { stamps: { by: ['test tsa'], attested: true } } },
    })
    expect(await run(...signed)).toMatchObject({ code: 3, json: { ok: false } })
    expect(await run(...signed, '--tsa-ca', tsa.at('other-ca.pem'))).toMatchObject({
      code: 1,
      json: { fault: { code: 'EVIDENCE-06' } },
    })
    const [first] = stamps
    if (first === undefined) return expect.fail('no stamp')
    const wrongs = [
      { ...first, seq: 1 },
      { ...first, hash: 'ab'.repeat(32) },
      { ...first, token: first.token.replace(/^..../, 'AAAA') },
      { ...first, held: { atIso: '2020-01-01T00:00:00.000+08:00', by: 'test tsa' } },
    ]
    for (const wrong of wrongs)
      expect(
        await run('verify', sealed({ ...bare, stamps: [wrong] }), '--signers', keys.cert),
      ).toMatchObject({ code: 1, json: { fault: { code: 'EVIDENCE-06' } } })
  })

  it('does not hold any more for rows that were written anew', async () => {
    const db = new DatabaseSync(join(dir, 'ledger.db'))
    const triggers = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`).all()
    for (const { name } of triggers) db.exec(`DROP TRIGGER "${String(name)}"`)
    db.exec(`UPDATE ledger_row SET hash = randomblob(32) WHERE seq = 2`)
    db.close()
    expect(await stampsHere(dir, 1)).toMatchObject([{ seq: 2, held: null }])
  })
})
