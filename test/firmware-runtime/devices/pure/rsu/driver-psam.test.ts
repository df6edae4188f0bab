// The authorisation of a PSAM over frames, against the RSU simulator: its random number, and its reply to the platform's
// answer. Only between two cars; a variant without these frames says so, and a silent antenna is given up.
import { describe, expect, it } from 'vitest'
import type { RsuDeviceEvent } from '#devices/pure/etc/rsu-device.ts'
import { stepRsuDriver, type RsuDriverEvent } from '#devices/pure/rsu/driver.ts'
import { testPsamMac } from '#simulators/shell/test-psam.ts'
import { fault, regional, Site } from './simulator-site.ts'

/** A site that records what the device reports about its PSAM and its identity. */
class PsamSite extends Site {
  readonly device: RsuDeviceEvent[] = []
  override feed(body: Parameters<Site['feed']>[0]): void {
    const businessNowMs = 1_700_000_000_000 + Math.floor(this.nowUs / 1000)
    const { effects } = stepRsuDriver(this.state, { ...body, businessNowMs } as RsuDriverEvent)
    for (const one of effects) if (one.do === 'device') this.device.push(one.event)
    super.feed(body)
  }
  random(terminal = this.state.psamTerminals[0] ?? ''): RsuDeviceEvent | undefined {
    this.feed({ type: 'command', command: { do: 'psamRandom', terminal } })
    this.run(400)
    return this.device.findLast(({ type }) => type === 'psamRandom')
  }
  apply(apdu: string, terminal = this.state.psamTerminals[0] ?? ''): RsuDeviceEvent | undefined {
    this.feed({ type: 'command', command: { do: 'psamApply', terminal, apdu } })
    this.run(400)
    return this.device.findLast(({ type }) => type === 'psamApplied')
  }
}

const quiet = (id: 'generic-ver' | 'generic-len' | 'generic-bcc' | typeof regional, knobs = {}) => {
  const site = new PsamSite(id, { knobs: { psamAuthorised: false, ...knobs } })
  site.feed({ type: 'linkUp' })
  return site.run(4500)
}
const randomIn = (event: RsuDeviceEvent | undefined) =>
  event?.type === 'psamRandom' && typeof event.got === 'object' ? event.got : null
const apduOf = (random: string): string => `0082000008${testPsamMac(random)}`

describe.each(['generic-ver', regional] as const)('%s', (id) => {
  it('gives its random and takes what the platform makes of it', () => {
    const site = quiet(id)
    const got = randomIn(site.random())
    expect(got).toMatchObject({ psamNo: '37010000000000000001' })
    expect(site.apply(apduOf(got?.random ?? ''))).toMatchObject({ got: { statusWord: '9000' } })
    expect(site.model.knobs.psamAuthorised).toBe(true)
  })
  it('refuses the answer to another random, and one that it was given before', () => {
    const site = quiet(id)
    const first = randomIn(site.random())?.random ?? ''
    site.random()
    expect(site.apply(apduOf(first))).toMatchObject({ got: { statusWord: '6300' } })
    expect(site.apply(apduOf(first))).toMatchObject({ got: { statusWord: '6300' } })
    expect(site.model.knobs.psamAuthorised).toBe(false)
  })
})

describe('generic-ver', () => {
  it('says that a PSAM is authorised once it took the answer, the second one by its own channel', () => {
    const site = quiet('generic-ver')
    const [, second = ''] = site.state.psamTerminals
    const got = randomIn(site.random(second))
    expect(got?.psamNo).toBe('37010000000000000002')
    site.apply(apduOf(got?.random ?? ''), second)
    expect(site.device.findLast(({ type }) => type === 'identity')).toMatchObject({
      identity: { psams: [{ authorised: false }, { terminal: second, authorised: true }] },
    })
  })
  it('is busy while a car is there, and sends nothing', () => {
    const site = new PsamSite('generic-ver', {}).start().run(100)
    const sent = site.said.length
    site.feed({ type: 'command', command: { do: 'psamRandom', terminal: '370100000001' } })
    expect(site.device.at(-1)).toMatchObject({ type: 'psamRandom', got: 'busy' })
    expect(site.said.slice(sent)).not.toContain('CA')
  })
  it('gives up an antenna that says nothing, and one whose link ends', () => {
    const site = quiet('generic-ver')
    fault(site, { at: 'CA', when: 'before', do: 'drop', times: 9 })
    site.random()
    site.run(3000)
    expect(site.device.at(-1)).toMatchObject({ type: 'psamRandom', got: 'silent' })
    site.random()
    site.feed({ type: 'linkDown', reason: 'closed' } as never)
    expect(site.device.findLast(({ type }) => type === 'psamRandom')).toMatchObject({ got: 'down' })
  })
  it('a PSAM that it does not have is none of its own', () => {
    expect(quiet('generic-ver').random('FFFFFFFFFFFF')).toMatchObject({ got: 'down' })
  })
})

it.each(['generic-bcc', 'generic-len'] as const)('%s carries no authorisation', (id) => {
  const site = quiet(id, { psamAuthorised: true })
  const sent = site.said.length
  expect(site.random()).toMatchObject({ got: 'none' })
  expect(site.said.slice(sent)).toEqual([])
})
