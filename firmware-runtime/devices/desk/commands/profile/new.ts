// `etc-lane profile new --kind K --from ID OUT`: a new profile, copied from an existing one. With --from-capture it
// contains the frames that a person marked, and the capture beside it as a fixture.
import { t } from '#base/pure/words/fault-text.ts'
import { mkdirSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { exportFile } from '#base/files/exported-file.ts'
import { readProfile } from '../../../profiles/read-profile.ts'
import { copiedProfile, withMarks, type JsonObject } from '../../workshop/new-profile.ts'
import { captureText } from '../../../frame-log/capture.ts'
import { deviceKinds } from '../../../pure/profile/kinds.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { act } from '#base/desk/commands/acts.ts'
import { oneOf, wrongFlag } from '#base/commands/command.ts'
import { builtInTemplates, profilesIn } from '../../profile/library.ts'
import { triedFrom } from './try.ts'

const nameShape = /^[a-z0-9][a-z0-9-]{0,39}$/

/** Vendor and model, taken from the end of the path. */
function namesOf(out: string): { vendor: string; model: string } {
  const full = resolve(out)
  const model = basename(full).replace(/\.json$/, '')
  const vendor = basename(dirname(full))
  if (!full.endsWith('.json') || !nameShape.test(model) || !nameShape.test(vendor))
    throw wrongFlag(
      '',
      t('OUT 以 <vendor>/<model>.json 结尾', 'OUT ends with <vendor>/<model>.json'),
      out,
    )
  return { vendor, model }
}

function write(file: string, bytes: Uint8Array | string): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
  } catch (error) {
    throw new LaneFault('FILE-05', { file, note: error instanceof Error ? error.message : '' })
  }
  exportFile(file, bytes)
}

export const newAct = act(
  ['profile new --kind K --from VENDOR/MODEL [--from-capture FILE --marks FILE] [--data DIR] OUT'],
  ({ words: [out], ...values }, io) => {
    const kind = oneOf(values.kind, 'kind', deviceKinds, 'rsu')
    const from = values.from.replace(new RegExp(`^${kind}/`), '')
    const { vendor, model } = namesOf(out)
    const found = profilesIn(values.data ?? null).find(kind, from)
    if (!found.ok) throw new LaneFault('ARG-01', { field: '--from', value: from, note: found.note })
    const templates = builtInTemplates()
    const { checked: base } = found
    const copy = copiedProfile({
      source: base.source as JsonObject,
      templates,
      vendor,
      model,
      from: `${base.id} revision ${base.profile.revision}`,
    })
    const captureFile = values['from-capture']
    if (captureFile !== undefined && base.variant === null)
      throw wrongFlag('--from', t('里面没有帧', 'it has no frames'), from)
    const tried =
      captureFile === undefined || base.variant === null
        ? null
        : triedFrom(captureFile, base.variant.id, values.marks)
    const value =
      tried === null || base.variant === null ? copy : withMarks(copy, tried.tried, base.variant)
    const bytes = new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`)
    const { checked, findings } = readProfile(bytes, out, templates)
    const [first] = findings
    if (checked === null)
      throw new LaneFault(first?.code ?? 'PROFILE-01', {
        file: out,
        field: first?.pointer ?? '',
        note: first?.note ?? '',
      })
    write(out, bytes)
    const fixture = out.replace(/\.json$/, '.capture.jsonl')
    if (tried !== null) {
      const of = { variant: `${vendor}/${model}`, laneId: '', driver: null }
      write(fixture, captureText(of, tried.capture.events))
    }
    const said = {
      ok: true,
      file: out,
      id: checked.id,
      from: base.id,
      ...(tried === null ? {} : { capture: fixture, ...tried.counts }),
    }
    io.stdout(io.json ? `${JSON.stringify(said)}\n` : `${out}: ${checked.id}\n`)
    return 0
  },
)
