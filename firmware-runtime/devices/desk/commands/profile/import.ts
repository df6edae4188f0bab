// `etc-lane profile import FILE|DIR --data DIR [--dry-run]` and `--undo`: imports profiles into a data folder, all or
// none. A running lane keeps its profile until its next start.
import { issueWhy } from '#base/pure/words/issue-why.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { existsSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import { currentGeneration } from '../../../files/profile-store.ts'
import { findingView, type Finding } from '../../../profiles/findings.ts'
import type { PlannedProfile } from '../../../profiles/import-plan.ts'
import { who as audited } from '#base/calls/rows.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { visible } from '#base/pure/words/visible-text.ts'
import { act } from '#base/desk/commands/acts.ts'
import { type CliIo, wrongFlag } from '#base/commands/command.ts'
import { liveRuntime } from '#lane/folder/data-folder.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { auditedImport } from './audited-import.ts'
import { auditedUndo, type UndoWho } from './audited-undo.ts'
import { findingText, readNamed, type ReadFile } from '../../profile/read-named.ts'
import { signatureJudge, signatureLine } from '../../profile/signatures.ts'
import { type ImportTarget, planned, undoPlan } from '../../profile/plan-import.ts'

/** A folder without a lot accepts profiles as well, before its lot exists. */
function importTargetOf(data: string): ImportTarget {
  const dir = resolve(data)
  if (!existsSync(dir))
    throw new LaneFault('FILE-01', { file: dir, note: t('没有这个文件夹', 'no such folder') })
  const lot = existsSync(join(dir, 'lot.json')) ? loadLot(dir).config : null
  return { dir, lot, running: liveRuntime(dir) !== null }
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

function tell(said: Said, place: ImportTarget, io: CliIo): number {
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
    io.stdout(`${p.change} ${p.id} ${p.revision} ${signatureLine(p.signature)}\n`)
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

interface Wanted {
  readonly path: string
  readonly dryRun: boolean
  readonly lists: Lists
  readonly who: UndoWho
}

async function importFiles(place: ImportTarget, wanted: Wanted, io: CliIo): Promise<number> {
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

async function undo(place: ImportTarget, who: UndoWho, io: CliIo): Promise<number> {
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

/** Author in the audit: by default the user of this computer. ARG-01 for text with invisible characters. */
function whoOf(values: { by?: string | undefined; reason?: string | undefined }, usual: string) {
  const given = { by: values.by ?? userInfo().username, reason: values.reason ?? usual }
  const { by, reason } = audited
  for (const [name, rule] of Object.entries({ by, reason })) {
    const text = given[name === 'by' ? 'by' : 'reason']
    const issue = rule.safeParse(text).error?.issues[0]
    if (issue !== undefined) throw wrongFlag(`--${name}`, issueWhy(issue), visible(text))
  }
  return given
}

export const importAct = act(
  [
    'profile import FILE|DIR --data DIR [--dry-run] [--signers FILE] [--revoked FILE] [--by NAME --reason TEXT]',
    'profile import --undo --data DIR [--by NAME --reason TEXT]',
  ],
  async ({ words: [path], ...values }, io) => {
    if (values.undo) {
      if (path !== undefined || values['dry-run'])
        throw wrongFlag(
          '',
          t('profile import --undo --data DIR', 'profile import --undo --data DIR'),
        )
      const who = whoOf(values, 'profile import --undo')
      return undo(importTargetOf(values.data), who, io)
    }
    if (path === undefined)
      throw wrongFlag(
        '',
        t(
          'profile import FILE|DIR --data DIR [--dry-run]',
          'profile import FILE|DIR --data DIR [--dry-run]',
        ),
        '',
      )
    const { signers, revoked, 'dry-run': dryRun } = values
    const who = whoOf(values, 'profile import')
    return importFiles(
      importTargetOf(values.data),
      { path, dryRun, lists: { signers, revoked }, who },
      io,
    )
  },
)
