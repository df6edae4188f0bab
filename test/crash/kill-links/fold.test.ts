// The state after a restart is a fold of ledger rows and nothing else (design.md section 2): with stays,
// an unknown charge, a pass and unsent records, the next runtime knows what the former one knew.
import { rmSync } from 'node:fs'
import { expect, it } from 'vitest'
import { foldFileNames } from '#ledger/files/fold-file.ts'
import { present } from '#base/pure/values/must.ts'
import { foldOfFile } from './fold.ts'
import { Scene } from './scene.ts'
import { folderOfFile } from '../../kit/own-folder.ts'

const folder = folderOfFile('etc-fold-')

it.each(['card', 'online'] as const)('%s: the next runtime knows the same', async (mode) => {
  const scene = new Scene(mode, folder)
  try {
    await scene.open()
    await scene.carComes()
    expect(await scene.play()).toBe(true)
    // From now on the platform is gone: records stay unsent, a charge stays unknown.
    await scene.harness.killSim('platform')
    await scene.carComes()
    await scene.settles(({ lanes, unsent }) => unsent > 0 && lanes['exit']?.name !== 'charging')
    const before = present((await scene.live.ask({ do: 'fold' }))?.fold, 'a fold')
    await scene.live.stop()
    expect(foldOfFile(scene.dir)).toBe(before)
    await scene.start()
    expect(scene.live.foldAtStart).toBe(before)
    expect(scene.live.keptSeq, 'the orderly stop kept the state').toBeGreaterThan(0)
    // Without the stored state the result is the same, since it comes from the rows alone.
    await scene.live.stop()
    rmSync(foldFileNames(scene.dir).now)
    await scene.start()
    expect([scene.live.foldAtStart, scene.live.keptSeq]).toEqual([before, 0])
    const lot = JSON.parse(before) as { stays: unknown[]; queue: unknown[]; confirmed: number }
    expect(lot.stays.length).toBeGreaterThan(0)
    expect(lot.queue.length).toBeGreaterThan(0)
    expect(lot.confirmed).toBeGreaterThan(0)
    await scene.harness.reviveSim('platform')
    expect(await scene.play(), 'after the platform came back').toBe(true)
    expect((await scene.judge()).violations).toEqual([])
  } finally {
    await scene.close()
  }
})
