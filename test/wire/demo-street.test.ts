// `etc-lane demo --layout 7.2.x` as a process: cars stand in 24 spaces, are read there, leave and are charged; ledger and
// platform have the same sums, also after a power cut. Checked from outside, like the enclosed demo.
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { SpaceRow } from '#lane/calls/sensors-views.ts'
import type { BoardView } from '#lane/calls/views.ts'
import { eventually } from '../kit/eventually.ts'
import { ledgerRows } from './kit/ledger-rows.ts'
import { cleanUp, newFolder, Program } from './kit/live-program.ts'

afterAll(cleanUp)

interface Books {
  readonly totalFen: number
  readonly count: number
}
const sourcesOf = (rows: readonly SpaceRow[]): string[] =>
  [...new Set(rows.map(({ sourceId }) => sourceId))].toSorted()

describe.each([
  ['7.2.5', ['high', 'mag', 'road'], ['gantry', 'handheld', 'patrol']],
  ['7.2.2', ['mag'], ['pile-a01', 'pile-a02', 'pile-a03', 'pile-a04']],
  ['7.2.1', ['high'], ['gantry']],
])('a street of %s', (layout, sources, antennas) => {
  const dir = join(newFolder(), 'demo')
  let demo: Program
  const spaces = async (): Promise<readonly SpaceRow[]> =>
    (await demo.call<{ rows: readonly SpaceRow[] }>('spaces.list', {})).rows
  const known = (rows: readonly SpaceRow[]): boolean =>
    rows.length === 24 && rows.every(({ state }) => state !== 'unknown')
  const rowsOf = (kind: string) => ledgerRows(dir).filter((row) => row.kind === kind)
  /** The cars that stand there once every report has come. */
  let standing = 12
  const allSeen = (rows: readonly SpaceRow[]): boolean =>
    known(rows) && rows.filter(({ state }) => state === 'occupied').length === standing
  const send = async (kind: string, does: 'comes' | 'leaves'): Promise<void> => {
    await demo.call('demo.sendCar', { laneId: antennas[0], kind, does })
    standing += does === 'comes' ? 1 : -1
  }
  const books = async (): Promise<Books> => {
    const admin = demo.endpoints?.platform?.admin ?? ''
    return (await (await fetch(new URL('/books?kind=exit-charges', admin))).json()) as Books
  }
  const paidFen = async () =>
    (await demo.call<{ ok: boolean; sums: { paidFen: number } }>('ledger.verify')).sums.paidFen

  test('opens with cars in half of its spaces, all of them seen', async () => {
    demo = new Program(['demo', '--data', dir, '--layout', layout, '--timing', 'instant'])
    await demo.ready()
    // Before the cars are reported, the watchers report every space as free.
    const rows = await eventually(spaces, allSeen, { of: demo })
    expect(sourcesOf(rows)).toEqual(sources)
    const board = (): Promise<BoardView> => demo.call<BoardView>('board.get')
    const { lanes } = await eventually(
      board,
      (view) => view.lanes.every(({ devices }) => devices.rsu.state === 'up'),
      { of: demo },
    )
    expect(lanes.map(({ laneId }) => laneId).toSorted()).toEqual(antennas)
  })

  test('a car takes a space, and one leaves and pays once what its order says', async () => {
    const opened = rowsOf('stayOpened').length
    await send('etc', 'comes')
    const before = await books()
    // A sensor reads no plate: only the car of a space where its OBU was read is charged.
    if (layout !== '7.2.1') await eventually(() => rowsOf('zeroRecord').length > 0, Boolean)
    if (layout === '7.2.2') {
      // The car at the pile leaves within its free minutes: its stay ends with an order of nothing.
      for (let n = 0; n < 11; n++) await send('etc', 'leaves')
      await eventually(() => rowsOf('stayClosed').length > 0, Boolean)
      return
    }
    for (let n = 0; n < 6; n++) await send('etc', 'leaves')
    const after = await eventually(books, ({ count }) => count > before.count, { of: demo })
    await eventually(
      () => rowsOf('stayOpened').length,
      (count) => count > opened,
      { of: demo },
    )
    expect(after.totalFen).toBeGreaterThan(0)
    await eventually(async () => (await books()).totalFen === (await paidFen()), Boolean)
    const today = async () => (await demo.call<BoardView>('board.get')).status.today
    // Cars that left before are still charged meanwhile.
    await eventually(
      async () => ({ day: await today(), paid: await paidFen() }),
      ({ day, paid }) => day.paidFen === paid && day.passages > 0,
      { of: demo },
    )
  })

  test('comes back from a power cut with the same cars, and sees its spaces again', async () => {
    // No car is arriving or leaving.
    const still = await eventually(
      spaces,
      (all) =>
        allSeen(all) && all.every(({ state, stay }) => (state === 'occupied') === (stay !== null)),
      { of: demo },
    )
    const stays = still.flatMap(({ spaceId, stay }) =>
      stay === null ? [] : [[spaceId, stay.stayId]],
    )
    expect(stays.length).toBeGreaterThan(0)
    await demo.call('demo.powerCut')
    await eventually(
      async () => rowsOf('boot').length,
      (count) => count > 1,
      { of: demo },
    )
    const rows = await eventually(spaces, known, { of: demo })
    const now = new Map(rows.map(({ spaceId, stay }) => [spaceId, stay?.stayId]))
    expect(stays.filter(([spaceId = '', stayId]) => now.get(spaceId) !== stayId)).toEqual([])
    expect(await demo.call('ledger.verify')).toMatchObject({ ok: true })
    await demo.stop()
  })

  test('goes on in its folder: simulators at new addresses, the same cars, no camera in doubt', async () => {
    demo = new Program(['demo', '--data', dir, '--timing', 'instant'])
    await demo.ready()
    const rows = await eventually(spaces, known, { of: demo })
    expect(rows.filter(({ doubt }) => doubt !== null)).toEqual([])
    expect(sourcesOf(rows)).toEqual(sources)
    await demo.stop()
  })
})
