// A lot is set up in the built window by keyboard alone, from the start page to a lot file that `lot check` accepts.
// The typed devices do not exist: test/e2e/setup-walk.test.ts tests each of them and takes a car.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freePort } from '../kit/free-port.ts'
import { KeyWalk } from '../e2e/key-walk.ts'
import { removeFolder, startStudio, tempFolder, type Studio } from '../e2e/studio.ts'
import { sumOf } from '../e2e/walk-model.ts'
import { runToEnd } from '../wire/kit/live-program.ts'

const dir = tempFolder()
const data = join(dir, 'new-lot')
const file = join(data, 'lot.json')
const secret = 'correct horse'
const link = (port: number): string => `tcp://127.0.0.1:${port}`
/** Addresses at which nothing listens. */
const devices = [
  { lane: 'entry', barrier: link(1), display: link(2), rsu: null },
  { lane: 'exit', barrier: link(3), display: link(4), rsu: link(5) },
]
let studio: Studio
let walk: KeyWalk

const row = (name: string) => studio.page.locator(`[data-test="row-${name}"]`)

beforeAll(async () => {
  studio = await startStudio({ dir, args: ['--data', data] })
  walk = new KeyWalk(studio.page)
})
afterAll(async () => {
  await studio.close()
  removeFolder(dir)
})

async function typeDevices(): Promise<void> {
  await walk.press('next')
  for (const { lane, barrier, display, rsu } of devices) {
    // The exit is proposed the cameras of the entry.
    if (lane === 'entry') await walk.choose(`${lane}-how`, 'ArrowDown')
    if (rsu !== null) await walk.answer(`${lane}-rsu`, rsu)
    await walk.answer(`${lane}-barrier`, barrier)
    await walk.answer(`${lane}-display`, display)
  }
  await walk.choose('card', 'lo')
  await walk.answer('port', String(await freePort()))
  await walk.hands.press('Tab')
  await walk.state('devices', '已填')
}

/** Cards are debited, the platform is joined later; without network people take the money. */
async function typeMoney(): Promise<void> {
  await walk.press('next')
  await walk.answer('editions-0-plans-0-freeMin', '0')
  await walk.hands.press('Tab')
  await walk.state('tariff', '¥ 9.00')
  await walk.state('charge', '尚未接入平台')
  await walk.state('offline', '按建议')
}

async function typeOwner(): Promise<void> {
  await walk.press('next')
  await walk.answer('name', '王老板')
  await walk.answer('secret', secret)
  await walk.answer('again', secret)
  await walk.hands.press('Enter')
  await row('people').getByText('王老板').waitFor()
}

async function write(): Promise<void> {
  await walk.press('next')
  await walk.answer('by', '王师傅')
  expect(existsSync(file)).toBe(false)
  await walk.press('write')
  await walk.press('person-p1')
  await walk.answer('secret', secret)
  await walk.hands.press('Enter')
  await studio.page.locator('.mode.demo').getByText('演练').waitFor()
}

it('from the start page to lanes that run, and no click', async () => {
  await walk.startAndLot()
  await typeDevices()
  await typeMoney()
  await typeOwner()
  await write()
  expect(sumOf(walk.hands.steps).clicks).toBe(0)
})

it('the lot file says what was typed, and the program accepts it', async () => {
  const lot = JSON.parse(readFileSync(file, 'utf8')) as unknown
  expect(lot).toMatchObject({
    lotId: 'A0001',
    name: { zh: '城东停车场' },
    capacity: 60,
    chargeMode: 'card',
    offline: 'other-payment',
    platform: 'later',
    lanes: devices.map(({ lane: id, ...links }) => ({ id, camera: 'push:hikvision', ...links })),
  })
  const checked = await runToEnd(['lot', 'check', '--data', data])
  expect(checked).toMatchObject({ code: 0, json: { ok: true, lotId: 'A0001', lanes: 2 } })
})
