// Kill -9 of lanes between two programs: while they are switched and the next one starts for the first time, on trial with a
// car in the exit, while they are taken back, and while the ledger goes its way back. The next version has a newer schema.
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, it } from 'vitest'
import { keptSlots } from '#runtime/slots/slots-file.ts'
import { folderOfFile } from '../../kit/own-folder.ts'
import { seeded } from '../powercut/disk.ts'
import { nextRelease, rounds, summed, switchKills } from './releases.ts'
import { UpdatedLot, type Release } from './updated-lot.ts'

const lots = 2
const folder = folderOfFile('etc-update-kills-')
const moments = ['switching', 'trial', 'takingBack', 'wayBack'] as const
type Moment = (typeof moments)[number]
const chargeMsMax = 300

/** How long each took when it was not killed, ms. */
const tookMs = new Map<Moment, number>()

class Kills {
  readonly scene: UpdatedLot

  constructor(scene: UpdatedLot) {
    this.scene = scene
  }

  /** Begins it; returns how often these lanes have come up when it is over. */
  private async begin(moment: Moment): Promise<number> {
    const { scene } = this
    const times = scene.readies
    if (moment === 'switching') await scene.call('updates.want', { when: 'now' })
    else if (moment === 'takingBack') await scene.call('updates.back')
    else if (moment === 'trial') await scene.lot.comes('exit', scene.car)
    else {
      scene.begin()
      return 1
    }
    return times + 1
  }

  /** What has to be so before. */
  private async before(moment: Moment): Promise<void> {
    const { scene } = this
    if (moment !== 'switching') await scene.onTrial()
    else if (keptSlots(scene.dir).active !== null) {
      await scene.call('updates.back')
      await scene.lot.begunAgain('exit', scene.readies + 1)
    }
    await scene.prepared()
    if (moment === 'trial') await scene.carIn()
    if (moment === 'wayBack') await scene.lot.run.stop('SIGKILL')
  }

  async kill(moment: Moment, isByOperation: boolean): Promise<void> {
    const { scene } = this
    await this.before(moment)
    const { killer, lot, random } = scene
    const sinceMs = performance.now()
    if (isByOperation) killer.arm(moment, random)
    const until = this.begin(moment)
    until.catch(() => undefined)
    const isTimed = !isByOperation || moment === 'trial'
    const afterMs = random() * (moment === 'trial' ? chargeMsMax : (tookMs.get(moment) ?? 2_000))
    let isWhole = false
    if (isTimed) await pause(afterMs)
    else isWhole = await this.isOver(until)
    if (isWhole) tookMs.set(moment, performance.now() - sinceMs)
    await lot.run.stop('SIGKILL')
    const steps = isByOperation ? killer.disarm(moment, isWhole || moment === 'trial') : []
    const step = isWhole ? 'after' : (steps.at(-1) ?? 'moment')
    await scene.goesOn(`${moment} ${step}`, moment === 'trial')
  }

  /** False where the lanes ended before it was over. */
  private async isOver(until: Promise<number>): Promise<boolean> {
    try {
      return await this.scene.comesUpAs(await until)
    } catch (error) {
      // The answer to a call ends with the lanes; a refusal is a text.
      if (error instanceof Error && error.message.startsWith('{')) throw error
      await this.scene.lot.run.ended
      return false
    }
  }
}

async function killAgainAndAgain(scene: UpdatedLot, count: number): Promise<void> {
  const all = new Kills(scene)
  await scene.open()
  for (let at = 0; at < count; at++) {
    const turn = Math.floor(at / moments.length)
    await all.kill(moments[at % moments.length] ?? 'switching', turn % 2 === 0)
  }
  await scene.verified()
}

let release: Release
const counts: Record<string, number>[] = []
beforeAll(async () => {
  release = await nextRelease(folder)
})
afterAll(() => {
  process.stdout.write(`update kills, seeds from ${rounds[0]}: ${summed(counts)}`)
})

it.each(rounds)(`leaves lanes that work after ${switchKills} kills of seed %i`, async (seed) => {
  const scenes = Array.from(
    { length: lots },
    (_, index) =>
      new UpdatedLot(folder, `lot${index}-${seed}`, release, seeded(seed * lots + index)),
  )
  counts.push(...scenes.map((scene) => scene.counts))
  try {
    const done = scenes.map((scene) =>
      scene.told(() => killAgainAndAgain(scene, switchKills / lots)),
    )
    for (const one of await Promise.allSettled(done))
      if (one.status === 'rejected') throw one.reason
  } finally {
    for (const { lot } of scenes) await lot.close()
  }
})
