// A day of a street with a gantry over links (7.2.1, 7.2.4, 7.2.5): every simulator is a process, the cars that left and can
// pay are charged once, and the books of the platform are those of the lot.
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { cleanUp, newFolder, runToEnd } from './kit/live-program.ts'
import { theaterwall } from './kit/program.ts'

const folder = newFolder()
afterAll(cleanUp)

const replay = (layout: string, ...more: readonly string[]) =>
  runToEnd([
    ...['replay', '--trace', theaterwall(folder)],
    ...['--data', join(folder, layout), '--layout', layout, '--wire', '--days', '1'],
    ...['--capacity', '6', '--offline', 'settle-later', ...more],
  ])

interface Replayed {
  readonly ok: boolean
  readonly entries: number
  readonly takings: { readonly etc: { readonly count: number; readonly fen: number } }
  readonly platform: { readonly amountFen: number; readonly duplicates: number }
  readonly street: { readonly stays: number; readonly orderFen: number; readonly paidFen: number }
  readonly site: Readonly<Record<string, number>>
  readonly processes: readonly { readonly name: string }[]
  readonly invariants: { readonly violations: readonly unknown[] }
}

describe.each<[string, readonly string[]]>([
  ['7.2.1', ['rsu-sim gantry', 'camera-sim watch', 'platform-sim']],
  ['7.2.4', ['rsu-sim gantry', 'camera-sim watch', 'platform-sim']],
  ['7.2.5', ['rsu-sim gantry', 'rsu-sim rounds', 'detector-sim watch', 'platform-sim']],
])('%s', (layout, processes) => {
  it('is charged under the gantry, each car once', async () => {
    const { code, json } = await replay(layout, '--charge', 'card', '--mix', 'clean')
    const told = json as unknown as Replayed
    expect(told).toMatchObject({ ok: true, invariants: { violations: [] } })
    expect(code).toBe(0)
    expect(told.processes.map(({ name }) => name).toSorted()).toEqual(processes.toSorted())
    expect(told.entries).toBeGreaterThan(5)
    expect(told.site).toMatchObject({ missed: 0, unread: 0 })
    expect(told.platform).toMatchObject({ amountFen: told.takings.etc.fen, duplicates: 0 })
    expect(told.street.paidFen).toBe(told.street.orderFen)
  })
})

describe('what is not played over links', () => {
  it.each([
    ['7.2.2', [], '--layout'],
    ['7.2.3', [], '--layout'],
    ['7.2.4', ['--province', '21'], '--province'],
    ['7.2.5', ['--mix', 'odd'], '--mix'],
  ])('%s %j', async (layout, more, field) => {
    const { code, json } = await replay(layout, ...more)
    expect(code).not.toBe(0)
    expect(JSON.stringify(json)).toContain(`"field":"${field}"`)
  })
})
