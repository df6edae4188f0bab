// Seeded mutations of detector messages: contact boards on both links, magnetic sensors by MQTT and
// by NB-IoT push, gates on a camera, cameras that answer a search. Nothing throws, nothing is invented.
import { describe, expect, it } from 'vitest'
import { dahuaSearch } from '#devices/pure/camera/dahua/search.ts'
import { sadp as sadpSearch } from '#devices/pure/camera/hikvision/search.ts'
import { camerasIn } from '#devices/find/ws-discovery.ts'
import type { SpaceReport } from '#devices/pure/spaces/report.ts'
import { gateStatus, inputLevel } from '#devices/pure/camera/hikvision/gate.ts'
import { frame } from '#devices/pure/barrier/modbus-relay/framing.ts'
import { modbusRtu } from '#devices/pure/barrier/modbus-relay/rtu.ts'
import { modbusTcp } from '#devices/pure/barrier/modbus-relay/transport.ts'
import { withCrc16 } from '#devices/pure/crc16-modbus.ts'
import { standardContacts } from '#devices/pure/detector/contacts/config.ts'
import { contactsDriver } from '#devices/pure/detector/contacts/driver.ts'
import { boschPls } from '#devices/pure/watch/chirpstack/bosch-pls.ts'
import { boschUplink } from '#devices/pure/watch/chirpstack/uplink.ts'
import { watchDriver } from '#devices/pure/watch/driver.ts'
import { nbIotReport } from '#devices/pure/watch/nb-iot/report.ts'
import { mutant, seeded } from './mutator.ts'
import { binaryMutations, sayFailingSeed, seed, textMutations } from './scale.ts'
import { nbIotReport as report } from '../firmware-runtime/devices/pure/watch/nb-iot-kit.ts'

sayFailingSeed()
const utf8 = new TextEncoder()
const none = new Uint8Array(0)
const jsonOf = (value: unknown): Uint8Array => utf8.encode(JSON.stringify(value))

const contact = {
  name: 'loop 1',
  di: 2,
  activeHigh: true,
  debounceOnMs: 80,
  debounceOffMs: 150,
  stuckMs: 60_000,
}

describe('boards of contacts under mutation', () => {
  it.each([
    ['tcp', modbusTcp],
    ['rtu', modbusRtu(5)],
  ] as const)('on %s: a contact is told from an answer that was asked for', (kind, transport) => {
    const draw = seeded(seed + 30)
    const config = { ...standardContacts, unitId: 1, contacts: [contact] }
    const driver = contactsDriver(config, transport)
    const up = driver.step(driver.initial(), { type: 'linkUp', atMs: 0 }).state
    let state = up
    let reportCount = 0
    for (let n = 1; n <= binaryMutations; n++) {
      const id = state.asked?.transactionId ?? draw(65_536)
      const pdu = Uint8Array.of(2, 1, draw(2) * 4)
      const good = kind === 'tcp' ? frame(id, 1, pdu) : withCrc16(Uint8Array.of(1, ...pdu))
      const event =
        n % 3 === 0
          ? ({ type: 'timer', name: ['poll', 'answer', 'stale'][draw(3)] ?? 'poll' } as const)
          : ({ type: 'bytes', bytes: mutant(good, draw) } as const)
      const before = state
      const step = driver.step(state, { ...event, atMs: n * 20 })
      state = step.state
      for (const effect of step.effects) {
        if (effect.do !== 'emit' || effect.event.type !== 'contact') continue
        reportCount++
        const { raw } = effect.event.seen
        if (raw !== null && before.asked === null) throw new Error(`mutation ${n}: told unasked`)
      }
      if (state.carry.length > 260) throw new Error(`mutation ${n}: carry grows`)
      if (state.link !== 'up') state = up
    }
    expect(reportCount).toBeGreaterThan(100)
  })
})

const eui = '0000000000000001'
const topic = `application/1/device/${eui}/event/up`
const uplink = {
  deviceInfo: { devEui: eui },
  fPort: 1,
  fCnt: 7,
  data: 'AQ==',
  time: '2026-11-20T01:30:15.000Z',
  rxInfo: [{ rssi: -90, snr: 7.5 }],
}

function check(found: SpaceReport, what: string): void {
  const { deviceId, deviceAtMs, seq, batteryV, rssiDbm } = found
  const nameOk = /^[\w.:-]{1,64}$/.test(deviceId)
  const timeOk = deviceAtMs === null || Number.isSafeInteger(Math.round(deviceAtMs))
  const seqOk = seq === null || (Number.isSafeInteger(seq) && seq >= 0)
  const rangeOk = (batteryV ?? 0) >= 0 && (batteryV ?? 0) <= 60 && (rssiDbm ?? 0) <= 20
  if (!nameOk || !timeOk || !seqOk || !rangeOk) throw new Error(`${what}: ${JSON.stringify(found)}`)
}

