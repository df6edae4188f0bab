// Measuring again needs a reason: which rows of a run were measured before, and that nothing continues without a reason.
// Another item, another clock and another power of the antenna are no repeat.
import { describe, expect, it } from 'vitest'
import {
  clockPlan,
  linkPlan,
  measuredAgain,
  neighbourPlan,
  rerunBody,
  signalPlan,
  startedBody,
  typedApartMsMax,
  typedRerun,
} from '#survey/pure/reruns.ts'
import type { SurveyBody } from '#survey/pure/file/record.ts'
import { recordsOf } from './records.ts'

const link = (way: 'ping' | 'up' | 'down'): SurveyBody => ({
  kind: 'link',
  way,
  method: 'icmp',
  peer: 'example',
  interfaceName: null,
  latenciesMs: [1],
  clockErrorMs: null,
})
const rate = (way: 'up' | 'down'): SurveyBody => ({
  kind: 'rate',
  way,
  peer: 'example',
  bytes: 1,
  durationMs: 1,
})
const clock = (more: object): SurveyBody => ({
  kind: 'clock',
  source: 'ntp',
  server: 's',
  constellation: null,
  offsetMs: 1,
  errorMs: 1,
  ...more,
})
const cross = (stressDb?: number): SurveyBody => ({
  kind: 'crossRead',
  antennaId: 1,
  inLane: 1,
  inNeighbour: 0,
  ...(stressDb === undefined ? {} : { stressDb }),
})
const signal: SurveyBody = { kind: 'signal', technology: 'LTE', rsrpDbm: -90, sinrDb: 3, raw: '' }
const lane = { beidou: true, network: true, of: 'lane', devices: ['2'] } as const

describe('a run', () => {
  it.each([
    ['nothing before', [], linkPlan(true, true), []],
    ['a ping before', [link('ping')], linkPlan(false, false), ['D7', 'D8']],
    ['a ping before, now with a peer', [link('ping')], linkPlan(true, true), ['D7', 'D8']],
    ['one way before', [link('up')], linkPlan(true, true), ['D9']],
    ['rates before, none asked now', [rate('up'), rate('down')], linkPlan(true, false), []],
    ['rates before', [rate('up'), rate('down')], linkPlan(true, true), ['D11', 'D12']],
    ['signal', [signal], signalPlan, ['D13']],
    ['the lane’s clock', [clock({})], clockPlan(lane), ['D15']],
    ['the ruler alone', [clock({ of: 'ruler' })], clockPlan({ ...lane, devices: [] }), []],
    ['the camera', [clock({ of: 'camera', device: '2' })], clockPlan(lane), ['D15']],
    ['another camera', [clock({ of: 'camera', device: '3' })], clockPlan(lane), []],
    ['BeiDou', [clock({ source: 'beidou' })], clockPlan(lane), ['D14']],
    ['the neighbour lane', [cross()], neighbourPlan(), ['D6']],
    ['the first stress run', [cross()], neighbourPlan(6), []],
    ['a control before', [{ ...cross(), neighbours: [] } as SurveyBody], neighbourPlan(), []],
    ['a control once more', [cross()], neighbourPlan(0, false), []],
    ['the stress run again', [cross(), cross(6)], neighbourPlan(6), ['D6']],
  ] as const)('with %s', (_what, bodies, plan, items) => {
    expect(measuredAgain(recordsOf(bodies), plan)).toEqual(items)
  })

  it('that was taken back, or killed behind its first probe, was made', () => {
    const plan = linkPlan(false, false)
    const back: SurveyBody = { kind: 'withdrawn', recordId: 'r1', reason: 'wrong peer' }
    expect(measuredAgain(recordsOf([link('ping'), back]), plan)).toEqual(['D7', 'D8'])
    const killed = startedBody(plan) as SurveyBody
    expect(killed).toEqual({ kind: 'started', runs: [{ item: 'D7' }, { item: 'D8' }] })
    expect(measuredAgain(recordsOf([killed]), linkPlan(true, true))).toEqual(['D7', 'D8'])
    const stress = recordsOf([startedBody(neighbourPlan(6)) as SurveyBody])
    expect(measuredAgain(stress, neighbourPlan(6))).toEqual(['D6'])
    expect(measuredAgain(stress, neighbourPlan())).toEqual([])
    const camera = recordsOf([
      startedBody(clockPlan({ ...lane, network: false, beidou: false })) as SurveyBody,
    ])
    expect(measuredAgain(camera, clockPlan(lane))).toEqual(['D15'])
    expect(measuredAgain(camera, clockPlan({ ...lane, devices: ['3'] }))).toEqual([])
    expect(startedBody([])).toBeNull()
  })

  it('goes on with a reason alone, which is kept; the first needs none', () => {
    const before = recordsOf([link('ping')])
    const plan = linkPlan(false, false)
    expect(rerunBody([], plan, undefined)).toBeNull()
    expect(rerunBody([], plan, 'x')).toBeNull()
    for (const reason of [undefined, '', '  ', '-', 'xxxxxxxxxxxx', '换了网卡'])
      expect(() => rerunBody(before, plan, reason)).toThrow(/SURVEY-42/)
    expect(rerunBody(before, plan, ' 换了网卡,重新测量一遍 ')).toEqual({
      kind: 'rerun',
      items: ['D7', 'D8'],
      reason: '换了网卡,重新测量一遍',
    })
  })
})

