// The workshop of the control API: tries a pasted capture by marks, and makes a draft profile from it. Loading and
// trying write nothing; a draft goes into the folder of drafts, never into the library.
import { codedFault } from '#base/process/api-fault.ts'
import type { AnswerOf, ArgsOf } from '#runtime/api/table.ts'
import { rsuVariant, type RsuVariantId } from '../../pure/rsu/variants.ts'
import { readProfile, type CheckedProfile } from '../../profiles/read-profile.ts'
import type { Templates } from '../../profiles/templates.ts'
import { captureText } from '../../frame-log/capture.ts'
import { tryMarks } from './marks.ts'
import { copiedProfile, withMarks, type JsonObject } from './new-profile.ts'
import { pasted } from './paste.ts'

export interface WorkshopLibrary {
  readonly templates: Templates
  /** The built-in profile of a generic variant. */
  generic(variant: RsuVariantId): CheckedProfile
}

export interface WorkshopParts {
  library(): Promise<WorkshopLibrary>
  keepFile(folder: string, name: string, bytes: Uint8Array): string
}

export function tried({ variant, text, marks }: ArgsOf<'profile.try'>): AnswerOf<'profile.try'> {
  const { frames, problems } = tryMarks(pasted(text, variant), variant, marks)
  return { frames, problems }
}

export async function draft(
  args: ArgsOf<'profile.draft'>,
  parts: WorkshopParts,
): Promise<AnswerOf<'profile.draft'>> {
  const { variant, text, marks, vendor, model } = args
  const capture = pasted(text, variant)
  const found = tryMarks(capture, variant, marks)
  const library = await parts.library()
  const base = library.generic(variant)
  const { templates } = library
  const source = base.source as JsonObject
  const from = `${base.id} revision ${base.profile.revision}`
  const copy = copiedProfile({ source, templates, vendor, model, from })
  const value = withMarks(copy, found, rsuVariant(variant))
  const bytes = new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`)
  const { checked, findings } = readProfile(bytes, `${model}.json`, templates)
  const unfit = found.problems.map((problem) => ({
    code: 'WIRE-05',
    pointer: `${problem.code} ${problem.length}`,
    note: problem.text,
  }))
  const said =
    unfit.length > 0
      ? unfit
      : findings.map(({ code, pointer, note }) => ({ pointer, ...codedFault(code, note) }))
  if (checked === null || said.length > 0)
    return { file: '', capture: '', id: '', examples: 0, findings: said }
  const folder = `drafts/rsu/${vendor}`
  const captureFile = captureText(
    { variant: `${vendor}/${model}`, laneId: '', driver: null },
    capture.events,
  )
  const examples = checked.profile.examples.filter((one) => one.source === 'own-capture').length
  return {
    file: parts.keepFile(folder, `${model}.json`, bytes),
    capture: parts.keepFile(
      folder,
      `${model}.capture.jsonl`,
      new TextEncoder().encode(captureFile),
    ),
    id: checked.id,
    examples,
    findings: [],
  }
}
