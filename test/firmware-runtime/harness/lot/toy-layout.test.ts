// A layout is one file: a layout that exists only in tests works in lot check, lot init, help, board, rules and a replay.
// The test adds its row to the table, as a program would; nothing else is changed.
import { whyIn } from '#base/pure/faults/faults.ts'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { BoardTracker, laneView } from '#base/desk/handlers/board.ts'
import { rulesOf } from '#acceptance/desk/handlers/control-rules.ts'
import { newLaneHost } from '#lane/lot/lane-host.ts'
import { checkLot } from '#lane/lot/files/lot-file.ts'
import { lotJsonSchema } from '#lane/lot/files/lot-schema.ts'
import type { Command } from '#base/commands/command.ts'
import { lotCommand } from '#runtime/commands/lot.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { replayCommand } from '#harness/replay.ts'
import { commands } from '../../../../firmware-runtime/commands.ts'
import { violationsOf } from '../../lane/pure/lot/violations.ts'
import { layoutNames, openLayoutNames, layoutOf, passesOf } from '#lane/pure/layouts/index.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { present } from '#base/pure/values/must.ts'
import { guangxi } from '#ledger/pure/platforms/guangxi/dialect.ts'
import { lotFile } from '../../lane/lot/lot-kit.ts'
import { toy, toyName } from '../../lane/pure/layouts/toy-layout.ts'
import { refusalOf } from '../../../kit/refusals.ts'
import { folderOfFile } from '../../../kit/own-folder.ts'
import { runCommand } from '../../../kit/run-command.ts'

vi.mock('#lane/pure/layouts/table.ts', async (original) => {
  const table = await original<Record<'layouts', object>>()
  const row = await import('../../lane/pure/layouts/toy-layout.ts')
  return { ...table, layouts: { ...table.layouts, [row.toyName]: row.toy } }
})

const dir = folderOfFile('etc-lane-toy-')

const run = async (command: Command, ...args: string[]): Promise<Record<string, unknown>> =>
  (await runCommand(command, args)).json

const file = 'lot.json'
/** An entry of 7.1.1 and an exit of the toy layout in one lot; `over` changes the exit. */
function mixed(over: object = {}): unknown {
  const { layout: _none, ...lot } = lotFile()
  const [entry, exit] = lot.lanes
  return { ...lot, lanes: [entry, { ...exit, layout: toyName, rsu: null, ...over }] }
}
const refusedLot = (lot: unknown) => refusalOf(() => checkLot(lot, file))

describe('the lot file', () => {
  it('takes lanes of two layouts', () => {
    expect(checkLot(mixed(), file).lanes.map(({ layout }) => layout)).toEqual(['7.1.1', toyName])
    expect(JSON.stringify(lotJsonSchema())).toContain(
      JSON.stringify([...layoutNames, ...openLayoutNames]),
    )
    expect(layoutNames).toContain(toyName)
  })

  const sensor = { kind: 'radar', link: 'barrier:5' }
  it.each([
    ['an antenna', { rsu: 'tcp://127.0.0.1:1' }, 'rsu', 'layout T.1 has no rsu at its exit'],
    ['a display', { display: 'sim:d' }, 'display', 'layout T.1 has no display at its exit'],
    [
      'a radar',
      { sensors: [{ ...sensor, role: 'presence' }] },
      'sensors/0/role',
      'layout T.1 has no sensor presence at its exit',
    ],
  ])('refuses %s where the layout has none', (_what, over, member, en) => {
    const field = `/lanes/1/${member}`
    expect(refusedLot(mixed(over))).toMatchObject({ code: 'LOT-02', field, note: { en } })
    // The same lane of layout 7.1.1 may have this member.
    expect(whyIn(refusedLot(mixed({ ...over, layout: '7.1.1' }))?.note ?? '')).not.toContain(
      'layout',
    )
  })

  it('is made by lot init with the lanes of the layout, and help names it', async () => {
    const data = join(dir, 'made')
    await run(lotCommand, 'init', '--data', data, '--layout', toyName, '--charge', 'card')
    expect(loadLot(data).config.lanes).toMatchObject([
      { id: 'entry', layout: toyName },
      { id: 'exit', layout: toyName },
    ])
    const usage = (await Promise.all(commands.map(({ load }) => load()))).flatMap(
      (one) => one.usage,
    )
    expect(
      usage.filter((line) => line.includes(`[--layout ${layoutNames.join('|')}`)),
    ).toHaveLength(2)
  })
})

describe('the board', () => {
  const config = checkLot(mixed(), file)
  const viewOf = (i: number) => {
    const lane = present(config.lanes[i], 'a lane of the lot')
    const none = { rsu: null, barrier: null, display: null }
    const host = newLaneHost(lane, layoutOf(lane), none, {} as never)
    return laneView(host, new BoardTracker(), { devices: {} as never, display: null }, 0)
  }
  it('has steps and picture of each lane from its own layout', () => {
    expect([0, 1].map((i) => viewOf(i).steps.map(({ step }) => step))).toEqual([
      ['trigger', 'plate', 'barrier'],
      ['trigger', 'order', 'barrier'],
    ])
    expect(viewOf(1)).toMatchObject({ layout: toyName, picture: toy.exit?.picture })
  })
  it('and the rules ask for what its clauses ask for', () => {
    const rules = rulesOf(guangxi, config)
    expect(rules.layout).toBe(`7.1.1 ${toyName}`)
    const exit = rules.lanes[1]?.needs.map(({ device, clause, title }) => [
      device,
      clause,
      title.zh,
    ])
    expect(exit).toEqual([
      ['camera', 'T.1 a', '摄像机'],
      ['barrier', 'T.1 b', '道闸'],
    ])
  })
})

describe('a replay', () => {
  const data = join(dir, 'replay')
  let result: Record<string, unknown> = {}
  beforeAll(async () => {
    const trace = join(dir, 'trace.csv')
    const rows = ['08:00:00,20', '08:05:00,14', '11:40:00,18', '12:00:00,20']
    const lines = rows.map((row) => `2026-03-02T${row.replace(',', '+08:00,')}`)
    writeFileSync(trace, `timestamp,free\n${lines.join('\n')}\n`)
    result = await run(replayCommand, '--trace', trace, '--data', data, '--layout', toyName)
  })

  it('is in order: every car is let out by a person, none by ETC', () => {
    const { ok, entries, exits, invariants, ordersByEnd } = result
    expect({ ok, entries, exits }).toEqual({ ok: true, entries: 6, exits: 6 })
    expect(invariants).toMatchObject({ violations: [] })
    expect(ordersByEnd).toMatchObject({ etc: 0, other: 6 })
  })
})

it('a pass on a ground that the layout of its lane has not is a violation of M2', () => {
  const lanes = checkLot(mixed(), file).lanes as LotConfig['lanes']
  const pass = (seq: number, laneId: string, cause: string) =>
    ({
      seq,
      kind: 'pass',
      atMs: 0,
      laneId,
      stayId: 'S',
      body: { passId: `P${seq}`, cause, by: 'a person', reason: '' },
    }) as never
  const found = violationsOf(
    [pass(1, 'entry', 'entry'), pass(2, 'exit', 'emergency'), pass(3, 'exit', 'entry')],
    {},
    { passesOf: passesOf({ lanes }) },
  )
  expect(found.map(({ detail }) => detail)).toEqual([
    'row 3: pass entry in a lane whose layout has no such pass',
  ])
})
