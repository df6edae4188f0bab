// `etc-lane survey` and `etc-lane evidence` as a script uses them: files, JSON as published, refusals.
// Any changed byte of evidence is detected, and damage to a survey is reported by record.
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { evidenceCommand } from '#acceptance/desk/commands/evidence.ts'
import { surveyCommand } from '#survey/desk/commands/survey.ts'
import { strictText } from '#survey/desk/commands/evidence-acts.ts'
import { surveyDigests } from '#survey/files/open-survey.ts'
import { signatureJudge } from '#devices/desk/profile/signatures.ts'
import { openEvidence } from '#survey/pure/file/evidence.ts'
import { surveyItems } from '#survey/pure/items/index.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { boxField, readAt, walked, wholeField } from '../../pure/whole-field.ts'
import { Folder, makeSigner } from '../../../devices/desk/commands/profile/kit.ts'
import { laterFault } from '../../../../kit/refusals.ts'
import { folderOfFile } from '../../../../kit/own-folder.ts'
import { runSilent, type Said } from '../../../../kit/run-command.ts'

const run = (of: typeof surveyCommand, args: readonly string[]): Promise<Said> =>
  runSilent(of, args)
const survey = (...args: readonly string[]): Promise<Said> => run(surveyCommand, args)
const evidence = (...args: readonly string[]): Promise<Said> => run(evidenceCommand, args)

const folder = folderOfFile('etc-survey-')
const keys = new Folder()
afterAll(() => {
  keys.remove()
})

const at = (name: string): string => join(folder, `${name}.etcsurvey`)
const make = (name: string, ...more: readonly string[]): Promise<Said> =>
  survey(
    ...['new', at(name), '--site', '演示', '--lane', 'exit', '--by', 'tester'],
    ...['--no-neighbours', '单车道出口,两侧为围墙', ...more],
  )
const add = (name: string, body: unknown): Promise<Said> =>
  survey('add', at(name), '--by', 'tester', '--body', JSON.stringify(body))

const field = (xMm: number, yMm: number, levelDbm: number) => readAt({ xMm, yMm }, levelDbm)
const signed = (more: object) => ({
  kind: 'signature',
  role: 'surveyor',
  name: '示例',
  path: 'M1,2L3,4',
  ...more,
})
/** The records of a whole field: strong inside, weak around. */
const whole = wholeField(boxField(-38, -52)).slice(1)
/** The field points alone. */
const points = walked(boxField(-38, -52))

