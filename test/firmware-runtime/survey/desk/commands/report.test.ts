// Reports as files: `survey report` in its four formats, each opened with a reader independent of the writer.
// A survey longer than a page: no row is cut, fonts are embedded, every reading is in the sheets.
import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { reportDocx } from '#survey/report/report-docx.ts'
import { reportHtml } from '#survey/report/report-html.ts'
import { sectionIds, type ReportBlock, type ReportDocument } from '#survey/report/report-model.ts'
import { reportPdf } from '#survey/report/report-pdf.ts'
import { readingSheets } from '#survey/report/report-readings.ts'
import { reportXlsx } from '#survey/report/report-xlsx.ts'
import { reportDocument } from '#survey/report/report-sections.ts'
import type { SurveyBody, ZonePlan } from '#survey/pure/file/record.ts'
import * as words from '#survey/report/report-words.ts'
import { surveyCommand } from '#survey/desk/commands/survey.ts'
import { newSurvey, readSurvey, surveyDigests } from '#survey/files/open-survey.ts'
import { reportParts } from '#base/desk/document/report-parts.ts'
import { surveyItems } from '#survey/pure/items/index.ts'
import { demoPicture } from '#harness/survey/demo-picture.ts'
import { addCover, checkedLogo } from '#survey/runs/survey-entries.ts'
import { unpassedRows } from '#survey/pure/file/signing.ts'
import { itemViews } from '#survey/pure/file/survey-view.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { longSurvey } from './long-survey.ts'
import { passingBodies } from '../../pure/passing-survey.ts'
import { recordsOf, startMs } from '../../pure/records.ts'
import { boxField, openedBody, wholeField } from '../../pure/whole-field.ts'
import {
  cutRows,
  embeddedFonts,
  halfEmpty,
  orphans,
  pagesOf,
  pdfPictures,
  wordsOf,
} from './pdf-kit.ts'
import { sheetsOf, xmlOf, zipParts } from './zip-kit.ts'
import { folderOfFile } from '../../../../kit/own-folder.ts'
import { runSilent } from '../../../../kit/run-command.ts'

const folder = folderOfFile('etc-report-')
const file = join(folder, 'long.etcsurvey')
const cover = {
  number: 'GX-2026-017',
  company: '示例检测公司',
  address: '示例路 1 号',
  representative: '王经理',
}
const logo = {
  bytes: demoPicture(3),
  from: { field: 'test', value: '' },
  digestOf: surveyDigests().ofBytes,
}
beforeAll(() => {
  const { ledger, writer } = newSurvey(file)
  ledger.addAll(longSurvey, 'tester')
  const rows = unpassedRows(itemViews(ledger.project))
  const despite = { rows, reason: '业主要求先出一份报告', who: '李工' }
  const signed = { kind: 'signature', role: 'surveyor', name: '示例', path: 'M10,20L300,90' }
  ledger.add({ ...signed, despite }, 'tester')
  addCover(ledger, { ...cover, by: 'tester', logo: checkedLogo(logo) })
  // The last reading is withdrawn: it stays in the raw data, marked as such.
  ledger.add(
    { ...longSurvey.find(({ kind }) => kind === 'field'), levelsDbm: [-99.5], reason: 'again' },
    'tester',
  )
  ledger.undo('tester', 'misread')
  writer.close()
})

async function run(...args: readonly string[]): Promise<Record<string, unknown>> {
  const { code, json } = await runSilent(surveyCommand, args)
  expect(code).toBe(0)
  return json
}
async function made(format: string, ...more: readonly string[]): Promise<string> {
  const out = join(folder, `made.${format}`)
  rmSync(out, { force: true })
  const said = await run('report', file, '--format', format, '--out', out, ...more)
  expect(said).toEqual({ ok: true, file: out, format })
  return out
}

/** The heading of every section, from the HTML of the same report. */
async function headingsIn(language: 'zh' | 'en'): Promise<readonly string[]> {
  const html = readFileSync(await made('html', '--language', language), 'utf8')
  return [...html.matchAll(/<h2>([^<]+)<\/h2>/g)].map(([, text = '']) => text)
}

