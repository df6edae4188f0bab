// Rows 1 to 4 of table D.1 from the command line: question by question, photos with time and place, measured geometry, the
// name plate against the library. A file that is no photo is refused, and the survey is unchanged.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { readSurveyPhoto } from '#survey/sqlite/survey-file.ts'
import { checkPhotos } from '#survey/pure/field/pictures.ts'
import { surveyCommand } from '#survey/desk/commands/survey.ts'
import { demoPicture } from '#harness/survey/demo-picture.ts'
import { readSurvey, surveyDigests } from '#survey/files/open-survey.ts'
import { projectOf } from '#survey/pure/file/project.ts'
import { photoUploadBytesMax } from '#base/pure/data/photo.ts'
import { laterFault } from '../../../../kit/refusals.ts'
import { folderOfFile } from '../../../../kit/own-folder.ts'
import { runSilent, type Said } from '../../../../kit/run-command.ts'

const folder = folderOfFile('etc-checks-')
let file = ''
let made = 0

const survey = (...args: readonly string[]) => runSilent(surveyCommand, args)
const put = (name: string, bytes: Uint8Array): string => {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}
const png = put('one.png', demoPicture(1))
const check = (...more: readonly string[]): Promise<Said> =>
  survey('check', file, '--by', 'tester', ...more)
const photo = (picture: string, item = 'D1', part = 'island', ...more: readonly string[]) =>
  survey(
    'photo',
    file,
    ...['--picture', picture, '--item', item, '--part', part],
    ...more,
    '--by',
    'tester',
  )
const answer = (item: string, part: string, given = 'yes'): Promise<Said> =>
  check('--item', item, '--part', part, '--answer', given)
interface Question {
  readonly item: string
  readonly part: string
  readonly photo: boolean
  readonly photos: readonly { readonly takenAtIso: string; readonly where: string }[]
}
const rowOf = ({ json }: Said, id: string) =>
  (json['rows'] as { item: string; verdict: string; words: { en: string } }[]).find(
    ({ item }) => item === id,
  )

beforeEach(async () => {
  file = join(folder, `${++made}.etcsurvey`)
  await survey('new', file, '--site', '演示', '--lane', 'exit', '--by', 'tester')
})

