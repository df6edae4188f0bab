// A new profile: copied from an existing one, with the frames that a person marked and their captured examples. The
// copy claims nothing: status assumed, no device seen.
import type { Json } from '#base/pure/data/json.ts'
import { bytesOfHex } from '#base/pure/data/bytes.ts'
import { emptyFraming } from '../../pure/rsu/framing.ts'
import type { RsuVariant } from '../../pure/rsu/variants.ts'
import type { Templates } from '../../profiles/templates.ts'
import type { Tried } from './marks.ts'

export type JsonObject = Readonly<Record<string, Json>>

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const listOf = (source: JsonObject, member: string): readonly JsonObject[] => {
  const list = source[member]
  return Array.isArray(list) ? (list as readonly Json[]).filter(isObject) : []
}

const copiedBasis = 'copied-from'
const captureBasis = 'own-capture'

/** Resets what the copy says about an unknown device: settings are assumed, rows are open. */
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

interface CopyOf {
  readonly source: JsonObject
  readonly templates: Templates
  readonly vendor: string
  readonly model: string
  /** Id and revision of the copied profile. */
  readonly from: string
}

export function copiedProfile({ source, templates, vendor, model, from }: CopyOf): JsonObject {
  const basis = listOf(source, 'basis').filter((entry) => entry['id'] !== copiedBasis)
  const text = { zh: `复制自 ${from},未经核对`, en: `copied from ${from}; nothing was checked` }
  return {
    ...blank(source, templates),
    vendor,
    model,
    revision: 1,
    basis: [{ id: copiedBasis, text }, ...basis],
  }
}

/** Number of examples that a profile keeps for one frame form. */
const examplesPerForm = 2

function capturedExamples({ frames, tables }: Tried, variant: RsuVariant): readonly JsonObject[] {
  const taken = new Map<string, number>()
  return frames.flatMap((frame) => {
    const table = tables.find(({ code }) => code === frame.code)
    const { lengthAdds } = variant.table.counting
    const length = frame.dataHex.length / 2 + lengthAdds
    const form = table?.forms.find((one) => one.length === length)
    const key = `${frame.code}-${length - lengthAdds}`
    const before = taken.get(key) ?? 0
    if (form === undefined || !frame.ok || before >= examplesPerForm) return []
    taken.set(key, before + 1)
    const bytes = bytesOfHex(frame.wireHex) ?? new Uint8Array(0)
    const [decodedFrame] = variant.framing.decode(emptyFraming, bytes).frames
    const fields = frame.fields as JsonObject
    return [
      {
        id: `captured-${key.toLowerCase()}-${before + 1}`,
        from: frame.direction === 'in' ? 'device' : 'lane',
        hex: frame.wireHex,
        expect: {
          as: 'frame',
          frame: frame.code,
          form: form.name,
          seq: decodedFrame?.seq ?? 0,
          fields,
        },
        origin: 'captured',
        source: captureBasis,
      },
    ]
  })
}

/** Adds the marked frames; examples of frames with a changed layout are left out. */
export function withMarks(copy: JsonObject, tried: Tried, variant: RsuVariant): JsonObject {
  const codes = new Set(tried.tables.map(({ code }) => code))
  const protocol = isObject(copy['protocol'] ?? null) ? (copy['protocol'] as JsonObject) : {}
  const before = isObject(protocol['overrides'] ?? null)
    ? (protocol['overrides'] as JsonObject)
    : {}
  const kept = listOf(before, 'frames').filter((frame) => !codes.has(String(frame['code'])))
  const frames = [...kept, ...(tried.tables as unknown as readonly JsonObject[])]
  const examples = listOf(copy, 'examples').filter((example) => {
    const expect = example['expect']
    return !(isObject(expect ?? null) && codes.has(String((expect as JsonObject)['frame'])))
  })
  const text = {
    zh: '抓取的帧,以及人在字节上标出的字段',
    en: 'frames that were captured, and fields that a person marked over their bytes',
  }
  return {
    ...copy,
    basis: [{ id: captureBasis, text }, ...listOf(copy, 'basis')],
    protocol: { ...protocol, ...(frames.length === 0 ? {} : { overrides: { ...before, frames } }) },
    examples: [...examples, ...capturedExamples(tried, variant)],
  }
}
