// One item red first, then green: its fault is planted at a simulator, cars are driven by whoever drives, the item has to fail by the
// assertion that the plant names; the fault is taken away, and what comes after it has to pass.
import type { PlatformName } from '../../acceptance/facts.ts'
import type { Finding } from '../../acceptance/item.ts'
import { drives, type AdminCall, type Plant } from '../../acceptance/plant.ts'
import type { PlantingView, RedView } from '../../api/acceptance-views.ts'
import { isoOf, type InstantMs } from '../../core/values/instant.ts'

export interface RedPorts {
  /** False: the simulator did not take it, and is told again. */
  say(at: PlatformName, call: AdminCall): Promise<boolean>
  /** Between two looks. */
  pause(): Promise<void>
  nowMs(): InstantMs
  isStopping(): boolean
  /** Of the item that is under way, on rows since then. */
  judge(fromMs: InstantMs): Promise<Finding>
  /** What it waits for now. */
  waits(planting: PlantingView): void
}

export interface RedResult {
  readonly red: RedView
  /** Without the fault, on rows since `fromMs`. */
  readonly finding: Finding
  readonly fromMs: InstantMs
  /** When it was judged so. */
  readonly atMs: InstantMs
}

/** Told until it is taken: what is planted is taken away whatever happens. */
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

/** Looks at a failure without the fault: what is written beside the lanes comes a moment later than its row. */
const failuresKept = 10

/** What was begun before the fault was gone may end behind it: where a failure stays, the time that is judged begins anew. */
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

/** Null: it was stopped before both were seen. */
export async function redThenGreen(ports: RedPorts, plant: Plant): Promise<RedResult | null> {
  const red = await turnedRed(ports, plant)
  const isGone = await unplanted(ports, plant)
  if (red === null || !isGone) return null
  const green = await turnedGreen(ports, plant)
  return green === null ? null : { red, ...green }
}
