// Makes the record of an acceptance from its folder: each run item is judged anew by ledger, frames, accesses and the
// platform's answers; a run whose file differs is refused. Nothing in the folder is changed.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Declaration } from '../../pure/declaration.ts'
import { noFacts, type AcceptanceFacts } from '#ledger/pure/facts.ts'
import { acceptanceItems } from '../../pure/items/index.ts'
import { judgedBy } from '../../pure/judged-there.ts'
import { twoVerdicts } from '../../pure/quirks.ts'
import { systemWallClock } from '#base/time/system-clocks.ts'
import { redacted } from '../record/redact.ts'
import type { AcceptRecord } from '../record/record.ts'
import type { AcceptanceSession } from '../service/session.ts'
import type { AcceptanceItemView } from '../../calls/acceptance-views.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { isoOf, parseIso, type InstantMs } from '#base/pure/values/instant.ts'
import { acceptanceAtRest } from '../folder/acceptance-folder.ts'
import { declarationHere } from '../folder/declared-here.ts'
import { factsHere } from '../folder/facts-here.ts'
import { inputsHere, madeHere, readSession } from '../folder/sessions.ts'
import { sessionsHere } from '../folder/sessions-kept.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { readerOptions } from '#lane/folder/reader-options.ts'
import { provenanceOf } from '../../pure/provenance.ts'
import { recordedHere } from '../folder/provenance-here.ts'
import { verifyLedger } from '#ledger/sqlite/ledger-reader.ts'
import { isRedKept, type KeptSession } from '../service/run-notes.ts'
import { readBytes } from '#base/process/read-file.ts'
import { surveyLines } from '#survey/desk/worker/survey-lines.ts'
import { papersHere } from './papers-folder.ts'
import { rulesOfFolder } from './rules-of-folder.ts'

/** Shorter lines of key files are not treated as secrets, because they occur in many texts. */
const secretMin = 24
const keyBytesMax = 64 * 1024

/** Lines of the folder's key files, and the API token. */
function secretsOf(dir: string): readonly string[] {
  const keys = join(dir, 'keys')
  const names = existsSync(keys) ? readdirSync(keys, { recursive: true, withFileTypes: true }) : []
  const files = names.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name))
  const token = join(dir, 'run', 'token')
  const all = existsSync(token) ? [...files, token] : files
  const lines = all.flatMap((file) => readBytes(file, keyBytesMax).toString('latin1').split(/\s+/))
  return [...new Set(lines)].filter((line) => line.length >= secretMin)
}

/** The result derived from the ledger at the time of judging. Throws ACCEPT-05 when the run's file differs. */
function derived(
  item: AcceptanceItemView,
  known: ResultFacts,
  isSimulated: boolean,
  { quirks, aim, sessionId, results }: AcceptanceSession,
  kept: readonly KeptSession[],
): AcceptanceItemView {
  const judge = acceptanceItems.find(({ id }) => id === item.id)
  const then = known.get(item.id)?.facts
  if (judge === undefined || then === undefined) return item
  const finding = judgedBy(judge, then, aim !== null)
  const { verdict, words, evidence, failed, warned, matrix } = finding
  if (verdict !== item.verdict)
    throw new LaneFault('ACCEPT-05', { field: item.id, value: item.verdict, note: words })
  if (isSimulated && !item.simulated)
    throw new LaneFault('ACCEPT-05', { field: `${item.id}/simulated`, value: 'false' })
  const red = results[judge.id]?.red ?? null
  if (red !== null && !isRedKept(kept, sessionId, judge, red))
    throw new LaneFault('ACCEPT-05', { field: `${item.id}/red`, value: red.assertion })
  const shown = { words, evidence, failed, warned, ...(matrix === undefined ? {} : { matrix }) }
  return { ...item, ...twoVerdicts(item.id, finding, quirks), ...shown }
}

/** Throws ACCEPT-04 when the lot now declares something else than in its run. */
function mustDeclare({ declaration: ran }: AcceptanceSession, now: Declaration): void {
  const textOf = ({ features }: Declaration): string => features.join(' ')
  const [value, note] = [textOf(ran ?? now), textOf(now)]
  if (value !== note) throw new LaneFault('ACCEPT-04', { field: '/declaration', value, note })
}

