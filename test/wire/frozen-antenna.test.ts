// An antenna whose process is frozen while it searches for a car: its link is up and no byte arrives. The board and
// the lane's state say that ETC cannot work (after four seconds: devices/pure/rsu/frozen.test.ts), and the car is charged
// later.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { present } from '#base/pure/values/must.ts'
import { runToEnd } from './kit/live-program.ts'
import { obu } from './kit/one-car.ts'
import { nothingFree, RunLot } from './kit/run-lot.ts'
import { eventually } from '../kit/eventually.ts'

const kinds = [
  { variant: 'generic-bcc', rsuLink: 'tcp' },
  { variant: 'generic-ver', rsuLink: process.platform === 'linux' ? 'pty' : 'tcp' },
] as const

describe.each(kinds)('$variant over $rsuLink', ({ variant, rsuLink }) => {
  const lot = new RunLot({ charge: 'card', variant, rsuLink, tariff: nothingFree })
  const state = async () =>
    (await runToEnd(['lane', 'state', '--data', lot.dir, '--lane', 'exit'])).json

  beforeAll(async () => {
    await lot.startSims()
    await lot.start('exit')
    await lot.comes('entry')
    await lot.leaves('entry')
  })
  afterAll(() => lot.close())

  test('is told while its car stands there, and charges that car when it is back', async () => {
    const rsu = present(lot.harness.sims('exit').rsu, 'the exit has an antenna')
    await lot.comes('exit')
    const before = await lot.until('exit', ({ state: name }) => name === 'manual')
    expect(before).toMatchObject({ searching: true, devices: { rsu: { state: 'up' } } })
    // Without a tag it is polled now and then, and answers.
    await new Promise((done) => setTimeout(done, 5_000))
    expect(await lot.lane('exit')).toMatchObject({
      searching: true,
      devices: { rsu: { state: 'up' } },
    })
    process.kill(rsu.pid, 'SIGSTOP')
    try {
      const frozenView = await eventually(
        () => lot.lane('exit'),
        ({ shown }) => shown.zh.includes('ETC 设备故障'),
        { of: lot.of },
      )
      expect(frozenView).toMatchObject({ state: 'manual', etc: { ready: false, why: 'antenna' } })
      expect(frozenView.devices.rsu.state).toBe('down')
      expect(await state()).toMatchObject({
        lanes: [{ devices: { rsu: { state: 'down' } }, etc: { ready: false, why: 'antenna' } }],
      })
    } finally {
      process.kill(rsu.pid, 'SIGCONT')
    }
    await rsu.admin('POST', '/cars', obu)
    await lot.leaves('exit')
    const { cards } = await rsu.admin<{ cards: { debits: unknown[] }[] }>('GET', '/books')
    expect(cards.map(({ debits }) => debits.length)).toEqual([1])
    expect(await rsu.admin('GET', '/state')).toMatchObject({ secondC6: 0 })
  })
})
