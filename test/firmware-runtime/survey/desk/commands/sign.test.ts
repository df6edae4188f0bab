// Signing a survey by command: rows that have not passed refuse the signature with a sentence, unless they are overridden
// in writing. The report's cover is set when a survey is made and may be changed; a logo is a PNG of limited size.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { surveyCommand } from '#survey/desk/commands/survey.ts'
import { demoPicture, pngChunk } from '#harness/survey/demo-picture.ts'
import { readSurvey } from '#survey/files/open-survey.ts'
import { picturesNamed } from '#survey/pure/field/pictures.ts'
import { projectOf } from '#survey/pure/file/project.ts'
import { signingStop } from '#survey/pure/file/signing.ts'
import { itemViews } from '#survey/pure/file/survey-view.ts'
import { recordRefusal } from '#survey/runs/record-rules.ts'
import { recordsOf } from '../../pure/records.ts'
import { openedBody } from '../../pure/whole-field.ts'
import { passingBodies } from '../../pure/passing-survey.ts'
import { laterFault } from '../../../../kit/refusals.ts'
import { folderOfFile } from '../../../../kit/own-folder.ts'
import { runSilent } from '../../../../kit/run-command.ts'

const survey = (...args: readonly string[]) => runSilent(surveyCommand, args)

const folder = folderOfFile('etc-sign-')
const at = (name: string): string => join(folder, name)
const bodiesOf = (file: string) => readSurvey(file).records.map(({ body }) => body)
const byTester = ['--by', 'tester'] as const

async function made(name: string, ...more: readonly string[]): Promise<string> {
  const file = at(`${name}.etcsurvey`)
  await survey('new', file, '--site', '演示', '--lane', 'exit', ...byTester, ...more)
  return file
}
const allRows = Array.from({ length: 15 }, (_, i) => `D${i + 1}`).filter((id) => id !== 'D13')

describe('signing', () => {
  it('is stopped by rows that have not passed, with a sentence that names them and what to do', async () => {
    const file = await made('stopped')
    const { code, json } = await survey('sign', file, '--name', '丙', ...byTester)
    expect(code).toBe(1)
    expect(json).toMatchObject({
      ok: false,
      stop: { rows: allRows.map((item) => ({ item, verdict: 'incomplete' })) },
      fault: { code: 'SURVEY-40' },
    })
    const { zh, en } = (json['stop'] as { words: { zh: string; en: string } }).words
    expect(zh).toContain('第 1、2、3、4、5、6、7、8、9、10、11、12、14、15 项未完成')
    expect(zh).toContain('补测')
    expect(en).toContain('write why and who answers for it')
    expect(bodiesOf(file)).toHaveLength(1)
    // The rule cannot be bypassed through `survey add`.
    const body = { kind: 'signature', role: 'surveyor', name: '丙', path: null }
    const round = survey('add', file, '--body', JSON.stringify(body), ...byTester)
    expect((await laterFault(round)).code).toBe('SURVEY-40')
    expect(bodiesOf(file)).toHaveLength(1)
  })

  it('goes over them by naming each, with the reason and who answers, kept in the chain', async () => {
    const file = await made('over')
    const over = (rows: readonly string[], ...more: readonly string[]) =>
      survey('sign', file, '--name', '丙', ...byTester, '--despite', rows.join(), ...more)
    const why = ['--reason', '业主要求先出一份报告', '--who', '李工'] as const
    expect((await laterFault(over(allRows))).code).toBe('ARG-01')
    expect((await laterFault(over(allRows, '--reason', 'x'))).code).toBe('ARG-01')
    expect((await laterFault(over(allRows.slice(1), ...why))).code).toBe('SURVEY-40')
    expect((await laterFault(over([...allRows, 'D13'], ...why))).code).toBe('SURVEY-40')
    expect(bodiesOf(file)).toHaveLength(1)
    expect((await over(allRows, ...why)).code).toBe(0)
    expect(bodiesOf(file).at(-1)).toEqual({
      kind: 'signature',
      role: 'surveyor',
      name: '丙',
      path: null,
      despite: {
        rows: allRows.map((item) => ({ item, verdict: 'incomplete' })),
        reason: '业主要求先出一份报告',
        who: '李工',
      },
    })
  })

  it('needs nothing where every row has passed, and takes no override then', () => {
    const passed = recordsOf(passingBodies)
    expect(signingStop(itemViews(projectOf(passed)))?.words.en).toBeUndefined()
    const signed = { kind: 'signature', role: 'surveyor', name: '丙', path: null } as const
    const despite = {
      rows: [{ item: 'D5', verdict: 'fail' }],
      reason: '业主要求先出一份报告',
      who: '李工',
    } as const
    expect(recordRefusal(signed, passed)).toBeNull()
    expect(recordRefusal({ ...signed, despite }, passed)).toMatchObject({ code: 'SURVEY-40' })
    // One row fewer, and one whose overridden verdict was another.
    const open = passed.slice(0, -1)
    expect(recordRefusal(signed, open)).toMatchObject({ code: 'SURVEY-40', value: 'D5 incomplete' })
    expect(recordRefusal({ ...signed, despite }, open)).toMatchObject({ code: 'SURVEY-40' })
    const right = { ...despite, rows: [{ item: 'D5', verdict: 'incomplete' }] } as const
    expect(recordRefusal({ ...signed, despite: right }, open)).toBeNull()
    // The reason and the person are judged like any other.
    for (const weak of [{ reason: '----------' }, { reason: 'x' }, { who: '-' }])
      expect(recordRefusal({ ...signed, despite: { ...right, ...weak } }, open)).toMatchObject({
        code: 'SURVEY-40',
      })
  })

  it('tells failed, open and marginal rows apart', () => {
    const rowsOf = (verdicts: Readonly<Record<string, 'fail' | 'marginal'>>) =>
      itemViews(projectOf(recordsOf([openedBody]))).map((item) => ({
        ...item,
        verdict: verdicts[item.id] ?? ('pass' as const),
      }))
    const stop = signingStop(rowsOf({ D5: 'marginal', D7: 'fail', D9: 'fail' }))
    expect(stop?.words.zh).toContain('第 7、9 项不符合;第 5 项临界')
    expect(stop?.words.zh).toContain('请先整改并复测不符合的项目,继续测临界的项目')
    expect(stop?.words.en).toContain('rows 7, 9 failed; row 5 marginal')
    expect(signingStop(rowsOf({}))).toBeNull()
  })
})

