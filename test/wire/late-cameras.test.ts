// What cameras send after a power cut or a start of the program: an hour of cars at once, none of them marked. After kill -9
// they open no boom and end no stay, at entry and exit, for each make; the car of now is served.
import { afterEach, expect, it } from 'vitest'
import { LateLot } from './kit/late-lot.ts'
import { rawCameras } from './kit/raw-cameras.ts'

let lot: LateLot | null = null
afterEach(async () => {
  await lot?.close()
  lot = null
})

it.each(Object.entries(rawCameras))(
  '%s: an hour of old cars after kill -9',
  async (_make, make) => {
    lot = new LateLot()
    await lot.init(make)
    await lot.start()
    // The first of all events is of now, and is live.
    await lot.loops('entry', true, false)
    await lot.live('entry', '测A10001')
    await lot.leaves('entry')
    expect(lot.began()).toEqual(['测A10001'])
    await lot.kill()
    await lot.start()

    // Another car waits at the exit; the old events name the one that is inside.
    const before = await lot.opens('exit')
    await lot.backlog('exit', ['测A10001'])
    await lot.loops('exit', true, false)
    await lot.backlog('exit', ['测A10001', '测A10002'])
    const waiting = await lot.until('exit', ({ car }) => car !== null && car.manual !== null)
    expect(waiting).toMatchObject({
      state: 'manual',
      car: { manual: 'plateNotRead', stayId: null },
    })
    expect(waiting.devices.camera.notLive).toBeGreaterThanOrEqual(60)
    expect([(await lot.opens('exit')) - before, lot.ended()]).toEqual([0, 0])
    await lot.live('exit', '测A10001')
    await lot.leaves('exit')
    expect([(await lot.opens('exit')) - before, lot.ended()]).toEqual([1, 1])

    // At the entry the car that stands there comes in, and none of the old ones.
    await lot.backlog('entry', ['测A10003', '测A10004'])
    await lot.loops('entry', true, false)
    await lot.backlog('entry', ['测A10005'])
    await lot.leaves('entry')
    expect(lot.began()).toEqual(['测A10001', null])
  },
)
