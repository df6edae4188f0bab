// What an import would change: each profile against the installed one, the lanes that use it, and whether it may
// replace it. Pure, so that a dry run and the real import cannot differ.
import type { ProfileDrivesView, ProfileUseView } from '../calls/profiles-views.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { bothOf, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { Json } from '#base/pure/data/json.ts'
import { differences, type Difference } from './diff.ts'
import type { Finding } from './findings.ts'
import { drivesOf } from './protocols.ts'
import type { CheckedProfile } from './read-profile.ts'
import { profileRefs, type ProfileRef } from './refs.ts'
import { findingWords as words } from './finding-words.ts'

export interface PlannedProfile {
  readonly id: string
  readonly file: string
  readonly change: 'new' | 'changed' | 'same'
  readonly revision: number
  /** Revision installed now; null: none. */
  readonly installedRevision: number | null
  readonly differences: readonly Difference[]
  readonly lanes: readonly ProfileUseView[]
  readonly drives: ProfileDrivesView
}

const idOf = (ref: ProfileRef): readonly string[] => ref.kinds.map((kind) => `${kind}/${ref.id}`)

/** Lanes of a lot whose links name the profile `kind/vendor/model`. */
export const lanesUsing = (
  lot: Pick<LotConfig, 'lanes'> | null,
  id: string,
): readonly ProfileUseView[] =>
  (lot === null ? [] : profileRefs(lot))
    .filter((ref) => idOf(ref).includes(id))
    .map(({ laneId, field, url }) => ({ laneId, field, url }))

/** Generic frame tables belong to the program: a link uses them without a file. */
const isProgramTable = ({ profile }: CheckedProfile): boolean =>
  profile.kind === 'rsu' && profile.vendor === 'generic'

interface ImportPlan {
  readonly profiles: readonly PlannedProfile[]
  readonly findings: readonly Finding[]
  /** Findings that do not refuse the import: profiles that no driver uses. */
  readonly warnings: readonly Finding[]
}

/** PROFILE-26 for a profile that no driver uses yet. */
export function drivesNothing({ file, profile }: CheckedProfile): readonly Finding[] {
  const { id } = profile.protocol
  if (drivesOf(id) !== 'nothing') return []
  const value = id ?? ''
  return [{ code: 'PROFILE-26', file, pointer: '/protocol/id', value, note: bothOf(profile.kind) }]
}

export function importPlan(
  fresh: readonly CheckedProfile[],
  installed: (id: string) => CheckedProfile | null,
  lot: Pick<LotConfig, 'lanes'> | null,
): ImportPlan {
  const findings: Finding[] = []
  const profiles = fresh.map((checked): PlannedProfile => {
    const { id, file, profile } = checked
    const old = installed(id)
    const { revision } = profile
    const found = old === null ? [] : differences(old.profile as Json, profile as Json)
    const change = old === null ? 'new' : found.length === 0 ? 'same' : 'changed'
    const add = (
      code: Finding['code'],
      pointer: string,
      value: string,
      note: BilingualText,
    ): void => {
      findings.push({ code, file, pointer, value, note })
    }
    if (isProgramTable(checked) && change !== 'same')
      add('PROFILE-02', '/vendor', id, words.programTable())
    else if (old !== null && change === 'changed' && revision <= old.profile.revision)
      add('PROFILE-18', '/revision', String(revision), words.installedIs(old.profile.revision))
    return {
      id,
      file,
      change,
      revision,
      installedRevision: old?.profile.revision ?? null,
      differences: found,
      lanes: lanesUsing(lot, id),
      drives: drivesOf(profile.protocol.id),
    }
  })
  return { profiles, findings, warnings: fresh.flatMap(drivesNothing) }
}
