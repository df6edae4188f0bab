// S01 to S05: what must never get into a survey, by the command line and by the control API. Each is refused
// with its field and value, and no byte of the survey file changes.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ApiReply } from '#base/calls/rows.ts'
import type { FindService } from '#devices/find/find-service.ts'
import { Workbench } from '#runtime/control/workbench.ts'
import { systemMonoClock, systemWallClock } from '#base/time/system-clocks.ts'
import { surveyCommand } from '#survey/desk/commands/survey.ts'
import { demoPicture } from '#harness/survey/demo-picture.ts'
import { SurveyWorkerClient } from '#survey/desk/worker/worker-client.ts'
import { spawnLauncher, startSimProcess } from '#harness/lot/sim-process.ts'
import { faults, LaneFault, type BilingualText } from '#base/pure/faults/faults.ts'
import { attachmentBytesMax } from '#base/pure/data/photo.ts'
import { photoUploadBytesMax } from '#base/pure/data/photo.ts'
import { readAt } from '../firmware-runtime/survey/pure/whole-field.ts'
import { program } from '../wire/kit/program.ts'
import { folderOfFile } from '../kit/own-folder.ts'

const dir = folderOfFile('etc-bad-survey-')
const surveys = new SurveyWorkerClient(program, dir, { demo: true, ownLinks: () => [] })
const bench = new Workbench({
  // The tests search for no device.
  service: { device: null, close: () => undefined } as unknown as FindService,
  surveys,
  mono: systemMonoClock(),
  clock: systemWallClock(),
  version: '1',
})
const api = bench.session('installer')
const by = 'tester'
let name = ''
let file = ''
let whole: Buffer

interface Refusal {
  readonly code: string
  readonly field: string
  readonly value: string
}

beforeAll(async () => {
  const page = await surveys.make({
    title: '演示',
    site: '演示',
    lane: '出口',
    grid: 'd5-parking',
    access: 'wire',
    trigger: null,
    by,
  })
  name = page.name
  file = join(dir, 'surveys', `${name}.etcsurvey`)
  whole = readFileSync(file)
})
afterAll(async () => {
  bench.close()
  await surveys.close()
})

function explained({ code, field, value }: Refusal): Refusal {
  const words: Readonly<Record<string, { readonly todo: BilingualText }>> = faults
  expect(words[code]?.todo, code).toBeTruthy()
  expect(readFileSync(file).equals(whole), 'the survey was touched').toBe(true)
  return { code, field, value }
}

/** On the command line, as a script calls it. */
async function cli(...args: readonly string[]): Promise<Refusal> {
  const fail = (): never => expect.fail('not here')
  const io = { stdout: fail, stderr: fail, onStop: () => undefined, json: true }
  try {
    await surveyCommand.run(args, io)
  } catch (fault) {
    if (!(fault instanceof LaneFault)) throw fault
    const { field = '', value = '' } = fault.detail
    return explained({ code: fault.code, field, value })
  }
  throw new Error('accepted')
}

/** Through the control API, with arguments checked by its table. */
async function call(what: string, args: object): Promise<Refusal> {
  const reply = (await api.call(what, args)) as ApiReply<unknown>
  if (reply.ok) throw new Error('accepted')
  return explained(reply.error)
}
const put = (at: string, bytes: Uint8Array | string): string => {
  const path = join(dir, at)
  writeFileSync(path, bytes)
  return path
}
const add = async (body: object): Promise<readonly [Refusal, Refusal]> => [
  await cli('add', file, '--by', by, '--body', JSON.stringify(body)),
  await call('survey.add', { name, by, bodies: [body] }),
]
const field = (change: object) => ({ ...readAt({ xMm: 0, yMm: 0 }, -40), ...change })

