// Where profiles are: the built-in library, and files named by a person.
// Read on demand, so that a lane without profiles does not wait for them.
import { t } from '#base/pure/words/fault-text.ts'
import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import {
  isFolder,
  isOddName,
  readProfileFile,
  readProfileFolder,
} from '../../files/profile-files.ts'
import { currentGeneration, generationFiles, installedFile } from '../../files/profile-store.ts'
import { readTemplates } from '../../profiles/library.ts'
import type { Found, ProfileLookup } from '../../profiles/links.ts'
import { readProfile, type CheckedProfile } from '../../profiles/read-profile.ts'
import type { DeviceKind } from '../../pure/profile/kinds.ts'
import { LaneFault, joinedWhy, type Why } from '#base/pure/faults/faults.ts'
import type { Templates } from '../../profiles/templates.ts'
import type { LibraryFile } from '../../ports/profile-files.ts'
import { judgedSignature, signatureJudge } from './signatures.ts'

/** Two levels up from dist/ and from the packed archive, three from the source. */
const places = [
  join(import.meta.dirname, '..', '..', 'device-profiles'),
  join(import.meta.dirname, '../../../../device-profiles'),
] as const
export const builtInFolder = places.find((place) => existsSync(place)) ?? places[0]

/** Templates of the built-in library; imported profiles use them, too. */
export function builtInTemplates(): Templates {
  const folder = join(builtInFolder, 'templates')
  const files = existsSync(folder) ? readProfileFolder(folder) : []
  const placed = files.map(({ path, bytes }) => ({ path: `templates/${path}`, bytes }))
  return readTemplates(placed).templates
}

/** Why a signed profile no longer matches its signature; null when it does. */
function changedSince(checked: CheckedProfile, file: string, dir: string): Why | null {
  const sig = `${file}.sig`
  if (!existsSync(sig)) return null
  const judge = signatureJudge({ dir, signers: undefined, revoked: undefined })
  const { state } = judgedSignature(checked, { path: sig, bytes: readProfileFile(sig) }, judge)
  // A later revocation of the signer is reported by `profile verify`; lanes do not stop for it.
  return state.state === 'bad' ? joinedWhy(['PROFILE-17', state.why], ' ') : null
}

/**
 * Profiles for the lanes of a data folder: imported ones take precedence over built-in ones. Each is read and checked
 * once, when a link names it.
 */
export function profilesIn(dir: string | null): ProfileLookup {
  const known = new Map<string, Found>()
  let templates: Templates | null = null
  const read = (path: string): Found => {
    const builtIn = join(builtInFolder, path)
    const installed = dir === null ? null : installedFile(dir, path)
    const file = installed ?? (existsSync(builtIn) ? builtIn : null)
    if (file === null)
      return { ok: false, there: false, note: t(`没有 ${path}`, `there is no ${path}`) }
    templates ??= builtInTemplates()
    const { checked, findings } = readProfile(readProfileFile(file), file, templates, path)
    const changed = checked === null || dir === null ? null : changedSince(checked, file, dir)
    if (changed !== null) return { ok: false, there: true, note: joinedWhy([file, changed], ' ') }
    if (checked !== null) return { ok: true, checked }
    const { code = '', pointer = '', note = '' } = findings[0] ?? {}
    return {
      ok: false,
      there: true,
      note: joinedWhy(
        [file, code, pointer, note].filter((one) => one !== ''),
        ' ',
      ),
    }
  }
  return {
    find(kind, id) {
      const path = `${kind}/${id}.json`
      const found = known.get(path) ?? read(path)
      known.set(path, found)
      return found
    },
  }
}

/** All valid profiles of a kind, built-in and imported, by name. */
export function profilesOf(dir: string | null, kind: DeviceKind): readonly CheckedProfile[] {
  const imported = dir === null ? [] : generationFiles(dir, currentGeneration(dir).number)
  const shape = new RegExp(`^${kind}/([^/]+/[^/]+)\\.json$`)
  const ids = [...readProfileFolder(builtInFolder), ...imported].flatMap(
    ({ path }) => shape.exec(path)?.[1] ?? [],
  )
  const library = profilesIn(dir)
  return [...new Set(ids)].toSorted().flatMap((id) => {
    const found = library.find(kind, id)
    return found.ok ? [found.checked] : []
  })
}

export interface NamedFiles {
  /** True for a folder: its files have positions in the library. */
  readonly folder: boolean
  readonly files: readonly LibraryFile[]
}

/** A path named by a person: one file (with its signature beside it) or a folder. */
export function namedFiles(path: string): NamedFiles {
  if (isFolder(path)) return { folder: true, files: readProfileFolder(path) }
  const name = basename(path)
  if (isOddName(name))
    throw new LaneFault('PROFILE-19', {
      file: path,
      value: name,
      note: t('名字指向别处', 'a name that leads elsewhere'),
    })
  const files: LibraryFile[] = [{ path: name, bytes: readProfileFile(path) }]
  const sig = `${path}.sig`
  if (existsSync(sig)) files.push({ path: `${name}.sig`, bytes: readProfileFile(sig) })
  return { folder: false, files }
}
