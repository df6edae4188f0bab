// The file of a field tester, read by the column map of its profile: in GBK or UTF-8, with a decimal comma, without a
// header, in dBuV. An impossible map is found by the profile checks; each reading records the profile.
import iconv from 'iconv-lite'
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { surveyCommand } from '#survey/desk/commands/survey.ts'
import { csvBodies, measureChoices } from '#survey/desk/worker/measure-worker.ts'
import { readSurvey } from '#survey/files/open-survey.ts'
import { whyIn } from '#base/pure/faults/faults.ts'
import { projectOf } from '#survey/pure/file/project.ts'
import { copyOf, put, problemsOf } from '../../../devices/profiles/shipped.ts'
import { exitLot, Folder, run } from '../../../devices/desk/commands/profile/kit.ts'
import { laterFault } from '../../../../kit/refusals.ts'
import { runSilent } from '../../../../kit/run-command.ts'

const folder = new Folder()
afterAll(() => folder.remove())
const dir = folder.at('lot')
const file = folder.at('a.etcsurvey')
const shipped = 'instrument/generic/tester-rows'

const hexOf = (bytes: Uint8Array): string =>
  (Buffer.from(bytes).toString('hex').toUpperCase().match(/../g) ?? []).join(' ')
/** No header, semicolons, a decimal comma, dBuV: everything unlike the shipped profile. */
const german = '1;-250;1500;62,5\n2;0;1500;63,8\n'
const acme = (changes: Record<string, unknown> = {}): Record<string, unknown> => {
  const profile = Object.assign(copyOf(shipped), { vendor: 'acme', model: 'tester', revision: 3 })
  const bytes = new TextEncoder().encode(german)
  const data = {
    encoding: 'utf-8',
    separator: 'semicolon',
    decimal: 'comma',
    header: false,
    channel: 1,
    x: 2,
    y: 3,
    placeUnit: 'mm',
    level: 4,
    levelUnit: 'dBuV',
  }
  put(profile, '/protocol/data', data)
  put(profile, '/examples/0/hex', hexOf(bytes))
  put(profile, '/examples/0/expect', {
    as: 'tester-rows',
    sha256: createHash('sha256').update(bytes).digest('hex'),
    readings: [
      { xMm: -250, yMm: 1500, levelDbm: -44.5, channel: '1' },
      { xMm: 0, yMm: 1500, levelDbm: -43.2, channel: '2' },
    ],
  })
  for (const [pointer, value] of Object.entries(changes)) put(profile, pointer, value)
  return profile
}

const survey = (...args: readonly string[]) => runSilent(surveyCommand, args)
const refused = (...args: readonly string[]) => laterFault(survey(...args))
const readings = (csv: string, ...more: readonly string[]) =>
  survey('readings', '--csv', csv, '--data', dir, ...more)
const into = ['--into', file, '--instrument', 'tester', '--by', 'tester'] as const

beforeAll(async () => {
  exitLot(dir)
  await run('import', folder.put('in/tester.json', acme()), '--data', dir)
  await survey('new', file, '--site', 'site', '--lane', 'exit', '--by', 'tester')
})