describe('the PDF without a window', () => {
  it('has its fonts inside, no cut row, ink on every page, and their numbers', async () => {
    const out = await made('pdf')
    const pages = pagesOf(out)
    expect(pages.length).toBeGreaterThan(4)
    pages.forEach((text, i) => expect(text).toContain(`第 ${i + 1} 页 / 共 ${pages.length} 页`))
    expect(cutRows(pages)).toEqual({ whole: 100, cut: [] })
    const fonts = embeddedFonts(out)
    expect(fonts.length).toBeGreaterThan(0)
    for (const { name, embedded } of fonts) {
      expect(embedded).toBe(true)
      expect(name).toContain('NotoSansSC')
    }
    const pictured = pages.filter((page) => page.includes('≥ -25'))
    expect(pictured).toHaveLength(1)
    for (const part of ['< -65', '方格为实测点']) expect(pictured[0]).toContain(part)
    const pictures = pdfPictures(out)
    for (const { dark } of pictures) expect(dark).toBeGreaterThan(0.002)
    expect(halfEmpty(pictures)).toEqual([])
    // The map's heading is on the page of the map, and no heading stands alone at the end of a page.
    expect(pictured[0]).toContain('天线场强范围（D.1 第 5 项）')
    expect(orphans(pages, await headingsIn('zh'))).toEqual([])
  })

  it('carries number, company, logo, address, who signs for the car park, and what was overridden', async () => {
    const out = join(folder, 'made.pdf')
    const pages = pagesOf(out)
    pages.forEach((page) => expect(page).toContain('页 · GX-2026-017'))
    for (const text of [cover.number, cover.company, cover.address])
      expect(pages[0]).toContain(text)
    const all = pages.join('\n').replaceAll(/\s+/g, '')
    for (const text of [
      '停车场代表王经理',
      '签字、盖章',
      '理由：业主要求先出一份报告',
      '责任人：李工',
    ])
      expect(all).toContain(text)
    const html = readFileSync(await made('html'), 'utf8')
    expect(html).toMatch(
      /未全部通过，仍签字：第 [\d、 ]+ 项未完成；理由：业主要求先出一份报告；责任人：李工</,
    )
    const images = execFileSync('pdfimages', ['-list', out], { encoding: 'utf8' })
    expect(images).toMatch(/ 160 +120 /)
  })

  it('is as full in English', async () => {
    const out = await made('pdf', '--language', 'en')
    expect(halfEmpty(pdfPictures(out))).toEqual([])
    expect(orphans(pagesOf(out), await headingsIn('en'))).toEqual([])
  })

  it.each(['zh', 'en'] as const)(
    'has figures of the map that are read, whole heads and figures (%s)',
    async (language) => {
      const zone = { ...(openedBody.zone as ZonePlan), neighbourAxesMm: [4_800] }
      const records = recordsOf([
        ...wholeField(boxField(-41, -49), { ...openedBody, access: 'mobile', zone }),
        ...longSurvey.filter(({ kind }) => ['link', 'rate', 'clock'].includes(kind)),
      ])
      const of = { file: 'x', surveyId: 'x', stored: [], records, lost: [], broken: [] }
      const request = { language, printedAtMs: startMs }
      const report = reportDocument({ ...of, photoOf: () => null }, request)
      const out = join(folder, `map-${language}.pdf`)
      writeFileSync(out, await reportPdf(report, reportParts()))
      expect(halfEmpty(pdfPictures(out))).toEqual([])
      const levels = wordsOf(out).filter(({ text }) => /^4[19]$/.test(text))
      expect(levels.length).toBeGreaterThan(300)
      // The line height of this font is 1.448 times its size.
      for (const { high } of levels) expect(high / 1.448).toBeGreaterThanOrEqual(6)
      const words = new Set(wordsOf(out).map(({ text }) => text))
      const heads = report.sections
        .flatMap(({ blocks }) => blocks)
        .flatMap((block) => (block.kind === 'table' ? block.head : []))
        .flatMap((text) => text.split(' '))
        .filter((word) => /^[A-Za-z]+$/.test(word))
      expect(heads.filter((word) => !words.has(word))).toEqual([])
      // No line begins with a unit whose figure ends the line before.
      const lines = pagesOf(out).flatMap((page) => page.split('\n'))
      expect(
        lines.filter((line) => /^\s*(?:dBm|dB|ms|kbps)\b/.test(line) && !/^\s*dBm\s*$/.test(line)),
      ).toEqual([])
    },
  )

  // A page has 263 mm between its margins, a row of facts takes about 7 mm.
  it.each([1, 9, 16, 20, 27])(
    'is as full with %i rows before the map, which stands with its heading',
    async (rows) => {
      const svg =
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 500 900" width="500" height="900">' +
        '<rect x="5" y="5" width="490" height="890" fill="#ccc" stroke="#000"/></svg>'
      const caption = 'caption of the map, '.repeat(12)
      const facts = (count: number): ReportBlock => ({
        kind: 'facts',
        rows: Array.from({ length: count }, (_, i) => [`row ${i}`, 'value']),
      })
      const map = { kind: 'drawing', svg, width: 500, height: 900, caption } as const
      const box = { when: '', note: '', svg: null, despite: '', stamp: true }
      const names = ['box 1', 'box 2', 'box 3', 'box 4', 'box 5']
      const boxes: ReportBlock = {
        kind: 'signatures',
        signatures: names.map((name) => ({ ...box, role: '', name })),
      }
      const report = {
        language: 'en',
        title: 'Title',
        basis: 'basis',
        printedAtMs: 0,
        footer: 'Page {page} of {pages}',
        sections: [
          { id: 'head', heading: '', blocks: [facts(rows)] },
          { id: 'field', heading: 'Heading of the map', blocks: [map, facts(25)] },
          { id: 'evidence', heading: 'Heading at the end', blocks: [facts(3)] },
          { id: 'signatures', heading: 'Heading of boxes', blocks: [boxes] },
        ],
      } as const satisfies ReportDocument
      const out = join(folder, 'rows.pdf')
      writeFileSync(out, await reportPdf(report, reportParts()))
      const pages = pagesOf(out)
      expect(halfEmpty(pdfPictures(out))).toEqual([])
      expect(orphans(pages, ['Heading of the map', 'Heading at the end'])).toEqual([])
      const at = (text: string): number => pages.findIndex((page) => page.includes(text))
      for (const name of names) expect(at(name), name).toBeGreaterThanOrEqual(0)
      expect(at('Heading of boxes')).toBe(at('box 1'))
      expect(at('caption of the map')).toBe(at('Heading of the map'))
    },
  )

  it.each([0, 12, 24, 30])(
    'is as full with %i rows before one that is over a page',
    async (rows) => {
      const sentence = '与相邻车道共用安全岛,现场条件不允许改动。'
      const long = { text: `begins ${sentence.repeat(90)} ends` }
      const short = Array.from({ length: rows }, (_, i) => [
        { text: `row ${i}` },
        { text: 'value' },
      ])
      const table = {
        kind: 'table',
        head: ['what', 'said'],
        widths: [40, 60],
        rows: [...short, [{ text: 'long' }, long], [{ text: 'last' }, { text: 'row' }]],
      } as const satisfies ReportBlock
      const report: ReportDocument = {
        language: 'en',
        title: 'Title',
        basis: 'basis',
        printedAtMs: 0,
        footer: 'Page {page} of {pages}',
        sections: [{ id: 'head', heading: 'Table', blocks: [table] }],
      }
      const out = join(folder, 'tall.pdf')
      writeFileSync(out, await reportPdf(report, reportParts()))
      expect(halfEmpty(pdfPictures(out))).toEqual([])
      const text = pagesOf(out).join('').replaceAll(/\s/g, '')
      expect(text.match(/不允许改动/g)?.length).toBeGreaterThan(80)
      // The same rows in the DOCX: each is kept on one page, and none fills half of it.
      const docx = zipParts(Buffer.from(await reportDocx(report, reportParts())))
      const xml = (docx.get('word/document.xml') ?? Buffer.alloc(0)).toString('utf8')
      const cells = xml.split('<w:tc>').map((cell) => cell.replaceAll(/<[^>]+>/g, '').length)
      // 16 lines of 31 Chinese characters.
      expect(Math.max(...cells)).toBeLessThan(16 * 31)
      expect(xml.replaceAll(/<[^>]+>/g, '').match(/与相邻车道/g)).toHaveLength(90)
      expect(xml.match(/<w:cantSplit\/>/g)).toHaveLength(xml.match(/<w:tr[ >]/g)?.length ?? 0)
    },
  )

  it('has a picture for every sign of its words', () => {
    // fontkit is what pdfmake reads fonts with; it has no types.
    const { openSync } = createRequire(import.meta.url)('fontkit') as {
      openSync(path: string): { hasGlyphForCodePoint(code: number): boolean }
    }
    const { regular, bold } = reportParts()
    const texts = JSON.stringify([words, surveyItems.map(({ examples: _e, ...item }) => item)])
    const codes = new Set([...texts].map((char) => char.codePointAt(0) ?? 0))
    for (const font of [regular, bold].map((path) => openSync(path)))
      expect([...codes].filter((code) => !font.hasGlyphForCodePoint(code))).toEqual([])
  })
})

