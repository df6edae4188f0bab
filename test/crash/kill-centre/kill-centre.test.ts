// Kill -9 of lots, door, fold and PostgreSQL while rows flow: every row of every lot is at the centre once, and counted once
// in its takings, as two programs in Python find that were written from the documents alone.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { eventually } from '../../kit/eventually.ts'
import { seeded } from '../powercut/disk.ts'
import { KilledCentre, victims } from './scene.ts'

/** `CENTRE_KILLS=1000` is the full scale. */
const kills = Number(process.env['CENTRE_KILLS'] ?? 50)
const seed = Number(process.env['CENTRE_KILL_SEED'] ?? 1)
const lots = 5

const python = (file: string, ...args: readonly string[]): unknown =>
  JSON.parse(execFileSync('python3', [file, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 }))

it(`loses and doubles nothing in ${kills} kills`, async () => {
  const scene = await KilledCentre.start(lots)
  onTestFinished(() => scene.remove())
  const random = seeded(seed)
  const killed: Record<string, number> = {}
  for (let n = 0; n < kills; n++) {
    const before = await scene.rows()
    await eventually(() => scene.rows()).toBeGreaterThan(before)
    const { promise, resolve } = Promise.withResolvers<void>()
    setTimeout(resolve, random() * 300)
    await promise
    const victim = victims[Math.floor(random() * victims.length)] ?? 'door'
    await scene.kill(victim)
    killed[victim] = (killed[victim] ?? 0) + 1
  }
  const seen = await scene.drain()
  expect(seen.map(({ fault }) => fault)).toEqual(seen.map(() => null))
  const own = python(join(import.meta.dirname, 'own-digests.py'), join(scene.root, 'lots'))
  const found = python('test/fixtures/centre-check.py', scene.centre.server.address)
  expect(found).toMatchObject({ ok: true, faults: [], rows: await scene.rows(), heads: own })
  expect((found as { readonly takings: number }).takings).toBeGreaterThan(kills)
  process.stdout.write(
    `centre kill, seed ${seed}: ${JSON.stringify({ ...killed, rows: await scene.rows() })}\n`,
  )
})
