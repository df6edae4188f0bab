// Replaces `$use` by templates: only list entries, one level deep, so that a template cannot name another one, and
// people can read a profile.
import { isObject, type Json } from '#base/pure/data/json.ts'
import type { Findings } from './findings.ts'
import { listMembers, templateSchema } from './schema.ts'
import { readStrictJson } from '#base/process/strict-json.ts'
import { findingWords as words } from './finding-words.ts'

export interface Template {
  readonly entries: readonly Readonly<Record<string, Json>>[]
  /** True: one entry whose members may be replaced where it is used. */
  readonly single: boolean
}

export type Templates = ReadonlyMap<string, Template>

type JsonObject = Readonly<Record<string, Json>>

/** True when `$use` occurs anywhere inside. */
const usesSome = (value: Json | undefined): boolean =>
  Array.isArray(value)
    ? value.some((one: Json) => usesSome(one))
    : isObject(value) && (Object.hasOwn(value, '$use') || Object.values(value).some(usesSome))

/** A checked template, or null with findings. Throws FILE-02 for a file that is not strict JSON. */
export function readTemplate(bytes: Uint8Array, findings: Findings): Template | null {
  const value = readStrictJson(bytes, findings.file)
  const parsed = templateSchema.safeParse(value)
  if (!parsed.success) {
    findings.add('PROFILE-03', '', value, words.noTemplate())
    return null
  }
  if (usesSome(value)) {
    findings.add('PROFILE-03', '', '$use', words.templateInside())
    return null
  }
  const single = 'item' in parsed.data
  const entries = 'item' in parsed.data ? [parsed.data.item] : parsed.data.items
  return { entries: entries as readonly JsonObject[], single }
}

function entriesOf(
  entry: JsonObject,
  path: readonly (string | number)[],
  templates: Templates,
  findings: Findings,
): readonly Json[] {
  const { $use: named, ...own } = entry
  const template = typeof named === 'string' ? templates.get(named) : undefined
  if (template === undefined) {
    findings.add('PROFILE-03', [...path, '$use'], named, words.templateUnknown())
    return []
  }
  if (template.single) return template.entries.map((one) => ({ ...one, ...own }))
  if (Object.keys(own).length > 0)
    findings.add('PROFILE-03', path, Object.keys(own), words.templateAlone())
  return template.entries
}

/** The profile with its templates applied. The schema refuses a remaining `$use`. */
export function withTemplates(value: Json, templates: Templates, findings: Findings): Json {
  if (!isObject(value)) return value
  const out: Record<string, Json> = { ...value }
  for (const member of listMembers) {
    const list = value[member]
    if (!Array.isArray(list)) continue
    out[member] = (list as readonly Json[]).flatMap((entry, i) =>
      isObject(entry) && Object.hasOwn(entry, '$use')
        ? entriesOf(entry, [member, i], templates, findings)
        : [entry],
    )
  }
  return out
}
