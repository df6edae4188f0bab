// Pushing cameras fulfil the contract of all drivers: the intake, its parsers, what the lane knows about the camera and the
// detection of repeats, against the model of the pushing simulator.
import { expect, it } from 'vitest'
import { hikvisionStyle, vzStyle, type MakeStyle } from '#simulators/camera/pushing-sim.ts'
import { driverContract } from '../contract/driver-contract.ts'
import { PushBench, type PushBenchOptions } from './push-bench.ts'

const beatMs = 10_000

/** The heartbeat of an idle camera, which contains no time. A camera without heartbeats is never missed when silent. */
const heartbeat = `<?xml version="1.0" encoding="UTF-8"?>
<EventNotificationAlert version="2.0" xmlns="http://www.isapi.org/ver20/XMLSchema">
<ipAddress>192.0.2.64</ipAddress>
<macAddress>02:00:5e:10:00:0b</macAddress>
<activePostCount>0</activePostCount>
<eventType>videoloss</eventType>
<eventState>inactive</eventState>
<eventDescription>videoloss alarm</eventDescription>
</EventNotificationAlert>
`

const beating: MakeStyle = {
  ...hikvisionStyle,
  beat: {
    everyMs: beatMs,
    contentType: 'application/xml; charset="UTF-8"',
    body: () => new TextEncoder().encode(heartbeat),
  },
}

const cameras: readonly PushBenchOptions[] = [
  { make: 'hikvision', style: beating },
  { make: 'vzicom', style: vzStyle('5e100000-00000001') },
]

for (const options of cameras) {
  const make = (): PushBench => new PushBench(options)
  // Three of the slowest heartbeats and a margin, after the last message.
  const silentMs = 95_000
  driverContract({
    name: `camera ${options.make}, pushing`,
    // At most 450 ms from trigger to event, plus the transfer.
    workMs: 1_000,
    lossMs: silentMs + 1_000,
    // Up with the next heartbeat.
    upMs: beatMs + 1_000,
    // A pushing camera has no standing connection: a cut cable shows only as silence.
    cutMs: silentMs + 1_000,
    // A clock that was set back is trusted after three consistent cars over a minute; until then a person decides.
    async clockWasSet(bench) {
      for (let cars = 0; cars < 3; cars++) {
        bench.work()
        await bench.run(40_000)
      }
    },
    make,
  })

  it(`a push of camera ${options.make} cut in two at every byte is the same push`, async () => {
    const bench = make()
    bench.connect()
    bench.work()
    await bench.run(1_000)
    const { requestBytes } = bench
    expect(requestBytes).toBeGreaterThan(500)
    for (let at = 1; at < requestBytes; at++) {
      bench.cutAt = at
      const before = bench.done()
      bench.work()
      await bench.run(500)
      expect([at, bench.done() - before]).toEqual([at, 1])
    }
  })

  it(`camera ${options.make} that went away is said once, and what it saw meanwhile is no car of now`, async () => {
    const bench = make()
    bench.connect()
    await bench.run(beatMs + 1_000)
    bench.disconnect()
    bench.work()
    await bench.run(silentMs + 1_000)
    expect([bench.isUp(), bench.faults, bench.done()]).toEqual([false, ['LINK-02'], 0])
    bench.connect()
    await bench.run(beatMs + 6_000)
    expect([bench.isUp(), bench.faults, bench.done()]).toEqual([true, ['LINK-02'], 0])
    expect(bench.seenLater).toEqual(['测A10001'])
  })
}
