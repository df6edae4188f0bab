// F16, F17, F19 and F22: links that speak something else, and a boom that rises by itself.
// Each is named, recorded where it matters, and survived: the next car pays as usual.
import { describe, expect, it } from 'vitest'
import { rsuDevice } from '#devices/desk/lane/rsu-device.ts'
import { barrierDevice } from '#devices/desk/lane/devices.ts'
import { checkLink } from '#devices/find/link-doctor.ts'
import { FrameRing, ringBytesMax } from '#devices/frame-log/frame-ring.ts'
import type { LaneEvent } from '#lane/pure/lane.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { present } from '#base/pure/values/must.ts'
import { standardBarrier } from '#devices/pure/barrier/modbus-relay/config.ts'
import { barrierDriver } from '#devices/pure/barrier/modbus-relay/driver.ts'
import { modbusRtu } from '#devices/pure/barrier/modbus-relay/rtu.ts'
import { rsuDriverDefaults, startRsuDriver, stepRsuDriver } from '#devices/pure/rsu/driver.ts'
import { repeatTimers } from '#devices/pure/rsu/driver-state.ts'
import { emptyFraming } from '#devices/pure/rsu/framing.ts'
import { rsuVariant, rsuVariantIds } from '#devices/pure/rsu/variants.ts'
import { createBarrierModel } from '#simulators/barrier/model.ts'
import { createRsuModel } from '#simulators/rsu/model.ts'
import type { ByteLinkHandlers, LinkOpener } from '#devices/ports/byte-link.ts'
import { HandClock, makeLot } from '../firmware-runtime/runtime/control/control-kit.ts'
import { FindBench } from '../firmware-runtime/devices/find/bench.ts'
import { BoardBench } from '../firmware-runtime/devices/pure/barrier/modbus-relay/bench.ts'
import { Bench } from '../firmware-runtime/devices/pure/rsu/driver-bench.ts'
import {
  VirtualLink,
  type DeviceModel,
  type ModelOutput,
} from '../firmware-runtime/devices/pure/contract/virtual-link.ts'
import { seeded } from '../fuzz/mutator.ts'
import { bareExit } from '../kit/bare-lot.ts'

const all = rsuVariantIds.map((id) => ({ id }))
const full = process.env['ETC_LANE_SCALE'] === 'full'
/** 1 MB/s for ten minutes is 600 MB; `npm run test:full` sends all of it, the other runs a part. */
const noiseBytes = full ? 600_000_000 : 24_000_000
const pieceBytes = 50_000

/** A long run of noise, cut differently each time, so that no two pieces are equal. */
const strip = ((): Uint8Array => {
  const draw = seeded(16)
  return Uint8Array.from({ length: 1_000_003 }, () => draw(256))
})()
const noiseAt = (n: number): Uint8Array => {
  const at = (n * 7_919) % (strip.length - pieceBytes)
  return strip.subarray(at, at + pieceBytes)
}

