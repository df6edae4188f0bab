// The report contains what the records say, in the order of table D.1, and executes nothing that people typed.
// Its figures come from the judgement, not from the template.
import { describe, expect, it } from 'vitest'
import { heatMapSvg } from '#survey/report/heat-map.ts'
import { reportHtml } from '#survey/report/report-html.ts'
import { sectionIds } from '#survey/report/report-model.ts'
import { latencyPoints } from '#survey/report/report-plots.ts'
import { reportDocument } from '#survey/report/report-sections.ts'
import { builtInTemplate, checkedTemplate } from '#survey/report/report-template.ts'
import { fieldView } from '#survey/pure/file/survey-view.ts'
import { surveyPoints } from '#survey/pure/survey-points.ts'
import { surveyItems } from '#survey/pure/items/index.ts'
import { projectOf } from '#survey/pure/file/project.ts'
import type { LinkBody, SurveyBody } from '#survey/pure/file/record.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { signerRoles } from '#base/pure/words/survey-words.ts'
import { recordsOf, startMs } from '../pure/records.ts'
import { boxField, openedBody, readAt, walked, wholeField } from '../pure/whole-field.ts'

const opened: SurveyBody = {
  ...openedBody,
  title: 'a',
  site: '<script>alert(1)</script>',
  lane: 'exit "1"',
}
const fields = (inside: number, out: number): readonly SurveyBody[] =>
  wholeField(boxField(inside, out)).slice(1)
const onePixel = Uint8Array.from(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
)
const kept = 'AB'.repeat(32)
const documentOf = (bodies: readonly SurveyBody[], language: 'zh' | 'en' = 'zh') =>
  reportDocument(
    {
      file: 'x.etcsurvey',
      surveyId: 'id',
      stored: [],
      records: recordsOf(bodies),
      lost: [],
      broken: [],
      photoOf: (digest) => (digest === kept ? { mime: 'image/png', bytes: onePixel } : null),
    },
    { language, printedAtMs: startMs },
  )
/** The page with no-break spaces replaced by ordinary ones. */
const page = (bodies: readonly SurveyBody[], as: 'zh' | 'en' = 'zh'): string =>
  reportHtml(documentOf(bodies, as)).replaceAll('\u00a0', ' ')
const instrument = (simulated: boolean, calibratedUntil: string | null = null): SurveyBody => ({
  kind: 'instrument',
  instrumentId: 'a',
  model: 'example',
  serialNo: null,
  calibratedOn: null,
  calibratedUntil,
  correctionDb: 0,
  simulated,
})
const signed = (
  path: string | null,
  role: (typeof signerRoles)[number] = 'surveyor',
): SurveyBody => ({ kind: 'signature', role, name: '示例 <i>', path })

