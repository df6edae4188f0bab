// Kills a lane runtime on real links at the crash points CP1 to CP12 and at random moments, and starts it again.
// Used by the complete run in test/crash and the short one in test/smoke, with different numbers of kills.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { crashPoints, type CrashPoint } from '#harness/lot/sim-crash.ts'
import type { ChargeMode } from '#base/pure/rows/ledger-row.ts'
import { verdictOn } from '../../wire/kit/ledger-rows.ts'
import { seeded } from '../powercut/disk.ts'
import { Scene } from './scene.ts'

const modes = ['card', 'online'] as const satisfies readonly ChargeMode[]
const carsMax = 20
/** Measured from the car's arrival; a passage takes about 50 ms, its uploads about 50 more. */
const lifeMsMax = 200

interface Kills {
  /** Kills in both modes together. */
  readonly trials: number
  /** Least number of kills at each crash point; at most half of all kills. The others come at random moments. */
  readonly least: number
  readonly seed: number
}

/** The points of a mode, then its random moments. */
function plan(mode: (typeof modes)[number], { trials, least }: Kills): (CrashPoint | 'random')[] {
  const points = Math.max(least * crashPoints.length, trials / 2)
  const share = Array.from({ length: points }, (_, i) => crashPoints[i % crashPoints.length])
  const mine = share.filter(
    (_, i) => (Math.floor(i / crashPoints.length) + i) % 2 === modes.indexOf(mode),
  )
  const random = Array.from({ length: Math.floor((trials - points) / 2) }, () => 'random' as const)
  return [...mine.filter((p) => p !== undefined), ...random]
}

async function trial(scene: Scene, point: CrashPoint | 'random', lifeMs: number): Promise<void> {
  const what = `${scene.mode} ${point} ${lifeMs.toFixed(0)} ms`
  if (point === 'CP10')
    await scene.harness.platform?.admin('POST', '/faults', {
      at: 'POST /v1/etc/exit-charges',
      when: 'after',
      do: 'cut',
    })
  const runtime = scene.live
  if (point !== 'random') await runtime.ask({ do: 'arm', point })
  let unharmed = true
  // On a busy machine an OBU may be read too late: that car pays a person, and the next one comes.
  for (let cars = 0; cars < carsMax && unharmed; cars++) {
    await scene.carComes()
    if (point === 'random') setTimeout(() => runtime.kill(), lifeMs)
    unharmed = await scene.play()
    if (point === 'random') break
  }
  expect(unharmed && point !== 'random', `${what}: was not reached\n${scene.story()}`).toBe(false)
  expect(await runtime.ended(), what).toBe('SIGKILL')
  await scene.harness.platform?.admin('DELETE', '/faults')
  await scene.start()
  expect(await scene.play(), `${what}: the runtime after the kill`).toBe(true)
  // A display keeps a dead runtime's text until the next one clears it.
  await scene.boardSays('')
  const report = await scene.judge()
  expect(report.violations, what).toEqual([])
  expect(await scene.chargesOfCar(), what).toBeLessThanOrEqual(1)
  expect(verdictOn(scene.dir, 'n1'), what).toMatchObject({ ok: true, chain: 'ok' })
}

async function killAgainAndAgain(
  mode: (typeof modes)[number],
  folder: string,
  kills: Kills,
): Promise<number> {
  const scene = new Scene(mode, folder)
  const random = seeded(kills.seed + modes.indexOf(mode))
  const all = plan(mode, kills)
  try {
    await scene.open()
    for (const point of all) await trial(scene, point, random() * lifeMsMax)
  } finally {
    await scene.close()
  }
  return all.length
}

const hitsOf = (folder: string, mode: ChargeMode): string[] => {
  const file = join(folder, `${mode}.hits`)
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []
}

/** Runs both modes in parallel; each crash point is reached at least `least` times. */
export async function killLinks(kills: Kills): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'etc-kill-links-'))
  try {
    const done = await Promise.all(modes.map((mode) => killAgainAndAgain(mode, folder, kills)))
    const rows = crashPoints.map((point) => {
      const [card = 0, online = 0] = modes.map(
        (mode) => hitsOf(folder, mode).filter((p) => p === point).length,
      )
      return { point, card, online }
    })
    const table = rows.map((r) => `${r.point.padEnd(5)} card ${r.card} online ${r.online}`)
    const killed = done.reduce((sum, n) => sum + n, 0)
    process.stdout.write(`${killed} kills over links, seed ${kills.seed}\n${table.join('\n')}\n`)
    for (const { point, card, online } of rows)
      expect(card + online, `${point} was reached`).toBeGreaterThanOrEqual(kills.least)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
