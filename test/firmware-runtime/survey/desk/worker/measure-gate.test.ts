// What Studio's survey may open: in a demo nothing beyond this computer, never a link of a running lane, and only for an
// installer.
import { describe, expect, it } from 'vitest'
import type { ConnectArgs, MeasureJob } from '#survey/calls/measure.ts'
import { api } from '#runtime/api/table.ts'
import { measureGate } from '#survey/desk/worker/measure-gate.ts'
import { codeOf } from '../../../../kit/refusals.ts'

const demo = measureGate({ demo: true, ownLinks: () => [] })
const lane = measureGate({ demo: false, ownLinks: () => ['serial:/dev/ttyS1?baud=115200'] })

const instrument = (link: string): ConnectArgs => ({
  profile: 'generic/scpi',
  link,
  instrumentId: 'a',
  serialNo: null,
  calibratedOn: null,
  calibratedUntil: null,
  correctionDb: 0,
  simulated: false,
})
const clocks = (more: object): MeasureJob => ({
  kind: 'clock',
  ntp: [],
  gnss: [],
  chrony: false,
  count: 1,
  everySec: 1,
  ...more,
})
const probes = (more: object): MeasureJob => ({
  kind: 'link',
  peer: null,
  to: null,
  interfaceName: null,
  method: 'tcp',
  count: 1,
  everyMs: 10,
  rateSec: 0,
  clocksWithinMs: null,
  ...more,
})
const modem = (link: string | null): MeasureJob => ({
  kind: 'signal',
  link,
  dialect: 'generic/at-3gpp',
  count: 1,
  everySec: 1,
})
const antennas = (...links: readonly string[]): MeasureJob => ({
  kind: 'neighbour',
  inNeighbour: [],
  rounds: 1,
  listenSec: 1,
  antennas: links.map((link) => ({ link, obuIds: [] })),
})

describe('in a demo', () => {
  it.each(['tcp://127.0.0.1:5025', 'tcp://localhost:1', 'tcp://[::1]:7?speaks=nmea'])(
    '%s',
    (at) => {
      expect(codeOf(() => demo.instrument(instrument(at)))).toBe('none')
      expect(codeOf(() => demo.job(clocks({ gnss: [at] })))).toBe('none')
    },
  )

  it.each([
    'serial:/dev/ttyUSB0',
    'tcp://192.0.2.7:5025',
    'tcp://127.0.0.1.example:5025',
    'tcp://localhost.example:1',
    'tcp://[2001:db8::1]:5025',
  ])('not %s', (at) => {
    expect(codeOf(() => demo.instrument(instrument(at)))).toBe('SURVEY-21')
    expect(codeOf(() => demo.job(antennas('tcp://127.0.0.1:1', at)))).toBe('SURVEY-21')
  })

  it('no time server, peer, modem or chrony of elsewhere', () => {
    for (const job of [
      clocks({ ntp: ['ntp.example'] }),
      clocks({ chrony: true }),
      probes({ to: 'platform.example' }),
      probes({ peer: '192.0.2.9:7011', to: '127.0.0.1' }),
      modem(null),
    ])
      expect(codeOf(() => demo.job(job))).toBe('SURVEY-21')
    expect(codeOf(() => demo.job(probes({ to: '127.0.0.1:80' })))).toBe('none')
  })
})

it('leaves the links of running lanes alone, however their options are written', () => {
  expect(codeOf(() => lane.job(antennas('serial:/dev/ttyS1')))).toBe('LINK-03')
  expect(codeOf(() => lane.instrument(instrument('serial:/dev/ttyS1?baud=9600')))).toBe('LINK-03')
  expect(codeOf(() => lane.job(modem('serial:/dev/ttyS1')))).toBe('LINK-03')
  expect(codeOf(() => lane.job(modem('serial:/dev/ttyS2')))).toBe('none')
})

it('is an installer’s, and arguments are checked where they come in', () => {
  for (const name of ['connect', 'burst', 'close'] as const)
    expect(api[`survey.instrument.${name}`].right).toBe('installer')
  expect(api['survey.measure.start'].right).toBe('installer')
  expect(api['survey.csv'].right).toBe('installer')
  const { args } = api['survey.instrument.connect']
  const good = instrument('tcp://127.0.0.1:1')
  expect(args.safeParse(good).success).toBe(true)
  for (const bad of [
    { profile: '../../etc/passwd' },
    { calibratedOn: '2026-02-30' },
    { correctionDb: 61 },
    { link: '' },
    { more: 1 },
  ])
    expect(args.safeParse({ ...good, ...bad }).success, JSON.stringify(bad)).toBe(false)
})