describe('a survey file', () => {
  it('is made once, written by bodies, judged in the order of table D.1', async () => {
    expect((await make('one', '--trigger', '1600,2250')).code).toBe(0)
    expect((await add('one', whole)).json['records']).toHaveLength(whole.length)
    const { code, json } = await survey('show', at('one'))
    expect(code).toBe(0)
    expect(json).toMatchObject({
      ok: true,
      site: '演示',
      lane: 'exit',
      verdict: 'incomplete',
      records: whole.length + 1,
      lost: [],
      broken: [],
      field: { containment: 100, limitDbm: -45 },
    })
    const items = json['items'] as { id: string; verdict: string; value: number | null }[]
    expect(items.map(({ id }) => id)).toEqual(surveyItems.map(({ id }) => id))
    expect(items[4]).toMatchObject({ id: 'D5', verdict: 'pass', value: -38 })
    expect((await laterFault(make('one'))).code).toBe('SURVEY-04')
  })

  it('corrects by its instrument, takes back the last point, keeps what came before', async () => {
    await make('two')
    const instrument = (correctionDb: number) => ({
      kind: 'instrument',
      instrumentId: 'a',
      model: 'example',
      serialNo: null,
      calibratedOn: null,
      calibratedUntil: null,
      correctionDb,
      simulated: true,
    })
    await add('two', [instrument(1.5), field(0, 0, -40), { ...field(0, 0, -30), reason: 'x' }])
    // A later instrument record does not change earlier readings.
    await add('two', instrument(9))
    const levelOf = async (): Promise<unknown> => {
      const { json } = await survey('show', at('two'))
      const { cells } = json['field'] as { cells: { levelDbm: number | null }[] }
      return cells[0]?.levelDbm
    }
    expect(await levelOf()).toBe(-31.096)
    const bare = await laterFault(survey('undo', at('two'), '--by', 'tester'))
    expect(bare).toMatchObject({ code: 'SURVEY-03', detail: { field: '/reason' } })
    const back = ['--by', 'tester', '--reason', 'misread']
    await survey('undo', at('two'), ...back)
    // The mean power of both readings: a repeated reading does not replace the earlier one.
    expect(await levelOf()).toBe(-31.096)
    await survey('undo', at('two'), ...back)
    expect(await levelOf()).toBe(-38.5)
    await survey('undo', at('two'), ...back)
    expect(await levelOf()).toBeNull()
    await survey('undo', at('two'), ...back)
    const nothing = await laterFault(survey('undo', at('two'), '--by', 'tester'))
    expect(nothing.code).toBe('SURVEY-06')
  })

  it.each([
    ['beyond physics', field(0, 0, 21), '/levelsDbm/0', '21'],
    ['below every floor', field(0, 0, -141), '/levelsDbm/0', '-141'],
    ['microvolts', { ...field(0, 0, 0), levelsDbm: ['65 dBuV/m'] }, '/levelsDbm/0', '"65 dBuV/m"'],
    ['metres', field(0.25, 0, -40), '/xMm', '0.25'],
    ['another kind', { kind: 'plate' }, '/kind', '"plate"'],
    ['a member too many', { ...field(0, 0, -40), colour: 'red' }, '', ''],
    ['no such row', { kind: 'deviation', item: 'D16', text: 'x', area: null }, '/item', '"D16"'],
    ['a signature of nobody', signed({ name: ' ' }), '/name', '" "'],
    ['a signature of no role', signed({ role: 'boss' }), '/role', '"boss"'],
    ['a signature that is markup', signed({ path: '"><script>' }), '/path', ''],
    ['a signature beyond its box', signed({ path: 'M1,2L601,3' }), '/path', '"M1,2L601,3"'],
    ['a stroke without a line', signed({ path: 'M1,2' }), '/path', '"M1,2"'],
    ['a signature without end', signed({ path: `M1,2${'L3,4'.repeat(9_000)}` }), '/path', ''],
    ['no day', { kind: 'clock', source: 'sun' }, '/source', '"sun"'],
  ])('refuses %s and is as it was', async (_what, body, where, value) => {
    await make('refusing').catch(() => undefined)
    const before = readFileSync(at('refusing'))
    // The valid record before it is not stored either.
    const fault = await laterFault(add('refusing', [field(0, 0, -40), body]))
    expect(fault.code).toBe('SURVEY-03')
    expect(fault.detail.field).toBe(where)
    if (value !== '') expect(fault.detail.value).toBe(value)
    expect(readFileSync(at('refusing')).equals(before)).toBe(true)
  })

  it('refuses a foreign file and one of a newer program', async () => {
    writeFileSync(at('text'), 'x,y,level\n')
    expect((await laterFault(survey('show', at('text')))).code).toBe('SURVEY-01')
    const db = new DatabaseSync(at('foreign'))
    db.exec('CREATE TABLE record (seq INTEGER)')
    db.close()
    expect((await laterFault(survey('show', at('foreign')))).code).toBe('SURVEY-01')
    await make('newer')
    const newer = new DatabaseSync(at('newer'))
    newer.exec('PRAGMA user_version = 3')
    newer.close()
    const fault = await laterFault(survey('show', at('newer')))
    expect([fault.code, fault.detail.value]).toEqual(['SURVEY-08', '3'])
    expect((await laterFault(survey('show', at('none')))).code).toBe('SURVEY-01')
  })

  it('names a record that was changed, left out or put in', async () => {
    await make('changed')
    await add('changed', [field(0, 0, -40), field(250, 0, -40), field(500, 0, -40)])
    const edit = (sql: string): void => {
      const db = new DatabaseSync(at('changed'))
      // The file refuses ordinary statements, so the triggers are dropped first.
      if (sql.startsWith('UPDATE')) expect(() => db.exec(sql)).toThrow('append-only')
      for (const act of ['update', 'delete']) db.exec(`DROP TRIGGER IF EXISTS record_no_${act}`)
      db.exec(sql)
      db.close()
    }
    edit(`UPDATE record SET body = replace(body, '-40', '-41') WHERE seq = 3`)
    expect(await survey('show', at('changed'))).toMatchObject({
      code: 1,
      json: { ok: false, broken: [3], lost: [] },
    })
    expect((await laterFault(add('changed', field(0, 0, -40)))).code).toBe('SURVEY-02')
    edit('DELETE FROM record WHERE seq = 2')
    const { json } = await survey('show', at('changed'))
    expect(json).toMatchObject({ ok: false, lost: [2], records: 3 })
  })

  it('is read as far as it goes when its pages are damaged', async () => {
    await make('damaged')
    await add('damaged', points)
    const bytes = readFileSync(at('damaged'))
    // Two pages of noise from the middle of the file.
    const middle = Math.floor(bytes.length / 2 / 4096) * 4096
    bytes.fill(0xa5, middle, middle + 8192)
    writeFileSync(at('damaged'), bytes)
    const { code, json } = await survey('show', at('damaged'))
    expect(code).toBe(1)
    const lost = json['lost'] as number[]
    expect(lost.length).toBeGreaterThan(0)
    expect(lost.length + Number(json['records'])).toBe(points.length + 1)
    expect(lost.length).toBeLessThan(points.length / 2)
  })
})