describe('the report', () => {
  it('has the fifteen rows in order, with the words of their judgement', () => {
    const html = page([opened, ...fields(-40, -50)])
    const at = surveyItems.map(({ title }) => html.indexOf(`<td>${title.zh}</td>`))
    expect(at.every((place) => place > 0)).toBe(true)
    expect(at).toEqual(at.toSorted((a, b) => a - b))
    expect(html).toContain('需求区最低 -40.0 dBm')
    expect(html).toContain('… 未完成')
    expect(page([opened, ...fields(-40, -43)], 'en')).toContain('× fail')
    expect(page([opened, ...fields(-40, -46)], 'en')).toContain('≈ marginal')
    expect(page([opened, ...fields(-40, -50)], 'en')).toContain('lowest needed -40.0 dBm')
  })

  it('lists every run: measured again, taken back and broken off', () => {
    const link: LinkBody = {
      kind: 'link',
      way: 'ping',
      method: 'icmp',
      peer: 'example',
      interfaceName: null,
      latenciesMs: [1, null],
      clockErrorMs: null,
    }
    const begun: SurveyBody = { kind: 'started', runs: [{ item: 'D7' }, { item: 'D11' }] }
    const again: SurveyBody = { kind: 'rerun', items: ['D7'], reason: 'other cable' }
    const back = (n: number, reason: string): SurveyBody => ({
      kind: 'withdrawn',
      recordId: `r${n}`,
      reason,
    })
    const bodies = [opened, begun, link, again, begun, instrument(false), back(3, 'bad plug')]
    const { sections } = documentOf([...bodies, back(6, 'other probe')], 'en')
    const lines = sections
      .filter(({ id }) => id === 'deviations')
      .flatMap(({ blocks }) => blocks)
      .flatMap((block) => (block.kind === 'list' ? block.items : []))
    expect(lines.map((line) => line.replace(/ \(tester, .*$/, ''))).toEqual([
      'D11: begun but interrupted, no reading was kept',
      'D7: measured again: other cable',
      'D7, D11: begun but interrupted, no reading was kept',
      'D7, D8: taken back: bad plug',
      'Instruments: taken back: other probe',
    ])
    expect(page(bodies, 'en')).toContain('ICMP (taken back)')
  })

  it('escapes what people typed', () => {
    const html = page([opened])
    expect(html).not.toContain('<script')
    expect(html).toContain('&lt;script&gt;')
    expect(html).toContain('exit &quot;1&quot;')
  })

  it('says that a demo is a demo, and only that', () => {
    expect(page([opened, instrument(true)])).toContain('演示数据')
    expect(page([opened, instrument(false)])).not.toContain('演示数据')
  })

  it('names what was simulated on its cover, whatever was said of it later', () => {
    const later = { ...instrument(false), model: 'real' } as SurveyBody
    const field: SurveyBody = fields(-40, -50).find(({ kind }) => kind === 'field') ?? opened
    const [head] = documentOf([opened, instrument(true), field, later], 'en').sections
    expect(head?.blocks).toContainEqual(expect.objectContaining({ look: 'notice' }))
    expect(JSON.stringify(head?.blocks)).toContain('["simulated","example"]')
  })

  it('says what was changed of the antenna, and that readings before it count no longer', () => {
    const setup = (powerStep: number): SurveyBody => ({
      kind: 'setup',
      profile: 'example',
      firmware: null,
      settings: { powerStep },
      heightMm: 3_000,
      downDeg: 90,
      yawDeg: 0,
    })
    const bodies = [opened, setup(5), ...fields(-40, -50), setup(9)]
    const { sections } = documentOf(bodies, 'en')
    const facts = sections.find(({ id }) => id === 'settings')?.blocks
    expect(JSON.stringify(facts?.[0])).not.toContain('Changed')
    expect(JSON.stringify(facts?.[1])).toContain('["Changed","powerStep 5 → 9: ')
    expect(page(bodies, 'en')).toContain('the antenna was changed: ')
  })

  it('keeps a figure and its unit on one line', () => {
    const html = reportHtml(documentOf([opened, ...fields(-40, -50)]))
    expect(html).toContain('需求区最低 -40.0\u00a0dBm')
  })

  it('has one form of time', () => {
    const html = page([opened, ...fields(-40, -50), signed(null)])
    expect(html).toContain('2026-03-02 09:00:00')
    expect(html).not.toMatch(/\dT\d\d:\d\d/)
  })

  it('lists every row that was skipped with what is to be done', () => {
    const html = page([opened, ...fields(-40, -50)], 'en')
    const open = html.slice(
      html.indexOf('<section id="open">'),
      html.indexOf('<section id="field">'),
    )
    for (const { id, title } of surveyItems)
      expect(open.includes(`<td>${id.slice(1)}</td><td>${title.en}</td>`), id).toBe(
        id !== 'D5' && id !== 'D13',
      )
  })

  it('has Chinese marks in its own words and quotes the standard to the letter', () => {
    const zh = page([opened])
    let own = zh
    for (const { printed } of surveyItems) {
      const cell = `<td>${printed.replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</td>`
      expect(zh).toContain(cell)
      own = own.replaceAll(cell, '')
    }
    expect(own).not.toMatch(/[\u4e00-\u9fff][,;:(]/)
  })

  it('says which instrument was past its calibration', () => {
    expect(page([opened, instrument(false, '2026-03-01')])).toContain('测量时已过期')
    expect(page([opened, instrument(false, '2026-03-02')])).not.toContain('测量时已过期')
  })

  it('shows photos that are there and names those that are not', () => {
    const photo = (digest: string): SurveyBody => ({
      kind: 'check',
      item: 'D1',
      part: 'signs',
      answer: 'yes',
      remark: '',
      photos: [digest],
    })
    expect(page([opened, photo(kept)])).toContain('<img alt="1 标志标识')
    const missing = page([opened, photo('CD'.repeat(32))])
    expect(missing).not.toContain('<img')
    expect(missing).toContain('照片不在文件中 (CDCDCDCDCDCDCDCD)')
  })

  it('shows who signed, how much it covers and what came later', () => {
    const html = page([opened, signed('M1,2L3,4'), ...fields(-40, -50).slice(0, 2)])
    expect(html).toContain('<path d="M1,2L3,4"')
    expect(html).toContain('示例 &lt;i&gt;')
    expect(html).toContain('签字时共 1 条记录，其后又有 2 条，未经签字')
    // Checker and witness have not signed: an open box, not a missing one.
    expect(html.match(/class="signature"/g)).toHaveLength(3)
    expect(html).toContain('未签字')
    const both = page([opened, ...signerRoles.map((role) => signed(null, role))])
    expect(both).not.toContain('未签字')
    expect(both).not.toContain('未经签字')
  })

  it('refuses a survey with holes', () => {
    const damaged = {
      file: 'x',
      surveyId: 'id',
      stored: [],
      records: recordsOf([opened]),
      lost: [3],
      broken: [],
      photoOf: () => null,
    }
    expect(() => reportDocument(damaged, { language: 'zh', printedAtMs: startMs })).toThrow(
      expect.objectContaining({ code: 'SURVEY-02' }) as Error,
    )
  })

  it('names what is our own convention beside the rows', () => {
    const html = page([opened], 'en')
    for (const { id, assumed } of surveyItems)
      if (assumed !== null) expect(html).toContain(`${id}: `)
  })
})

describe('the picture', () => {
  const picture = (bodies: readonly SurveyBody[]): string => {
    const survey = projectOf(recordsOf(bodies))
    const view = fieldView(survey)
    if (view === null) throw new Error('no grid')
    return heatMapSvg(survey, view, { boom: 'boom', neighbour: 'next door' })
  }

  it('has a square with its figure for each measured point and none for the others', () => {
    const half = walked(() => -40).slice(0, 100)
    const svg = picture([opened, ...half])
    expect(svg.match(/<text [^>]*>40<\/text>/g)).toHaveLength(100)
    expect(svg.match(/<circle /g)).toHaveLength(surveyPoints(openedBody).length - 100)
  })

  it('has the places next door in the same picture, on their side, with their name', () => {
    const beside = readAt({ xMm: 4_800, yMm: 2_250 }, -61, { place: 'neighbour' })
    const without = picture([opened, ...fields(-40, -50)])
    const svg = picture([opened, ...fields(-40, -50), beside])
    const width = (of: string): number => Number(/viewBox="0 0 ([\d.]+)/.exec(of)?.[1])
    // From the ring on the right to the distant point.
    expect(width(svg)).toBeCloseTo(width(without) + 135, 0)
    expect(Number(/<text x="([\d.]+)"[^>]*>61<\/text>/.exec(svg)?.[1])).toBe(555)
    expect(svg).toContain('>next door</text>')
    expect(without).not.toContain('next door')
  })

  it('marks failed points not by colour alone', () => {
    const good = picture([opened, ...fields(-40, -50)])
    const bad = picture([opened, ...fields(-40, -43)])
    expect(good).not.toContain('#c00')
    const weak = walked(boxField(0, 1)).filter(({ levelsDbm }) => levelsDbm[0] === 1)
    expect(bad.match(/#c00/g)).toHaveLength(weak.length)
  })
})

describe('the template', () => {
  const faultOf = (text: string): LaneFault => {
    try {
      checkedTemplate(text, 'report-template.html')
    } catch (fault) {
      if (fault instanceof LaneFault) return fault
      throw fault
    }
    throw new Error('accepted')
  }

  it('is taken as it is, also in another order and look', () => {
    expect(checkedTemplate(builtInTemplate, 'x')).toBe(builtInTemplate)
    const own = `<html><body><h1>甲方</h1>${sectionIds.toReversed().map((id) => `{{ ${id} }}`)}</body></html>`
    const html = reportHtml(documentOf([opened]), checkedTemplate(own, 'x'))
    expect(html.indexOf('id="signatures"')).toBeLessThan(html.indexOf('id="head"'))
    expect(html).toContain('<h1>甲方</h1>')
    expect(html).not.toContain('{{')
  })

  it('does not read what people typed as a place to fill', () => {
    const html = page([{ ...opened, site: '{{summary}}' } as SurveyBody])
    expect(html).toContain('<td>{{summary}}</td>')
  })

  const put = (text: string): string => builtInTemplate.replace('</head>', `${text}\n</head>`)
  it.each([
    ['a section left out', builtInTemplate.replace('{{open}}', ''), '{{open}}', ''],
    ['a section twice', put('{{summary}}'), '{{summary}}', 'line 14'],
    ['a name that is none', put('{{sumary}}'), '{{sumary}}', 'line 8'],
    ['a script', put('<script>'), '<script', 'line 8'],
    ['a handler', put('<p onclick="x">'), '<p onclick=', 'line 8'],
    ['a frame', put('<IFRAME >'), '<IFRAME', 'line 8'],
    ['a picture from elsewhere', put('<img src="https://example.test/a.png">'), ' src=', 'line 8'],
    ['a picture of the disk', put('<img src=logo.png>'), ' src=', 'line 8'],
    ['a style from elsewhere', put('<style>p{background:url(//x)}</style>'), 'url(', 'line 8'],
    ['no page', sectionIds.map((id) => `{{${id}}}`).join(''), '<html>', ''],
  ])('refuses %s', (_what, text, value, field) => {
    const { code, detail } = faultOf(text)
    expect(code).toBe('REPORT-01')
    expect(detail).toMatchObject({ file: 'report-template.html', value, field })
  })

  it('takes a picture that stands in it', () => {
    const own = put('<img src="data:image/png;base64,AAAA"><a href="#open">x</a>')
    expect(checkedTemplate(own, 'x')).toBe(own)
  })
})

describe('a plot of many probes', () => {
  it('draws the worst of neighbours, and a loss before all', () => {
    const latenciesMs = Array.from({ length: 1_200 }, (_, i) =>
      i === 601 ? null : i % 2 === 0 ? 5 : 9,
    )
    const link: LinkBody = {
      kind: 'link',
      way: 'ping',
      method: 'icmp',
      peer: 'x',
      interfaceName: null,
      latenciesMs,
      everyMs: 500,
      clockErrorMs: null,
    }
    const points = latencyPoints(link)
    expect(points).toHaveLength(600)
    expect(points[300]).toEqual([300.5, null])
    expect(points.every(([, ms]) => ms === null || ms === 9)).toBe(true)
  })
})