describe('the DOCX', () => {
  it('has headings, whole rows, heads that repeat, pictures and numbered pages', async () => {
    const parts = zipParts(readFileSync(await made('docx')))
    const text = (parts.get('word/document.xml') ?? Buffer.alloc(0)).toString('utf8')
    expect(xmlOf(parts, 'word/document.xml')).toHaveProperty(['w:document', 'w:body'])
    const plain = text.replaceAll(/<[^>]+>/g, ' ')
    for (const { title } of surveyItems) expect(plain).toContain(title.zh)
    for (let i = 0; i < 30; i++) expect(plain).toContain(`<<dev${i} `.replaceAll('<', '&lt;'))
    const rows = text.match(/<w:tr[ >]/g)?.length ?? 0
    expect(rows).toBeGreaterThan(100)
    expect(text.match(/<w:cantSplit\/>/g)).toHaveLength(rows)
    expect(text.match(/<w:tblHeader\/>/g)?.length).toBeGreaterThan(4)
    const images = [...parts.keys()].filter((name) => /^word\/media\/.*\.png$/.test(name))
    // The logo, the field map, three latency charts, the clocks and a signature.
    expect(images).toHaveLength(7)
    for (const name of images) expect(parts.get(name)?.length).toBeGreaterThan(500)
    const footer = (parts.get('word/footer1.xml') ?? Buffer.alloc(0)).toString('utf8')
    expect(footer).toContain('NUMPAGES')
  })
})

