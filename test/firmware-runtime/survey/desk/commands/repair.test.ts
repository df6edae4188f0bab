// Survey files that are old, newer, foreign or damaged: an old one is readable and upgraded at the next write, a damaged
// one is repaired as far as its bytes allow, and every lost or unproven record is named.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { beforeAll, describe, expect, it } from 'vitest'
import { readSurveyPhoto } from '#survey/sqlite/survey-file.ts'
import { addPhoto } from '#survey/runs/survey-entries.ts'
import { itemViews } from '#survey/pure/file/survey-view.ts'
import { surveyPage } from '#survey/pure/file/survey-page.ts'
import { surveyCommand } from '#survey/desk/commands/survey.ts'
import { demoPicture } from '#harness/survey/demo-picture.ts'
import { newSurvey, readSurvey, surveyDigests } from '#survey/files/open-survey.ts'
import { firstHash, recordHash } from '#survey/pure/file/chain.ts'
import { projectOf, standingRecords } from '#survey/pure/file/project.ts'
import type { SurveyBody, SurveyRecord } from '#survey/pure/file/record.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { openingOf, readAt } from '../../pure/whole-field.ts'
import { seeded } from '../../../../fuzz/mutator.ts'
import { laterFault } from '../../../../kit/refusals.ts'
import { folderOfFile } from '../../../../kit/own-folder.ts'
import { runSilent } from '../../../../kit/run-command.ts'

const folder = folderOfFile('etc-repair-')
let made = 0
const fresh = (): string => join(folder, `${++made}.etcsurvey`)

async function survey(...args: readonly string[]): Promise<{ code: number; json: never }> {
  const { code, json } = await runSilent(surveyCommand, args)
  return { code, json: json as never }
}

const opened = openingOf('演示')
const field = (n: number) => readAt({ xMm: n * 250, yMm: 0 }, -40 - n / 10)

