// `etc-lane survey draw` as a script uses it: freezes the pool before the value exists, takes the value once, and records
// the draw. A changed byte of a photo is reported by `survey show`.
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { addPhoto } from '#survey/runs/survey-entries.ts'
import { surveyCommand } from '#survey/desk/commands/survey.ts'
import { demoPicture } from '#harness/survey/demo-picture.ts'
import { openSurvey, readSurvey, surveyDigests } from '#survey/files/open-survey.ts'
import { folderOfFile } from '../../../../kit/own-folder.ts'
import { runCommand, type Said } from '../../../../kit/run-command.ts'
import { laterFault } from '../../../../kit/refusals.ts'

const survey = (...args: readonly string[]) => runCommand(surveyCommand, args)

const folder = folderOfFile('etc-survey-draw-')
const at = (name: string): string => join(folder, `${name}.etcsurvey`)
const make = (name: string): Promise<Said> =>
  survey('new', at(name), '--site', '演示', '--lane', 'exit', '--by', 'tester')

describe('the draw', () => {
  const lots = 'GX-NN-0001,GX-NN-0002,GX-NN-0003,GX-NN-0004,GX-NN-0005,GX-NN-0006'
  const pool = (due: string) => [
    ...['--lots', lots, '--source', '3D 2026-11-20', '--due', due, '--by', 'tester'],
  ]

  it('freezes the pool before the value exists, takes the value once, and is three records', async () => {
    await make('draw')
    const file = at('draw')
    const draw = (...more: readonly string[]) => survey('draw', file, ...more)
    // A due time in the past is refused: the value may already be known.
    const known = await laterFault(draw(...pool('2020-01-01T00:00:00+08:00')))
    expect(known.detail.field).toBe('--due')
    const early = await laterFault(draw('--value', '4 0 7', '--by', 'tester'))
    expect(early.message).toContain('first the pool')
    const frozen = await draw(...pool('2100-01-01T00:00:00+08:00'))
    expect(frozen).toMatchObject({ code: 0, json: { lots: 6, party: 'operator', drawn: [] } })
    const before = await laterFault(draw('--value', '4 0 7', '--by', 'tester'))
    expect(before.message).toContain('not known before 2100')
    expect((await laterFault(draw(...pool('2100-01-01T00:00:00+08:00')))).code).toBe('SURVEY-03')
    // Access tests cover every access system, drawn or not.
    const access = { systems: 6, tested: 0, missing: lots.split(',') }
    expect(frozen.json['access']).toEqual(access)
    const [first = '', ...left] = lots.split(',')
    expect(await draw('--accessed', `${first},GX-NN-9999`)).toMatchObject({
      code: 1,
      json: { ok: false, access: { systems: 6, tested: 1, missing: left } },
    })
    expect(await draw('--accessed', lots)).toMatchObject({ code: 0, json: { ok: true } })
    // A draw record cannot be added from outside.
    const body = { kind: 'lotDraw', seed: 'mine', drawn: ['GX-NN-0001'] }
    expect(
      (await laterFault(survey('add', file, '--by', 'x', '--body', JSON.stringify(body)))).code,
    ).toBe('SURVEY-03')
  })

  it('orders by the hash under the value, once it is due', async () => {
    await make('due')
    const file = at('due')
    const now = Date.now()
    // The pool frozen yesterday, as its file stores it today.
    const opened = openSurvey(file, { nowMs: () => now })
    const dueAtMs = now - 1_000
    opened.ledger.keep(
      {
        kind: 'lotPool',
        lots: lots.split(','),
        party: 'operator',
        source: '3D 2026-11-20',
        dueAtMs,
      },
      'tester',
    )
    opened.writer.close()
    const drawn = ['GX-NN-0006', 'GX-NN-0002']
    const made = await survey('draw', file, '--value', '4 0 7', '--by', 'tester')
    expect(made).toMatchObject({
      code: 0,
      json: { seed: '3D 2026-11-20 4 0 7', drawn, coverage: 0 },
    })
    const again = await laterFault(survey('draw', file, '--value', '4 0 8', '--by', 'tester'))
    expect(again.message).toContain('there is one draw')
    const half = await survey('draw', file, '--tested', 'GX-NN-0002')
    expect(half).toMatchObject({ code: 1, json: { ok: false, coverage: 0.5 } })
    expect(
      readSurvey(file)
        .records.slice(1)
        .map(({ body }) => body.kind),
    ).toEqual([...['lotPool', 'lotValue', 'lotDraw']])
  })
})

it('names a photo of which a byte was changed, and one that is gone, and ends with 1', async () => {
  await make('photo')
  const { ledger, writer } = openSurvey(at('photo'))
  const digestOf = surveyDigests().ofBytes
  const picture = { bytes: demoPicture(1), from: { field: 'test', value: 'demo' }, digestOf }
  const question = { item: 'D1', part: 'signs', where: '', at: null, remark: '', by: 'tester' }
  addPhoto(ledger, question, picture)
  writer.close()
  expect(await survey('show', at('photo'))).toMatchObject({ code: 0, json: { ok: true } })
  const digest = digestOf(picture.bytes)
  const change = (sql: string): void => {
    const db = new DatabaseSync(at('photo'))
    db.exec('DROP TRIGGER photo_no_update; DROP TRIGGER photo_no_delete')
    db.exec(sql)
    db.close()
  }
  const half = "substr(bytes, 1, 60) || x'00' || substr(bytes, 62)"
  change(`UPDATE photo SET bytes = CAST(${half} AS BLOB)`)
  expect(await survey('show', at('photo'))).toMatchObject({
    code: 1,
    json: { ok: false, lost: [], broken: [], picturesDamaged: [digest] },
  })
  const db = new DatabaseSync(at('photo'))
  db.exec('DELETE FROM photo')
  db.close()
  expect(await survey('show', at('photo'))).toMatchObject({
    code: 1,
    json: { ok: false, picturesDamaged: [], picturesLost: [digest] },
  })
})