describe('the XLSX', () => {
  it('has every reading with place, level, instrument and time, taken back or not', async () => {
    const sheets = sheetsOf(readFileSync(await made('xlsx')))
    const { records } = readSurvey(file)
    const fields = records.flatMap(({ body, ...record }) =>
      body.kind === 'field' ? [{ ...record, body }] : [],
    )
    const [head, ...rows] = sheets.get('场强') ?? []
    expect(head).toEqual([
      ...['记录号', '时间', '记录人', '已撤回', '横向 (mm)', '纵向 (mm)', '离地高度 (mm)'],
      ...['位置', '天线编号', '仪器', '读数序号', '电平，未修正 (dBm)'],
    ])
    expect(rows).toEqual(
      fields.map(({ seq, atMs, by, body }, i) =>
        [
          ...[seq, isoOf(atMs), by, i === fields.length - 1 ? '是' : '', body.xMm, body.yMm],
          ...[body.zMm, '本车道', '', 'a0', 1, body.levelsDbm[0]],
        ].map(String),
      ),
    )
    expect(rows.at(-1)?.at(-1)).toBe('-99.5')
    const latencies = sheets.get('时延') ?? []
    expect(latencies).toHaveLength(1 + 3 * 120)
    expect(latencies[41]?.slice(9, 11)).toEqual(['41', '4000'])
    // A lost probe has no time.
    expect(latencies[41]?.[11] ?? '').toBe('')
    // Before the readings stand the report and its verdicts.
    const [, verdicts = [], ...readings] = sheets.values()
    expect(verdicts.slice(1).map((row) => row[2])).toEqual(surveyItems.map(({ title }) => title.zh))
    expect(verdicts[7]?.slice(3)).toEqual(['≤ 1%', expect.stringMatching(/丢 1/), '… 未完成'])
    expect(readings.reduce((sum, all) => sum + all.length - 1, 0)).toBe(
      records.length - 3 + 3 * 120,
    )
  })

  it('names sheets and units in English too', async () => {
    const sheets = sheetsOf(readFileSync(await made('xlsx', '--language', 'en')))
    expect([...sheets.keys()]).toContain('field')
    expect(sheets.get('field')?.[0]).toContain('level, as read (dBm)')
  })
})

/** Every text of the model, without white space. */
const factsOf = ({ sections }: ReportDocument): readonly string[] =>
  sections
    .flatMap(({ heading, blocks }) => [heading, ...blocks.flatMap(textsOf)])
    .map(plainOf)
    .filter((text) => text !== '')
