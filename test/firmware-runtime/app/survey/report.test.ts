// The report says what the records say, in the order of table D.1, and runs nothing that people typed.
// Figures of the page are those of the judgement, not texts of the template.
import { describe, expect, it } from 'vitest'
import { heatMapSvg } from '../../../../firmware-runtime/app/survey/heat-map.ts'
import { reportHtml } from '../../../../firmware-runtime/app/survey/report-html.ts'
import { fieldView } from '../../../../firmware-runtime/app/survey/survey-view.ts'
import { gridPoints, parkingGrid } from '../../../../firmware-runtime/core/survey/grid.ts'
import { surveyItems } from '../../../../firmware-runtime/core/survey/items/index.ts'
import { projectOf } from '../../../../firmware-runtime/core/survey/project.ts'
import type { SurveyBody } from '../../../../firmware-runtime/core/survey/record.ts'
import { recordsOf, startMs } from '../../core/survey/records.ts'

const opened: SurveyBody = {
  ...{ kind: 'opened', title: 'a', site: '<script>alert(1)</script>', lane: 'exit "1"' },
  ...{ grid: parkingGrid, trigger: { xMm: 1_600, yMm: 2_250 }, access: 'wire' },
}
const fields = (inside: number, ring: number): readonly SurveyBody[] =>
  gridPoints(parkingGrid).map(({ xMm, yMm, part }) => ({
    ...{ kind: 'field', xMm, yMm, zMm: 1_000, instrumentId: 'a', antennaId: null },
    ...{ place: 'lane', levelsDbm: [part === 'inside' ? inside : ring] },
  }))
const facts = {
  ...{ surveyId: 'id', headHash: 'AB', records: 3, printedAtMs: startMs, demo: false },
}
const page = (bodies: readonly SurveyBody[], as: 'zh' | 'en' = 'zh', demo = false): string =>
  reportHtml(projectOf(recordsOf(bodies)), { ...facts, demo }, as)

describe('the report', () => {
  it('has the fifteen rows in order, with the words of their judgement', () => {
    const html = page([opened, ...fields(-40, -50)])
    const at = surveyItems.map(({ title }) => html.indexOf(`<td>${title.zh}</td>`))
    expect(at.every((place) => place > 0)).toBe(true)
    expect(at).toEqual(at.toSorted((a, b) => a - b))
    expect(html).toContain('区域内最弱 -40.0 dBm')
    expect(html).toContain('… 未完成')
    expect(page([opened, ...fields(-40, -44)], 'en')).toContain('✗ fail')
    expect(page([opened, ...fields(-40, -50)], 'en')).toContain('Weakest inside -40.0 dBm')
  })

  it('escapes what people typed', () => {
    const html = page([opened])
    expect(html).not.toContain('<script')
    expect(html).toContain('&lt;script&gt;')
    expect(html).toContain('exit &quot;1&quot;')
  })

  it('says that a demo is a demo, and only that', () => {
    expect(page([opened], 'zh', true)).toContain('演示数据')
    expect(page([opened])).not.toContain('演示数据')
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
    return heatMapSvg(survey, view)
  }

  it('has a square with its figure for each measured point and none for the others', () => {
    const half = fields(-40, -50).slice(0, 100)
    const svg = picture([opened, ...half])
    expect(svg.match(/<text [^>]*>40<\/text>/g)).toHaveLength(100)
    expect(svg.match(/<circle /g)).toHaveLength(gridPoints(parkingGrid).length - 100)
  })

  it('marks failed points not by colour alone', () => {
    const good = picture([opened, ...fields(-40, -50)])
    const bad = picture([opened, ...fields(-40, -44)])
    expect(good).not.toContain('#c00')
    const ring = gridPoints(parkingGrid).filter(({ part }) => part === 'ring')
    expect(bad.match(/#c00/g)).toHaveLength(ring.length)
  })
})
