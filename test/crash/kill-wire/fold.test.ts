// State after a restart is a fold of ledger rows and nothing else (design.md section 2): with stays,
// an unknown charge, a pass and unsent records, what a runtime knew before is what the next one knows.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { emptyLot, foldRow } from '../../../firmware-runtime/core/lot/lot.ts'
import { emptyQueue, foldOutbox } from '../../../firmware-runtime/core/queue/queue.ts'
import { present } from '../../../firmware-runtime/core/values/must.ts'
import { ledgerRows } from '../../wire/kit/ledger-rows.ts'
import { foldOf } from './fold.ts'
import { Scene } from './scene.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'etc-fold-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function foldOfFile(dir: string): string {
  const [lot, queue] = [emptyLot(), emptyQueue()]
  for (const row of ledgerRows(dir)) {
    foldRow(lot, row)
    foldOutbox(queue, row, 0)
  }
  return foldOf(lot, queue)
}

it.each(['card', 'online'] as const)('%s: the next runtime knows the same', async (mode) => {
  const scene = new Scene(mode, folder)
  try {
    await scene.open()
    await scene.carComes()
    expect(await scene.play()).toBe(true)
    // From now on nobody hears from the platform: records stay unsent, a charge stays unknown.
    await scene.world.killSim('platform')
    await scene.carComes()
    await scene.settles(({ lanes, unsent }) => unsent > 0 && lanes['exit']?.name !== 'charging')
    const before = present((await scene.live.ask({ do: 'fold' }))?.fold, 'a fold')
    await scene.live.stop()
    expect(foldOfFile(scene.dir)).toBe(before)
    await scene.start()
    expect(scene.live.foldAtStart).toBe(before)
    const lot = JSON.parse(before) as { stays: unknown[]; queue: unknown[]; confirmed: number }
    expect(lot.stays.length).toBeGreaterThan(0)
    expect(lot.queue.length).toBeGreaterThan(0)
    expect(lot.confirmed).toBeGreaterThan(0)
    await scene.world.reviveSim('platform')
    expect(await scene.play(), 'after the platform came back').toBe(true)
    expect((await scene.judge()).violations).toEqual([])
  } finally {
    await scene.close()
  }
})
