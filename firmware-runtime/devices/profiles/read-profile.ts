// Reads a profile from the bytes of its file: strict JSON, templates, schema, then the checks that a schema cannot
// express. A profile without findings may drive a device.
import { bothOf } from '#base/pure/words/fault-text.ts'
import { issueText } from '#base/pure/words/issue-why.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { z } from 'zod'
import { jsonPointer, type Json } from '#base/pure/data/json.ts'
import type { VariantOverride } from '../pure/rsu/variant-override.ts'
import { isRsuVariantId, type RsuVariant } from '../pure/rsu/variants.ts'
import { readStrictJson } from '#base/process/strict-json.ts'
import { checkExamples } from './checks/examples.ts'
import { checkIdentity } from './checks/identity.ts'
import { checkFirmware, checkProtocol } from './checks/protocol.ts'
import { checkRsu, type CheckedRsu } from './checks/rsu.ts'
import { checkNoMoney } from './checks/money-codes.ts'
import { checkSettings } from './checks/settings.ts'
import { checkTester, testerRows } from './checks/tester.ts'
import { checkStandardRows } from './checks/standard-rows.ts'
import { findingsOf, type Finding, type Findings } from './findings.ts'
import { protocolOf } from './protocols.ts'
import { fullId, profileSchema, type Profile } from './schema.ts'
import { withTemplates, type Templates } from './templates.ts'
import { findingWords as words } from './finding-words.ts'

export interface CheckedProfile {
  /** `kind/vendor/model`. */
  readonly id: string
  readonly file: string
  readonly profile: Profile
  /** The value in the file itself, which is signed and compared. */
  readonly source: Json
  /** Table, engine and framing of an antenna; null for any other kind. */
  readonly variant: RsuVariant | null
  /** Override for the driver of an antenna; null for any other kind. */
  readonly override: VariantOverride | null
}

interface ReadProfile {
  /** Null when there are findings. */
  readonly checked: CheckedProfile | null
  readonly findings: readonly Finding[]
  /** Unknown members of a draft, by their place; empty for a file that is read strictly. */
  readonly warnings: readonly Finding[]
}

interface ReadMode {
  /** A file in progress: unknown members are named and ignored (P13). */
  readonly draft: boolean
}

const strict: ReadMode = { draft: false }

/** The value without members unknown to the schema, each named in a warning. */
function withoutUnknown(value: Json, warnings: Findings): Json {
  const clean = structuredClone(value)
  const result = profileSchema.safeParse(value)
  for (const issue of result.error?.issues ?? []) {
    if (issue.code !== 'unrecognized_keys') continue
    const at = issue.path.reduce<unknown>(
      (v, key) => (typeof v === 'object' && v !== null ? Reflect.get(v, key) : undefined),
      clean,
    )
    if (typeof at !== 'object' || at === null) continue
    for (const key of issue.keys) {
      const path = jsonPointer([...issue.path, key])
      warnings.add('PROFILE-01', path, Reflect.get(at, key), words.unknownMember())
      Reflect.deleteProperty(at, key)
    }
  }
  return clean
}

/** Issues of a schema as findings, each with its place and value. */
export function schemaFindings(error: z.ZodError, value: unknown, findings: Findings): void {
  for (const issue of error.issues) {
    const extra = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
    const path = [...issue.path, ...extra]
    let at: unknown = value
    for (const key of path)
      at = typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined
    findings.add('PROFILE-01', jsonPointer(path), at, issueText(issue))
  }
}

function parsed(value: Json, findings: Findings): Profile | null {
  const result = profileSchema.safeParse(value)
  if (result.success) return result.data
  schemaFindings(result.error, value, findings)
  return null
}

/** A fault of the file as a finding. */
export function faultFinding(error: unknown, findings: Findings): void {
  if (!(error instanceof LaneFault)) throw error
  const { field, value, note } = error.detail
  findings.add(error.code, field ?? '', value ?? '', bothOf(note))
}

function strictJson(bytes: Uint8Array, findings: Findings): Json | undefined {
  try {
    return readStrictJson(bytes, findings.file)
  } catch (error) {
    faultFinding(error, findings)
    return undefined
  }
}

/** The checks that a schema cannot express; returns table and override of a valid antenna profile. */
function checkMeaning(p: Profile, place: string | null, findings: Findings): CheckedRsu | null {
  checkIdentity(p, place, findings)
  const row = protocolOf(p.protocol.id)
  checkProtocol(p, row, findings)
  const base = row !== undefined && isRsuVariantId(row.id) ? row.id : null
  const rsu = base === null ? null : checkRsu(p, base, findings)
  if (base === null) checkNoMoney(p, findings)
  const isBroken = base !== null && rsu === null
  checkSettings(p, isBroken ? 'broken' : (rsu?.variant.table ?? null), findings)
  if (row?.id === testerRows) checkTester(p, findings)
  checkFirmware(p, findings)
  checkStandardRows(p, findings)
  // Without a valid table each example would only repeat its findings.
  if (!isBroken) checkExamples(p, rsu?.variant ?? null, findings)
  return rsu
}

/** `place`: the path within a library; null: the file stands alone. */
export function readProfile(
  bytes: Uint8Array,
  file: string,
  templates: Templates,
  place: string | null = null,
  { draft }: ReadMode = strict,
): ReadProfile {
  const findings = findingsOf(file)
  const warned = findingsOf(file)
  const refused = { checked: null, findings: findings.list, warnings: warned.list }
  const source = strictJson(bytes, findings)
  if (source === undefined) return refused
  const whole = withTemplates(source, templates, findings)
  const profile = parsed(draft ? withoutUnknown(whole, warned) : whole, findings)
  if (profile === null) return refused
  const rsu = checkMeaning(profile, place, findings)
  const { variant = null, override = null } = rsu ?? {}
  const checked = { id: fullId(profile), file, profile, source, variant, override }
  return { ...refused, checked: findings.list.length > 0 ? null : checked }
}