describe('comparing', () => {
  it('ties the difference of each point to the settings of both', async () => {
    const setup = (powerStep: number) => ({
      kind: 'setup',
      profile: 'generic-ver',
      firmware: null,
      settings: { powerStep },
      heightMm: 2_600,
      downDeg: 35,
      yawDeg: 40,
    })
    await make('before')
    const between = readAt({ xMm: 1_125, yMm: 2_125 }, -38)
    await add('before', [setup(8), ...whole.toSpliced(-1, 0, between)])
    await make('after')
    // Every point weaker, and one point between the others missing.
    const weaker = whole.map((one) =>
      one.kind === 'field' && one.place !== 'background' ? { ...one, levelsDbm: [-48] } : one,
    )
    await add('after', [setup(4), ...weaker])
    const { code, json } = await survey('compare', at('before'), at('after'))
    expect(code).toBe(1)
    expect(json).toMatchObject({
      ok: false,
      onlyBefore: 1,
      onlyAfter: 0,
      settingsKnown: true,
      settings: [{ name: 'powerStep', before: 8, after: 4 }],
      verdicts: [{ item: 'D5', before: 'pass', after: 'fail' }],
    })
    const changes = json['points'] as { xMm: number; diffDb: number }[]
    expect(changes).toHaveLength(points.length)
    expect(changes[0]).toMatchObject({ xMm: 0, diffDb: 4 })
    expect(await survey('compare', at('before'), at('before'))).toMatchObject({
      code: 0,
      json: { meanDiffDb: 0, settings: [], verdicts: [] },
    })
  })
})

describe('joining', () => {
  it('makes a third file of two, whole, with the readings of both, and never over a file', async () => {
    await make('left')
    await add('left', [field(0, 0, -40)])
    copyFileSync(at('left'), at('right'))
    await add('left', [field(250, 0, -41)])
    await add('right', [field(500, 0, -42), field(750, 0, -43)])
    const sources = [at('left'), at('right')].map((file) => readFileSync(file))
    const joined = await survey('merge', at('left'), at('right'), '--out', at('joined'))
    expect(joined).toMatchObject({
      code: 0,
      json: { ok: true, file: at('joined'), records: 6, onlyA: 1, onlyB: 2, photos: 0 },
    })
    const { json } = await survey('show', at('joined'))
    expect(json).toMatchObject({ ok: true, records: 6, broken: [], lost: [] })
    const { cells } = json['field'] as { cells: { levelDbm: number | null }[] }
    expect(cells.slice(0, 4).map(({ levelDbm }) => levelDbm)).toEqual([-40, -41, -42, -43])
    await survey('merge', at('right'), at('left'), '--out', at('again'))
    expect((await survey('compare', at('joined'), at('again'))).json).toMatchObject({
      meanDiffDb: 0,
      onlyBefore: 0,
      onlyAfter: 0,
    })
    expect([at('left'), at('right')].map((file) => readFileSync(file))).toEqual(sources)
    const over = survey('merge', at('left'), at('right'), '--out', at('joined'))
    expect((await laterFault(over)).code).toBe('SURVEY-04')
    // The record of the join was not made by a person and cannot be withdrawn.
    expect((await laterFault(add('joined', { kind: 'merged', parts: [] }))).code).toBe('SURVEY-03')
    const undone = await survey('undo', at('joined'), '--by', 'tester', '--reason', 'misread')
    expect(undone.json).toMatchObject({ record: { seq: 7 } })
    expect((await survey('show', at('joined'))).json).toMatchObject({ ok: true, records: 7 })
  })

  it('refuses another lane and a changed record, and leaves no file', async () => {
    await make('lane')
    await survey('new', at('entry'), '--site', '演示', '--lane', 'entry', '--by', 'tester')
    const out = at('never')
    const apart = await laterFault(survey('merge', at('lane'), at('entry'), '--out', out))
    expect(apart).toMatchObject({ code: 'SURVEY-30', detail: { field: 'lane' } })
    const broken = await laterFault(survey('merge', at('left'), at('changed'), '--out', out))
    expect(broken.code).toBe('SURVEY-02')
    expect([existsSync(out), existsSync(`${out}.part`)]).toEqual([false, false])
  })
})

