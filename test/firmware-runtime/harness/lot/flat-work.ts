// Counts what a car leaves in memory for flat-memory.test.ts, in a separate thread (test/kit/in-thread.ts).
// It compares what is held after two numbers of cars.
import { checkInvariants } from '#lane/pure/lot/invariants.ts'
import { instantOf } from '#base/pure/values/instant.ts'
import { inMemory, type ShelfMaker } from '#base/pure/values/shelf.ts'
import { DiskShelves } from '#harness/lot/disk-shelves.ts'
import { simPlatform } from '#harness/lot/sim-platform.ts'
import { createRsuModel } from '#simulators/rsu/model.ts'
import { heldNow, heldSince } from '../../../kit/held.ts'
import { tell } from '../../../kit/in-thread.ts'
import { Rows } from '../../lane/pure/lot/row-kit.ts'
import { healthy, nothing } from '../../lane/pure/lot/violations.ts'

/** By the first number of cars, every shelf holds as many names in memory as it may. */
const checked = [500, 2_500] as const
const driven = [4_500, 6_500] as const

function between([first, last]: readonly [number, number]) {
  let before = heldNow()
  let each = { objects: Infinity, entries: Infinity }
  return {
    passed(cars: number): void {
      if (cars === first) before = heldNow()
      if (cars !== last) return
      const { objects, entries } = heldSince(before)
      each = { objects: objects / (last - first), entries: entries / (last - first) }
    },
    each: () => each,
  }
}

/** The check of a ledger. */
function ofCheck(shelf: ShelfMaker) {
  const { passed, each } = between(checked)
  function* stays() {
    let seq = 0
    for (let n = 1; n <= checked[1]; n++) {
      for (const row of new Rows().paidOnline(n).all) yield { ...row, seq: ++seq }
      passed(n)
    }
  }
  const { violations } = checkInvariants(stays(), nothing, healthy, shelf)
  return { ...each(), violations: violations.length }
}

/** Records of the platform and cards of the antenna. */
function ofModels(shelf: ShelfMaker) {
  const { passed, each } = between(driven)
  const platform = simPlatform(() => undefined, shelf)
  const rsu = createRsuModel({ variant: 'generic-bcc', timing: 'instant', seed: 1, shelf })
  for (let n = 1; n <= driven[1]; n++) {
    const digits = String(n).padStart(8, '0')
    const cardNo = `450129000000${digits}`
    const atMs = instantOf(2026, 3, 2) + n * 60_000
    platform.record({
      t: 'act',
      kind: 'exit-charges',
      appId: 'SIM00001',
      no: `P${digits}`,
      bodySm3: digits.repeat(8),
      atMs,
      outcome: { respCode: '100000', data: { outTradeNo: `P${digits}`, status: 'SUCCESS' } },
      status: 'SUCCESS',
      charge: {
        mode: 2,
        realFee: 500,
        tradeNo: `T${digits}`,
        parkId: 'park',
        entryNo: `n-S${digits}`,
        cardId: cardNo,
        vehicle: `${digits}_0`,
        enMs: atMs,
        exMs: atMs,
        transMs: atMs,
        offline: false,
      },
    })
    rsu.addCar({ obuId: digits, plate: `测A${digits.slice(3)}`, cardNo, stayMs: 0 }, n)
    rsu.removeCar(digits, n)
    passed(n)
  }
  const charges = platform.state.acts.get('exit-charges')?.size
  return { ...each(), charges, cards: [...rsu.allCards()].length }
}

function onDisk<T>(hot: number | undefined, run: (shelf: ShelfMaker) => T): T {
  const disk = new DiskShelves(hot)
  const counts = run(disk.shelf)
  disk.close()
  return counts
}

const counts = {
  check: onDisk(64, ofCheck),
  checkInMaps: ofCheck(inMemory),
  models: onDisk(undefined, ofModels),
  modelsInMaps: ofModels(inMemory),
}
export type FlatWork = typeof counts
tell(counts)
