// One road for both directions on real links (clause 7.1.3): one boom for two lanes, its inner trigger on input 4.
// Every car leaves, there is no violation, and the road is free for the next one each time.
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runProgram, theaterwall } from './kit/program.ts'
import { folderOfTest } from '../kit/own-folder.ts'

interface ReplayJson {
  readonly ok: boolean
  readonly entries: number
  readonly exits: number
  readonly ordersByEnd: Readonly<Record<string, number>>
  readonly invariants: { readonly violations: readonly unknown[] }
  readonly processes: readonly { readonly name: string }[]
}

it('lets cars in and out by one boom', async () => {
  const dir = folderOfTest('etc-lane-reused-wire-')
  const span = ['--from', '2025-04-01T08:00:00+08:00', '--to', '2025-04-01T14:00:00+08:00']
  const replayArgs = ['--trace', theaterwall(dir), '--data', join(dir, 'lot'), '--layout', '7.1.3']
  const ran = await runProgram('replay', ...replayArgs, '--wire', ...span)
  const json = JSON.parse(ran.stdout) as ReplayJson
  expect([json.invariants.violations, json.ok, ran.code]).toEqual([[], true, 0])
  expect(Math.min(json.entries, json.exits)).toBeGreaterThan(0)
  expect(Object.values(json.ordersByEnd).reduce((sum, n) => sum + n, 0)).toBe(json.exits)
  const barriers = json.processes.filter(({ name }) => name.startsWith('barrier-sim'))
  expect(barriers.map(({ name }) => name)).toEqual(['barrier-sim entry'])
})
