// One item red first, then green: its fault is planted at a simulator, cars drive, and the item has to fail by the
// assertion named by the plant; then the fault is removed, and the item has to pass.
import type { PlatformName } from '#ledger/pure/facts.ts'
import type { Finding } from '../../pure/item.ts'
import { acceptanceItems } from '../../pure/items/index.ts'
import type { ItemId } from '../../pure/items/ids.ts'
import { drives, isPlant, type AdminCall, type Plant } from '../../pure/plant.ts'
import type { PlantingView, RedView } from '../../calls/acceptance-views.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'

export interface RedPorts {
  /** False: the simulator did not accept the call; it is repeated. */
  say(at: PlatformName, call: AdminCall): Promise<boolean>
  /** Waits between two looks. */
  pause(): Promise<void>
  nowMs(): InstantMs
  isStopping(): boolean
  /** Judges the current item on rows since `fromMs`. */
  judge(fromMs: InstantMs): Promise<Finding>
  /** Reports what the run waits for now. */
  waits(planting: PlantingView): void
}

export interface RedResult {
  readonly red: RedView
  /** The finding without the fault, on rows since `fromMs`. */
  readonly finding: Finding
  readonly fromMs: InstantMs
  /** When the finding was made. */
  readonly atMs: InstantMs
}

/** Removes the fault; repeated until the simulator accepts it, because a planted fault must never remain. */
export async function unplanted(ports: RedPorts, { at, unsay }: Plant): Promise<boolean> {
  for (let tries = 0; tries < 10; tries++) {
    if (await ports.say(at, unsay)) return true
    await ports.pause()
  }
  return false
}

async function turnedRed(ports: RedPorts, plant: Plant): Promise<RedView | null> {
  const fromMs = ports.nowMs()
  let isSaid = false
  while (!ports.isStopping()) {
    if (!isSaid || plant.isRepeated === true) isSaid = await ports.say(plant.at, plant.say)
    if (isSaid) ports.waits({ stage: 'red', of: drives[plant.drive].of, ...waitOf(plant) })
    const { failed, words } = await ports.judge(fromMs)
    if (failed.includes(plant.turns))
      return { assertion: plant.turns, words, atIso: isoOf(ports.nowMs()) }
    await ports.pause()
  }
  return null
}

const waitOf = ({ drive }: Plant) => ({ drive, words: drives[drive].words })

const isGreen = ({ verdict, failed, evidence }: Finding, plant: Plant): boolean =>
  verdict === 'pass' ||
  (plant.isPart === true && verdict === 'incomplete' && failed.length === 0 && evidence.length > 0)

/** Failures tolerated without the fault: records written beside the lanes arrive a moment after their row. */
const failuresKept = 10

/** A transaction begun under the fault may end after it: when the failure persists, the judged period starts again. */
async function turnedGreen(ports: RedPorts, plant: Plant) {
  let [fromMs, failures] = [ports.nowMs(), 0]
  while (!ports.isStopping()) {
    ports.waits({ stage: 'green', of: drives[plant.drive].of, ...waitOf(plant) })
    const atMs = ports.nowMs()
    const finding = await ports.judge(fromMs)
    if (isGreen(finding, plant)) return { finding, fromMs, atMs }
    failures = finding.verdict === 'fail' ? failures + 1 : 0
    if (failures > failuresKept) [fromMs, failures] = [ports.nowMs(), 0]
    await ports.pause()
  }
  return null
}

/** Null: stopped before red and green were seen. */
export async function redThenGreen(ports: RedPorts, plant: Plant): Promise<RedResult | null> {
  const red = await turnedRed(ports, plant)
  const isGone = await unplanted(ports, plant)
  if (red === null || !isGone) return null
  const green = await turnedGreen(ports, plant)
  return green === null ? null : { red, ...green }
}

/** Null: no fault can be planted for it. */
export function plantOf(id: ItemId): Plant | null {
  const plant = acceptanceItems.find((item) => item.id === id)?.plant
  return plant !== undefined && isPlant(plant) ? plant : null
}
