// The record of an acceptance made of its folder: each item that was run is judged anew by ledger, frames, accesses and the platform's
// own word, and a run whose file says otherwise is shown to nobody. Nothing in the folder is changed.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { noFacts, type AcceptanceFacts } from '../../acceptance/facts.ts'
import { acceptanceItems } from '../../acceptance/items/index.ts'
import { systemWallClock } from '../../adapters/clocks/system-clocks.ts'
import { redacted } from '../../app/acceptance/record/redact.ts'
import type { AcceptRecord } from '../../app/acceptance/record/record.ts'
import type { AcceptanceItemView } from '../../api/acceptance-views.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import { isoOf } from '../../core/values/instant.ts'
import { acceptanceAtRest } from '../acceptance/acceptance-folder.ts'
import { factsHere } from '../acceptance/facts-here.ts'
import { inputsHere, madeHere, readSession } from '../acceptance/sessions.ts'
import { loadLot } from '../folder/lot-file.ts'
import { readBytes } from '../process/read-file.ts'
import { surveyLines } from '../survey/survey-lines.ts'
import { papersHere } from './papers-folder.ts'
import { rulesOfFolder } from './rules-of-folder.ts'

/** A key is a line of base64; shorter lines stand in too many texts. */
const secretMin = 24
const keyBytesMax = 64 * 1024

/** Lines of the keys of the folder, and the token of who may call its API. */
function secretsOf(dir: string): readonly string[] {
  const keys = join(dir, 'keys')
  const names = existsSync(keys) ? readdirSync(keys, { recursive: true, withFileTypes: true }) : []
  const files = names.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name))
  const token = join(dir, 'run', 'token')
  const all = existsSync(token) ? [...files, token] : files
  const lines = all.flatMap((file) => readBytes(file, keyBytesMax).toString('latin1').split(/\s+/))
  return [...new Set(lines)].filter((line) => line.length >= secretMin)
}

/** Throws ACCEPT-05 where the file of the run says another verdict than the ledger does. */
function derived(
  item: AcceptanceItemView,
  facts: AcceptanceFacts,
  isSimulated: boolean,
): AcceptanceItemView {
  const judge = acceptanceItems.find(({ id }) => id === item.id)
  if (judge === undefined || item.judgedAtIso === null) return item
  const { verdict, words, evidence } = judge.judge(facts)
  if (verdict !== item.verdict)
    throw new LaneFault('ACCEPT-05', { field: item.id, value: item.verdict, note: words })
  if (isSimulated && !item.simulated)
    throw new LaneFault('ACCEPT-05', { field: `${item.id}/simulated`, value: 'false' })
  return { ...item, words, evidence }
}

/** Throws ACCEPT-04 for a run of another program, lot or pack, ACCEPT-05. */
export async function acceptanceRecord(dir: string): Promise<AcceptRecord> {
  const { config } = loadLot(dir)
  const view = await acceptanceAtRest(dir, surveyLines(dir)).view()
  const { sessionId, fromIso, lock, waiting, other } = view
  if (other !== null)
    throw new LaneFault('ACCEPT-04', { field: `/${other.field}`, value: other.was, note: other.is })
  const { fromMs, inputs } = readSession(dir)
  const facts = fromMs === null ? noFacts : await factsHere(dir, fromMs)
  const items = view.items.map((item) => derived(item, facts, view.simulated))
  const { papers, drill } = papersHere(dir).view()
  const record: AcceptRecord = {
    head: {
      ...madeHere(dir),
      lotName: config.name,
      sessionId,
      fromIso,
      createdAtIso: isoOf(systemWallClock().nowMs()),
      inputs: inputs ?? inputsHere(dir),
      simulated: view.simulated || items.some(({ simulated }) => simulated),
      lock,
      waiting,
      unasked: facts.unasked,
      drill,
    },
    items,
    accesses: facts.accesses,
    words: facts.words,
    papers,
    rules: rulesOfFolder(dir, { ...view, items }).lines,
  }
  return redacted(record, facts, secretsOf(dir))
}
