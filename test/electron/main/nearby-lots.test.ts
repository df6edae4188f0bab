// Car parks of other machines: the command's answer is passed on unchanged.
// An interrupted command gives a code, not an empty answer.
import { expect, it } from 'vitest'
import { nearbyLots } from '../../../electron/main/nearby-lots.ts'

const lane = {
  name: '停车场 n1',
  address: '192.0.2.9',
  host: 'lane.local',
  lotId: 'L1',
  nodeId: 'n1',
  version: '0.1.0',
}
const cards = [{ name: 'eth0', address: '192.0.2.7' }]

it('listens for lane computers alone, and says what was heard on which cards', async () => {
  const asked: (readonly string[])[] = []
  const stdout = `${JSON.stringify({ cards, cameras: [], lanes: [lane], hid: [], printers: [] })}\n`
  const answer = await nearbyLots((args) => {
    asked.push(args)
    return Promise.resolve({ code: 0, stdout })
  })
  expect(asked).toEqual([['find', '--lanes', '--seconds', '3', '--json']])
  expect(answer).toMatchObject({ ok: true, data: { cards, lanes: [lane] } })
})

it.each([
  ['its own fault', JSON.stringify({ error: { code: 'FIND-26', message: 'x', field: '' } })],
  ['nothing', ''],
])('a search that failed with %s is no empty answer', async (_what, stdout) => {
  const answer = await nearbyLots(() => Promise.resolve({ code: 1, stdout }))
  expect(answer).toMatchObject({ ok: false, error: { code: 'FIND-26' } })
})