describe.each(all)('$id', ({ id }) => {
  it('F16 ten minutes of 1 MB/s noise: cars pay in between, memory stays flat', () => {
    const rsu = new Bench(id).ready()
    let state = rsu.state
    const ring = new FrameRing(() => 0)
    const pieces = noiseBytes / pieceBytes
    let lost = 0
    let sent = 0
    let paid = 0
    for (let n = 0; n < pieces; n++) {
      const chunk = noiseAt(n)
      const businessNowMs = rsu.nowMs + n * 50
      ring.took({ type: 'bytes', bytes: chunk, atMs: n * 50, businessNowMs }, n * 50_000)
      const step = stepRsuDriver(state, { type: 'bytes', bytes: chunk, businessNowMs })
      state = step.state
      for (const effect of step.effects) {
        if (effect.do === 'discarded') lost += effect.count
        if (effect.do === 'send') sent += effect.bytes.length
        if (effect.do === 'emit') expect(['rsuFault']).toContain(effect.event.type)
      }
      expect(state.framing.pending.length).toBeLessThanOrEqual(1_034)
      expect(ring.heldBytes).toBeLessThanOrEqual(ringBytesMax)
      if (n % Math.floor(pieces / 8) !== 0) continue
      // The line is silent for a moment, as between two frames: a car comes and pays.
      rsu.state = state
      if (rsu.state.interByteSet) {
        rsu.timers.set('interByte', 0)
        rsu.fire('interByte')
      }
      // The RSU's earlier frames of the previous car no longer count as repeats.
      for (const name of repeatTimers) rsu.timers.set(name, 0)
      rsu.repeatsOver()
      rsu.readCard()
      rsu.debit(`D${n}`)
      if (rsu.say('B5').includes('debitResult')) paid++
      rsu.tell({ do: 'complete', obuId: '02001234' })
      rsu.tell({ do: 'search', on: true })
      state = rsu.state
    }
    expect(paid).toBeGreaterThanOrEqual(8)
    expect(lost).toBeGreaterThan(noiseBytes * 0.98)
    // Answers to noise that looks like frames must not become a flood themselves.
    expect(sent).toBeLessThan(noiseBytes / 100)
  })

  it('F17 at another speed: down by name with what to do, told once, up again alone', () => {
    const { device, link, clock, faults } = antenna(id)
    for (let round = 0; round < 3; round++) {
      link.handlers?.up()
      for (let n = 0; n < 25; n++) {
        link.handlers?.bytes(garbled(n))
        clock.advance(1_000)
      }
    }
    expect(device.status).toMatchObject({ up: false, reason: 'garbage' })
    expect(faults[0]).toMatchObject({ code: 'LINK-05', detail: { field: '/lanes/exit/rsu' } })
    expect(faults.filter(({ code }) => code === 'LINK-05').length).toBeLessThanOrEqual(3)
    // The speed is corrected: the next frames are the device's own.
    link.handlers?.up()
    const { framing, table } = rsuVariant(id)
    const bench = new Bench(id)
    if (table.psam?.atStart === true) link.handlers?.bytes(framing.encode(1, bench.data('BA')))
    link.handlers?.bytes(framing.encode(1, bench.data('B0')))
    expect(device.status).toMatchObject({ up: true })
    device.close()
  })

  it('F19 another device on its port: never up, nothing is asked of it but to say who it is', () => {
    for (const other of rsuVariantIds) {
      if (other === id) continue
      const { ups, model } = against(
        id,
        createRsuModel({ variant: other, timing: 'standard', seed: 3 }),
      )
      expect(ups, other).toBe(0)
      expect(model.state()).toMatchObject({ debits: 0 })
    }
    const { ups, model } = against(
      id,
      createBarrierModel({ timing: 'standard', seed: 3, transport: 'rtu' }),
    )
    expect(ups).toBe(0)
    expect(model.state()).toMatchObject({ opens: 0, closes: 0, openPulses: 0, closePulses: 0 })
  })
})

/** What a port at the wrong speed reads: NUL where the stop bit was missing, and halves of bytes. */
const garbled = (n: number): Uint8Array =>
  Uint8Array.from({ length: 40 }, (_, i) => (i % 3 === 0 ? 0 : (i * 37 + n * 11) & 0xf8))

class FakeLink implements LinkOpener {
  handlers: ByteLinkHandlers | null = null
  opens = 0
  open(_url: string, handlers: ByteLinkHandlers) {
    this.opens++
    this.handlers = handlers
    return { send: () => undefined, close: () => undefined, bytesIn: 0, bytesOut: 0 }
  }
}
function sceneOf() {
  const link = new FakeLink()
  const clock = new HandClock()
  const faults: LaneFault[] = []
  const told: LaneEvent[] = []
  const scene = {
    opener: link,
    mono: clock,
    business: { nowMs: () => 1_700_000_000_000 },
    timing: 'standard' as const,
    linkDown: (fault: LaneFault) => void faults.push(fault),
  }
  return { link, clock, faults, told, scene, take: (event: LaneEvent) => void told.push(event) }
}

function antenna(id: string) {
  const site = sceneOf()
  const lane = { ...bareExit, rsu: `serial:/dev/ttyUSB0?baud=9600&variant=${id}` }
  const device = rsuDevice(lane, site.scene, site.take, () => undefined, null)
  device.open()
  return { ...site, device }
}

/** The driver of one device opposite the model of another, for a minute. */
function against<M extends DeviceModel<ModelOutput>>(id: (typeof all)[number]['id'], model: M) {
  const link = new VirtualLink<ModelOutput>(model, { serial: true })
  let ups = 0
  link.host(
    {
      initial: () => startRsuDriver({ ...rsuDriverDefaults, variant: id, laneMode: 'exit' }),
      step: stepRsuDriver,
    },
    (event: { readonly type: string }) => {
      if (event.type === 'rsuUp') ups++
    },
  )
  link.connect()
  link.run(60_000)
  return { ups, model }
}

