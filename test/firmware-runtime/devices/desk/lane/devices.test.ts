// The devices of a lane on their links: what a profile says about wiring, address and frames is what is sent, and a link
// without a profile behaves as before profiles existed.
import { describe, expect, it } from 'vitest'
import type { ProfileLookup } from '#devices/profiles/links.ts'
import type { Timing } from '#devices/desk/lane/device-ports.ts'
import { rsuDevice } from '#devices/desk/lane/rsu-device.ts'
import { barrierDevice } from '#devices/desk/lane/devices.ts'
import { createRsuModel } from '#simulators/rsu/model.ts'
import type { LaneEvent } from '#lane/pure/lane.ts'
import { simulatedRsuId } from '#base/pure/lot/simulated.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'
import type { ByteLinkHandlers, LinkOpener } from '#devices/ports/byte-link.ts'
import { HandClock } from '../../../runtime/control/control-kit.ts'
import { copyOf, library, put, readAgain } from '../../profiles/shipped.ts'
import { bareExit } from '../../../../kit/bare-lot.ts'

const board = readAgain(
  put(
    put(
      put(copyOf('barrier/generic/modbus-relay'), '/protocol/wiring/outputs/open', 5),
      '/protocol/wiring/inputs/loopUnder/di',
      9,
    ),
    '/protocol/data',
    { unitId: 7 },
  ),
)

const profiles: ProfileLookup = {
  find(kind, id) {
    if (kind === 'barrier' && id === 'acme/board')
      return { ok: true, checked: present(board.checked, JSON.stringify(board.findings)) }
    const checked = library.profiles.get(`${kind}/${id}`)
    return checked === undefined ? { ok: false, there: false, note: 'none' } : { ok: true, checked }
  },
}

/** A link whose other end is the test. */
class FakeLink implements LinkOpener {
  readonly sent: string[] = []
  url = ''
  handlers: ByteLinkHandlers | null = null

  open(url: string, handlers: ByteLinkHandlers) {
    this.url = url
    this.handlers = handlers
    return {
      send: (bytes: Uint8Array) => void this.sent.push(hexOf(bytes)),
      close: () => undefined,
      bytesIn: 0,
      bytesOut: 0,
    }
  }
}

const lane = (over: { rsu?: string; barrier?: string }) => ({ ...bareExit, ...over })

const scene = (link: FakeLink, timing: Timing, clock = new HandClock()) => ({
  opener: link,
  mono: clock,
  business: { nowMs: () => 1_700_000_000_000 },
  timing,
  profiles,
})

/** The first request for inputs, and the pulse that opens. */
function requests(query: string, timing: Timing): { inputs: string; open: string } {
  const link = new FakeLink()
  const barrier = `tcp://127.0.0.1:502${query}`
  const device = barrierDevice(lane({ barrier }), scene(link, timing), () => undefined)
  device.open()
  link.handlers?.up()
  const [inputs = ''] = link.sent
  const count = Number.parseInt(inputs.slice(20, 24), 16)
  const bytes = Math.ceil(count / 8)
  const answer = [0, 1, 0, 0, 0, 3 + bytes, Number.parseInt(inputs.slice(12, 14), 16), 2, bytes]
  link.handlers?.bytes(Uint8Array.from([...answer, ...Array<number>(bytes).fill(0)]))
  device.command({ do: 'open', passId: 'p1' })
  return { inputs, open: link.sent.find((hex) => hex.slice(14, 16) === '05') ?? '' }
}

describe('a barrier', () => {
  it('without a profile has the wiring of the contract', () => {
    const { inputs, open } = requests('', 'standard')
    // Unit 1, four inputs; coil 0 with a pulse of 500 ms.
    expect(inputs.slice(12)).toBe('010200000004')
    expect(open.slice(12)).toBe('010502000005')
  })
  it('with a profile has its wiring and address', () => {
    const { inputs, open } = requests('?profile=acme/board', 'standard')
    expect(inputs.slice(12)).toBe('07020000000A')
    expect(open.slice(12)).toBe('070502050005')
  })
  it('in instant timing keeps its own times and takes wiring and address', () => {
    const { open } = requests('?profile=acme/board', 'instant')
    // The profile's unit and coil, with the shortest pulse.
    expect(open.slice(12)).toBe('070502050001')
  })
  it('of a profile that the lot was never checked for is our own mistake', () => {
    expect(() => requests('?profile=acme/none', 'standard')).toThrow('assertion failed')
  })
})

/** The URL of the opened link, and the first request for inputs. */
function opened(barrier: string): string[] {
  const link = new FakeLink()
  const clock = new HandClock()
  const device = barrierDevice(lane({ barrier }), scene(link, 'standard', clock), () => undefined)
  device.open()
  link.handlers?.up()
  // RTU keeps its silent interval before the first request.
  clock.advance(20)
  return [link.url, link.sent[0] ?? '']
}