type ResultFacts = ReadonlyMap<string, { readonly atIso: string; readonly facts: AcceptanceFacts }>

/** The facts when each item was judged, by item id; items judged together share them. */
async function factsOfRun(
  dir: string,
  { fromMs: runFromMs, results }: AcceptanceSession,
): Promise<ResultFacts> {
  const shared = new Map<string, AcceptanceFacts>()
  const of = new Map<string, { atIso: string; facts: AcceptanceFacts }>()
  for (const [id, { fromMs, atIso, skipped }] of Object.entries(results)) {
    const since = fromMs ?? runFromMs
    // What was left out was not judged.
    if (since === null || skipped !== null) continue
    const key = `${since} ${atIso}`
    const facts =
      shared.get(key) ??
      (await factsHere(dir, since, systemWallClock().nowMs(), parseIso(atIso) ?? undefined))
    shared.set(key, facts)
    of.set(id, { atIso, facts })
  }
  return of
}

/** A ledger that was changed by hand proves nothing. Throws its first fault. */
function mustBeWhole(dir: string): void {
  if (!existsSync(join(dir, 'ledger.db'))) return
  const [fault] = verifyLedger(readerOptions(dir)).faults
  const file = join(dir, 'ledger.db')
  if (fault !== undefined) throw new LaneFault(fault.code, { file, value: `${fault.seq ?? ''}` })
}

/** Facts of the item that was judged last. */
const lastOf = (known: ResultFacts): AcceptanceFacts =>
  [...known.values()].toSorted((a, b) => (a.atIso < b.atIso ? -1 : 1)).at(-1)?.facts ?? noFacts

/** `past`: of the judged period. */
function provenFacts(
  dir: string,
  config: LotConfig,
  sinceMs: InstantMs,
  { past }: Pick<AcceptanceFacts, 'past'>,
): Pick<AcceptRecord['head'], 'starts' | 'certificates' | 'unrecorded' | 'past'> {
  const recorded = recordedHere(dir, sinceMs)
  const { starts, certificates, fromSeq } = provenanceOf(recorded, config, sinceMs)
  return {
    starts,
    certificates,
    unrecorded: past.unrecorded,
    past: { nodeId: config.nodeId, isStarted: fromSeq !== null, days: past.days },
  }
}

/** Throws ACCEPT-04 for a run of another program, lot or rule pack, and ACCEPT-05. */
export async function acceptanceRecord(dir: string): Promise<AcceptRecord> {
  const { config } = loadLot(dir)
  const view = await acceptanceAtRest(dir, surveyLines(dir)).view()
  const { sessionId, fromIso, lock, asked, waiting, other } = view
  if (other !== null)
    throw new LaneFault('ACCEPT-04', { field: `/${other.field}`, value: other.was, note: other.is })
  const session = readSession(dir)
  const { inputs } = session
  const declaration = declarationHere(dir, session.aim)
  mustDeclare(session, declaration)
  mustBeWhole(dir)
  const known = await factsOfRun(dir, session)
  const sessions = sessionsHere(dir)
  const items = view.items.map(({ next: _, ...item }) =>
    derived(item, known, view.simulated, session, sessions),
  )
  const facts = lastOf(known)
  const made = madeHere(dir)
  const nowMs = systemWallClock().nowMs()
  const { papers, drill } = papersHere(dir).view()
  const record: AcceptRecord = {
    head: {
      ...made,
      pack: { ...made.pack, altered: view.rules.altered, issuer: view.rules.issuer },
      lotName: config.name,
      sessionId,
      fromIso,
      createdAtIso: isoOf(nowMs),
      inputs: inputs ?? inputsHere(dir),
      simulated: view.simulated || items.some(({ simulated }) => simulated),
      quirks: view.quirks,
      lock,
      asked,
      waiting,
      unasked: facts.unasked,
      drill,
      ...provenFacts(dir, config, session.fromMs ?? nowMs, facts),
    },
    declaration,
    items,
    accesses: facts.accesses,
    words: facts.words,
    stamps: facts.past.stamps,
    papers,
    sessions,
    rules: rulesOfFolder(dir, { ...view, items }).lines,
  }
  return redacted(record, facts, secretsOf(dir))
}
