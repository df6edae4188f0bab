// The settings of a lot or a lane at a given time, compared with the current ones: every value in words, and the author
// of each change. A version is checked like its file.
import { t } from '#base/pure/words/fault-text.ts'
import type { BeliefChange, BeliefView, LotVersionView } from '../../calls/lot-views.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { lotMembers } from '#base/pure/lot/lot-members.ts'
import { rowsAlong } from '#base/pure/lot/member.ts'
import { checkLot } from '../../lot/files/lot-file.ts'
import { checkTariff } from '../../lot/files/tariff-file.ts'
import { keyedChanges, valuesInWords, type LotFiles } from './lot-words.ts'

/** In place of an author: a file of the lot was edited outside of its forms. */
export const editedInFile = 'edited in the file'

export interface KeptVersion extends Omit<LotVersionView, 'isEdited'> {
  readonly lot: unknown
  readonly tariff: unknown
}

export interface LotHistory {
  /** Times of stored versions, oldest first. */
  times(): readonly InstantMs[]
  /** The last version stored by then. */
  at(atMs: InstantMs): KeptVersion | null
  now(): LotFiles
}

/** One lane, with what all lanes share; null: every lane. */
function ofLane({ config, tariff }: LotFiles, laneId: string | null): LotFiles {
  if (laneId === null) return { config, tariff }
  const { printers, scanners, ...rest } = config
  const own = {
    ...rest,
    lanes: config.lanes.filter(({ id }) => id === laneId),
    printers: printers?.filter(({ lanes }) => lanes?.includes(laneId) ?? true),
    scanners: scanners?.filter(({ lane }) => lane === laneId),
  }
  return { config: own, tariff }
}

function filesOf({ atIso, lot, tariff }: KeptVersion): LotFiles {
  const file = `versions/${atIso}`
  return { config: checkLot(lot, file), tariff: checkTariff(tariff, file).tariff }
}

const viewOf = ({ atIso, by, reason }: KeptVersion): LotVersionView => ({
  atIso,
  by,
  reason,
  isEdited: by === editedInFile,
})

/** Names of keys in the machine's key store: useless to a reader. */
const isUnsaid = (key: string): boolean =>
  rowsAlong(lotMembers, key.split('/').slice(1)).at(-1)?.kind === 'secret'

const versionsOf = (history: LotHistory): readonly KeptVersion[] =>
  history.times().flatMap((atMs) => history.at(atMs) ?? [])

/** The last of these versions that changed each value, and the files of the last one. */
function writtenBy(versions: readonly KeptVersion[], laneId: string | null) {
  const since = new Map<string, LotVersionView>()
  const files = versions.map((version) => ofLane(filesOf(version), laneId))
  for (const [n, version] of versions.entries()) {
    const [before, next] = [files[n - 1], files[n]]
    if (before === undefined || next === undefined) continue
    for (const { key } of keyedChanges(before, next)) since.set(key, viewOf(version))
  }
  return { since, last: files.at(-1) ?? null }
}

/** Each changed value, with the last version that changed it. */
function changesSince(
  history: LotHistory,
  then: KeptVersion,
  laneId: string | null,
): readonly BeliefChange[] {
  const now = ofLane(history.now(), laneId)
  const before = ofLane(filesOf(then), laneId)
  if (before.config.lanes.length + now.config.lanes.length === 0)
    throw new LaneFault('ARG-01', {
      field: '--lane',
      value: laneId ?? '',
      note: t('没有这条车道', 'there is no such lane'),
    })
  const later = versionsOf(history).filter(({ atIso }) => atIso > then.atIso)
  const { since, last } = writtenBy([then, ...later], laneId)
  const unkept = new Set(keyedChanges(last, now).map(({ key }) => key))
  return keyedChanges(before, now).map(({ key, ...change }) => ({
    ...change,
    since: unkept.has(key) ? null : (since.get(key) ?? null),
  }))
}

export function believed(history: LotHistory, atMs: InstantMs, laneId: string | null): BeliefView {
  const versions = versionsOf(history).map(viewOf).toReversed()
  const version = history.at(atMs)
  if (version === null) return { version: null, settings: [], changes: [], versions }
  const changes = changesSince(history, version, laneId)
  const until = versionsOf(history).filter(({ atIso }) => atIso <= version.atIso)
  const { since } = writtenBy(until, laneId)
  const first = viewOf(until[0] ?? version)
  const settings = valuesInWords(ofLane(filesOf(version), laneId))
    .filter(({ key }) => !isUnsaid(key))
    .map((row) => ({ ...row, since: since.get(row.key) ?? first }))
  return { version: viewOf(version), settings, changes, versions }
}
