// The acceptance of a data folder: its runs, surveys and facts.
// Beside running lanes a worker gathers and judges the facts, otherwise the process of the command does.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { ItemId } from '../../pure/items/ids.ts'
import { acceptanceItems } from '../../pure/items/index.ts'
import type { Finding } from '../../pure/item.ts'
import { judgedBy } from '../../pure/judged-there.ts'
import { systemWallClock } from '#base/time/system-clocks.ts'
import type { AskingView } from '../../calls/acceptance-views.ts'
import { AcceptanceService, type AcceptancePorts } from '../service/acceptance-service.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { noteRow, type RunNote } from '../service/run-notes.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { SurveyLine } from '#survey/pure/file/survey-page.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { writeRows } from '#lane/folder/offline-audit.ts'
import { packHere, rulesHere } from '#lane/folder/rules-here.ts'
import { aimBesideLanes, aimHere, askedOf, isAimedHere, jointAt } from './aimed.ts'
import { declarationHere } from './declared-here.ts'
import { factsHere } from './facts-here.ts'
import { isSimulatedHere, isSimulatedLot } from './provenance-here.ts'
import { overridesHere } from './overrides-here.ts'
import { slowQuestions, type Tell } from './questions.ts'
import { sessionsHere } from './sessions-kept.ts'
import { inputsHere, keepSession, madeHere, readSession } from './sessions.ts'
import { adminOf, askAdmin } from './simulators-here.ts'
import { testObuPorts } from './test-obus.ts'

/** Gathers the facts once and judges each item by them. */
export async function judgeHere(
  dir: string,
  ids: readonly ItemId[],
  fromMs: InstantMs,
  nowMs: InstantMs,
  tell: Tell,
): Promise<readonly Finding[]> {
  const facts = await factsHere(dir, fromMs, nowMs, undefined, slowQuestions(tell))
  const isAimed = readSession(dir).aim !== null
  return ids.flatMap((id) => {
    const item = acceptanceItems.find((one) => one.id === id)
    return item === undefined ? [] : [judgedBy(item, facts, isAimed)]
  })
}

const machineMs = (): InstantMs => systemWallClock().nowMs()

/** The question of this process that is long under way. */
function askedHere() {
  let asking: AskingView | null = null
  const tell: Tell = (now) => {
    asking = now
  }
  return { tell, asking: () => asking }
}

const portsOf = (
  dir: string,
  tell: Tell,
  beside: Pick<
    AcceptancePorts,
    'surveys' | 'judge' | 'asking' | 'plants' | 'nowMs' | 'aim' | 'note'
  >,
): AcceptancePorts => ({
  ...beside,
  read: () => readSession(dir),
  keep: (session) => keepSession(dir, session),
  overrides: () => overridesHere(dir),
  sessions: () => sessionsHere(dir),
  isSimulated: () => {
    const { aim, fromMs } = readSession(dir)
    return isAimedHere(aim) || isSimulatedHere(dir, fromMs ?? machineMs())
  },
  joint: (aim, state) => jointAt(dir, aim, state, slowQuestions(tell)),
  asked: (aim) => askedOf(dir, aim),
  lot: () => loadLot(dir).config,
  inputs: () => inputsHere(dir),
  testObus: testObuPorts(dir),
  declaration: (aim) => declarationHere(dir, aim),
  rules: () => rulesHere(dir, loadLot(dir).config.provinceCode),
  issuer: () => packHere(dir, loadLot(dir).config.provinceCode).issuer,
  made: () => madeHere(dir),
})

export interface JudgingWorker {
  /** Its question that is long under way. */
  readonly asking: AskingView | null
  list(): Promise<{ readonly surveys: readonly SurveyLine[] }>
  judgeAcceptance(
    ids: readonly ItemId[],
    fromMs: InstantMs,
    nowMs: InstantMs,
  ): Promise<readonly Finding[]>
}

/** The running lanes: their clock, and their ledger. */
export interface LanesOfRun {
  nowMs(): InstantMs
  append(rows: readonly RowDraft[]): unknown
}

/** A lot that never ran has no ledger: nothing was judged that anybody could hide. */
function noteAtRest(dir: string, note: RunNote): void {
  if (!existsSync(join(dir, 'ledger.db'))) return
  writeRows(dir, loadLot(dir).config, [noteRow(note, machineMs())])
}

const lookAgainMs = 500

/** Planted faults; null unless the lot's expansion platform is a simulator on this machine. */
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

/** Beside running lanes: a worker reads and judges, with the lot's business clock. */
export const acceptanceHere = (
  dir: string,
  worker: JudgingWorker,
  lanes: LanesOfRun,
): AcceptanceService => {
  const { nowMs } = lanes
  const { tell, asking } = askedHere()
  return new AcceptanceService(
    portsOf(dir, tell, {
      surveys: async () => (await worker.list()).surveys,
      judge: (ids, fromMs) => worker.judgeAcceptance(ids, fromMs, nowMs()),
      asking: () => asking() ?? worker.asking,
      plants: plantsHere(dir),
      note(note) {
        lanes.append([noteRow(note, nowMs())])
      },
      nowMs,
      aim: (asked) => aimBesideLanes(dir, asked),
    }),
  )
}

/** Of a folder whose lanes do not run. */
export const acceptanceAtRest = (
  dir: string,
  surveys: readonly SurveyLine[],
): AcceptanceService => {
  const { tell, asking } = askedHere()
  return new AcceptanceService(
    portsOf(dir, tell, {
      surveys: () => Promise.resolve(surveys),
      judge: (ids, fromMs) => judgeHere(dir, ids, fromMs, machineMs(), tell),
      asking,
      // Nobody drives.
      plants: null,
      note: (note) => noteAtRest(dir, note),
      nowMs: machineMs,
      aim: (asked) => aimHere(dir, asked),
    }),
  )
}
