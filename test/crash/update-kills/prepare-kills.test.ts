// Kill -9 of the command that prepares a next version, and of the lanes beside it: at operations on the disk, at moments of
// its steps, and where the lanes themselves had begun it.
import { createServer, type Server } from 'node:http'
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, it } from 'vitest'
import { keptPlan } from '#runtime/slots/plan-file.ts'
import { folderOfFile } from '../../kit/own-folder.ts'
import { seeded } from '../powercut/disk.ts'
import { nextRelease, preparingKills, rounds, summed } from './releases.ts'
import { UpdatedLot, type Release } from './updated-lot.ts'

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

async function killAgainAndAgain(scene: UpdatedLot, address: string): Promise<void> {
  await scene.open()
  for (let at = 0; at < preparingKills; at++) {
    const from = at % 3 === 2 ? address : release.from
    await kill(scene, ways[at % ways.length] ?? 'moment', from)
    // Others begin where this one was killed.
    if (at % 3 === 0) await scene.prepared(from)
  }
  await scene.prepared()
  await scene.onTrial()
  await scene.verified()
}

let release: Release
let server: Server
const counts: Record<string, number>[] = []
beforeAll(async () => {
  release = await nextRelease(folder)
  server = await served(release.from)
})
afterAll(() => {
  server.close()
  process.stdout.write(`prepare kills, seeds from ${rounds[0]}: ${summed(counts)}`)
})

it.each(rounds)(`prepares an update after ${preparingKills} kills of seed %i`, async (seed) => {
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const scene = new UpdatedLot(folder, `prepare-${seed}`, release, seeded(seed))
  counts.push(scene.counts)
  try {
    await scene.told(() => killAgainAndAgain(scene, address))
  } finally {
    await scene.lot.close()
  }
})
