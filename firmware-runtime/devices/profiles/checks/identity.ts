// Checks the identity of a profile: its place, ids, sources and status. A part of the checks that a schema cannot
// express.
import type { Findings, Path } from '../findings.ts'
import { fullId, type Profile } from '../schema.ts'
import { findingWords as words } from '../finding-words.ts'

/** A finding for each repeated value; `at` leads to the i-th one. */
export function noTwice(
  values: readonly (string | number)[],
  at: (i: number) => Path,
  findings: Findings,
): void {
  const seen = new Set<string | number>()
  values.forEach((value, i) => {
    if (seen.has(value)) findings.add('PROFILE-06', at(i), value, words.twiceHere())
    seen.add(value)
  })
}

/** Every place that names a source. */
function sourcesOf(p: Profile): (readonly [Path, string | null])[] {
  const list = <T>(member: string, entries: readonly T[], of: (one: T) => string | null) =>
    entries.map((one, i) => [[member, i, 'source'], of(one)] as const)
  return [
    ...list('recognise', p.recognise, (r) => r.source),
    ...list('links', p.links, (l) => l.source),
    ...list('settings', p.settings, (s) => s.source),
    ...list('settings', p.settings, (s) => s.dbm?.source ?? null),
    ...Object.entries(p.codeLists).map(
      ([id, { source }]) => [['codeLists', id, 'source'], source] as const,
    ),
    ...p.quirks.map((q, i) => [['quirks', i, 'seen'], q.seen] as const),
    ...list('firmware', p.firmware, (f) => f.source),
    ...list('approvals', p.approvals ?? [], (a) => a.source),
    ...list('migrations', p.migrations ?? [], (m) => m.source),
    ...(p.update === undefined ? [] : [[['update', 'source'], p.update.source] as const]),
    ...list('examples', p.examples, (e) => e.source),
    ...Object.entries(p.limits).map(
      ([id, { source }]) => [['limits', id, 'source'], source] as const,
    ),
    ...list('standardRows', p.standardRows, (r) => r.source),
  ]
}

function checkEvidence(p: Profile, findings: Findings): void {
  const known = new Set(p.basis.map((b) => b.id))
  for (const [path, source] of sourcesOf(p))
    if (source !== null && !known.has(source))
      findings.add('PROFILE-12', path, source, words.noBasis())
  const seen = p.devicesSeen.length > 0
  if (seen !== (p.status === 'verified-on-unit'))
    findings.add('PROFILE-12', '/status', p.status, words.withDevicesSeen(p.devicesSeen.length))
  if (seen) return
  const parts = [
    ...p.settings.map((s, i) => [['settings', i, 'status'], s.status] as const),
    ...p.standardRows.map((r, i) => [['standardRows', i, 'status'], r.status] as const),
    ...(p.approvals ?? []).map((a, i) => [['approvals', i, 'status'], a.status] as const),
  ]
  for (const [path, status] of parts)
    if (status === 'verified-on-unit')
      findings.add('PROFILE-12', path, status, words.noDeviceSeen())
}

/** `place`: the path within a library; null: the file stands alone. */
export function checkIdentity(p: Profile, place: string | null, findings: Findings): void {
  if (place !== null && place !== `${fullId(p)}.json`)
    findings.add('PROFILE-02', '', place, words.contentSays(fullId(p)))
  const at =
    (member: string, leaf: string) =>
    (i: number): Path => [member, i, leaf]
  for (const [member, ids] of [
    ['basis', p.basis.map((b) => b.id)],
    ['settings', p.settings.map((s) => s.id)],
    ['quirks', p.quirks.map((q) => q.id)],
    ['examples', p.examples.map((e) => e.id)],
  ] as const)
    noTwice(ids, at(member, 'id'), findings)
  // Normalised like a name plate: two numbers that differ in blanks alone are the same.
  const numbers = (p.approvals ?? []).map((a) => a.approvalNo.replaceAll(/\s+/g, '').toUpperCase())
  noTwice(numbers, at('approvals', 'approvalNo'), findings)
  noTwice(
    p.recognise.map((r) => JSON.stringify(r)),
    (i) => ['recognise', i],
    findings,
  )
  checkEvidence(p, findings)
}
