// How the cameras of each make are turned and say where they stand, by answers that are written here from public code; and
// the plan over HTTP with its account.
import { describe, expect, it } from 'vitest'
import { Machine } from '#base/process/machine.ts'
import { dahuaPresets } from '#devices/pure/watch/dahua/presets.ts'
import { hikvisionPresets } from '#devices/pure/watch/hikvision/presets.ts'
import { presetDriver, type PresetNews } from '#devices/pure/watch/preset-driver.ts'
import { standardPlanTimes } from '#devices/pure/watch/preset-plan.ts'
import { VirtualClock } from '../camera/virtual-clock.ts'

const hik = hikvisionPresets(1)
const dahua = dahuaPresets(2)
const ns = 'xmlns="http://www.isapi.org/ver20/XMLSchema"'
const ptz = (inner: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><PTZStatus version="2.0" ${ns}>${inner}</PTZStatus>`
const high = (elevation: string, azimuth: string, zoom: string): string =>
  ptz(
    `<AbsoluteHigh><elevation>${elevation}</elevation><azimuth>${azimuth}</azimuth>` +
      `<absoluteZoom>${zoom}</absoluteZoom></AbsoluteHigh>`,
  )
const lines = (...all: readonly string[]): string => all.join('\r\n')

it('asks in the form of its maker', () => {
  expect([hik.turn(12), hik.where(), dahua.turn(12), dahua.where()]).toEqual([
    { method: 'PUT', path: '/ISAPI/PTZCtrl/channels/1/presets/12/goto' },
    { method: 'GET', path: '/ISAPI/PTZCtrl/channels/1/status' },
    {
      method: 'GET',
      path: '/cgi-bin/ptz.cgi?action=start&channel=2&code=GotoPreset&arg1=0&arg2=12&arg3=0',
    },
    { method: 'GET', path: '/cgi-bin/ptz.cgi?action=getStatus&channel=2' },
  ])
})

describe('a position', () => {
  const hikAt = { panDeg: 45, tiltDeg: -2, zoom: 1 }
  const dahuaAt = { panDeg: 91.6, tiltDeg: -2.6, zoom: 1 }
  it.each([
    ['of Hikvision', hik, 200, high('-20', '450', '10'), hikAt],
    ['of Hikvision with fractions', hik, 200, high('-20.0', '450.0', '10'), hikAt],
    ['of Hikvision without a zoom', hik, 200, ptz('<AbsoluteHigh/>'), null],
    ['of Hikvision, none', hik, 200, ptz(''), null],
    [
      'of Hikvision, twice',
      hik,
      200,
      high('1', '2', '3').replace('<azimuth>', '<azimuth>7</azimuth><azimuth>'),
      null,
    ],
    ['of Hikvision, no number', hik, 200, high('-20', '4e2', '10'), null],
    ['of Hikvision, not supported', hik, 404, high('-20', '450', '10'), null],
    ['of Hikvision, half', hik, 200, high('-20', '450', '10').slice(0, 120), null],
    [
      'of Dahua',
      dahua,
      200,
      lines(
        'status.Action=Preset',
        'status.MoveStatus=Idle',
        'status.Postion[0]=91.600000',
        'status.Postion[1]=-2.600000',
        'status.Postion[2]=1.000000',
        'status.PresetID=2',
      ),
      dahuaAt,
    ],
    [
      'of Dahua, spelled right',
      dahua,
      200,
      lines('status.Position[0]=91.6', 'status.Position[1]=-2.6', 'status.Position[2]=1'),
      dahuaAt,
    ],
    [
      'of Dahua without a zoom',
      dahua,
      200,
      lines('status.Postion[0]=1', 'status.Postion[1]=2'),
      null,
    ],
    ['of Dahua, refused', dahua, 401, 'status.Postion[0]=1', null],
    ['of Dahua, an error', dahua, 200, 'Error\r\nBad Request!', null],
  ])('%s', (_what, make, status, text, position) => {
    expect(make.position(status, text)).toEqual(position)
  })
})

describe('the answer to a turn', () => {
  const said = (code: string): string =>
    `<ResponseStatus version="2.0" ${ns}><statusCode>${code}</statusCode></ResponseStatus>`
  it.each([
    ['accepted', hik, 200, said('1'), null],
    ['empty', hik, 200, '', null],
    ['refused', hik, 200, said('4'), 'presetRefused status 4'],
    ['of another kind', hik, 200, '<html/>', 'presetRefused status ?'],
    ['with an error', hik, 403, said('1'), 'presetRefused HTTP 403'],
    ['OK', dahua, 200, 'OK\r\n', null],
    ['an error', dahua, 200, 'Error\r\nBad Request!', 'presetRefused Error'],
    ['nothing', dahua, 200, '', 'presetRefused ?'],
    ['no such page', dahua, 404, '', 'presetRefused HTTP 404'],
  ])('%s', (_what, make, status, text, refusal) => {
    expect(make.refusal(status, text)).toBe(refusal)
  })
})

type Driver = ReturnType<typeof presetDriver>
type Event = Parameters<Driver['step']>[1]
type Happening = Event extends infer E ? (E extends unknown ? Omit<E, 'atMs'> : never) : never

/** The plan over HTTP; `answer`: what the camera sends to a path, null for silence. */
function bench(answer: (path: string) => { status: number; body?: string } | null) {
  const clock = new VirtualClock()
  const news: PresetNews[] = []
  const paths: string[] = []
  const driver = presetDriver(
    { presets: [1, 2], times: { ...standardPlanTimes, dwellMs: 30_000 } },
    hik,
  )
  const machine: Machine<
    ReturnType<Driver['initial']>,
    Happening,
    Event,
    ReturnType<Driver['step']>['effects'][number]
  > = new Machine({
    mono: clock,
    initial: driver.initial(),
    stamped: (one) => ({ ...one, atMs: clock.nowUs() / 1_000 }) as Event,
    step: (state, event) => driver.step(state, event),
    carryOut(effect) {
      if (effect.do === 'emit') news.push(effect.event)
      if (effect.do !== 'request') return
      const { id, request, auth } = effect
      paths.push(request.path)
      const said = answer(request.path)
      if (said === null) return
      clock.after(10, () => {
        const isFirst = auth === null
        const challenge = { 'www-authenticate': 'Digest realm="r", qop="auth", nonce="n"' }
        const { status, body = '' } = isFirst ? { status: 401, body: '' } : said
        machine.take({ type: 'head', id, status, headers: status === 401 ? challenge : {} })
        machine.take({ type: 'body', id, bytes: new TextEncoder().encode(body) })
        machine.take({ type: 'end', id })
      })
    },
  })
  return { clock, news, paths, machine }
}

describe('the plan over HTTP', () => {
  it('signs in, turns and stands', () => {
    let pan = 0
    const one = bench((path) => {
      const preset = /presets\/(\d+)/.exec(path)?.[1]
      if (preset !== undefined) pan = Number(preset) * 500
      return { status: 200, body: preset === undefined ? high('100', String(pan), '10') : '' }
    })
    one.machine.take({ type: 'start' })
    one.clock.run(60_000)
    expect(one.news.flatMap((news) => (news.type === 'standing' ? [news.preset] : []))).toEqual([
      1, 2,
    ])
  })

  it('stops when its account is refused, and begins anew with another password', () => {
    const one = bench(() => ({ status: 401 }))
    one.machine.take({ type: 'start' })
    one.clock.run(600_000)
    expect(one.news).toEqual([
      { type: 'planStopped', reason: 'credentials', note: 'credentialsRefused' },
    ])
    const before = one.paths.length
    one.machine.take({ type: 'credentialsChanged' })
    one.clock.run(1_000)
    expect([before, one.paths.length]).toEqual([2, 4])
  })

  it.each<[string, () => { status: number; body?: string } | null, string]>([
    ['silence', () => null, 'silent'],
    ['an answer without end', () => ({ status: 200, body: 'x'.repeat(70_000) }), 'answerOverlong'],
    ['a page that is no position', () => ({ status: 200, body: '<html/>' }), 'positionUnread'],
  ])('names %s', (_what, answer, why) => {
    const one = bench(answer)
    one.machine.take({ type: 'start' })
    one.clock.run(120_000)
    expect(one.news).toContainEqual({ type: 'presetFailed', preset: 1, why })
    expect(one.news.some(({ type }) => type === 'standing')).toBe(false)
  })
})
