// `etc-lane profile import FILE|DIR --data DIR [--dry-run]` and `--undo`: profiles into a data folder,
// all of them or none. A running lane keeps what it started with until its next start.
import { existsSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import {
  currentGeneration,
  generationFiles,
  type Generation,
} from '../../adapters/files/profile-store.ts'
import { findingView, type Finding } from '../../app/profiles/findings.ts'
import {
  importPlan,
  lanesUsing,
  type LaneUse,
  type PlannedProfile,
} from '../../app/profiles/import-plan.ts'
import { who as audited } from '../../api/rows.ts'
import type { CheckedProfile } from '../../app/profiles/read-profile.ts'
import { isDeviceKind } from '../../core/profile/kinds.ts'
import type { LotConfig } from '../../core/lot/config.ts'
import { LaneFault } from '../../core/values/faults.ts'
import { visible } from '../../core/values/visible-text.ts'
import type { LibraryFile } from '../../ports/profile-files.ts'
import { flags, needed, type CliIo } from '../command.ts'
import { liveRuntime } from '../data-folder.ts'
import { loadLot } from '../lot.ts'
import { profilesIn } from '../profile-library.ts'
import { auditedImport } from './audited-import.ts'
import { auditedUndo, type UndoWho } from './audited-undo.ts'
import { findingText, onePath, readNamed, type ReadFile } from './read-named.ts'
import { signatureJudge, signatureWords } from './signatures.ts'

export interface Place {
  readonly dir: string
  readonly lot: LotConfig | null
  readonly running: boolean
}

/** A folder without a lot takes profiles as well: they are there before the lot is. */
export function placeOf(data: string | undefined): Place {
  const dir = resolve(needed(data, 'data'))
  if (!existsSync(dir)) throw new LaneFault('FILE-01', { file: dir, note: 'no such folder' })
  const lot = existsSync(join(dir, 'lot.json')) ? loadLot(dir).config : null
  return { dir, lot, running: liveRuntime(dir) !== null }
}

/** The profile that the lanes of the folder have under an id now. */
function installedIn(dir: string | null): (id: string) => CheckedProfile | null {
  const lookup = profilesIn(dir)
  return (id) => {
    const [kind = '', ...rest] = id.split('/')
    const found = isDeviceKind(kind) ? lookup.find(kind, rest.join('/')) : null
    return found?.ok === true ? found.checked : null
  }
}

interface Said {
  readonly ok: boolean
  readonly dryRun: boolean
  readonly generation: number
  readonly running: boolean
  readonly audited: boolean
  readonly profiles: readonly (PlannedProfile & { readonly signature: ReadFile['signature'] })[]
  readonly findings: readonly Finding[]
  readonly warnings: readonly Finding[]
}

const nextStart = '正在运行的车道下次启动时采用 / the running lanes take it at their next start\n'

function tell(said: Said, place: Place, io: CliIo): number {
  const lots =
    place.lot === null
      ? []
      : [
          {
            lotId: place.lot.lotId,
            lanes: [...new Set(said.profiles.flatMap((p) => p.lanes.map((l) => l.laneId)))],
          },
        ]
  if (io.json) {
    const findings = said.findings.map(findingView)
    const warnings = said.warnings.map(findingView)
    io.stdout(`${JSON.stringify({ ...said, lots, findings, warnings })}\n`)
    return said.ok ? 0 : 1
  }
  for (const p of said.profiles) {
    io.stdout(`${p.change} ${p.id} ${p.revision} ${signatureWords(p.signature)}\n`)
    for (const d of p.change === 'changed' ? p.differences : [])
      io.stdout(
        `${visible(`  ${d.change} ${d.pointer}: ${JSON.stringify(d.old)} -> ${JSON.stringify(d.new)}`)}\n`,
      )
    for (const lane of p.lanes) io.stdout(`  ${lane.laneId} ${lane.url}\n`)
  }
  for (const warning of said.warnings) io.stdout(`▲ ${findingText(warning)}`)
  for (const finding of said.findings) io.stdout(findingText(finding))
  if (said.ok && said.running && !said.dryRun) io.stdout(nextStart)
  return said.ok ? 0 : 1
}

/**
 * A good signature says who signed, and nothing of who that is: one whose certificate the folder does
 * not list is no better than none, and looks better. Refused, where it is brought in (P02).
 */
function strangers(reads: readonly ReadFile[]): readonly Finding[] {
  return reads.flatMap(({ file, signature }): Finding[] =>
    signature.state !== 'signed' || signature.trusted
      ? []
      : [
          {
            code: 'PROFILE-23',
            file: `${file.path}.sig`,
            pointer: '/certificate',
            value: signature.fingerprint,
            note: signature.by,
          },
        ],
  )
}

/** Revisions of what is not there yet count, so that one import cannot go behind itself. */
export function planned(reads: readonly ReadFile[], place: Pick<Place, 'dir' | 'lot'>) {
  const checked = reads.flatMap((read) => (read.checked === null ? [] : [read.checked]))
  const plan = importPlan(checked, installedIn(place.dir), place.lot)
  const signatureOf = new Map(reads.map((read) => [read.checked?.id ?? '', read.signature]))
  const profiles = plan.profiles.map((p) => ({
    ...p,
    signature: signatureOf.get(p.id) ?? { state: 'unsigned' as const },
  }))
  const { warnings } = plan
  return { profiles, findings: [...strangers(reads), ...plan.findings], warnings }
}

interface Wanted {
  readonly path: string
  readonly dryRun: boolean
  readonly lists: Lists
  readonly who: UndoWho
}

async function importFiles(place: Place, wanted: Wanted, io: CliIo): Promise<number> {
  const { dir, running } = place
  const { path, dryRun, lists, who } = wanted
  const judge = signatureJudge({ ...lists, dir })
  const read = readNamed(path, { judge, ownTemplates: false })
  const from = currentGeneration(dir)
  const { profiles, findings: refused, warnings } = planned(read.reads, place)
  const findings = [...read.findings, ...refused]
  const before = { generation: from.number, audited: false }
  const said = { dryRun, running, ...before, profiles, findings, warnings }
  if (findings.length > 0) return tell({ ...said, ok: false }, place, io)
  if (dryRun) return tell({ ...said, ok: true }, place, io)
  const done = await auditedImport(place, from, read.reads, profiles, who)
  return tell({ ...said, ok: true, ...done }, place, io)
}

interface Lists {
  readonly signers: string | undefined
  readonly revoked: string | undefined
}

/** A lane whose profile would be gone could not start: its link has to be changed first. */
function checkStillThere(place: Pick<Place, 'dir' | 'lot'>, gone: ReadonlySet<string>): void {
  for (const id of gone)
    for (const { field, url } of lanesUsing(place.lot, id))
      throw new LaneFault('PROFILE-21', {
        file: join(place.dir, 'lot.json'),
        field,
        value: url,
        note: id,
      })
}

const profilePaths = (files: readonly LibraryFile[]): Set<string> =>
  new Set(files.map((f) => f.path).filter((path) => path.endsWith('.json')))

export interface Undone {
  readonly id: string
  readonly change: 'restored' | 'removed'
  readonly lanes: readonly LaneUse[]
}

/** What taking the last import back would change. Throws PROFILE-20 and PROFILE-21. */
export function undoPlan(place: Pick<Place, 'dir' | 'lot'>): {
  readonly from: Generation
  readonly changed: readonly Undone[]
} {
  const { dir } = place
  const from: Generation = currentGeneration(dir)
  if (from.parent === null) throw new LaneFault('PROFILE-20', { file: dir })
  const now = generationFiles(dir, from.number)
  const then = generationFiles(dir, from.parent)
  const builtIn = installedIn(null)
  const back = profilePaths(then)
  const idOf = (path: string): string => path.replace(/\.json$/, '')
  const lost = [...profilePaths(now)].filter((path) => !back.has(path)).map(idOf)
  checkStillThere(place, new Set(lost.filter((id) => builtIn(id) === null)))
  const bytesOf = (files: readonly LibraryFile[], path: string): string =>
    Buffer.from(files.find((f) => f.path === path)?.bytes ?? []).toString('base64')
  const changed = [...new Set([...profilePaths(now), ...back])]
    .filter((path) => bytesOf(now, path) !== bytesOf(then, path))
    .map((path) => ({
      id: idOf(path),
      change: back.has(path) ? ('restored' as const) : ('removed' as const),
      lanes: lanesUsing(place.lot, idOf(path)),
    }))
  return { from, changed }
}

async function undo(place: Place, who: UndoWho, io: CliIo): Promise<number> {
  const { dir, lot, running } = place
  const { from, changed } = undoPlan(place)
  const { generation, audited } = await auditedUndo(dir, lot, from.number, who)
  const said = { ok: true, from: from.number, generation, running, audited }
  if (io.json) io.stdout(`${JSON.stringify({ ...said, profiles: changed })}\n`)
  else {
    for (const { change, id } of changed) io.stdout(`${change} ${id}\n`)
    if (running) io.stdout(nextStart)
  }
  return 0
}

/** Who is in the audit: the user of this computer where nobody is named. ARG-01 for words that hide. */
function whoOf(values: { by?: string | undefined; reason?: string | undefined }, usual: string) {
  const given = { by: values.by ?? userInfo().username, reason: values.reason ?? usual }
  const { by, reason } = audited
  for (const [name, rule] of Object.entries({ by, reason })) {
    const text = given[name === 'by' ? 'by' : 'reason']
    const issue = rule.safeParse(text).error?.issues[0]
    if (issue !== undefined)
      throw new LaneFault('ARG-01', {
        field: `--${name}`,
        value: visible(text),
        note: issue.message,
      })
  }
  return given
}

export function importAct(args: readonly string[], io: CliIo): number | Promise<number> {
  const { values, words } = flags(args, {
    data: 'string',
    'dry-run': 'boolean',
    undo: 'boolean',
    signers: 'string',
    revoked: 'string',
    by: 'string',
    reason: 'string',
  })
  if (values.undo) {
    if (words.length > 0 || values['dry-run'])
      throw new LaneFault('ARG-01', { note: 'profile import --undo --data DIR' })
    const who = whoOf(values, 'profile import --undo')
    return undo(placeOf(values.data), who, io)
  }
  const path = onePath(words, 'profile import FILE|DIR --data DIR [--dry-run]')
  const { signers, revoked, 'dry-run': dryRun } = values
  const who = whoOf(values, 'profile import')
  return importFiles(placeOf(values.data), { path, dryRun, lists: { signers, revoked }, who }, io)
}
