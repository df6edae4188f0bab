// Kill -9 of the command that prepares a next version, and of the lanes beside it: at operations on the disk, at moments of
// its steps, and where the lanes themselves had begun it.
import { createServer, type Server } from 'node:http'
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { keptPlan } from '../../../firmware-runtime/adapters/update/plan-file.ts'
import { folderOfFile } from '../../kit/own-folder.ts'
import { seeded } from '../powercut/disk.ts'
import { killsOf, nextRelease, seed } from './releases.ts'
import { UpdatedLot } from './updated-lot.ts'

const { prepare: kills } = killsOf()
const folder = folderOfFile('etc-prepare-kills-')
const ways = ['operation', 'moment', 'operation', 'lanes'] as const
/** The lanes look and prepare beside themselves for about so long. */
const lanesMsMax = 3_000

/** The release at an address. */
function served(place: string): Promise<Server> {
  const server = createServer(({ url = '' }, answer) => {
    try {
      answer.end(readFileSync(join(place, decodeURIComponent(url))))
    } catch {
      answer.writeHead(404).end()
    }
  })
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => done(server))
  })
}

async function kill(scene: UpdatedLot, way: (typeof ways)[number], from: string): Promise<void> {
  const { lot, preparing, prepareKiller, random } = scene
  if (keptPlan(scene.dir)?.step.is === 'tried') await scene.call('updates.drop')
  let step = 'lanes'
  if (way === 'lanes') {
    await scene.call('updates.prepare', { from })
    await pause(random() * lanesMsMax)
  } else if (way === 'moment') {
    const done = await preparing.killed(from)
    step = `moment ${done.isKilled ? done.step : 'after'}`
  } else {
    prepareKiller.arm('prepare', random)
    const { said } = await preparing.toItsEnd(from)
    const steps = prepareKiller.disarm('prepare', said['ok'] === true)
    step = `operation ${said['ok'] === true ? 'after' : (steps.at(-1) ?? '')}`
  }
  await lot.run.stop('SIGKILL')
  await scene.goesOn(step)
}

it(`prepares an update after ${kills} kills of the preparing`, async () => {
  const release = await nextRelease(folder)
  const server = await served(release.from)
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const scene = new UpdatedLot(folder, 'prepare', release, seeded(seed))
  try {
    await scene.open()
    for (let at = 0; at < kills; at++) {
      const from = at % 3 === 2 ? address : release.from
      await kill(scene, ways[at % ways.length] ?? 'moment', from)
      // Others begin where this one was killed.
      if (at % 3 === 0) await scene.prepared(from)
    }
    await scene.prepared()
    await scene.onTrial()
    await scene.verified()
    expect(scene.installed).not.toBe(release.version)
  } finally {
    process.stdout.write(`prepare kills, seed ${seed}: ${scene.said()}\n`)
    server.close()
    await scene.lot.close()
  }
})
