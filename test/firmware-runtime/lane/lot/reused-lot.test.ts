// The reused lane of a lot file (7.1.3): two lanes, one boom, an inner trigger; an inconsistent file is refused by field.
// `lot init` writes all of these members, and none of them for the other layouts of 7.1.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkLot } from '#lane/lot/files/lot-file.ts'
import { lotCommand } from '#runtime/commands/lot.ts'
import { layoutNames } from '#lane/pure/layouts/index.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { lotFile } from './lot-kit.ts'
import { refusalOf } from '../../../kit/refusals.ts'
import { folderOfFile } from '../../../kit/own-folder.ts'
import { noIo } from '../../../kit/run-command.ts'

const dir = folderOfFile('etc-lane-reused-')

const inner = { kind: 'loop', role: 'inner', link: 'barrier:?di=4' }

function reusedLot(entryOver: object = {}, exitOver: object = {}, more: readonly object[] = []) {
  const lot = lotFile()
  const [entry, exit] = lot.lanes
  return {
    ...lot,
    lanes: [
      { ...entry, layout: '7.1.3', sensors: [inner], ...entryOver },
      { ...exit, layout: '7.1.3', barrier: null, sharesBarrierOf: 'entry', ...exitOver },
      ...more,
    ],
  }
}
const refusedLot = (lot: unknown) => refusalOf(() => checkLot(lot, 'lot.json'))

describe('the lot file of a reused lane', () => {
  it('has one boom for both', () => {
    const { lanes } = checkLot(reusedLot(), 'lot.json')
    expect(
      lanes.map(({ barrier, sharesBarrierOf }) => [barrier !== null, sharesBarrierOf]),
    ).toEqual([
      [true, undefined],
      [false, 'entry'],
    ])
  })

  const exit2 = { ...lotFile().lanes[1], id: 'exit-2', layout: '7.1.3', barrier: null }
  it.each([
    ['a second boom', reusedLot({}, { barrier: 'tcp://127.0.0.1:503' }), '/lanes/1/barrier'],
    ['no entry', reusedLot({}, { sharesBarrierOf: undefined }), '/lanes/1/sharesBarrierOf'],
    ['itself', reusedLot({}, { sharesBarrierOf: 'exit' }), '/lanes/1/sharesBarrierOf'],
    ['nobody', reusedLot({}, { sharesBarrierOf: 'entry-9' }), '/lanes/1/sharesBarrierOf'],
    ['an entry of 7.1.1', reusedLot({ layout: '7.1.1', sensors: [] }), '/lanes/1/sharesBarrierOf'],
    [
      'an entry that another exit names',
      reusedLot({}, {}, [{ ...exit2, sharesBarrierOf: 'entry' }]),
      '/lanes/1/sharesBarrierOf',
    ],
    ['no inner trigger', reusedLot({ sensors: [] }), '/lanes/0/sensors'],
    [
      'a boom of its own and another one',
      {
        ...lotFile(),
        lanes: lotFile().lanes.map((lane) => ({ ...lane, sharesBarrierOf: 'entry' })),
      },
      '/lanes/0/sharesBarrierOf',
    ],
  ])('is refused with %s', (_what, lot, field) => {
    expect(refusedLot(lot)).toMatchObject({ code: 'LOT-02', field })
  })

  it('lets no other lane have an inner trigger', () => {
    const lot = lotFile()
    const [entry, exit] = lot.lanes
    const wrong = { ...lot, lanes: [{ ...entry, sensors: [inner] }, exit] }
    expect(refusedLot(wrong)).toMatchObject({ code: 'LOT-02', field: '/lanes/0/sensors/0/role' })
  })
})

describe('lot init', () => {
  it.each(layoutNames)('makes a lot of %s', async (layout) => {
    const data = join(dir, layout)
    const links = ['--barrier', 'entry=sim:a', '--camera', 'exit=push:hikvision']
    const own = layout === '7.1.3' ? [] : ['--barrier', 'exit=sim:b']
    const given = ['--data', data, '--layout', layout, '--charge', 'card']
    expect(await lotCommand.run(['init', ...given, ...links, ...own], noIo)).toBe(0)
    const { lanes } = loadLot(data).config
    expect(lanes.map(({ id, layout: its }) => [id, its])).toEqual([
      ['entry', layout],
      ['exit', layout],
    ])
    const shares = layout === '7.1.3' ? 'entry' : undefined
    expect(lanes[1]?.sharesBarrierOf).toBe(shares)
    expect(lanes[0]?.sensors?.map(({ role }) => role)).toEqual(
      layout === '7.1.3' ? ['inner'] : undefined,
    )
  })
})