describe('magnetic sensors under mutation', () => {
  it.each([
    ['NB-IoT', '', jsonOf(report), nbIotReport],
    ['MQTT uplinks', topic, jsonOf(uplink), boschUplink],
  ] as const)('%s: a state, or a reason; and only of sensors that are known', (...row) => {
    const [, at, good, read] = row
    const draw = seeded(seed + 31)
    const known = at === '' ? report.deviceId : eui
    const driver = watchDriver({ spaces: { [known]: 'A1' }, silentMs: 60_000 })
    let state = driver.step(driver.initial(), { type: 'linkUp', atMs: 0 }).state
    const seen = { read: 0, refused: 0 }
    for (let n = 1; n <= textMutations; n++) {
      const bytes = mutant(good, draw)
      const found = read(at, bytes)
      if (found.ok) for (const one of found.reports) check(one, `mutation ${n}`)
      seen[found.ok ? 'read' : 'refused']++
      const step = driver.step(state, { type: 'read', atMs: n, read: found })
      state = step.state
      for (const effect of step.effects)
        if (effect.do === 'emit' && 'spaceId' in effect.event && effect.event.spaceId !== 'A1')
          throw new Error(`mutation ${n}: a space that is none`)
      if (Object.keys(state.last).length > 1) throw new Error(`mutation ${n}: strangers are kept`)
    }
    expect(Math.min(seen.read, seen.refused)).toBeGreaterThan(textMutations / 50)
  })
  it('bytes of the sensor itself: a state of a space, or none', () => {
    const draw = seeded(seed + 32)
    let read = 0
    for (let n = 0; n < binaryMutations; n++) {
      const found = boschPls(1 + draw(4), mutant(Uint8Array.of(draw(2), 20, 0, 0), draw))
      if (found === null) continue
      read++
      if (typeof found.occupied !== 'boolean') throw new Error(`mutation ${n}`)
    }
    expect(read).toBeGreaterThan(binaryMutations / 100)
  })
})

describe('XML of cameras under mutation', () => {
  const countOf = (xml: string, salt: number, take: (text: string) => boolean): number => {
    const draw = seeded(seed + salt)
    let yes = 0
    for (let n = 0; n < textMutations; n++)
      if (take(new TextDecoder().decode(mutant(utf8.encode(xml), draw)))) yes++
    return yes
  }
  it('a gate is open for its camera only by the word that says so', () => {
    const active = countOf('<IOPortStatus><ioState>active</ioState></IOPortStatus>', 33, (xml) => {
      const level = inputLevel(xml)
      if (level === true && !/>\s*active\s*</.test(xml)) throw new Error(xml)
      return level === true
    })
    expect(active).toBeGreaterThan(textMutations / 10)
    const taken = countOf(
      '<ResponseStatus><statusCode>1</statusCode></ResponseStatus>',
      34,
      (xml) => {
        const { statusCode } = gateStatus(xml)
        if (statusCode === '1' && !/>\s*1\s*</.test(xml)) throw new Error(xml)
        return statusCode === '1'
      },
    )
    expect(taken).toBeGreaterThan(textMutations / 10)
  })
  it('an answer to a search is a list of cameras or none, whatever its names are', () => {
    const id = '00000000-0000-4000-8000-000000000001'
    const answer =
      `<Envelope><Header><RelatesTo>uuid:${id}</RelatesTo></Header><Body><ProbeMatches><ProbeMatch>` +
      '<Scopes>onvif://www.onvif.org/name/%E6%B5%8B onvif://www.onvif.org/hardware/X</Scopes>' +
      '<XAddrs>http://192.0.2.7/onvif</XAddrs></ProbeMatch></ProbeMatches></Body></Envelope>'
    const found = countOf(
      answer,
      35,
      (xml) => camerasIn(utf8.encode(xml), id, '192.0.2.7').length > 0,
    )
    expect(found).toBeGreaterThan(textMutations / 10)
    const match =
      `<ProbeMatch><Uuid>${id}</Uuid><Types>inquiry</Types><DeviceSN>SIM-1</DeviceSN>` +
      '<IPv4Address>192.0.2.7</IPv4Address><HttpPort>8080</HttpPort></ProbeMatch>'
    const sadp = countOf(match, 36, (xml) => {
      const camera = sadpSearch.camera(utf8.encode(xml), id, '192.0.2.7')
      for (const service of camera?.services ?? [])
        if (!/^http:\/\/[\d.]+(:\d+)?$/.test(service)) throw new Error(xml)
      return camera !== null
    })
    expect(sadp).toBeGreaterThan(textMutations / 10)
    const info = { DeviceType: 'SIM-1', IPv4Address: { IPAddress: '192.0.2.7' }, HttpPort: 81 }
    const said = { method: 'client.notifyDevInfo', params: { deviceInfo: info } }
    const dahua = countOf(`    DHIP${' '.repeat(24)}${JSON.stringify(said)}`, 37, (text) => {
      const camera = dahuaSearch.camera(utf8.encode(text), id, '192.0.2.7')
      for (const service of camera?.services ?? [])
        if (!/^http:\/\/[\d.]+(:\d+)?$/.test(service)) throw new Error(text)
      return camera !== null
    })
    expect(dahua).toBeGreaterThan(textMutations / 10)
    const odd = answer.replace('%E6%B5%8B', '%FF%zz')
    expect(camerasIn(utf8.encode(odd), id, '192.0.2.7')).toMatchObject([{ name: '%FF%zz' }])
    expect(camerasIn(none, id, '192.0.2.7')).toEqual([])
  })
})