describe('a file by its profile', () => {
  it('is read as the map says, and each reading remembers profile and revision', async () => {
    const said = await readings(folder.put('g.csv', german), '--profile', 'acme/tester', ...into)
    expect(said.json).toMatchObject({
      ok: true,
      count: 2,
      profile: 'acme/tester 3',
      readings: [
        { line: 1, xMm: -250, yMm: 1_500, levelsDbm: [-44.5], channel: '1' },
        { line: 2, xMm: 0, yMm: 1_500, levelsDbm: [-43.2], channel: '2' },
      ],
    })
    expect(projectOf(readSurvey(file).records).fields).toMatchObject([
      { profile: 'acme/tester 3', channel: '1', levelsDbm: [-44.5] },
      { profile: 'acme/tester 3', channel: '2', levelsDbm: [-43.2] },
    ])
  })
  it('in GBK with its header and local times, by the profile that ships', async () => {
    const text = '时间,信道,横向m,纵向m,电平dBm\r\n2026-03-01 09:30:00,1,-0.25,1.50,-44.5\r\n'
    const path = folder.put('z.csv', iconv.encode(text, 'gbk'))
    const { json } = await readings(path, '--profile', 'generic/tester-rows')
    expect(json['readings']).toMatchObject([
      { xMm: -250, yMm: 1_500, levelsDbm: [-44.5], atIso: '2026-03-01T09:30:00.000+08:00' },
    ])
  })
  it('is taken by Studio the same way, which offers it as a format and not as an instrument', () => {
    const args = {
      ...({ name: 'a', by: 'tester', place: 'lane', file: 'g.csv', text: german } as const),
      ...({ placeUnit: 'mm', instrumentId: 'tester' } as const),
    }
    expect(csvBodies({ ...args, profile: 'acme/tester' }, dir)).toMatchObject([
      { kind: 'field', profile: 'acme/tester 3', levelsDbm: [-44.5], channel: '1' },
      { kind: 'field', profile: 'acme/tester 3' },
    ])
    const { testers, instruments } = measureChoices(dir)
    expect(testers.map(({ id }) => id)).toEqual(['acme/tester', 'generic/tester-rows'])
    expect(instruments.filter(({ id }) => id.includes('tester'))).toEqual([])
  })

  it.each([
    ['a decimal point', '1;0;0;62.5\n', 'METER-08', 'line 1, #4'],
    ['a level beyond physics', '1;0;0;200,5\n', 'METER-08', 'line 1, #4'],
    ['a row that is cut', '1;0;0;62,5\n1;0\n', 'METER-08', 'line 2'],
    ['too few columns', '1;0;62,5\n', 'METER-09', 'line 1, #4'],
    ['no channel', ';0;0;62,5\n', 'METER-08', 'line 1, #1'],
    ['garbage', '\u0000\u0001;;;\n', 'METER-09', 'line 1'],
    ['nothing', '', 'METER-09', 'line 1'],
  ])('with %s: nothing of it is taken', async (_, text, code, field) => {
    const path = folder.put('bad.csv', text)
    const before = readSurvey(file).records.length
    const all = ['--csv', path, '--data', dir, '--profile', 'acme/tester', ...into]
    const fault = await refused('readings', ...all)
    expect([fault.code, fault.detail.field]).toEqual([code, field])
    expect(readSurvey(file).records).toHaveLength(before)
  })
  it('in another encoding than it says is refused, not guessed', async () => {
    const path = folder.put('gbk.csv', iconv.encode('信道;0;0;62,5\n', 'gbk'))
    const fault = await refused(
      'readings',
      '--csv',
      path,
      '--data',
      dir,
      '--profile',
      'acme/tester',
    )
    expect([fault.code, whyIn(fault.detail.note ?? '')]).toEqual(['METER-09', 'this is no utf-8'])
  })
  it.each([
    [['--profile', 'generic/scpi'], '--profile'],
    [['--profile', 'nobody/none'], '--profile'],
    [['--profile', 'acme/tester', '--x', 'a'], '--x'],
    [['--profile', 'acme/tester', '--unit', 'dBuV/m'], '--unit'],
  ])('%j is refused', async (args, field) => {
    const path = folder.put('g.csv', german)
    const fault = await refused('readings', '--csv', path, '--data', dir, ...args)
    expect([fault.code, fault.detail.field]).toEqual(['ARG-01', field])
  })
})

describe('the checks of profiles', () => {
  const data = '/protocol/data'
  it('have nothing against the two', () => {
    expect([problemsOf(acme()), problemsOf(copyOf(shipped))]).toEqual([[], []])
  })
  it.each([
    ['columns that overlap', { [`${data}/y`]: 2 }, `PROFILE-14 ${data}/y`],
    ['a position that is none', { [`${data}/x`]: 0 }, `PROFILE-14 ${data}/x`],
    ['a name without a header', { [`${data}/level`]: 'dBuV' }, `PROFILE-14 ${data}/level`],
    ['a comma for two things', { [`${data}/separator`]: 'comma' }, `PROFILE-14 ${data}/decimal`],
    ['an encoding of no name', { [`${data}/encoding`]: 'latin1' }, `PROFILE-14 ${data}/encoding`],
    ['a unit of no name', { [`${data}/levelUnit`]: 'W' }, `PROFILE-14 ${data}/levelUnit`],
    ['no column of levels', { [`${data}/level`]: undefined }, `PROFILE-14 ${data}`],
    ['no example', { '/examples': [] }, 'PROFILE-08 /examples'],
    [
      'a level that is another',
      { '/examples/0/expect/readings/0/levelDbm': -44 },
      'PROFILE-08 /examples/0/expect',
    ],
    [
      'bytes that are others',
      { '/examples/0/expect/sha256': '0'.repeat(64) },
      'PROFILE-08 /examples/0/expect',
    ],
    ['an example that does not decode', { [`${data}/level`]: 5 }, 'PROFILE-08 /examples/0/expect'],
  ])('find %s', (_, changes, finding) => {
    expect(problemsOf(acme(changes))).toContain(finding)
  })
})
