// Evenings of a real car park over links, in both charge modes (days and every RSU variant in `npm run test:full`): each
// car through real processes, links, HTTPS and the ledger, checked with the records of platform and cards.
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { invariantIds } from '#lane/pure/lot/invariants.ts'
import { runProgram, theaterwall } from './kit/program.ts'
import { folderOfFile } from '../kit/own-folder.ts'

interface Result {
  readonly ok: boolean
  readonly mode: string
  readonly crypto: string
  readonly passages: number
  readonly exits: number
  readonly amountFen: number
  readonly pending: number
  readonly deductions: { readonly paid: number; readonly unknown: number }
  readonly ordersByEnd: Readonly<Record<string, number>>
  readonly ledger: { readonly paidFen: number }
  readonly platform: { readonly amountFen: number; readonly records: number }
  readonly destinations: {
    readonly operator: { readonly amountFen: number; readonly records: number }
  }
  readonly processes: readonly {
    readonly name: string
    readonly bytesIn: number
    readonly bytesOut: number
  }[]
  readonly invariants: {
    readonly checked: Readonly<Record<string, number>>
    readonly violations: readonly unknown[]
  }
}

const folder = folderOfFile('etc-wire-')

const day = ['--days', '1']
const evening = ['--from', '2025-04-01T16:00:00+08:00', '--to', '2025-04-01T22:00:00+08:00']

const full = process.env['ETC_LANE_SCALE'] === 'full'
const evenings = full ? (['generic-len', 'generic/regional-firmware'] as const) : []

// A day is like two such evenings: more cars of the same kinds, checked in the same way.
const [howLong, when] = full ? (['a day', day] as const) : (['an evening', evening] as const)

it.for([
  [howLong, 'online', 'generic-bcc', when],
  [howLong, 'card', 'generic-ver', when],
  ...evenings.map((variant) => ['an evening', 'card', variant, evening] as const),
] as const)('%s of theaterwall, %s with %s', async ([, charge, variant, span]) => {
  const args = ['--wire', ...span, '--charge', charge, '--variant', variant]
  const dir = join(folder, `${charge}-${variant.replace('/', '-')}`)
  const ran = await runProgram('replay', ...args, '--trace', theaterwall(folder), '--data', dir)
  expect(ran.code, ran.stderr).toBe(0)
  const result = JSON.parse(ran.stdout) as Result
  process.stdout.write(
    `replay --wire ${charge} ${variant}: ${ran.stderr.trim().split('\n').at(-1)}\n`,
  )

  expect(result).toMatchObject({ ok: true, mode: 'wire', crypto: 'real', pending: 0 })
  expect(result.invariants.violations).toEqual([])
  expect(result.passages).toBeGreaterThan(100)
  for (const id of invariantIds)
    expect(result.invariants.checked[id], id).toBeGreaterThanOrEqual(result.passages)
  // The ledger, the platform's settlement records and the printed receipts agree to the fen.
  expect(result.deductions).toMatchObject({ unknown: 0 })
  expect(result.amountFen).toBeGreaterThan(0)
  expect(result.platform.amountFen).toBe(result.amountFen)
  expect(result.ledger.paidFen).toBe(result.amountFen)
  expect(result.platform.records).toBe(result.deductions.paid)
  expect(result.destinations.operator).toMatchObject({
    amountFen: result.amountFen,
    records: result.deductions.paid,
  })
  const simulators = ['barrier-sim', 'camera-sim', 'display-sim']
  const names = ['entry', 'exit'].flatMap((lane) => simulators.map((name) => `${name} ${lane}`))
  names.push('rsu-sim exit', 'platform-sim', 'platform-sim operator')
  expect(result.processes.map(({ name }) => name).sort()).toEqual(names.sort())
  // Every push brings a picture and is answered, every charge is signed on both sides: a
  // simulator's count cannot be lower.
  const { exits, platform } = result
  for (const { name, bytesIn, bytesOut } of result.processes) {
    let least = { bytesIn: 0, bytesOut: 0 }
    if (name === 'camera-sim exit') least = { bytesIn: exits * 20, bytesOut: exits * 5_000 }
    if (name === 'platform-sim')
      least = { bytesIn: platform.records * 400, bytesOut: platform.records * 400 }
    expect(bytesIn, name).toBeGreaterThan(least.bytesIn)
    expect(bytesOut, name).toBeGreaterThan(least.bytesOut)
  }
  const ended = Object.values(result.ordersByEnd).reduce((sum, count) => sum + count, 0)
  expect(ended).toBe(result.exits)
})
