// The acceptance of a data folder: its session as DIR/acceptance.json, its surveys, and its facts.
// Beside running lanes facts are gathered and judged in a worker, else where the command runs.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { ItemId } from '../../acceptance/items/ids.ts'
import { acceptanceItems } from '../../acceptance/items/index.ts'
import type { Finding } from '../../acceptance/item.ts'
import { systemWallClock } from '../../adapters/clocks/system-clocks.ts'
import { writeWhole } from '../../adapters/files/whole-file.ts'
import { AcceptanceService, type AcceptancePorts } from '../../app/acceptance/acceptance-service.ts'
import { noSession, sessionSchema, type AcceptanceSession } from '../../app/acceptance/session.ts'
import { diskFault } from '../../core/faults/disk-fault.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import type { InstantMs } from '../../core/values/instant.ts'
import { parsed } from '../../core/values/json.ts'
import type { SurveyLine } from '../../survey/survey-page.ts'
import { loadLot } from '../folder/lot-file.ts'
import { readText } from '../process/read-file.ts'
import { rulesHere } from '../folder/rules-here.ts'
import { factsHere, isSimulatedLot } from './facts-here.ts'
import { adminOf, askAdmin } from './simulators-here.ts'
import { testObusHere } from './test-obus.ts'

/** Some hundred lines of evidence an item. */
const sessionBytesMax = 16 * 1024 * 1024

const fileOf = (dir: string): string => join(dir, 'acceptance.json')

/** Throws FILE-02 for a file that no acceptance wrote. */
export function readSession(dir: string): AcceptanceSession {
  const file = fileOf(dir)
  if (!existsSync(file)) return noSession
  const checked = sessionSchema.safeParse(parsed(readText(file, sessionBytesMax)))
  if (checked.success) return checked.data
  const field = `/${checked.error.issues[0]?.path.join('/') ?? ''}`
  throw new LaneFault('FILE-02', { file, field })
}

function keepSession(dir: string, session: AcceptanceSession): void {
  const file = fileOf(dir)
  try {
    writeWhole(file, JSON.stringify(session))
  } catch (error) {
    throw diskFault(error, { file })
  }
}

/** Gathers once and judges each. */
export async function judgeHere(
  dir: string,
  ids: readonly ItemId[],
  fromMs: InstantMs,
): Promise<readonly Finding[]> {
  const facts = await factsHere(dir, fromMs)
  return ids.flatMap((id) => {
    const item = acceptanceItems.find((one) => one.id === id)
    return item === undefined ? [] : [item.judge(facts)]
  })
}

const portsOf = (
  dir: string,
  beside: Pick<AcceptancePorts, 'surveys' | 'judge' | 'plants'>,
): AcceptancePorts => ({
  ...beside,
  read: () => readSession(dir),
  keep: (session) => keepSession(dir, session),
  isSimulated: () => isSimulatedLot(loadLot(dir).config),
  lot: () => loadLot(dir).config,
  check: () => void testObusHere(dir),
  rules: () => rulesHere(dir, loadLot(dir).config.provinceCode),
  nowMs: () => systemWallClock().nowMs(),
})

export interface JudgingWorker {
  list(): Promise<{ readonly surveys: readonly SurveyLine[] }>
  judgeAcceptance(ids: readonly ItemId[], fromMs: InstantMs): Promise<readonly Finding[]>
}

const lookAgainMs = 500

/** Of a lot whose expansion platform is a simulator of this machine. */
function plantsHere(dir: string): AcceptancePorts['plants'] {
  const { config } = loadLot(dir)
  if (!isSimulatedLot(config) || adminOf(dir, config, 'platform') === null) return null
  return {
    async say(at, call) {
      const url = adminOf(dir, loadLot(dir).config, at)
      return url !== null && (await askAdmin(url, call)) !== null
    },
    pause: () => pause(lookAgainMs),
  }
}

/** Beside running lanes: a worker reads and judges. */
export const acceptanceHere = (dir: string, worker: JudgingWorker): AcceptanceService =>
  new AcceptanceService(
    portsOf(dir, {
      surveys: async () => (await worker.list()).surveys,
      judge: (ids, fromMs) => worker.judgeAcceptance(ids, fromMs),
      plants: plantsHere(dir),
    }),
  )

/** Of a folder whose lanes do not run. */
export const acceptanceAtRest = (dir: string, surveys: readonly SurveyLine[]): AcceptanceService =>
  new AcceptanceService(
    portsOf(dir, {
      surveys: () => Promise.resolve(surveys),
      judge: (ids, fromMs) => judgeHere(dir, ids, fromMs),
      // Nobody drives.
      plants: null,
    }),
  )
