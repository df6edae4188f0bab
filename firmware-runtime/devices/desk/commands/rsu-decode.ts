// `etc-lane rsu decode --variant V [HEX|-]`: decodes the bytes of a link frame by frame, for captures and bug reports:
// what was read, each field, and what was discarded.
import { t } from '#base/pure/words/fault-text.ts'
import type { ConsoleRowView } from '../../calls/console-views.ts'
import { isProfileId } from '../../pure/link-query.ts'
import { bytesOfHex } from '#base/pure/data/bytes.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { emptyFraming, type Discard } from '../../pure/rsu/framing.ts'
import { rsuVariant, rsuVariantIds, type RsuVariant } from '../../pure/rsu/variants.ts'
import { act } from '#base/desk/commands/acts.ts'
import { oneOf, wrongFlag } from '#base/commands/command.ts'

type DecodedLine = Pick<ConsoleRowView, 'type' | 'name' | 'ok' | 'fields' | 'discarded' | 'reason'>

const sumOf = (discards: readonly Discard[]): number =>
  discards.reduce((sum, d) => sum + d.count, 0)

/** Byte by byte, so that discarded bytes are counted at the frame after them. */
function* decodeBytes(variant: RsuVariant, bytes: Uint8Array): Generator<DecodedLine> {
  let state = emptyFraming
  let discards: Discard[] = []
  for (let i = 0; i < bytes.length; i++) {
    const step = variant.framing.decode(state, bytes.slice(i, i + 1))
    state = step.state
    discards.push(...step.discards)
    for (const { data } of step.frames) {
      yield lineOf(variant, data, sumOf(discards))
      discards = []
    }
  }
  // End of the capture: a good frame after a false head was waiting for the rest of that head.
  const last = variant.framing.flush(state)
  discards.push(...last.discards)
  for (const { data } of last.frames) {
    yield lineOf(variant, data, sumOf(discards))
    discards = []
  }
  const discarded = sumOf(discards)
  const reason = [...new Set(discards.map((d) => d.reason))].join(' ')
  if (discarded > 0) yield { type: '', name: '', ok: false, fields: {}, discarded, reason }
}

function lineOf(variant: RsuVariant, data: Uint8Array, discarded: number): DecodedLine {
  const frame = variant.engine.decode(data)
  if (frame.ok) {
    const { code, name, value, warnings } = frame
    return { type: code, name, ok: true, fields: value, discarded, reason: warnings.join(', ') }
  }
  // A frame without data is the acknowledgement of this controller (RSCTL only).
  if (frame.reason === 'empty')
    return { type: '', name: 'acknowledge', ok: true, fields: {}, discarded, reason: '' }
  return { type: frame.code, name: '', ok: false, fields: {}, discarded, reason: frame.reason }
}

async function stdinText(): Promise<string> {
  let text = ''
  process.stdin.setEncoding('utf8')
  for await (const part of process.stdin) text += String(part)
  return text
}

/** A generic variant, or the table of a profile `vendor/model`. */
async function variantNamed(name: string, dir: string | null): Promise<RsuVariant> {
  if (!isProfileId(name)) return rsuVariant(oneOf(name, 'variant', rsuVariantIds, 'generic-bcc'))
  const [{ profilesIn }, { rsuChoice }] = await Promise.all([
    import('../profile/library.ts'),
    import('../../profiles/links.ts'),
  ])
  const choice = rsuChoice(`?variant=${name}`, profilesIn(dir))
  if (choice.ok) return choice.value.variant
  throw new LaneFault('ARG-01', { field: '--variant', value: name, note: choice.note })
}

export const decode = act(
  ['rsu decode --variant V [--data DIR] [HEX|- ...]'],
  async ({ variant: named, data, words }, io) => {
    const variant = await variantNamed(named, data ?? null)
    const given = words.join(' ')
    const text = given === '' || given === '-' ? await stdinText() : given
    const bytes = bytesOfHex(text)
    if (bytes === null)
      throw wrongFlag('', t('不是十六进制字节', 'not hex bytes'), text.trim().slice(0, 60))
    let allGood = true
    for (const decoded of decodeBytes(variant, bytes)) {
      allGood &&= decoded.ok
      io.stdout(`${JSON.stringify(decoded)}\n`)
    }
    return allGood ? 0 : 1
  },
)