describe('an older file', () => {
  const digest = surveyDigests().ofText
  /** A file as the previous version wrote it: format 1, no triggers. */
  function formerFile(bodies: readonly SurveyBody[]): string {
    const file = fresh()
    const db = new DatabaseSync(file)
    db.exec(`PRAGMA application_id = ${0x45544353}; PRAGMA user_version = 1`)
    db.exec(`BEGIN;
  CREATE TABLE survey (surveyId TEXT NOT NULL, createdAtMs INTEGER NOT NULL);
  CREATE TABLE record (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    atMs INTEGER NOT NULL,
    by TEXT NOT NULL,
    body TEXT NOT NULL,
    hash TEXT NOT NULL
  );
  CREATE TABLE photo (digest TEXT PRIMARY KEY, mime TEXT NOT NULL, bytes BLOB NOT NULL);
`)
    db.exec("INSERT INTO survey VALUES ('old', 1700000000000)")
    let before = firstHash({ surveyId: 'old', createdAtMs: 1_700_000_000_000 }, digest)
    const put = db.prepare('INSERT INTO record VALUES (?, ?, ?, ?, ?, ?)')
    bodies.forEach((body, i) => {
      const one = { seq: i + 1, id: `r${i}`, atMs: 1_700_000_000_000 + i, by: 'former' }
      const text = JSON.stringify(body)
      before = recordHash(before, { ...one, body: text }, digest)
      put.run(one.seq, one.id, one.atMs, one.by, text, before)
    })
    db.exec('COMMIT')
    db.close()
    return file
  }
  const check: SurveyBody = {
    kind: 'check',
    item: 'D1',
    part: 'signs',
    answer: 'yes',
    remark: '',
    photos: [],
  }
  const bodies = [opened, field(0), field(1), check]

  it('is read as it is, and brought up when something is recorded', async () => {
    const file = formerFile(bodies)
    const before = readFileSync(file)
    const shown = await survey('show', file)
    expect(shown).toMatchObject({ code: 0, json: { records: 4, lost: [], broken: [] } })
    expect(readFileSync(file).equals(before)).toBe(true)

    await survey('add', file, '--by', 'now', '--body', JSON.stringify(field(2)))
    const { content, records } = readSurvey(file)
    const typed = { ...field(2), origin: { how: 'typed' } }
    expect(records.map(({ body }) => body)).toEqual([...bodies, typed])
    expect([content.lost, content.broken, content.surveyId]).toEqual([[], [], 'old'])
    const db = new DatabaseSync(file)
    expect(db.prepare('PRAGMA user_version').get()).toEqual({ user_version: 2 })
    expect(() => db.exec('DELETE FROM record')).toThrow('append-only: DELETE')
    db.close()
  })

  it('with a table too many is refused, untouched', async () => {
    const file = formerFile(bodies)
    const db = new DatabaseSync(file)
    db.exec('CREATE TRIGGER more AFTER INSERT ON record BEGIN DELETE FROM record; END')
    db.close()
    const before = readFileSync(file)
    const body = JSON.stringify(field(2))
    const fault = await laterFault(survey('add', file, '--by', 'now', '--body', body))
    expect(fault.code).toBe('SURVEY-01')
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it('newer than known is refused by its version, by every verb', async () => {
    const file = formerFile(bodies)
    const db = new DatabaseSync(file)
    db.exec('PRAGMA user_version = 9')
    db.close()
    const body = JSON.stringify(field(2))
    for (const args of [
      ['show', file],
      ['add', file, '--by', 'now', '--body', body],
      ['repair', file, '--out', fresh(), '--by', 'now'],
    ]) {
      const { code, detail } = await laterFault(survey(...args))
      expect([code, detail.value, detail.field]).toEqual(['SURVEY-08', '9', 'user_version'])
    }
  })
})

describe('a damaged file', () => {
  let whole: Buffer = Buffer.of()
  let originals: readonly SurveyRecord[] = []
  let digest = ''
  const fields = Array.from({ length: 24 }, (_, n) => n)

  beforeAll(() => {
    const file = fresh()
    const { ledger, writer } = newSurvey(file)
    ledger.add(opened, 'tester')
    ledger.addAll(fields.slice(0, 12).map(field), 'tester')
    const from = { field: 'test', value: 'x' }
    const photo = { item: 'D1', part: 'island', where: '', at: null, remark: '', by: 'tester' }
    const picture = { bytes: demoPicture(1), from, digestOf: surveyDigests().ofBytes }
    const { body } = addPhoto(ledger, photo, picture)
    digest = body.kind === 'photo' ? body.digest : ''
    // A long text gets overflow pages of its own.
    const text = 'x'.repeat(480)
    const deviation = { kind: 'deviation', item: 'D5', text, area: null }
    ledger.addAll([...Array.from({ length: 20 }, () => deviation)], 'tester')
    ledger.addAll(fields.slice(12).map(field), 'tester')
    writer.close()
    whole = readFileSync(file)
    originals = readSurvey(file).records
  })

  const damaged = (change: (bytes: Buffer) => Buffer): string => {
    const file = fresh()
    writeFileSync(file, change(Buffer.from(whole)))
    return file
  }

  interface Repaired {
    readonly records: number
    readonly lost: readonly number[]
    readonly suspect: readonly number[]
    readonly picturesLost: readonly string[]
  }

  /** Every original record must be present unchanged, or named; records that count are unchanged. */
  async function repair(file: string): Promise<Repaired> {
    const out = fresh()
    const before = readFileSync(file)
    const { json } = await survey('repair', file, '--out', out, '--by', 'mender')
    expect(readFileSync(file).equals(before)).toBe(true)
    const said = json as Repaired
    const { content, records } = readSurvey(out)
    expect([content.lost, content.broken]).toEqual([[], []])
    const byId = new Map(originals.map((one) => [one.id, one]))
    for (const { id, body, atMs, by } of standingRecords(records)) {
      const original = byId.get(id)
      if (body.kind === 'repaired') continue
      if (body.kind === 'opened' && said.suspect.includes(1)) continue
      expect({ id, body, atMs, by }).toEqual({
        id,
        body: original?.body,
        atMs: original?.atMs,
        by: original?.by,
      })
    }
    const standing = new Set(standingRecords(records).map(({ id }) => id))
    const last = Math.max(...originals.filter(({ id }) => standing.has(id)).map(({ seq }) => seq))
    for (const { id, seq } of originals.slice(0, last))
      expect(standing.has(id) || [...said.lost, ...said.suspect].includes(seq), `${seq}`).toBe(true)
    expect(projectOf(records).repairs).toHaveLength(1)
    return said
  }

  it('that is whole comes over whole', async () => {
    const said = await repair(damaged((bytes) => bytes))
    expect(said).toMatchObject({ lost: [], suspect: [], picturesLost: [], records: 46 })
  })

  it('without its first page, its root pages or its end gives what is left', async () => {
    const page = 4_096
    for (const at of [0, 1, 2, 3]) {
      const said = await repair(damaged((bytes) => bytes.fill(0xa5, at * page, (at + 1) * page)))
      expect(said.records, `page ${at + 1}`).toBeGreaterThan(20)
    }
    const noHead = await repair(damaged((bytes) => bytes.fill(0, 0, page)))
    expect(noHead).toMatchObject({ lost: [], suspect: [], picturesLost: [] })
    const cut = await repair(damaged((bytes) => bytes.subarray(0, bytes.length - page)))
    expect(cut.records).toBeGreaterThan(20)
  })

  it('names a record that was changed, keeps it and does not count it', async () => {
    // A split page leaves an old copy of its rows, so the test changes that copy too.
    const said = await repair(
      damaged((bytes) =>
        Buffer.from(bytes.toString('latin1').replaceAll('[-40.5]', '[-30.5]'), 'latin1'),
      ),
    )
    expect(said.suspect).toHaveLength(1)
    expect(said).toMatchObject({ lost: [], records: 46 })
  })

  it('keeps the rows of a repaired file incomplete, with the lost numbers in the sentence', async () => {
    const file = damaged((bytes) =>
      Buffer.from(bytes.toString('latin1').replaceAll('[-40.5]', '[-30.5]'), 'latin1'),
    )
    const out = fresh()
    const { json } = await survey('repair', file, '--out', out, '--by', 'mender')
    const [seq] = (json as Repaired).suspect
    const link = {
      kind: 'link',
      way: 'ping',
      method: 'icmp',
      peer: 'probe.example',
      interfaceName: null,
      latenciesMs: Array<number>(900).fill(20),
      clockErrorMs: null,
      everyMs: 1_000,
    }
    const row = (records: readonly SurveyRecord[]) =>
      itemViews(projectOf(records)).find(({ id }) => id === 'D7')
    const { records } = readSurvey(out)
    const run: SurveyRecord = { ...records[0], body: link } as SurveyRecord
    // A run that came over from before the repair shows nothing; one after it does.
    expect(row([...records.slice(0, -1), { ...run, id: 'x' }, ...records.slice(-1)])).toMatchObject(
      { verdict: 'incomplete', words: { en: expect.stringContaining(String(seq)) } },
    )
    await expect(
      survey('add', out, '--by', 'mender', '--body', JSON.stringify(link)),
    ).rejects.toMatchObject({ code: 'SURVEY-42' })
    const why = ['--reason', 'the file was repaired']
    await survey('add', out, '--by', 'mender', '--body', JSON.stringify(link), ...why)
    expect(row(readSurvey(out).records)).toMatchObject({ verdict: 'pass' })
  })

  it('takes a changed record from an old copy of its page where that one is proven', async () => {
    const text = whole.toString('latin1')
    const [first, last] = [text.indexOf('[-40.5]'), text.lastIndexOf('[-40.5]')]
    expect(first).toBeLessThan(last)
    for (const at of [first, last]) {
      const said = await repair(damaged((bytes) => (bytes.write('[-30.5]', at), bytes)))
      expect(said).toMatchObject({ lost: [], suspect: [], records: 46 })
    }
  })

  it('names a photo whose bytes are another', async () => {
    const at = whole.indexOf('IDAT') + 20
    const file = damaged((bytes) => bytes.fill(0, at, at + 4))
    expect(() => readSurveyPhoto(file, digest, surveyDigests().ofBytes)).toThrow('SURVEY-09')
    expect(await repair(file)).toMatchObject({ lost: [], suspect: [], picturesLost: [digest] })
  })

  it('that holds nothing of a survey is refused', async () => {
    const noise = damaged((bytes) => bytes.fill(0xa5))
    const fault = await laterFault(survey('repair', noise, '--out', fresh(), '--by', 'mender'))
    expect(fault.code).toBe('SURVEY-01')
  })

  it('at any byte opens or is refused by code, never otherwise', () => {
    const random = seeded(7)
    const file = fresh()
    const stride = process.env['ETC_LANE_SCALE'] === 'full' ? 31 : 401
    for (let region = 0; region < whole.length; region += stride) {
      const bytes = Buffer.from(whole)
      const at = Math.min(whole.length - 1, region + random(stride))
      bytes[at] = (bytes[at] ?? 0) ^ (1 + random(255))
      writeFileSync(file, bytes)
      try {
        const { content, records } = readSurvey(file)
        const { createdAtMs, lost, broken } = content
        surveyPage({ name: 'x', createdAtMs, records, lost, broken })
      } catch (error) {
        if (!(error instanceof LaneFault)) throw new Error(`byte ${at}`, { cause: error })
      }
    }
  })

  it('with a hole anywhere is repaired with every number accounted for', async () => {
    const random = seeded(11)
    const holes = 12
    for (let n = 0; n < holes; n++) {
      const at = random(whole.length)
      const end = Math.min(whole.length, at + 1 + random(3_000))
      await repair(damaged((bytes) => bytes.fill(random(256), at, end)))
    }
  })
})
