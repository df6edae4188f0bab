// Two lane computers of a car park as processes: one that dies, and one that takes its lanes over by hand from the last copy.
// Antenna, booms and platform are simulators, whose books say what each car paid.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { present } from '#base/pure/values/must.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { ledgerRows } from './ledger-rows.ts'
import { Program, runToEnd, type Ended, type Line } from './live-program.ts'
import { nothingFree, RunLot } from './run-lot.ts'

const who = ['--by', '业主', '--reason', '电脑坏了']

export const carOf = (n: number) => ({
  obuId: `0200000${n}`,
  cardNo: `4501120000000000000${n}`,
  cardType: 22,
  plate: `测A1234${n}`,
  colour: 'blue',
  balanceFen: 10_000,
  cardSerial: 17,
  stayMs: 3_600_000,
})

interface Card {
  readonly cardNo: string
  readonly debits: readonly { readonly amountFen: number }[]
}

export class TwoPcs {
  readonly lot: RunLot
  /** Of the one that dies; the folder of the simulators as well. */
  readonly dead: string
  readonly root: string
  readonly place: string
  keyFile = ''

  constructor(charge: 'card' | 'online') {
    this.lot = new RunLot({ charge, variant: 'generic-ver', tariff: nothingFree })
    this.dead = this.lot.dir
    this.root = join(this.dead, '..')
    this.place = join(this.root, 'place')
  }

  /** The first computer runs, with a recovery key and a second place. */
  async begin(): Promise<void> {
    await this.lot.startSims()
    mkdirSync(this.place)
    const at = ['--data', this.dead]
    const made = await runToEnd(['backup', 'key', ...at, '--to', join(this.root, 'paper'), ...who])
    this.keyFile = present((made.json['files'] as string[])[0], 'a key')
    await this.ok(['backup', 'place', ...at, '--to', this.place, ...who])
    await this.lot.start('exit')
  }

  folder(name: string): string {
    return join(this.root, name)
  }

  async ok(args: readonly string[]): Promise<Line> {
    const { code, json, stderr } = await runToEnd(args)
    if (code !== 0) throw new Error(`${args.join(' ')}: ${JSON.stringify(json)} ${stderr}`)
    return json
  }

  copy(dir: string): Promise<Line> {
    return this.ok(['backup', 'now', '--data', dir])
  }

  restore(dir: string, ...more: string[]): Promise<Ended> {
    const from = ['--from', this.place, '--recovery-key', this.keyFile]
    return runToEnd(['backup', 'restore', '--data', dir, ...from, ...who, ...more])
  }

  hold(dir: string): Promise<Line> {
    return this.ok(['backup', 'hold', '--data', dir, ...who])
  }

  /** The lanes of a folder, with the cameras pushing to this computer. */
  run(dir: string): Promise<void> {
    const program = new Program(['run', '--data', dir, '--timing', 'instant'])
    return this.lot.start('exit', program)
  }

  /** A start that a person finds refused: its exit status and the code of its fault. */
  async refused(dir: string): Promise<readonly [number | null, string]> {
    const { code, json } = await runToEnd(['run', '--data', dir, '--timing', 'instant'])
    return [code, (json['error'] as { code?: string } | undefined)?.code ?? JSON.stringify(json)]
  }

  async comesIn(n: number): Promise<void> {
    await this.lot.goesIn('entry', carOf(n))
  }

  /** It stands before the boom of the exit, with its tag. */
  async standsAtExit(n: number): Promise<void> {
    await this.lot.until('exit', ({ state }) => state === 'idle')
    await present(this.lot.harness.sims('exit').rsu, 'an antenna').admin('POST', '/cars', carOf(n))
    await this.lot.comes('exit', carOf(n))
  }

  async drivesOut(n: number): Promise<void> {
    await this.lot.leaves('exit')
    await this.takesTagAway(n)
  }

  async takesTagAway(n: number): Promise<void> {
    const { rsu } = this.lot.harness.sims('exit')
    await present(rsu, 'an antenna').admin('DELETE', `/cars/${carOf(n).obuId}`)
  }

  async paysAndGoes(n: number): Promise<void> {
    await this.standsAtExit(n)
    await this.drivesOut(n)
  }

  /** Why the car at the exit needs a person. */
  async heldAtExit(): Promise<string | null> {
    const { car } = await this.lot.until('exit', (lane) => (lane.car?.manual ?? null) !== null)
    return car?.manual ?? null
  }

  openExit(dir: string): Promise<Line> {
    return this.ok(['lane', 'open', '--data', dir, '--lane', 'exit', ...who])
  }

  /** By the antenna: number of debits of its card. */
  async debits(n: number): Promise<number> {
    const rsu = present(this.lot.harness.sims('exit').rsu, 'an antenna')
    const { cards } = await rsu.admin<{ cards: readonly Card[] }>('GET', '/books')
    return cards.find(({ cardNo }) => cardNo === carOf(n).cardNo)?.debits.length ?? 0
  }

  /** By the platform: number of charges in its books. */
  async booked(): Promise<number> {
    const platform = present(this.lot.harness.platform, 'a platform')
    const path = '/books?kind=exit-charges'
    return (await platform.admin<{ count: number }>('GET', path)).count
  }

  rows(dir: string): readonly LedgerRow[] {
    return [...ledgerRows(dir)]
  }
}

/** Every number that rows of a ledger give to something: ids of the lot and trade numbers. */
export function numbersIn(rows: readonly LedgerRow[]): ReadonlySet<string> {
  const texts = rows.map((row) => JSON.stringify(row))
  return new Set(
    texts.flatMap((text) => text.match(/\b(?:[A-Z0-9]+-)?n1-[A-Z]\d+|\bPGX\w+/g) ?? []),
  )
}
