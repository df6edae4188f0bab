// Every layout says what its machine is: the states it declares are the rows that have a cell, no more and no less.
// What it draws and asks for fits: a trigger that is drawn is one it listens to, a step has what makes it.
import { describe, expect, it } from 'vitest'
import type { LaneLayout } from '../../../../../firmware-runtime/core/lane/layouts/layout.ts'
import { placeLayout } from '../../../../../firmware-runtime/core/lane/layouts/place.ts'
import { layouts } from '../../../../../firmware-runtime/core/lane/layouts/table.ts'

/** States with a cell for any event. */
const statesOf = ({ table }: LaneLayout): string[] =>
  Object.entries(table).flatMap(([name, cells]) => (Object.keys(cells).length === 0 ? [] : [name]))

const lanes = [
  ...Object.entries(layouts).flatMap(([name, layout]) =>
    Object.entries(layout).map(([way, lane]) => [`${name} ${way}`, lane] as const),
  ),
  ['a place', placeLayout] as const,
]

it('there is a lane to look at', () => {
  expect(lanes.map(([name]) => name)).toEqual(['7.1.1 entry', '7.1.1 exit', 'a place'])
})

describe.each(lanes)('%s', (_name, lane) => {
  it('declares the states of its machine', () => {
    expect([...lane.states].sort()).toEqual(statesOf(lane).sort())
  })

  it('draws a loop only where it listens to one, and an antenna only where it may have one', () => {
    for (const part of lane.picture.parts) {
      if (part.part === 'loop') expect(lane.triggers).toContain(part.role)
      if (part.part === 'antenna') expect(Object.keys(lane.devices)).toContain('rsu')
      if (part.part === 'boom') expect(Object.keys(lane.devices)).toContain('barrier')
    }
  })

  it('shows the steps of an OBU only where it may have an antenna', () => {
    if (lane.steps.includes('obu')) expect(Object.keys(lane.devices)).toContain('rsu')
  })
})