describe('typed by a person', () => {
  const typed = { how: 'typed' } as const
  const back1: SurveyBody = { kind: 'withdrawn', recordId: 'r1', reason: 'x' }
  const minute = 60_000
  const by = (
    body: SurveyBody,
    before: readonly SurveyBody[],
    laterMs = minute,
  ): readonly string[] | null => {
    const records = recordsOf(before)
    const nowMs = (records.at(-1)?.atMs ?? 0) + laterMs
    return typedRerun(records, [body], '接好天线之后重新测量', nowMs)?.items ?? null
  }
  const said = (body: SurveyBody) => ({ ...body, origin: typed }) as SurveyBody
  const series = (name: string): SurveyBody => ({ ...rate('up'), series: name }) as SurveyBody

  it.each([
    ['the first probes', link('ping'), [], null],
    ['probes after probes', link('ping'), [said(link('ping'))], ['D7', 'D8']],
    ['the other way', link('down'), [link('up')], null],
    ['a run of the series', series('a'), [said(series('a'))], null],
    ['a run of another series', series('b'), [said(series('a'))], ['D11']],
    ['runs that name no series', rate('down'), [said(rate('down'))], ['D12']],
    ['the next reading of a clock', clock({}), [said(clock({}))], null],
    ['a reading after a live run', clock({}), [{ ...clock({}), origin: { how: 'live' } }], ['D15']],
    ['another camera', clock({ of: 'camera', device: '3' }), [said(clock({ device: '2' }))], null],
    ['the next signal', signal, [said(signal)], null],
    ['wrong reads again', cross(), [said(cross())], ['D6']],
    ['the stress run', cross(6), [said(cross())], null],
    ['probes after some that went back', link('ping'), [said(link('ping')), back1], ['D7', 'D8']],
    ['a deviation', { kind: 'deviation', item: 'D5', text: 'x', area: null }, [], null],
  ] as [string, SurveyBody, SurveyBody[], string[] | null][])('%s', (_what, body, before, items) =>
    expect(by(body, before)).toEqual(items),
  )

  it('a clock or a signal half an hour later is another run', () => {
    for (const one of [clock({}), signal]) {
      expect(by(one, [said(one)], typedApartMsMax)).toBeNull()
      expect(by(one, [said(one)], typedApartMsMax + 1)).not.toBeNull()
    }
  })

  it('one list is looked at as if its readings came one by one, and wants words', () => {
    expect(typedRerun([], [clock({}), clock({}), link('up')], undefined, 0)).toBeNull()
    expect(() => typedRerun([], [link('up'), link('up')], ' ', 0)).toThrow(/SURVEY-42/)
  })
})