describe('questions', () => {
  it('come one after the other until all rows pass', async () => {
    await check('--height', '2600', '--down', '35', '--yaw', '40')
    await survey('nameplate', file, '--model', 'one', '--by', 'tester')
    const seen: string[] = []
    for (;;) {
      const { json } = await survey('check', file)
      const next = json['next'] as Question | null
      if (next === null) break
      seen.push(`${next.item} ${next.part}`)
      await answer(next.item, next.part)
      if (next.photo) {
        // A "yes" that needs a photo keeps asking for it.
        const still = (await survey('check', file)).json['next'] as Question
        expect(still).toMatchObject({ item: next.item, part: next.part, answer: 'yes' })
        await photo(png, next.item, next.part)
      }
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toHaveLength(16)
    const { code, json } = await survey('check', file)
    expect([code, json['ok']]).toEqual([0, true])
  })

  it('one "no" fails its row and is the answer of the command', async () => {
    const said = await answer('D3', 'lightning', 'no')
    expect(said.code).toBe(1)
    expect(rowOf(said, 'D3')).toMatchObject({ verdict: 'fail' })
  })

  it('another answer needs a reason, and the report keeps the first', async () => {
    const part = ['--item', 'D3', '--part', 'lightning'] as const
    const remark = '40 ohm, measured twice'
    await check(...part, '--answer', 'no', '--remark', remark)
    await check(...part, '--answer', 'no', '--remark', 'seen again at noon')
    const before = readFileSync(file)
    // The remark that the question had is no reason.
    for (const more of [[], ['--remark', remark]]) {
      const fault = await laterFault(check(...part, '--answer', 'notApplicable', ...more))
      const { code, detail } = fault
      expect([code, detail.field, detail.value]).toEqual(['SURVEY-42', '/reason', 'D3'])
    }
    expect(readFileSync(file).equals(before)).toBe(true)
    await check(...part, '--answer', 'yes', '--reason', 'earthed again, now 3 ohm')
    const out = join(folder, `${made}.html`)
    await survey('report', file, '--language', 'en', '--out', out)
    const html = readFileSync(out, 'utf8')
    for (const said of [
      remark,
      'seen again at noon',
      'earthed again, now 3 ohm',
      'answered before',
    ])
      expect(html).toContain(said)
  })

  it.each([
    [['--item', 'D5', '--part', 'island', '--answer', 'yes'], '/item', 'D5'],
    [['--item', 'D1', '--part', 'moat', '--answer', 'yes'], '/part', 'moat'],
    [['--item', 'D1', '--part', 'island', '--answer', 'maybe'], '--answer', 'maybe'],
    [['--height', '2.6 m'], '--height', '2.6 m'],
    [['--height', '26000'], '/heightMm', '26000'],
    [['--down', '350'], '/downDeg', '350'],
  ])('%j is refused, the survey as it was', async (args, field, value) => {
    const before = readFileSync(file)
    const fault = await laterFault(check(...args))
    expect([fault.detail.field, fault.detail.value]).toEqual([field, value])
    expect(readFileSync(file).equals(before)).toBe(true)
  })
})

describe('geometry', () => {
  const measured = ['--height', '2600', '--down', '35', '--yaw', '40']
  const all = async (): Promise<Said> => {
    for (const part of ['devices', 'camera', 'display', 'antenna-place', 'trigger'])
      await answer('D2', part)
    for (const part of ['antenna-place', 'trigger']) await photo(png, 'D2', part)
    const none = ['--answer', 'notApplicable', '--remark', '出口无人值守,未设岗亭']
    return check('--item', 'D2', '--part', 'booth', ...none)
  }
  it('is asked for: answers alone are not enough', async () => {
    expect(rowOf(await all(), 'D2')).toMatchObject({ verdict: 'incomplete' })
    expect(rowOf(await check(...measured.slice(0, 4)), 'D2')?.words.en).toContain('Yaw')
    expect(rowOf(await check('--yaw', '40'), 'D2')).toMatchObject({ verdict: 'pass' })
  })
  it('asks again why a question does not apply', async () => {
    for (const part of ['devices', 'camera', 'display']) await answer('D2', part)
    const { json } = await answer('D2', 'booth', 'notApplicable')
    const asked = (json['questions'] as { part: string; item: string; answer: string | null }[])
      .filter(({ item }) => item === 'D2')
      .map(({ part }) => part)
    expect(asked).toContain('booth')
    await answer('D3', 'software', 'notApplicable')
    for (const part of ['lane-devices', 'network', 'lightning', 'power-backup'])
      await answer('D3', part)
    for (const part of ['lightning', 'power-backup']) await photo(png, 'D3', part)
    const said = await check('--height', '2600')
    expect(rowOf(said, 'D3')).toMatchObject({ verdict: 'incomplete' })
    const why = ['--answer', 'notApplicable', '--remark', '收费软件在平台一侧运行']
    const done = await check('--item', 'D3', '--part', 'software', ...why)
    expect(rowOf(done, 'D3')).toMatchObject({ verdict: 'pass' })
  })
  it('departs with a reason only', async () => {
    await all()
    const low = await check('--height', '2400', '--down', '35', '--yaw', '40')
    expect(rowOf(low, 'D2')).toMatchObject({ verdict: 'incomplete' })
    expect(low.json['geometry']).toMatchObject([{ state: 'departs' }, { state: 'fits' }, {}])
    const short = await check('--deviation', '顶棚过低')
    expect(rowOf(short, 'D2')).toMatchObject({ verdict: 'incomplete' })
    expect(rowOf(await check('--deviation', '顶棚低,天线只能装在 2.4 m'), 'D2')).toMatchObject({
      verdict: 'pass',
    })
  })
})

describe('photos', () => {
  it('stand by their question with time and place, byte by byte as they were', async () => {
    await photo(png, 'D1', 'island', '--where', '出口岛左侧', '--at=-300,200')
    const { records } = readSurvey(file)
    const [view] = checkPhotos(projectOf(records))
    expect(view).toMatchObject({
      item: 'D1',
      part: 'island',
      where: '出口岛左侧',
      at: { xMm: -300, yMm: 200 },
      widthPx: 160,
      heightPx: 120,
      mime: 'image/png',
      takenAtMs: records.at(-1)?.atMs,
    })
    const kept = readSurveyPhoto(file, view?.digest ?? '', surveyDigests().ofBytes)
    expect(Buffer.from(kept.bytes).equals(readFileSync(png))).toBe(true)
    const { json } = await survey('check', file)
    const [first] = json['questions'] as Question[]
    expect(first?.photos).toMatchObject([{ where: '出口岛左侧' }])
    expect(first?.photos[0]?.takenAtIso).toMatch(/^\d{4}-\d\d-\d\dT.*[+-]\d\d:\d\d$/)
    // Withdrawn like any record.
    await survey('undo', file, '--by', 'tester')
    expect(checkPhotos(projectOf(readSurvey(file).records))).toEqual([])
  })

  const cut = Buffer.from(demoPicture(2)).subarray(0, 60)
  const large = Buffer.concat([demoPicture(3), Buffer.alloc(photoUploadBytesMax)])
  it.each([
    ['no picture', put('text.jpg', Buffer.from('x,y,level\n')), 'SURVEY-05'],
    ['empty', put('empty.png', Buffer.alloc(0)), 'SURVEY-05'],
    ['a picture cut off', put('cut.png', cut), 'SURVEY-05'],
    ['too large', put('large.png', large), 'SURVEY-07'],
    ['no file', join(folder, 'none.png'), 'FILE-01'],
  ])('%s is refused by name, the survey as it was', async (_what, path, code) => {
    const before = readFileSync(file)
    const fault = await laterFault(photo(path))
    expect(fault.code).toBe(code)
    expect(JSON.stringify(fault.detail)).toContain(path)
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it('the same one twice, or one that no verb brought, is refused', async () => {
    await photo(png)
    const before = readFileSync(file)
    expect((await laterFault(photo(png))).code).toBe('SURVEY-03')
    const digest = '00'.repeat(32)
    const add = (body: object) =>
      survey('add', file, '--by', 'tester', '--body', JSON.stringify(body))
    const check1 = { kind: 'check', item: 'D1', part: 'island', answer: 'yes', remark: '' }
    const named = await laterFault(add({ ...check1, photos: [digest] }))
    expect([named.detail.field, named.detail.value]).toEqual(['/photos', digest])
    const facts = { digest, mime: 'image/png', widthPx: 1, heightPx: 1, bytes: 1 }
    const own = await laterFault(add({ kind: 'drawing', title: '', ...facts }))
    expect([own.detail.field, own.detail.value]).toEqual(['/kind', '"drawing"'])
    expect(readFileSync(file).equals(before)).toBe(true)
  })
})

describe('the drawing', () => {
  const scale = (...more: readonly string[]): Promise<Said> =>
    survey('scale', file, '--by', 'tester', ...more)
  const known = ['--known', '0,0,160,0,16000']
  it('gets its scale from one distance and is proven by another', async () => {
    const early = await laterFault(scale(...known, '--check', '0,0,0,100,10000'))
    expect([early.code, early.detail.field]).toEqual(['SURVEY-03', '/digest'])
    await survey('drawing', file, '--picture', png, '--title', '平面图', '--by', 'tester')
    const place = ['--place', '80,110,80,10']
    const good = await scale(...known, '--check', '0,0,0,100,9900', ...place)
    expect(good).toMatchObject({ code: 0, json: { mmPerPx: 100, verdict: 'fits' } })
    const off = await scale(...known, '--check', '0,0,0,100,9500')
    expect(off).toMatchObject({ code: 1, json: { verdict: 'off', checkMm: 10_000 } })
    const before = readFileSync(file)
    const bad = await laterFault(scale(...known, '--check', '0,0,0,100,5000'))
    expect([bad.detail.field, bad.detail.value]).toEqual(['/check/lengthMm', '5000'])
    const short = await laterFault(scale('--known', '0,0,1,0,100', '--check', '0,0,0,100,5000'))
    expect(short.detail.field).toBe('/known')
    const words = await laterFault(scale(...known, '--check', 'a,b'))
    expect(words.detail).toMatchObject({ field: '--check', value: 'a,b' })
    expect(readFileSync(file).equals(before)).toBe(true)
    const { drawing, scale: kept } = projectOf(readSurvey(file).records)
    expect([drawing?.title, kept?.check.lengthMm]).toEqual(['平面图', 9500])
  })
})

describe('the name plate', () => {
  const plate = (...more: readonly string[]): Promise<Said> =>
    survey('nameplate', file, '--model', 'X', '--by', 'tester', ...more)
  it('says unknown where the library says nothing, and invents nothing', async () => {
    const said = await plate('--approval', 'T-1', '--profile', 'generic/generic-bcc')
    expect(said).toMatchObject({ code: 0, json: { approval: 'unknown', hardware: 'unknown' } })
    const { nameplate } = projectOf(readSurvey(file).records)
    expect(nameplate?.library).toEqual({
      profile: 'generic/generic-bcc',
      revision: 1,
      approvals: [],
    })
  })
  it('names a profile that is not there', async () => {
    const fault = await laterFault(plate('--profile', 'nobody/none'))
    expect([fault.code, fault.detail.field]).toEqual(['ARG-01', '--profile'])
  })
})
