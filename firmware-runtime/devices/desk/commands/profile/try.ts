// `etc-lane profile try --from VARIANT --capture FILE [--marks FILE]`: the profile workshop for scripts. Decodes every
// frame of a capture by the marks and reports their problems; writes nothing.
import { issueWhy } from '#base/pure/words/issue-why.ts'
import { z } from 'zod'
import { jsonBytesMax, readStrictJson } from '#base/process/strict-json.ts'
import {
  marksShape,
  tryMarks,
  unframedBytes,
  type MarkedFrame,
  type Tried,
} from '../../workshop/marks.ts'
import { pasted } from '../../workshop/paste.ts'
import { captureBytesMax, type Capture } from '../../../frame-log/capture.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { rsuVariant, rsuVariantIds, type RsuVariantId } from '../../../pure/rsu/variants.ts'
import { readBytes, readText } from '#base/process/read-file.ts'
import { act, printed } from '#base/desk/commands/acts.ts'
import { oneOf } from '#base/commands/command.ts'

const marksFile = z.strictObject({ version: z.literal(1), frames: marksShape })

function marksFrom(file: string | undefined): readonly MarkedFrame[] {
  if (file === undefined) return []
  const parsed = marksFile.safeParse(readStrictJson(readBytes(file, jsonBytesMax), file))
  if (parsed.success) return parsed.data.frames
  const issue = parsed.error.issues[0]
  const field = (issue?.path ?? []).map((part) => `/${String(part)}`).join('')
  throw new LaneFault('WIRE-01', { file, field, note: issueWhy(issue) })
}

interface TriedCapture {
  readonly capture: Capture
  readonly tried: Tried
  readonly counts: { readonly frames: number; readonly undecoded: number; readonly marked: number }
}

export function triedFrom(
  file: string,
  base: RsuVariantId,
  marks: string | undefined,
): TriedCapture {
  const capture = pasted(readText(file, captureBytesMax), base)
  const tried = tryMarks(capture, base, marksFrom(marks))
  const [problem] = tried.problems
  if (problem !== undefined && marks !== undefined)
    throw new LaneFault('WIRE-05', {
      file: marks,
      field: `${problem.code} ${problem.length}`,
      note: problem.why,
    })
  const codes = new Set(tried.tables.map(({ code }) => code))
  return {
    capture,
    tried,
    counts: {
      frames: tried.frames.length,
      undecoded: tried.frames.filter(({ ok }) => !ok).length,
      marked: tried.frames.filter(({ ok, code }) => ok && codes.has(code)).length,
    },
  }
}

export const tryAct = act(
  ['profile try --from VARIANT --capture FILE [--marks FILE]'],
  ({ from, capture: file, marks }) => {
    const base = oneOf(from, 'from', rsuVariantIds, 'generic-ver')
    const capture = pasted(readText(file, captureBytesMax), base)
    const { frames, problems } = tryMarks(capture, base, marksFrom(marks))
    const unframed = unframedBytes(capture, rsuVariant(base))
    // No frame at all is a failure: the capture may have another framing.
    const ok = problems.length === 0 && frames.length > 0 && frames.every((frame) => frame.ok)
    return printed({ ok, frames, problems, unframed }, ok)
  },
)
