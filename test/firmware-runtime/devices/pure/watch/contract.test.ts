// Magnetic sensors under the contract of every driver, with each transport of their reports.
// A piece of work is a car on a space and off again; messages arrive whole, so splitting concerns only the transport.
import { systemText } from '#base/pure/words/notes.ts'
import { MessageDeviceHost } from '#devices/hosts/message-device-host.ts'
import type { SpaceRead } from '#devices/pure/spaces/report.ts'
import { boschUplink } from '#devices/pure/watch/chirpstack/uplink.ts'
import { watchDriver, type WatchState, type SpaceEvent } from '#devices/pure/watch/driver.ts'
import { nbIotReport } from '#devices/pure/watch/nb-iot/report.ts'
import type { MessageLinkHandlers } from '#devices/ports/message-link.ts'
import type { GeoMessage } from '#simulators/detector/geo-encode.ts'
import { GeoModel } from '#simulators/detector/geo-model.ts'
import { VirtualClock, wallAtStartMs } from '../camera/virtual-clock.ts'
import { driverContract, type ContractBench } from '../contract/driver-contract.ts'

const heartbeatMs = 4_000
const deviceId = '00000000000000a1'
const text = new TextEncoder()

function make(style: 'nb-iot' | 'bosch-pls'): ContractBench {
  const clock = new VirtualClock()
  const model = new GeoModel({ style, heartbeatMs, wallAtStartMs })
  let handlers: MessageLinkHandlers | null = null
  let cable = false
  let up = false
  let cars = 0
  let occupied: boolean | null = null
  const deliver = (messages: readonly GeoMessage[]): void => {
    for (const message of messages)
      clock.after(1, () => handlers?.message(message.topic, text.encode(message.text)))
    const dueUs = model.nextDueUs()
    if (dueUs === null) return
    clock.after(Math.max(0, dueUs - clock.nowUs()) / 1000, () => {
      if ((model.nextDueUs() ?? Infinity) <= clock.nowUs()) deliver(model.advance(clock.nowUs()))
    })
  }
  const host = new MessageDeviceHost<WatchState, SpaceEvent, SpaceRead>({
    driver: watchDriver({
      spaces: { [deviceId]: 'A-01' },
      silentMs: 2 * heartbeatMs + 500,
      // Cars come and go here within seconds.
      doubts: { flipMax: Infinity, flipWithinMs: 0, frozenMax: Infinity },
    }),
    decode: style === 'nb-iot' ? nbIotReport : boschUplink,
    mono: clock,
    opener: {
      open(given) {
        clock.after(1, () => {
          if (!cable) {
            given.down(systemText('no broker'))
            return
          }
          handlers = given
          given.up()
        })
        return { close: () => void (handlers = null) }
      },
    },
    linkChanged: () => undefined,
    emit(event) {
      if (event.type === 'sensorsUp') up = true
      else if (event.type === 'sensorsDown') up = false
      else if (event.type === 'spaceHeard') {
        if (occupied === true && !event.report.occupied) cars++
        occupied = event.report.occupied
      }
    },
  })
  host.open()
  deliver(model.add(deviceId, clock.nowUs()))
  return {
    connect: () => void (cable = true),
    disconnect() {
      cable = false
      const was = handlers
      handlers = null
      was?.down(systemText('the cable is out'))
    },
    run: (forMs) => clock.run(forMs),
    isUp: () => up,
    work() {
      deliver(model.set(deviceId, true, clock.nowUs()))
      clock.after(300, () => deliver(model.set(deviceId, false, clock.nowUs())))
    },
    done: () => cars,
    garbage(bytes) {
      for (const topic of ['', 'nb/x', `application/parking/device/${deviceId}/event/up`])
        handlers?.message(topic, bytes)
    },
    silence: (on) => void (model.silent = on),
    duplicate: (on) => void (model.twice = on),
    split: () => undefined,
    restartDevice: () => deliver(model.restart(deviceId, clock.nowUs())),
    skewClock: (ms) => void (model.clockSkewMs = ms),
  }
}

for (const style of ['nb-iot', 'bosch-pls'] as const)
  driverContract({
    name: `magnetic sensors, ${style}`,
    workMs: 1_000,
    // Two heartbeats and a margin.
    lossMs: 9_000,
    // A link is reopened after 10 s at most, and the next heartbeat follows.
    upMs: 15_000,
    make: () => make(style),
  })