describe('a barrier of a profile for Modbus RTU', () => {
  const rtu = '010200000004' + '79C9'
  it('has the port of the profile', () => {
    const [url, inputs] = opened('serial:/dev/x?profile=generic/relay-rtu&parity=even')
    expect(url).toMatch(/&parity=even&baud=9600&dataBits=8&stopBits=1$/)
    expect(inputs).toBe(rtu)
  })
  it('speaks RTU through a socket too, unless the link says otherwise', () => {
    const socket = 'tcp://127.0.0.1:502?profile=generic/relay-rtu'
    expect(opened(socket)).toEqual([`${socket}&wire=rtu`, rtu])
    expect(opened(`${socket}&wire=tcp`)[1]?.slice(12)).toBe('010200000004')
  })
  it('is the same configuration in instant timing: a lot goes on with its barriers armed', () => {
    for (const query of ['', '?profile=acme/board']) {
      const barrier = `tcp://127.0.0.1:502${query}`
      const [standard, instant] = (['standard', 'instant'] as const).map(
        (timing) =>
          barrierDevice(lane({ barrier }), scene(new FakeLink(), timing), () => undefined).wiring,
      )
      expect(instant).toBe(standard)
    }
  })

  it('is another configuration than the same board without it', () => {
    const wiringOf = (barrier: string): string =>
      barrierDevice(lane({ barrier }), scene(new FakeLink(), 'standard'), () => undefined).wiring
    const bare = wiringOf('tcp://127.0.0.1:502?wire=rtu')
    expect(wiringOf('tcp://127.0.0.1:502?wire=rtu')).toBe(bare)
    expect(wiringOf('tcp://127.0.0.1:502?profile=acme/board')).toContain('"open":5')
  })
})

/** The types of the frames that the driver sends when its link comes up, and its settings. */
function antenna(variant: string, at = 'tcp://127.0.0.1:60001') {
  const fake = new FakeLink()
  const link = lane({ rsu: `${at}?variant=${variant}` })
  const device = rsuDevice(
    link,
    scene(fake, 'standard'),
    () => undefined,
    () => undefined,
    null,
  )
  device.open()
  fake.handlers?.up()
  return { url: fake.url, sent: fake.sent, hasProof: device.hasProof, silenceMs: device.silenceMs }
}

describe('an antenna', () => {
  it('of a vendor is switched and set up as its profile says', () => {
    expect(antenna('generic-bcc').sent[0]).toMatch(/^FFFF..4C00/)
    const [antennaOff, initialise] = antenna('soulin/parking').sent
    expect(antennaOff).toMatch(/^FFFF..C400/)
    // The time in C0 is Chinese local time written as UTC: eight hours ahead of 6553F100.
    expect(initialise).toMatch(/^FFFF..C065546180/)
  })
  it('of a vendor has the abilities of its profile', () => {
    expect(antenna('generic-ver').hasProof).toBe(true)
    expect(antenna('wanji/parking').hasProof).toBe(false)
    expect(antenna('jinyi/parking').silenceMs).toBe(20_000)
  })
  it('begins with the power of its profile', () => {
    const power = (variant: string): string =>
      antenna(variant)
        .sent.find((hex) => hex.slice(16, 18) === 'C0')
        ?.slice(44, 46) ?? ''
    expect([power('generic-ver'), power('wanji/parking')]).toEqual(['08', '02'])
  })
  it('has the serial port of its profile, and that of the contract where none is named', () => {
    expect(antenna('generic/regional-firmware', 'serial:/dev/x').url).toContain('&baud=460800&')
    expect(antenna('generic-bcc', 'serial:/dev/x').url).toBe('serial:/dev/x?variant=generic-bcc')
  })
})

describe('an antenna that calls itself a simulator', () => {
  /** What the lane is told once the antenna has answered C0. */
  function effectOf(rsuId: string, demo: boolean | undefined) {
    const link = new FakeLink()
    const laneEvents: LaneEvent[] = []
    const faults: string[] = []
    const device = rsuDevice(
      lane({ rsu: 'tcp://rsu.lan:60001?variant=generic-ver' }),
      {
        ...scene(link, 'standard'),
        ...(demo === undefined ? {} : { demo }),
        linkDown: (fault) => faults.push(fault.code),
      },
      (event) => laneEvents.push(event),
      () => undefined,
      null,
    )
    const sim = createRsuModel({
      variant: 'generic-ver',
      knobs: { rsuId },
      timing: 'instant',
      seed: 1,
    })
    device.open()
    link.handlers?.up()
    for (let i = 0; i < link.sent.length; i++)
      for (const out of sim.onBytes(Buffer.from(link.sent[i] ?? '', 'hex'), 1))
        if (out.do === 'send') link.handlers?.bytes(out.bytes)
    return { told: laneEvents.map((event) => event.type), faults, status: device.status }
  }
  it('is out of service in production, with the word why', () => {
    const { told, faults, status } = effectOf(simulatedRsuId, false)
    expect(told).toContain('rsuDown')
    expect(told).not.toContain('rsuUp')
    expect(faults).toEqual(['LOT-05'])
    expect(status).toMatchObject({ up: false, reason: 'simulated' })
  })
  it.each([
    [simulatedRsuId, true],
    ['000829', false],
  ] as const)('%s is taken where demo is %s', (rsuId, demo) => {
    const { told, faults } = effectOf(rsuId, demo)
    expect(told).toContain('rsuUp')
    expect(faults).toEqual([])
  })
})
