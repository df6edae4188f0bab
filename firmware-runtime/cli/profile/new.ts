// `etc-lane profile new --kind K --from ID OUT`: a profile to begin with, copied from one that is there.
// The copy claims nothing: status assumed, no device seen, and its basis says where it came from.
import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { readProfile } from '../../app/profiles/read-profile.ts'
import type { Templates } from '../../app/profiles/templates.ts'
import { deviceKinds } from '../../core/profile/kinds.ts'
import { LaneFault } from '../../core/values/faults.ts'
import type { Json } from '../../core/values/json.ts'
import { flags, needed, oneOf, type CliIo } from '../command.ts'
import { builtInTemplates, profilesIn } from '../profile-library.ts'
import { onePath } from './read-named.ts'

const nameShape = /^[a-z0-9][a-z0-9-]{0,39}$/

/** Vendor and model from the end of the path. */
function namesOf(out: string): { vendor: string; model: string } {
  const full = resolve(out)
  const model = basename(full).replace(/\.json$/, '')
  const vendor = basename(dirname(full))
  if (!full.endsWith('.json') || !nameShape.test(model) || !nameShape.test(vendor))
    throw new LaneFault('ARG-01', { value: out, note: 'OUT ends with <vendor>/<model>.json' })
  return { vendor, model }
}

const copiedBasis = 'copied-from'

type JsonObject = Readonly<Record<string, Json>>

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const listOf = (source: JsonObject, member: string): readonly JsonObject[] => {
  const list = source[member]
  return Array.isArray(list) ? (list as readonly Json[]).filter(isObject) : []
}

/** What the copy says of a device that nobody has looked at: settings are guesses, rows are open. */
function blank(source: JsonObject, templates: Templates): JsonObject {
  const settings = listOf(source, 'settings').map((entry) => {
    const single = templates.get(String(entry['$use']))?.single ?? true
    return single ? { ...entry, status: 'assumed' } : entry
  })
  const standardRows = listOf(source, 'standardRows').map((entry) =>
    '$use' in entry ? entry : { ...entry, value: null, unit: null, source: null, status: null },
  )
  return { ...source, settings, standardRows, status: 'assumed', devicesSeen: [] }
}

export function newAct(args: readonly string[], io: CliIo): number {
  const { values, words } = flags(args, { kind: 'string', from: 'string', data: 'string' })
  const out = onePath(words, 'profile new --kind K --from ID OUT')
  const kind = oneOf(needed(values.kind, 'kind'), 'kind', deviceKinds, 'rsu')
  const from = needed(values.from, 'from').replace(new RegExp(`^${kind}/`), '')
  const { vendor, model } = namesOf(out)
  const found = profilesIn(values.data ?? null).find(kind, from)
  if (!found.ok) throw new LaneFault('ARG-01', { field: '--from', value: from, note: found.note })
  const templates = builtInTemplates()
  const source = found.checked.source as JsonObject
  const basis = listOf(source, 'basis').filter((entry) => entry['id'] !== copiedBasis)
  const text = `copied from ${found.checked.id} revision ${found.checked.profile.revision}; nothing was checked`
  const value = {
    ...blank(source, templates),
    vendor,
    model,
    revision: 1,
    basis: [{ id: copiedBasis, text }, ...basis],
  }
  const bytes = new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`)
  const { checked, findings } = readProfile(bytes, out, templates)
  const [first] = findings
  if (checked === null)
    throw new LaneFault('PROFILE-01', {
      file: out,
      field: first?.pointer ?? '',
      note: first?.note ?? '',
    })
  try {
    mkdirSync(dirname(out), { recursive: true })
    writeFileSync(out, bytes, { flag: 'wx' })
  } catch (error) {
    throw new LaneFault('FILE-01', { file: out, note: error instanceof Error ? error.message : '' })
  }
  io.stdout(
    io.json
      ? `${JSON.stringify({ ok: true, file: out, id: checked.id, from: found.checked.id })}\n`
      : `${out}: ${checked.id}\n`,
  )
  return 0
}
