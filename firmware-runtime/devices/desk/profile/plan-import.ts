// What an import of profiles into a data folder would change, and what undoing the last import would change.
// Nothing is written here; refused files are named.
import type { ProfileUseView } from '../../calls/profiles-views.ts'
import { join } from 'node:path'
import { currentGeneration, generationFiles, type Generation } from '../../files/profile-store.ts'
import type { Finding } from '../../profiles/findings.ts'
import { importPlan, lanesUsing } from '../../profiles/import-plan.ts'
import type { CheckedProfile } from '../../profiles/read-profile.ts'
import { isDeviceKind } from '../../pure/profile/kinds.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { bothOf } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { LibraryFile } from '../../ports/profile-files.ts'
import { profilesIn } from './library.ts'
import type { ReadFile } from './read-named.ts'

export interface ImportTarget {
  readonly dir: string
  readonly lot: LotConfig | null
  readonly running: boolean
}

/** The present profile with this id for the lanes of the folder. */
function installedIn(dir: string | null): (id: string) => CheckedProfile | null {
  const lookup = profilesIn(dir)
  return (id) => {
    const [kind = '', ...rest] = id.split('/')
    const found = isDeviceKind(kind) ? lookup.find(kind, rest.join('/')) : null
    return found?.ok === true ? found.checked : null
  }
}

/**
 * A valid signature proves a key, not who holds it: a profile whose signer the folder does not list only looks
 * trustworthy. The import refuses it (P02).
 */
const strangers = (reads: readonly ReadFile[]): readonly Finding[] =>
  reads.flatMap(({ file, signature }): Finding[] =>
    signature.state !== 'signed' || signature.trusted
      ? []
      : [
          {
            code: 'PROFILE-23',
            file: `${file.path}.sig`,
            pointer: '/certificate',
            value: signature.fingerprint,
            note: bothOf(signature.by),
          },
        ],
  )

/** Counts revisions within the import, too, so that one import cannot contain an older revision. */
export function planned(reads: readonly ReadFile[], place: Pick<ImportTarget, 'dir' | 'lot'>) {
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

/** Refuses to remove a profile that a lane's link names: the lane could not start. */
function checkStillThere(
  place: Pick<ImportTarget, 'dir' | 'lot'>,
  gone: ReadonlySet<string>,
): void {
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

interface Undone {
  readonly id: string
  readonly change: 'restored' | 'removed'
  readonly lanes: readonly ProfileUseView[]
}

/** The changes of undoing the last import. Throws PROFILE-20 and PROFILE-21. */
export function undoPlan(place: Pick<ImportTarget, 'dir' | 'lot'>): {
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