function textsOf(block: ReportBlock): readonly string[] {
  if (block.kind === 'facts') return block.rows.flat()
  if (block.kind === 'table') return [...block.head, ...block.rows.flat().map(({ text }) => text)]
  if (block.kind === 'list') return block.items
  if (block.kind === 'signatures')
    return block.signatures.flatMap(({ role, name, note }) => [role, name, note])
  return block.kind === 'text' ? [block.text] : []
}
const plainOf = (text: string): string => text.replaceAll(/\s/g, '')
const unescaped = (html: string): string =>
  plainOf(html.replaceAll(/<[^>]+>/g, ''))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll(/&#39;|&apos;/g, "'")
    .replaceAll('&amp;', '&')

describe('each fact of the model', () => {
  const failing: readonly SurveyBody[] = [
    ...wholeField(boxField(-41, -43)),
    ...longSurvey.filter(({ kind }) => ['link', 'rate', 'clock'].includes(kind)),
  ]
  it.each([
    ['passing', 'zh', passingBodies],
    ['passing', 'en', passingBodies],
    ['failing', 'zh', failing],
    ['failing', 'en', failing],
  ] as const)('of a %s survey stands in all four files (%s)', async (_what, language, bodies) => {
    const records = recordsOf(bodies)
    const of = { file: 'x', surveyId: 'x', stored: [], records, lost: [], broken: [] }
    const request = { language, printedAtMs: startMs }
    const report = reportDocument({ ...of, photoOf: () => null }, request)
    const pdf = join(folder, 'facts.pdf')
    writeFileSync(pdf, await reportPdf(report, reportParts()))
    const docx = zipParts(Buffer.from(await reportDocx(report, reportParts())))
    const xlsx = sheetsOf(Buffer.from(await reportXlsx(report, readingSheets(records, language))))
    const raw = execFileSync('pdftotext', ['-raw', pdf, '-'], { encoding: 'utf8' })
    const annex = report.sections.filter(({ id }) => id === 'annex')
    // A long cell goes on below the head that a page repeats.
    const heads = annex.flatMap(({ blocks }) =>
      blocks.map((block) => (block.kind === 'table' ? plainOf(block.head.join('')) : '')),
    )
    const pages = plainOf(raw.replaceAll(/(?:第 \d+ 页 \/ 共 \d+ 页|Page \d+ of \d+)\s*\f/g, ''))
    const files = {
      html: unescaped(reportHtml(report)),
      pdf: pages + pages.replaceAll(heads[0] ?? '', ''),
      docx: unescaped((docx.get('word/document.xml') ?? Buffer.alloc(0)).toString('utf8')),
      xlsx: plainOf([...xlsx.keys(), ...[...xlsx.values()].flat(2)].join('')),
    }
    const own = { ...report, sections: report.sections.filter(({ id }) => id !== 'annex') }
    for (const [name, text] of Object.entries(files)) {
      const facts = [
        ...factsOf(own),
        ...(name === 'xlsx' ? [] : factsOf({ ...own, sections: annex })),
      ]
      expect(
        facts.filter((fact) => !text.includes(fact)),
        name,
      ).toEqual([])
    }
    // The title block comes first, then the verdicts, and the readings are at the end.
    expect(report.sections.map(({ id }) => id)).toEqual(sectionIds)
    expect(annex.flatMap(({ blocks }) => blocks)).toEqual([
      expect.objectContaining({ kind: 'table' }),
    ])
  })
})

describe('the template beside the survey', () => {
  const own = join(folder, 'report-template.html')

  it('is what `survey template` writes, edited; a broken one makes no report', async () => {
    expect(await run('template', '--out', own)).toEqual({ ok: true, file: own })
    const text = readFileSync(own, 'utf8')
    writeFileSync(own, text.replace('<h1>', '<h1>甲方 '))
    expect(readFileSync(await made('html'), 'utf8')).toContain('<h1>甲方 停车场现场测试报告')
    writeFileSync(own, text.replace('{{evidence}}', ''))
    const broken = run('report', file, '--out', join(folder, 'none.html'))
    await expect(broken).rejects.toMatchObject({
      code: 'REPORT-01',
      detail: { file: own, value: '{{evidence}}' },
    })
  })
})
