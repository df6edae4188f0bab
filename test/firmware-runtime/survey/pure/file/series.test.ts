// Every run counts, and the worst one decides, also when runs are withdrawn, interrupted or repeated until one passes.
import { describe, expect, it } from 'vitest'
import { surveyItems } from '#survey/pure/items/index.ts'
import { projectOf } from '#survey/pure/file/project.ts'
import type { ItemId, LinkBody, RateBody, SurveyBody } from '#survey/pure/file/record.ts'
import { recordsOf } from '../records.ts'
import { openedBody } from '../whole-field.ts'

const verdictOf = (item: ItemId, bodies: readonly SurveyBody[]): string | undefined =>
  surveyItems.find(({ id }) => id === item)?.judge(projectOf(recordsOf(bodies))).verdict
const live = { origin: { how: 'live' } } as const
const typed = { origin: { how: 'typed' } } as const
const back = (n: number): SurveyBody => ({ kind: 'withdrawn', recordId: `r${n}`, reason: 'cable' })
const ping = (lostEach: number, count: number, more: Partial<LinkBody> = live): LinkBody => ({
  kind: 'link',
  way: 'ping',
  method: 'icmp',
  peer: 'example',
  interfaceName: null,
  latenciesMs: Array.from({ length: count }, (_, i) => (i % lostEach === 7 ? null : 20)),
  clockErrorMs: null,
  everyMs: 1_000,
  ...more,
})
const good = ping(10_000, 900)

describe('a run of probes', () => {
  it('that failed decides, also where it was taken back', () => {
    const bad = ping(20, 400)
    expect(verdictOf('D7', [good])).toBe('pass')
    expect(verdictOf('D7', [bad, good])).toBe('fail')
    expect(verdictOf('D7', [bad, back(1), good])).toBe('fail')
    // A typed reading may be mistyped: it fails no row, but keeps the row from passing.
    const mistyped = ping(20, 400, typed)
    expect(verdictOf('D7', [mistyped, good])).toBe('fail')
    expect(verdictOf('D7', [mistyped, back(1), good])).toBe('marginal')
  })

  it('that passed shows nothing once it was taken back', () => {
    expect(verdictOf('D7', [good, back(1)])).toBe('incomplete')
    expect(verdictOf('D8', [good, back(1)])).toBe('incomplete')
    expect(verdictOf('D7', [good, back(1), good])).toBe('pass')
  })
})

describe('a series of rates', () => {
  const rate = (kbps: number, series: string, streams: number, more: object = live): RateBody => ({
    kind: 'rate',
    way: 'up',
    peer: 'example',
    bytes: kbps * 1_000,
    durationMs: 8_000,
    warmMs: 2_000,
    apartMs: 30_000,
    series,
    streams,
    ...more,
  })
  const many = (n: number, kbps: number, series: string, streams = 1): readonly RateBody[] =>
    Array.from({ length: n }, () => rate(kbps, series, streams))
  const whole = [...many(5, 2_000, 'b'), ...many(5, 2_000, 'b', 4)]

  it('that was broken off after a bad run keeps another from passing', () => {
    expect(verdictOf('D11', whole)).toBe('pass')
    expect(verdictOf('D11', [...many(2, 2_000, 'a'), ...whole])).toBe('pass')
    expect(verdictOf('D11', [...many(1, 900, 'a'), ...whole])).toBe('marginal')
    expect(verdictOf('D11', many(1, 900, 'a'))).toBe('incomplete')
    expect(verdictOf('D11', [...many(4, 900, 'a'), ...whole])).toBe('marginal')
    expect(verdictOf('D11', [...many(5, 900, 'a'), ...whole])).toBe('fail')
  })

  it('is not pooled of runs that are half an hour and more apart', () => {
    const judge = surveyItems.find(({ id }) => id === 'D11')?.judge
    const at = (apartMs: number) =>
      judge?.(
        projectOf(
          recordsOf(whole).map((record, i) =>
            i < 5 ? record : { ...record, atMs: record.atMs + apartMs },
          ),
        ),
      ).verdict
    expect([at(0), at(1_799_000), at(1_800_000)]).toEqual(['pass', 'pass', 'incomplete'])
  })

  it('counts a run that was taken back, one that was typed aside', () => {
    const mixed = [rate(900, 'b', 1), ...whole]
    expect(verdictOf('D11', mixed)).toBe('marginal')
    expect(verdictOf('D11', [...mixed, back(1)])).toBe('marginal')
    const mistyped = [rate(900, 'b', 1, typed), ...whole, back(1)]
    expect(verdictOf('D11', mistyped)).toBe('marginal')
    expect(verdictOf('D11', [rate(9_000, 'b', 1, typed), ...whole, back(1)])).toBe('pass')
  })
})

describe('readings of a mobile network', () => {
  const opened: SurveyBody = { ...openedBody, access: 'mobile' }
  const read = (rsrpDbm: number | null, n = 301): readonly SurveyBody[] =>
    Array.from({ length: n }, () => ({
      kind: 'signal',
      technology: 'LTE',
      rsrpDbm,
      sinrDb: rsrpDbm === null ? null : 20,
      raw: '',
      ...live,
    }))
  const begun: SurveyBody = { kind: 'started', runs: [{ item: 'D13' }] }

  it('are of the run that was begun before them, and the worst decides', () => {
    expect(verdictOf('D13', [opened, begun, ...read(-80)])).toBe('pass')
    expect(verdictOf('D13', [opened, begun, ...read(-110, 5), begun, ...read(-80)])).toBe('fail')
    // Pooled with the good run, 150 bad ones of 1,000 would be excused.
    expect(verdictOf('D13', [opened, begun, ...read(-110, 150), begun, ...read(-80, 850)])).toBe(
      'fail',
    )
    expect(verdictOf('D13', [opened, begun, ...read(-80, 200), begun, ...read(-80, 200)])).toBe(
      'incomplete',
    )
  })

  it('stay where they were taken back', () => {
    const gone = Array.from({ length: 151 }, (_, i) => back(i + 3))
    const half = [opened, begun, ...read(-110, 151), ...read(-80, 150)]
    expect(verdictOf('D13', half)).not.toBe('pass')
    expect(verdictOf('D13', [...half, ...gone])).not.toBe('pass')
  })
})
