// Shelves on disk return what a Map would, in the same order, whatever was moved out of memory in between.
// The order matters because the hash of a simulation is computed over it.
import { expect, it } from 'vitest'
import type { Shelf } from '#base/pure/values/shelf.ts'
import { DiskShelves } from '#harness/lot/disk-shelves.ts'
import { seededRandom } from '#simulators/shell/random.ts'

it.each([1, 2, 7, 1_000])('%i names in memory: as a Map', (hot) => {
  const disk = new DiskShelves(hot)
  const draw = seededRandom(hot)
  const shelves: [Shelf<{ n: number }>, Shelf<{ n: number }>] = [disk.shelf(), new Map()]
  const both = <T>(ask: (shelf: Shelf<{ n: number }>) => T): void => {
    const [ours, map] = shelves.map(ask)
    expect(ours).toEqual(map)
  }
  try {
    for (let n = 0; n < 3_000; n++) {
      const name = `name ${Math.floor(draw() * 90)}`
      if (draw() < 0.4) for (const shelf of shelves) shelf.set(name, { n })
      else if (draw() < 0.5) both((shelf) => shelf.get(name))
      else both((shelf) => shelf.has(name))
      both((shelf) => shelf.size)
      if (n % 500 === 0) both((shelf) => [...shelf.values()])
    }
    both((shelf) => [...shelf.values()])
  } finally {
    disk.close()
  }
})

it('two shelves are two', () => {
  const disk = new DiskShelves(1)
  const [a, b] = [disk.shelf<string>(), disk.shelf<string>()]
  for (const name of ['x', 'y', 'z']) a.set(name, `a ${name}`)
  b.set('x', 'b x')
  expect([a.get('x'), b.get('x'), b.get('y'), a.size, b.size]).toEqual([
    'a x',
    'b x',
    undefined,
    3,
    1,
  ])
  disk.close()
})