it('S01 readings beyond physics: refused with field and value, the survey as it was', async () => {
  const rows: readonly (readonly [object, string, string])[] = [
    [field({ levelsDbm: [-40, 21] }), '/levelsDbm/1', '21'],
    [field({ levelsDbm: [-141] }), '/levelsDbm/0', '-141'],
    [field({ zMm: 9_000 }), '/zMm', '9000'],
    [{ kind: 'signal', technology: 'LTE', rsrpDbm: 5, sinrDb: 1, raw: '' }, '/rsrpDbm', '5'],
    [{ kind: 'rate', way: 'up', peer: 'p', bytes: -1, durationMs: 9 }, '/bytes', '-1'],
  ]
  for (const [body, where, value] of rows)
    for (const found of await add(body))
      expect(found).toMatchObject({ code: 'SURVEY-03', field: where, value })
})

it('S02 wrong units: refused with field and value, typed, by file and by call', async () => {
  const rows: readonly (readonly [object, string, string])[] = [
    [field({ levelsDbm: ['65 dBuV/m'] }), '/levelsDbm/0', '"65 dBuV/m"'],
    [field({ xMm: 0.25 }), '/xMm', '0.25'],
    [
      { kind: 'check', item: 'D1', part: 'x', answer: '是', remark: '', photos: [] },
      '/answer',
      '"是"',
    ],
  ]
  for (const [body, where, value] of rows)
    for (const found of await add(body))
      expect(found).toMatchObject({ code: 'SURVEY-03', field: where, value })

  // Microvolts of a field meter in a column declared as dBm.
  const text = 'x,y,level\n0,0,-41\n250,0,65\n'
  const csv = put('units.csv', text)
  const columns = { x: 'x', y: 'y', level: 'level' }
  const flags = Object.entries(columns).flatMap(([flag, column]) => [`--${flag}`, column])
  const into = ['--into', file, '--instrument', 'a', '--by', by]
  const found = [
    await cli('readings', '--csv', csv, ...flags, ...into),
    await call('survey.csv', {
      name,
      by,
      place: 'lane',
      file: 'units.csv',
      text,
      instrumentId: 'a',
      columns: { ...columns, z: null, time: null },
      placeUnit: 'mm',
    }),
  ]
  for (const one of found)
    expect(one).toMatchObject({ code: 'METER-08', field: 'line 3, level', value: '65' })
})

it('S03 an analyser that stops below 6 GHz: refused by its model, and no point is taken', async () => {
  const listen = ['--listen', 'tcp://127.0.0.1:0', '--admin', 'http://127.0.0.1:0']
  const low = ['--variant', 'scpi-siglent', '--model', 'SSA3032X', '--timing', 'instant']
  const sim = await startSimProcess('instrument-sim', [...listen, ...low], spawnLauncher(program))
  try {
    const link = sim.endpoints.link ?? ''
    const profile = 'siglent/ssa3000x'
    expect(await cli('meter', '--link', link, '--profile', profile)).toMatchObject({
      code: 'METER-01',
    })
    const refused = Promise.withResolvers<string>()
    surveys.onMeasuring.add(({ instrument }) => {
      if (instrument?.fault?.code !== undefined) refused.resolve(instrument.fault.code)
    })
    await api.call('survey.instrument.connect', {
      profile,
      link,
      instrumentId: 'low',
      serialNo: null,
      calibratedOn: null,
      calibratedUntil: null,
      correctionDb: 0,
      simulated: true,
    })
    expect(await refused.promise).toBe('METER-01')
    expect(surveys.measuring.instrument?.live ?? null).toBeNull()
    expect(readFileSync(file).equals(whole)).toBe(true)
    await api.call('survey.instrument.close', {})
  } finally {
    await sim.kill()
  }
})