const logo = demoPicture(3)
const png = (width: number, height: number, more: { interlace?: number; raw?: Buffer } = {}) => {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 0, 0, 0, more.interlace ?? 0], 8)
  const raw = more.raw ?? Buffer.alloc(height * (width + 1))
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    ...[pngChunk('IHDR', head), pngChunk('IDAT', deflateSync(raw))],
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}
const flipped = Buffer.from(logo)
flipped[60] = (flipped[60] ?? 0) ^ 1

describe('the cover', () => {
  it('is said with the first record, changed member by member, and its logo taken off', async () => {
    writeFileSync(at('logo.png'), logo)
    const words = [
      '--number',
      'GX-2026-017',
      '--company',
      '示例检测公司',
      '--address',
      '示例路 1 号',
    ]
    const file = await made('cover', ...words, '--logo', at('logo.png'))
    const first = projectOf(readSurvey(file).records).cover
    expect(first).toMatchObject({
      number: 'GX-2026-017',
      company: '示例检测公司',
      address: '示例路 1 号',
      representative: '',
      logo: { widthPx: 160, heightPx: 120, mime: 'image/png' },
    })
    expect(picturesNamed(projectOf(readSurvey(file).records))).toEqual([first?.logo?.digest])
    await survey('cover', file, '--representative', '王经理', ...byTester)
    const next = projectOf(readSurvey(file).records).cover
    expect(next).toMatchObject({
      number: 'GX-2026-017',
      representative: '王经理',
      logo: first?.logo,
    })
    await survey('cover', file, '--logo', 'none', ...byTester)
    expect(projectOf(readSurvey(file).records).cover?.logo).toBeNull()
    // A digest without its bytes is no logo.
    const body = JSON.stringify({ ...next, kind: 'cover', atMs: undefined })
    expect((await laterFault(survey('add', file, '--body', body, ...byTester))).code).toBe(
      'SURVEY-03',
    )
  })

  it.each([
    ['no PNG', Buffer.from('GIF89a')],
    ['more than 256 KiB', Buffer.concat([logo, Buffer.alloc(256 * 1024)])],
    ['too many pixels', png(1_201, 4)],
    ['interlaced', png(8, 8, { interlace: 1 })],
    ['cut off', logo.subarray(0, 200)],
    ['with a flipped bit', flipped],
    ['larger unpacked than it says', png(8, 8, { raw: Buffer.alloc(1_000_000) })],
    ['smaller unpacked than it says', png(8, 8, { raw: Buffer.alloc(10) })],
  ])('refuses a logo that is %s, and makes no survey of it', async (_what, bytes) => {
    writeFileSync(at('bad.png'), bytes)
    const reportRun = made('bad', '--logo', at('bad.png'))
    expect((await laterFault(reportRun)).code).toBe('SURVEY-41')
  })
})
