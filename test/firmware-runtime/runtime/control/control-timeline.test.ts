// The timeline of a passage: complete from the rows and the stored files alone, as after a restart.
// What a lane holds in memory is used only while nothing is stored yet.
import { describe, expect, test } from 'vitest'
import type { FrameView, TimelineView } from '#lane/calls/views.ts'
import { daysOf } from '#lane/lot/passage-traces.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { instantOfIso } from '#base/pure/values/instant.ts'
import type { PassageTrace } from '#base/ports/passage-traces.ts'
import { cameIn } from '../../lane/pure/lot/row-kit.ts'
import { arriveAtExit, carAtExit, makeLot, type TestLot } from './control-kit.ts'

describe('the photo of the exit', () => {
  const photosOf = async (lot: TestLot) => {
    const reply = await lot.control.call('ledger.timeline', { stayId: 'n1-S900' }, 'owner')
    if (!reply.ok) return reply
    const { photoId, exitPhotoId } = reply.data as Record<string, unknown>
    return { photoId, exitPhotoId }
  }
  /** After a restart only the rows remain. */
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

  test.each([['p8'], [undefined]])('of a space is that of the departure, %s', async (photo) => {
    const lot = makeLot()
    const atMs = lot.runtime.nowMs()
    const refs = { atMs, laneId: 'road', stayId: 'n1-S900' }
    const [leftAtMs, picture] = [atMs - 60_000, photo === undefined ? {} : { photo }]
    const times = { leftAtMs, seenAtMs: leftAtMs, by: 'space', ...picture } as const
    const body = { tariffId: 't', fromMs: leftAtMs, toMs: leftAtMs, lines: [], photo: 'p1' }
    const order = { ...body, plate: null, plateRaw: null }
    lot.runtime.append([
      cameIn('n1-S900', atMs - 120_000, { atMs, photo: 'p1', spaceId: 'A1' }),
      { kind: 'spaceLeft', ...refs, body: { spaceId: 'A1', ...times } },
      { kind: 'orderMade', ...refs, orderId: 'n1-O900', amountFen: 300, body: order },
    ])
    expect(await photosOf(lot)).toEqual({ photoId: 'p1', exitPhotoId: photo ?? null })
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
    // It backs out and returns while it still counts as paid: no new order is made.
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

describe('events and frames', () => {
  const frame = (atIso: string, hex: string): FrameView => ({
    atIso,
    laneId: 'exit',
    stayId: 'n1-S900',
    direction: 'in',
    type: 'B4',
    hex,
    fields: { n: 1 },
  })
  const timelineOf = async (lot: TestLot): Promise<TimelineView> => {
    const reply = await lot.control.call('ledger.timeline', { stayId: 'n1-S900' }, 'owner')
    if (!reply.ok) throw new Error(reply.error.code)
    return reply.data as TimelineView
  }
  /** What the worker makes of the traces on disk. */
  const onDisk = ({ events, frames }: TimelineView): PassageTrace[] => {
    const traces = [
      ...events.map((value) => ({ stayId: 'n1-S900', kind: 'event', value })),
      ...frames.map((value) => ({ stayId: 'n1-S900', kind: 'frame', value })),
    ]
    return JSON.parse(JSON.stringify(traces)) as PassageTrace[]
  }

  test('of an earlier life are there, each once and in their order', async () => {
    const lot = makeLot()
    carAtExit(lot)
    // Two frames of one moment may be identical: the antenna sent the frame twice.
    for (const hex of ['B4', 'B4', 'C6'])
      lot.frames.add(frame('2026-11-20T08:00:01.000+08:00', hex))
    const before = await timelineOf(lot)
    expect([before.events.length > 0, before.frames.length]).toEqual([true, 3])
    const kept = onDisk(before)
    const restarted = makeLot(lot.ledger.list, null, null, null, kept)
    expect(await timelineOf(restarted)).toMatchObject({
      events: before.events,
      frames: before.frames,
    })
    // A frame that is both in memory and on disk is listed once.
    restarted.frames.add(frame('2026-11-20T08:00:01.000+08:00', 'C6'))
    restarted.frames.add(frame('2026-11-20T08:00:00.000+08:00', 'B2'))
    const { frames } = await timelineOf(restarted)
    expect(frames.map(({ hex }) => hex)).toEqual(['B2', 'B4', 'B4', 'C6'])
  })

  test('that cannot be read cost the timeline nothing else', async () => {
    const lot = makeLot()
    carAtExit(lot)
    lot.traces.passage = () => Promise.reject(new LaneFault('RUN-03', { note: 'closed' }))
    expect((await timelineOf(lot)).events.length).toBeGreaterThan(0)
  })

  test.each([
    [['2026-11-20T12:00:00+08:00'], ['2026-11-20']],
    [['2026-11-20T23:30:00+08:00'], ['2026-11-20', '2026-11-21']],
    [
      ['2026-11-22T09:00:00+08:00', '2026-11-20T08:00:00+08:00', '2026-11-20T09:00:00+08:00'],
      ['2026-11-20', '2026-11-22'],
    ],
    [[], []],
  ])('are looked for on the days of the rows: %j', (times, days) => {
    const rows = times.map((text, i) => ({
      kind: 'event' as const,
      atMs: instantOfIso(text),
      body: { type: 'photosBack' as const, detail: '' },
      nodeId: 'n1',
      seq: i + 1,
      prevHash: '',
      hash: '',
    }))
    expect(daysOf(rows)).toEqual(days)
  })
})
