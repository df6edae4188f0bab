// The timeline of a passage: whole from the rows and the kept files alone, as after a restart.
// What a lane still holds in memory is only there before anything was kept.
import { describe, expect, test } from 'vitest'
import { arriveAtExit, carAtExit, makeLot, type TestLot } from './control-kit.ts'

describe('the photo of the exit', () => {
  const photosOf = async (lot: TestLot) => {
    const reply = await lot.control.call('ledger.timeline', { stayId: 'n1-S900' }, 'owner')
    if (!reply.ok) return reply
    const { photoId, exitPhotoId } = reply.data as Record<string, unknown>
    return { photoId, exitPhotoId }
  }
  /** As after a restart: the rows are all there is. */
  const again = (lot: TestLot) => makeLot(lot.ledger.list)
  const act = (commandId: string) => ({
    commandId: `command-${commandId}`,
    laneId: 'exit',
    by: 'Guo',
    reason: 'r',
  })
  const loop = (lot: TestLot, name: 'arrive' | 'under', state: 'on' | 'off'): void =>
    lot.runtime.dispatch('exit', { type: 'loop', loop: name, state })

  const position = (lot: TestLot, at: 'open' | 'closed'): void =>
    lot.runtime.dispatch('exit', { type: 'position', position: at })

  test('is none while the car is inside, and its lane has it at once', async () => {
    const lot = makeLot()
    carAtExit(lot)
    expect(await photosOf(lot)).toEqual({ photoId: 'p1', exitPhotoId: null })
    const read = makeLot()
    carAtExit(read, '测A12345', undefined, 'p9')
    expect(await photosOf(read)).toEqual({ photoId: 'p1', exitPhotoId: 'p9' })
  })

  test('is durable with the order: a restart knows it before the car has left', async () => {
    const lot = makeLot()
    carAtExit(lot, '测A12345', undefined, 'p9')
    expect(await photosOf(again(lot))).toEqual({ photoId: 'p1', exitPhotoId: 'p9' })
  })

  test('is that of the passage where a car came back after paying', async () => {
    const lot = makeLot()
    carAtExit(lot, '测A12345', undefined, 'p9')
    const settle = { ...act('0001'), means: 'cash' }
    expect(await lot.control.call('lane.settle', settle, 'owner')).toMatchObject({ ok: true })
    // It backs out, and comes again while it is still paid for: no further order is made.
    position(lot, 'open')
    loop(lot, 'arrive', 'off')
    loop(lot, 'under', 'off')
    lot.clock.advance(300_000)
    position(lot, 'closed')
    arriveAtExit(lot, '测A12345', 'p10')
    loop(lot, 'under', 'on')
    loop(lot, 'arrive', 'off')
    loop(lot, 'under', 'off')
    const opened = lot.ledger.list.findLast((row) => row.kind === 'pass')
    lot.runtime.dispatch('exit', { type: 'passed', passId: opened?.body.passId ?? '' })
    const rows = lot.ledger.list.filter((row) => row.stayId === 'n1-S900')
    expect(rows.filter(({ kind }) => kind === 'orderMade')).toHaveLength(1)
    expect(rows.at(-1)).toMatchObject({ kind: 'stayClosed', body: { photo: 'p10' } })
    expect(await photosOf(again(lot))).toEqual({ photoId: 'p1', exitPhotoId: 'p10' })
  })
})
