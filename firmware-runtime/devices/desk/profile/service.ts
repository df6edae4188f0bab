// The profile library of a data folder for the control API: its content, the effect of an import, and the import.
// The same code as `etc-lane profile import`.
import { codedFault } from '#base/process/api-fault.ts'
import { bothOf, t } from '#base/pure/words/fault-text.ts'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readProfileFile, readProfileFolder } from '../../files/profile-files.ts'
import { isOddName, profileBytesMax, refuseArchive } from '../../files/profile-files.ts'
import {
  currentGeneration,
  generationFiles,
  installedFile,
  undoGeneration,
} from '../../files/profile-store.ts'
import type {
  ProfileFindingView,
  ProfileLibraryView,
  ProfileRowView,
  ProfilesJudgedView,
  ProfileSignerView,
  ProfilesUndoView,
  ProfileUseView,
  ProfileVerdictView,
} from '../../calls/profiles-views.ts'
import type { CheckedFiles } from '../handlers/control-profiles.ts'
import type { HeldFile } from '../handlers/profile-drafts.ts'
import type { Difference } from '../../profiles/diff.ts'
import type { Finding } from '../../profiles/findings.ts'
import { drivesOf } from '../../profiles/protocols.ts'
import { lanesUsing, type PlannedProfile } from '../../profiles/import-plan.ts'
import { isProfilePath } from '../../profiles/library.ts'
import { readProfile } from '../../profiles/read-profile.ts'
import { linkQuery } from '../../pure/link-query.ts'
import type { SignatureState } from '#base/pure/data/signed.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { LaneFault, type Why, whyIn } from '#base/pure/faults/faults.ts'
import type { LibraryFile } from '../../ports/profile-files.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { builtInFolder, builtInTemplates } from './library.ts'
import { acceptWords, importDigest } from './import-digest.ts'
import { planned, undoPlan } from './plan-import.ts'
import { readFiles, type ReadAll, type ReadFile } from './read-named.ts'
import { writeReads } from './write-reads.ts'
import { judgedSignature, signatureJudge } from './signatures.ts'

const differencesShown = 100
const valueCharsMax = 160

const noSigner = { by: '', certSerial: '', signedAtIso: null, trusted: false, why: '' }

function signerView(signature: SignatureState): ProfileSignerView {
  if (signature.state === 'unsigned') return { ...noSigner, state: 'unsigned' }
  if (signature.state === 'bad') return { ...noSigner, state: 'bad', why: whyIn(signature.why) }
  const { state, by, certSerial, signedAtIso, trusted, why } = signature
  return { state, by, certSerial, signedAtIso, trusted, why }
}

const findingView = ({ code, pointer, value, note }: Finding): ProfileFindingView => ({
  pointer,
  value,
  ...codedFault(code, note),
})

const textOf = (value: Difference['old']): string | null =>
  value === null ? null : JSON.stringify(value).slice(0, valueCharsMax)

/** Links that name a profile, and antennas that name a generic table by its short name. */
function usesOf(lot: LotConfig, id: string): readonly ProfileUseView[] {
  const uses = lanesUsing(lot, id)
  const short = /^rsu\/generic\/(.+)$/.exec(id)?.[1]
  if (short === undefined) return uses
  const generic = lot.lanes.flatMap(({ id: laneId, rsu }, i) =>
    rsu !== null && linkQuery(rsu, 'variant') === short
      ? [{ laneId, field: `/lanes/${i}/rsu`, url: rsu }]
      : [],
  )
  return [...uses, ...generic]
}

/** Paths of the whole library as lanes see it: imported files take precedence over built-in ones. */
function libraryPaths(dir: string): readonly string[] {
  const builtIn = readProfileFolder(builtInFolder)
  const imported = generationFiles(dir, currentGeneration(dir).number)
  const paths = [...builtIn, ...imported].map(({ path }) => path).filter(isProfilePath)
  return [...new Set(paths)].sort()
}