describe('the link doctor', () => {
  const doctor = (bench: FindBench, link: string) =>
    bench.run(
      checkLink(bench.outside, link, { signal: new AbortController().signal, wanted: null }),
    )
  it('F17 at another speed: says both speeds', async () => {
    const bench = new FindBench()
    const bcc = rsuVariant('generic-bcc')
    const b0 = bcc.framing.encode(0x08, new Bench('generic-bcc').data('B0'))
    bench.link = {
      up: (say, url) => (url.includes('baud=9600&') ? undefined : say(garbled(1))),
      sent: (bytes, say, url) => {
        const { frames } = bcc.framing.decode(emptyFraming, bytes)
        const isRequested = frames.some(({ data }) => data[0] === 0x4c)
        if (isRequested) say(url.includes('baud=9600&') ? b0 : garbled(2))
      },
    }
    const { ok, findings } = await doctor(bench, 'serial:/dev/ttyUSB0?baud=115200')
    expect([ok, findings.map(({ code }) => code)]).toEqual([false, ['FIND-05']])
    expect(findings[0]?.value).toBe('115200 → 9600')
    expect(JSON.stringify(findings[0]?.todo)).toContain('speed')
  })
  it('F19 another device: says so, with a sample and what to look at', async () => {
    const bench = new FindBench()
    bench.link = { up: (say) => say(new TextEncoder().encode('$GPRMC,093015.00,A*6C\r\n')) }
    const { ok, findings } = await doctor(bench, 'serial:/dev/ttyUSB0')
    expect([ok, findings.map(({ code }) => code)]).toEqual([false, ['FIND-08']])
    expect(findings[0]?.note).toMatch(/^23 bytes, 0 framed, \d+ NUL: [0-9A-F]+$/)
    expect(JSON.stringify(findings[0]?.todo)).toContain('other kinds of devices')
  })
})

describe('a barrier', () => {
  it('F16 ten minutes of 1 MB/s noise: no pulse, memory flat, and it opens afterwards', () => {
    for (const link of [undefined, modbusRtu(5)]) {
      const driver = barrierDriver(standardBarrier, link)
      let state = driver.step(driver.initial(), { type: 'linkUp', atMs: 0 }).state
      for (let n = 0; n < noiseBytes / pieceBytes / 4; n++) {
        const atMs = 100 + n * 50
        state = driver.step(state, { type: 'bytes', atMs, bytes: noiseAt(n) }).state
        if (n % 4 === 0) state = driver.step(state, { type: 'timer', atMs, name: 'poll' }).state
        expect(state.carry.length).toBeLessThanOrEqual(260)
      }
      expect(state.counters.pulses).toEqual({ open: 0, close: 0, stop: 0 })
      expect(state.counters.discardedBytes).toBeGreaterThan(noiseBytes / 8)
    }
    for (const link of ['tcp', 'rtu'] as const) {
      const bench = new BoardBench(link).ready()
      for (let n = 0; n < 50; n++) {
        bench.garbage(noiseAt(n).subarray(0, 2_000))
        bench.run(200)
      }
      bench.run(20_000)
      bench.passage('p1')
      expect(bench.judged).toMatchObject({ opens: 1, closes: 1, closesOnPresence: 0 })
    }
  })
  it('F19 on the port of an antenna: never up, no pulse, and it says that it is another device', () => {
    const site = sceneOf()
    const lane = { ...bareExit, barrier: 'serial:/dev/ttyUSB0' }
    const device = barrierDevice(lane, site.scene, site.take)
    device.open()
    const rsu = new Bench('generic-ver')
    for (let round = 0; round < 2; round++) {
      site.link.handlers?.up()
      for (let n = 0; n < 40; n++) {
        site.link.handlers?.bytes(rsu.v.framing.encode(1 + (n % 9), rsu.data('B1')))
        site.clock.advance(250)
      }
    }
    expect(device.status).toMatchObject({ up: false, reason: 'garbage' })
    expect(site.faults[0]).toMatchObject({
      code: 'LINK-05',
      detail: { field: '/lanes/exit/barrier' },
    })
    expect(site.told.map(({ type }) => type)).not.toContain('barrierUp')
    device.close()
  })
  it('F22 open without a command: the driver says so, whatever else it is doing', () => {
    const bench = new BoardBench('tcp').ready()
    bench.act('openAlone')
    bench.run(4_000)
    expect(bench.told('barrierFault')).toMatchObject([{ fault: 'openedAlone' }])
  })
})

