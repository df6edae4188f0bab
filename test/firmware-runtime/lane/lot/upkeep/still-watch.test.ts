// Lanes that stood still, in virtual time: what is told and what is not, from when and for how long, and the lanes that had a car.
import { expect, it } from 'vitest'
import { StillWatch } from '#lane/lot/upkeep/still-watch.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { dayMs, isoOf } from '#base/pure/values/instant.ts'
import { sideTasks } from '../../../../kit/side-tasks.ts'
import { startMs } from '../../../runtime/control/control-kit.ts'
import { Scene } from '../clock-scene.ts'

const minuteMs = 60_000

function watched(scene = new Scene()) {
  const { runtime, mono } = scene
  const watch = new StillWatch(runtime, sideTasks(mono))
  const told: string[] = []
  runtime.events.listen(({ type, detail }) => {
    if (type === 'fault' && detail.startsWith('RUN-06')) told.push(detail)
  })
  const rows = () =>
    scene.ledger.list.flatMap((row) =>
      row.kind === 'event' && row.body.type === 'stoodStill' ? [row] : [],
    )
  return { scene, watch, told, rows }
}

const at = (ms: number): string => isoOf(startMs + ms)

it.each<readonly [string, (scene: Scene) => unknown, string | null]>([
  ['SIGSTOP for 20 s', (scene) => scene.stop(20_000), `${at(minuteMs)} 20`],
  ['10 min asleep, the timers stood too', (scene) => scene.sleep(600_000).wait(1_000), '601'],
  ['10 min asleep, the timers counted on', (scene) => scene.stop(600_000), '600'],
  ['a night asleep', (scene) => scene.sleep(8 * 3_600_000).wait(1_000), '28801'],
  ['just as long as is told', (scene) => scene.stop(10_000), '10'],
  [
    'asleep, and the clock set an hour on meanwhile: the length is that of the steady count',
    (scene) => {
      scene.setMs = 60 * minuteMs
      return scene.stop(600_000)
    },
    `${at(minuteMs)} 600`,
  ],
  [
    'the clock set ten minutes on and the process stopped for 20 s',
    (scene) => {
      scene.setMs = 10 * minuteMs
      return scene.stop(20_000)
    },
    `${at(minuteMs)} 20`,
  ],
  ['the event loop held up for 3 s', (scene) => scene.stop(3_000), null],
  ['a disk that holds it up for 9 s', (scene) => scene.stop(9_000), null],
  ['held up for 9 s twice', (scene) => scene.stop(9_000).wait(1_000).stop(9_000), null],
  ['an hour of work', (scene) => scene.wait(60 * minuteMs), null],
  [
    'the clock set ten minutes on',
    (scene) => {
      scene.setMs = 10 * minuteMs
      return scene.wait(minuteMs)
    },
    null,
  ],
  [
    'the clock set an hour back',
    (scene) => {
      scene.setMs = -60 * minuteMs
      return scene.wait(minuteMs)
    },
    null,
  ],
])('%s', (_, happens, wanted) => {
  const { scene, told, rows } = watched()
  scene.wait(minuteMs)
  happens(scene)
  const details = rows().map(({ body }) => body.detail)
  expect(details).toEqual(
    wanted === null ? [] : [expect.stringMatching(new RegExp(`${wanted.replaceAll('+', '\\+')}$`))],
  )
  expect(told).toEqual(details.map((detail) => `RUN-06 ${detail}`))
})

it('a standstill is no doubt of the clock, and a clock that was set is no standstill', () => {
  const asleep = watched()
  asleep.scene.wait(minuteMs).sleep(600_000).wait(1_000)
  asleep.scene.runtime.lookAtClock()
  expect([asleep.rows().length, asleep.scene.clockRows]).toEqual([1, []])
  const set = watched()
  set.scene.setMs = 600_000
  set.scene.wait(minuteMs).runtime.lookAtClock()
  expect([set.rows().length, set.scene.clockRows]).toEqual([0, ['clockUnsure jump']])
})

it('a restart is none, however long nothing ran; a standstill before and after it is one each', () => {
  const before = watched()
  before.scene.wait(minuteMs).stop(20_000)
  const after = watched(new Scene(before.scene.ledger.list, 60 * minuteMs))
  after.scene.wait(minuteMs)
  expect(after.rows()).toHaveLength(1)
  after.scene.stop(30_000)
  expect(after.rows().map(({ body }) => body.detail.split(' ')[1])).toEqual(['20', '30'])
})

it('names the lanes in which a car stood before it, also when that car was given up since', () => {
  const { scene, rows } = watched()
  scene
    .enter()
    .wait(60 * minuteMs)
    .arrive()
    .wait(1_000)
  expect(scene.exit.state.car).not.toBeNull()
  scene.stop(600_000)
  expect(rows().map(({ body }) => body.detail.split(' ').slice(2))).toEqual([['exit']])
})

it('is a matter for a day, with the time and the length in words of both languages', () => {
  const { scene, watch } = watched()
  scene.wait(minuteMs)
  expect(watch.notices()).toEqual([])
  scene.stop(20_000)
  const time = at(minuteMs).slice(0, 19).replace('T', ' ')
  const why = { zh: `${time} 起 20 秒`, en: `20 s from ${time}` }
  expect(watch.notices()).toMatchObject([{ code: 'RUN-06', why }])
  // No look is made meanwhile, which would tell of a night.
  scene.sleep(dayMs - 1)
  expect(watch.notices()).toHaveLength(1)
  scene.sleep(1)
  expect(watch.notices()).toEqual([])
})

it('a row that a full disk refuses is written later, once', () => {
  const { scene, rows, told } = watched()
  scene.wait(minuteMs)
  scene.ledger.fault = new LaneFault('DATA-02', { note: 'full' })
  scene.stop(20_000).wait(minuteMs)
  expect([rows().length, told.length]).toEqual([0, 1])
  scene.ledger.fault = null
  scene.wait(minuteMs)
  expect([rows().length, told.length]).toEqual([1, 1])
})

it('looks no more once it is stopped', () => {
  const { scene, watch, rows } = watched()
  scene.wait(minuteMs)
  watch.stop()
  scene.stop(20_000)
  expect(rows()).toEqual([])
})