it('S04 a foreign file: refused by name, written to by nobody', async () => {
  const other = join(dir, 'surveys', 'other.etcsurvey')
  const db = new DatabaseSync(other)
  db.exec('CREATE TABLE record (seq INTEGER)')
  db.close()
  const text = put('surveys/text.etcsurvey', 'x,y,level\n')
  for (const path of [other, text]) {
    const before = readFileSync(path)
    const body = JSON.stringify(field({}))
    const out = join(dir, 'new.etcsurvey')
    for (const args of [
      ['show', path],
      ['add', path, '--by', by, '--body', body],
      ['check', path],
      ['compare', file, path],
      ['repair', path, '--by', by, '--out', out],
    ])
      expect(await cli(...args), args[0]).toMatchObject({ code: 'SURVEY-01' })
    const given = path === other ? 'other' : 'text'
    expect(await call('survey.page', { name: given })).toMatchObject({ code: 'SURVEY-01' })
    const bodies = [field({})]
    expect(await call('survey.add', { name: given, by, bodies })).toMatchObject({
      code: 'SURVEY-01',
    })
    expect(readFileSync(path).equals(before)).toBe(true)
  }
  expect((await surveys.list()).unreadable).toEqual(['other', 'text'])
})

it('S05 a photo that is no image, cut off or too large: refused, and the survey as it was', async () => {
  const part = 36_000
  const hold = async (draftId: string, bytes: Uint8Array): Promise<void> => {
    for (let at = 0; at < bytes.length; at += part) {
      const base64 = Buffer.from(bytes.subarray(at, at + part)).toString('base64')
      await api.call('photo.hold', { draftId, bytes: bytes.length, at, base64 })
    }
  }
  const question = { item: 'D1', part: 'island' }
  const flags = ['--item', 'D1', '--part', 'island', '--by', by]
  const words = { where: '', at: null, remark: '', by }
  const picture = Buffer.from(demoPicture(1))
  const rows = [
    ['text', Buffer.from('x,y,level\n0,0,-40\n')],
    ['cut', picture.subarray(0, picture.length - 12)],
    ['renamed', Buffer.concat([Buffer.from('GIF89a'), picture])],
  ] as const
  for (const [what, bytes] of rows) {
    const path = put(`${what}.jpg`, bytes)
    const named = { code: 'SURVEY-05', field: '--picture', value: path }
    expect(await cli('photo', file, '--picture', path, ...flags)).toEqual(named)
    expect(await cli('drawing', file, '--picture', path, '--by', by)).toEqual(named)
    const draftId = `draft-of-${what}`
    const held = { code: 'SURVEY-05', field: '/draftId', value: draftId }
    await hold(draftId, bytes)
    expect(await call('survey.photo', { name, draftId, ...question, ...words })).toEqual(held)
    await hold(draftId, bytes)
    expect(await call('survey.drawing', { name, draftId, title: '', by })).toEqual(held)
  }
  const large = Buffer.concat([picture, Buffer.alloc(photoUploadBytesMax)])
  const path = put('large.png', large)
  expect(await cli('photo', file, '--picture', path, ...flags)).toEqual({
    code: 'SURVEY-07',
    field: '--picture',
    value: path,
  })
  const first = { draftId: 'draft-large', bytes: attachmentBytesMax + 1, at: 0, base64: 'AAAA' }
  expect(await call('photo.hold', first)).toMatchObject({
    code: 'ARG-01',
    field: '/bytes',
    value: String(attachmentBytesMax + 1),
  })
  // A file accepted as an attachment of a paper is not yet accepted as a photo.
  await hold('draft-heavy', large)
  expect(
    await call('survey.photo', { name, draftId: 'draft-heavy', ...question, ...words }),
  ).toMatchObject({ code: 'SURVEY-07' })
  // A photo that was never sent, and a question that does not exist.
  const absent = { name, draftId: 'draft-large', ...question, ...words }
  expect(await call('survey.photo', absent)).toMatchObject({
    code: 'ARG-01',
    field: '/photoDraft',
    value: 'draft-large',
  })
  await hold('draft-good', picture)
  const moat = { name, draftId: 'draft-good', item: 'D1', part: 'moat', ...words }
  expect(await call('survey.photo', moat)).toMatchObject({
    code: 'ARG-01',
    field: '/part',
    value: 'moat',
  })
})