function signatureOf(dir: string, read: ReadFile['checked'], file: string): ProfileSignerView {
  const sigFile = `${file}.sig`
  if (read === null || !existsSync(sigFile)) return { ...noSigner, state: 'unsigned' }
  const judge = signatureJudge({ dir, signers: undefined, revoked: undefined })
  const sig = { path: sigFile, bytes: readProfileFile(sigFile) }
  return signerView(judgedSignature(read, sig, judge).state)
}

export function libraryOf(dir: string): ProfileLibraryView {
  const { config: lot } = loadLot(dir)
  const templates = builtInTemplates()
  const rows: ProfileRowView[] = []
  const broken: ProfileLibraryView['broken'][number][] = []
  for (const path of libraryPaths(dir)) {
    const installed = installedFile(dir, path)
    const own = join(builtInFolder, path)
    const file = installed ?? own
    const { checked, findings } = readProfile(readProfileFile(file), path, templates, path)
    const id = path.replace(/\.json$/, '')
    const [finding] = findings
    if (finding !== undefined) broken.push({ id, finding: findingView(finding) })
    if (checked === null) continue
    const { kind, vendor, model, title, revision, status } = checked.profile
    const origin = installed === null ? 'builtIn' : existsSync(own) ? 'replaced' : 'imported'
    const signature: ProfileSignerView =
      installed === null ? { ...noSigner, state: 'builtIn' } : signatureOf(dir, checked, installed)
    const lanes = usesOf(lot, id)
    const drives = drivesOf(checked.profile.protocol.id)
    const about = { id, kind, vendor, model, title, revision, status }
    rows.push({ ...about, origin, signature, lanes, drives })
  }
  const { number, parent, atIso } = currentGeneration(dir)
  return {
    lotId: lot.lotId,
    lotName: lot.name,
    generation: number,
    importedAtIso: atIso === '' ? null : atIso,
    canUndo: parent !== null,
    rows,
    broken,
  }
}

const refusal = (file: string, value: string, note: Why): Finding => ({
  code: 'PROFILE-19',
  file,
  pointer: '',
  value,
  note: bothOf(note),
})

/** The refusal of a file before it is read; null when it may be read. */
function refusedUnread({ path, bytes, size }: HeldFile): Finding | null {
  if (isOddName(path))
    return refusal(path, path.slice(0, 80), t('名字指向别处', 'a name that leads elsewhere'))
  if (!/\.json(\.sig)?$/.test(path))
    return refusal(path, '', t('既不是 .json 也不是 .json.sig', 'neither .json nor .json.sig'))
  if (bytes === null || size > profileBytesMax)
    return refusal(path, `${size} bytes`, t('文件太大', 'the file is too large'))
  try {
    refuseArchive(path, bytes)
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    return refusal(path, '', error.detail.note ?? '')
  }
  return null
}

interface Judged extends Omit<ReadAll, 'warnings'> {
  readonly profiles: readonly PlannedProfile[]
}

/** All findings of all files, and the changes of an import. */
function judged(dir: string, files: readonly HeldFile[]): Judged {
  const { config: lot } = loadLot(dir)
  const names = new Set(files.map(({ path }) => path))
  const sameNames = Map.groupBy(names, (name) => name.normalize('NFC').toLowerCase())
  const refused = new Map(
    files.map((file) => {
      const [first = '', ...others] = sameNames.get(file.path.normalize('NFC').toLowerCase()) ?? []
      const twin = first === file.path ? others[0] : first
      const odd = refusedUnread(file)
      return twin === undefined || odd !== null
        ? [file.path, odd]
        : [
            file.path,
            refusal(
              file.path,
              '',
              t(`与 ${twin} 只有大小写不同`, `differs from ${twin} only by case`),
            ),
          ]
    }),
  )
  const readable = files.flatMap(({ path, bytes }): LibraryFile[] =>
    bytes === null || refused.get(path) !== null ? [] : [{ path, bytes }],
  )
  const judge = signatureJudge({ dir, signers: undefined, revoked: undefined })
  const read = readFiles({ folder: true, files: readable }, { judge, ownTemplates: false })
  const plan = planned(read.reads, { dir, lot })
  const alone = readable
    .map(({ path }) => path)
    .filter((path) => path.endsWith('.sig') && !names.has(path.slice(0, -'.sig'.length)))
    .map((file): Finding => ({
      ...refusal(file, '', t('旁边没有资料', 'no profile beside it')),
      code: 'PROFILE-17',
    }))
  const unread = [...refused.values()].filter((finding) => finding !== null)
  return {
    reads: read.reads,
    profiles: plan.profiles,
    findings: [...unread, ...alone, ...read.findings, ...plan.findings],
  }
}

