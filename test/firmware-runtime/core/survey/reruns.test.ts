// What is measured again says why: which rows of a run were measured before, and that nothing goes on without words.
// Another item, another clock and another power of the antenna are no rerun.
import { describe, expect, it } from 'vitest'
import {
  clockPlan,
  linkPlan,
  measuredAgain,
  neighbourPlan,
  rerunBody,
  signalPlan,
} from '../../../../firmware-runtime/core/survey/reruns.ts'
import type { SurveyBody } from '../../../../firmware-runtime/core/survey/record.ts'
import { recordsOf } from './records.ts'

const link = (way: 'ping' | 'up' | 'down'): SurveyBody => ({
  ...{ kind: 'link', way, method: 'icmp', peer: 'example', interfaceName: null },
  ...{ latenciesMs: [1], clockErrorMs: null },
})
const rate = (way: 'up' | 'down'): SurveyBody => ({
  ...{ kind: 'rate', way, peer: 'example', bytes: 1, durationMs: 1 },
})
const clock = (more: object): SurveyBody => ({
  ...{ kind: 'clock', source: 'ntp', server: 's', constellation: null, offsetMs: 1, errorMs: 1 },
  ...more,
})
const cross = (stressDb?: number): SurveyBody => ({
  ...{ kind: 'crossRead', antennaId: 1, inLane: 1, inNeighbour: 0 },
  ...(stressDb === undefined ? {} : { stressDb }),
})
const signal: SurveyBody = {
  ...{ kind: 'signal', technology: 'LTE', rsrpDbm: -90, sinrDb: 3, raw: '' },
}
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
    ['the stress run again', [cross(), cross(6)], neighbourPlan(6), ['D6']],
  ] as const)('with %s', (_what, bodies, plan, items) => {
    expect(measuredAgain(recordsOf(bodies), plan)).toEqual(items)
  })

  it('that was taken back was not made', () => {
    const back: SurveyBody = { kind: 'withdrawn', recordId: 'r1', reason: 'wrong peer' }
    expect(measuredAgain(recordsOf([link('ping'), back]), linkPlan(false, false))).toEqual([])
  })

  it('goes on with a reason alone, which is kept; the first needs none', () => {
    const before = recordsOf([link('ping')])
    const plan = linkPlan(false, false)
    expect(rerunBody([], plan, undefined)).toBeNull()
    expect(rerunBody([], plan, 'x')).toBeNull()
    for (const reason of [undefined, '', '  '])
      expect(() => rerunBody(before, plan, reason)).toThrow(/SURVEY-42/)
    expect(rerunBody(before, plan, ' 换了网卡 ')).toEqual({
      ...{ kind: 'rerun', items: ['D7', 'D8'], reason: '换了网卡' },
    })
  })
})