describe('the lot', () => {
  const rose: LaneEvent = { type: 'barrierFault', fault: 'openedAlone' }
  const position = (to: 'open' | 'closed'): LaneEvent => ({ type: 'position', position: to })
  const shown = async (lot: ReturnType<typeof makeLot>): Promise<string | undefined> => {
    const reply = await lot.control.call('board.get', {}, 'auditor')
    if (!reply.ok) throw new Error('no board')
    const { lanes } = reply.data as {
      lanes: readonly { laneId: string; openedAloneAtIso?: string }[]
    }
    return lanes.find(({ laneId }) => laneId === 'exit')?.openedAloneAtIso
  }
  it('F22 open without a command: a row of the chain, an alarm, and no harm to the lane', async () => {
    const lot = makeLot([], null, null, 'one')
    lot.runtime.dispatch('exit', position('open'))
    lot.runtime.dispatch('exit', rose)
    expect(lot.ledger.list.at(-1)).toMatchObject({
      kind: 'audit',
      laneId: 'exit',
      body: { act: 'boom.openedAlone', by: 'etc-lane', reason: 'BOOM-01' },
    })
    const faults = lot.runtime.events.since(0).events.filter(({ type }) => type === 'fault')
    expect(faults.map(({ detail }) => detail)).toContain('openedAlone')
    expect(await shown(lot)).toMatch(/^20/)
    // The boom has been down for long: the alarm ends by itself, the row stays.
    lot.clock.advance(900_000)
    expect(await shown(lot)).toBeDefined()
    lot.runtime.dispatch('exit', position('closed'))
    expect(await shown(lot)).toBeUndefined()
    expect(lot.runtime.lanes.get('exit')?.state.name).toBe('idle')
  })
  it.each(['notLowered', 'boomLeftOpen'] as const)(
    '%s: a person is called until the boom is seen down',
    async (detail) => {
      const lot = makeLot([], null, null, 'one')
      const leftUp = async (): Promise<string | undefined> => {
        const reply = await lot.control.call('board.get', {}, 'auditor')
        if (!reply.ok) throw new Error('no board')
        const { lanes } = reply.data as {
          lanes: readonly { laneId: string; leftUpAtIso?: string }[]
        }
        return lanes.find(({ laneId }) => laneId === 'exit')?.leftUpAtIso
      }
      expect(await leftUp()).toBeUndefined()
      lot.runtime.dispatch('exit', position('open'))
      if (detail === 'notLowered')
        lot.runtime.dispatch('exit', { type: 'barrierFault', fault: 'notLowered' })
      else lot.clock.advance(61_000)
      const since = await leftUp()
      expect(since).toMatch(/^20/)
      lot.clock.advance(200_000)
      expect(await leftUp(), 'since the first call').toBe(since)
      lot.runtime.dispatch('exit', position('closed'))
      expect(await leftUp()).toBeUndefined()
      lot.runtime.dispatch('exit', position('open'))
      expect(await leftUp(), 'a new opening is no old call').toBeUndefined()
    },
  )
  it('F22 with a full disk: the alarm is told all the same, and the lane goes on', async () => {
    const lot = makeLot([], null, null, 'one')
    lot.ledger.fault = new LaneFault('DATA-02')
    lot.runtime.dispatch('exit', rose)
    expect(await shown(lot)).toMatch(/^20/)
    lot.ledger.fault = null
    lot.runtime.dispatch('exit', { type: 'loop', loop: 'arrive', state: 'on' })
    expect(lot.runtime.lanes.get('exit')?.state.name).not.toBe('idle')
  })
})

it('F16 the ring of a link keeps frames by the thousand and noise by the megabyte', () => {
  const ring = new FrameRing(() => 0)
  const event = (bytes: Uint8Array) =>
    ({ type: 'bytes', bytes, atMs: 0, businessNowMs: 0 }) as const
  for (let n = 0; n < 16_384; n++) ring.took(event(new Uint8Array(50)), n)
  expect([ring.isWhole, ring.since(0).dropped]).toEqual([true, 0])
  for (let n = 0; n < 1_000; n++) ring.took(event(noiseAt(n)), n)
  const { events, dropped } = ring.since(0)
  expect(events.length + dropped).toBe(17_384)
  expect(events.at(-1)?.seq).toBe(17_384)
  expect(ring.isWhole).toBe(false)
  const bytes = events.map((one) => (one.kind === 'in' ? one.bytes.length : 0))
  expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(ringBytesMax)
  expect(present(events[0], 'the oldest').seq).toBe(dropped + 1)
})