describe('evidence', () => {
  const { key, cert } = makeSigner(keys, 'Installer')
  const file = join(folder, 'a.etcevidence')
  beforeAll(async () => {
    await make('proof')
    await add('proof', points.slice(0, 3))
    const made = await evidence('make', at('proof'), '--key', key, '--cert', cert, '--out', file)
    expect(made).toMatchObject({ code: 0, json: { ok: true, file } })
  })

  it('is whole, names its signer, and says whether it is known', async () => {
    // Whole, but no trusted certificate was given: exit code 3, not 0.
    expect(await evidence('verify', file)).toMatchObject({
      code: 3,
      json: {
        ok: false,
        records: 4,
        photos: 0,
        chain: 'ok',
        trust: 'unknown',
        signature: { by: 'TEST Installer', trusted: false },
        time: { attested: false },
        fault: { code: 'EVIDENCE-04' },
        origins: { live: 0, typed: 3, imported: 0, notSaid: 0 },
      },
    })
    const known = await evidence('verify', file, '--signers', cert)
    expect(known).toMatchObject({
      code: 0,
      json: { ok: true, trust: 'listed', signature: { trusted: true } },
    })
    const stranger = makeSigner(keys, 'Stranger')
    expect(await evidence('verify', file, '--signers', stranger.cert)).toMatchObject({
      code: 1,
      json: { ok: false, chain: 'ok', trust: 'unlisted', fault: { code: 'EVIDENCE-04' } },
    })
    const alone = await evidence('verify', file, '--integrity-only')
    expect(alone).toMatchObject({ code: 0, json: { ok: true, trust: 'notAsked' } })
    const stamped = await evidence('verify', file, '--signers', cert, '--attested')
    expect(stamped).toMatchObject({ code: 4, json: { ok: false, fault: { code: 'EVIDENCE-05' } } })
  })

  it('shows any changed byte, with its line', () => {
    const bytes = readFileSync(file)
    const parts = {
      digests: surveyDigests(),
      textOf: strictText,
      judge: signatureJudge({ signers: undefined, revoked: undefined, dir: null }),
    }
    expect(openEvidence(bytes, file, parts).records).toHaveLength(4)
    let line = 1
    for (const [i, was] of bytes.entries()) {
      const changed = Uint8Array.from(bytes)
      // Alternately another character and a byte that is no UTF-8.
      changed[i] = i % 2 === 0 ? 0xff : was === 0x30 ? 0x31 : 0x30
      try {
        openEvidence(changed, file, parts)
        expect.fail(`byte ${i} of line ${line} may be another`)
      } catch (error) {
        if (!(error instanceof LaneFault)) throw error
        const inSeal = error.code === 'EVIDENCE-02'
        expect(inSeal || error.code === 'EVIDENCE-01').toBe(true)
        if (!inSeal && was !== 10) expect(error.detail.field, `byte ${i}`).toBe(`line ${line}`)
      }
      if (was === 10) line++
    }
  })

  it('is not made without a key, over a file, or of a survey that was changed', async () => {
    expect((await laterFault(evidence('make', at('proof'), '--out', `${file}2`))).code).toBe(
      'EVIDENCE-03',
    )
    const over = evidence('make', at('proof'), '--key', key, '--cert', cert, '--out', file)
    expect((await laterFault(over)).code).toBe('SURVEY-04')
    const bad = evidence('make', at('changed'), '--key', key, '--cert', cert, '--out', `${file}3`)
    expect((await laterFault(bad)).code).toBe('SURVEY-02')
  })
})
