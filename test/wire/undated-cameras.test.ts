// Readings whose time is absent, is not understood, or goes by a clock that nothing confirms, for each make, also after kill
// -9: they open no boom and end no stay, and three are a matter with the time as stated. The car of now is served.
import { afterEach, expect, it } from 'vitest'
import type { InboxView } from '#lane/calls/inbox.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { eventually } from '../kit/eventually.ts'
import { LateLot } from './kit/late-lot.ts'
import { rawCameras, type StatedTime } from './kit/raw-cameras.ts'

const hourMs = 3_600_000
/** Civil time of China, without its zone. */
const civil = (atMs: number): string => isoOf(atMs).slice(0, 19)

/** What no make understands, and the time that each states 20 h after its car. */
const wrong = (nowMs: number): readonly StatedTime[] => [
  null,
  'gestern',
  civil(nowMs - 20 * hourMs).replace(/^(\d+)-(\d+)-(\d+)T/, '$3/$2/$1 '),
  '2026-02-30T22:02:06+08:00',
  nowMs - 20 * hourMs,
  nowMs + 3 * hourMs,
]

/** Of now, as the make spells it in other firmware. */
const lawful: Readonly<Record<string, (nowMs: number) => StatedTime>> = {
  hikvision: (nowMs) => `${civil(nowMs).replaceAll(/[-:]/g, '')}+0800`,
  vzicom: (nowMs) => String(nowMs),
  dahua: (nowMs) => civil(nowMs).replace('T', ' ').replaceAll('-', '/'),
}

let lot: LateLot | null = null
afterEach(async () => {
  await lot?.close()
  lot = null
})

async function matters(here: LateLot): Promise<readonly string[]> {
  const { rows } = await here.call<InboxView>('inbox.get')
  return rows.flatMap(({ kind, what }) => (kind === 'cameraTime' ? [what.en] : []))
}

it.each(Object.entries(rawCameras))('%s: readings without a time to go by', async (name, make) => {
  const here = (lot = new LateLot())
  await here.init(make)
  await here.start()
  const inTime = lawful[name.split(',')[0] ?? ''] ?? ((nowMs: number) => nowMs)

  // The car that is inside, by another spelling of its make.
  await here.loops('entry', true, false)
  await here.live('entry', '测A10001', inTime(Date.now()))
  await here.leaves('entry')
  expect(here.began()).toEqual(['测A10001'])
  await here.kill()
  await here.start()

  // Another car waits at the exit, and readings name the one that is inside.
  const before = await here.opens('exit')
  await here.loops('exit', true, false)
  for (const time of wrong(Date.now())) await here.live('exit', '测A10001', time)
  const waiting = await here.until('exit', ({ car }) => car !== null && car.manual !== null)
  expect(waiting).toMatchObject({
    state: 'manual',
    car: { manual: 'plateNotRead', stayId: null, plate: null },
  })
  expect([(await here.opens('exit')) - before, here.ended()]).toEqual([0, 0])
  const undated = waiting.devices.camera.undated
  expect(undated?.count).toBeGreaterThanOrEqual(3)
  await eventually(() => matters(here)).toHaveLength(1)

  // The first reading of now ends the matter, and its car goes.
  await here.live('exit', '测A10001', inTime(Date.now()))
  await here.leaves('exit')
  expect([(await here.opens('exit')) - before, here.ended()]).toEqual([1, 1])
  expect(await matters(here)).toEqual([])

  // At the entry the car that stands there comes in, unread and without a picture of another car.
  await here.loops('entry', true, false)
  for (const time of wrong(Date.now())) await here.live('entry', '测A10003', time)
  await here.leaves('entry')
  expect(here.began()).toEqual(['测A10001', null])
})