/** A fault of a signature is shown at its profile. */
const ownerOf = (file: string, names: ReadonlySet<string>): string => {
  const profile = file.replace(/\.sig$/, '')
  return names.has(profile) ? profile : file
}

function verdictOf(file: string, all: Judged, findings: readonly Finding[]): ProfileVerdictView {
  const read = all.reads.find((one) => one.file.path === file)
  const profile = read?.checked?.profile ?? null
  const plan = all.profiles.find((one) => one.file === file)
  const differing = plan?.change === 'changed' ? plan.differences : []
  return {
    file,
    verdict: findings.length > 0 || plan === undefined ? 'refused' : plan.change,
    id: read?.checked?.id ?? null,
    title: profile?.title ?? null,
    status: profile?.status ?? null,
    revision: profile?.revision ?? null,
    installedRevision: plan?.installedRevision ?? null,
    examples: profile?.examples.length ?? 0,
    signature: signerView(read?.signature ?? { state: 'unsigned' }),
    findings: findings.map(findingView),
    differing: differing.length,
    differences: differing
      .slice(0, differencesShown)
      .map((d) => ({
        change: d.change,
        pointer: d.pointer,
        old: textOf(d.old),
        new: textOf(d.new),
      })),
    lanes: plan?.lanes ?? [],
    drives: plan?.drives ?? null,
  }
}

export function judgeFiles(dir: string, files: readonly HeldFile[]): ProfilesJudgedView {
  const { number } = currentGeneration(dir)
  const all = judged(dir, files)
  const names = new Set(files.map(({ path }) => path))
  const owned = Map.groupBy(all.findings, ({ file }) => ownerOf(file, names))
  const profiles = new Set([...all.reads.map(({ file }) => file.path), ...owned.keys()])
  const shown = [...names].filter((name) => profiles.has(name))
  return {
    generation: number,
    files: shown.map((name) => verdictOf(name, all, owned.get(name) ?? [])),
  }
}

/** Throws when the library changed since the comparison. */
function mustBe(dir: string, generation: number): void {
  const { number } = currentGeneration(dir)
  if (number !== generation)
    throw new LaneFault('PROFILE-22', { value: String(generation), note: `now ${number}` })
}

function accepted(dir: string, files: readonly HeldFile[], generation: number): Judged {
  mustBe(dir, generation)
  const all = judged(dir, files)
  const [first] = all.findings
  if (first !== undefined) {
    const { code, file, pointer: field, value, note } = first
    throw new LaneFault(code, { file, field, value, note })
  }
  if (all.reads.length === 0)
    throw new LaneFault('PROFILE-19', { note: t('这里没有资料', 'no profile here') })
  return all
}

export function checkFiles(
  dir: string,
  files: readonly HeldFile[],
  generation: number,
): CheckedFiles {
  const { profiles, reads } = accepted(dir, files, generation)
  return {
    words: acceptWords(
      profiles.map(({ id }) => id),
      importDigest(reads),
    ),
  }
}

export function acceptFiles(dir: string, files: readonly HeldFile[], generation: number): number {
  const { reads, profiles } = accepted(dir, files, generation)
  return writeReads(dir, currentGeneration(dir), reads, profiles)
}

export function undoWouldChange(dir: string): ProfilesUndoView {
  const { from, changed } = undoPlan({ dir, lot: loadLot(dir).config })
  return { generation: from.number, rows: changed }
}

export function undoImport(dir: string, generation: number): number {
  mustBe(dir, generation)
  undoPlan({ dir, lot: loadLot(dir).config })
  return undoGeneration(dir).number
}
