// What `etc-lane update` prints: lines of progress, and a last line with its result or its fault. Lines that are neither,
// such as a warning of the engine, are passed over.
import { prepareSteps, type PrepareStep } from '../calls/update-views.ts'
import { isFaultCode, LaneFault } from '#base/pure/faults/faults.ts'
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import { isObject, parsed } from '#base/pure/data/json.ts'

export interface ChildProgress {
  readonly step: PrepareStep
  readonly done: number
  readonly of: number
}
type Line =
  | { readonly is: 'progress'; readonly progress: ChildProgress }
  | { readonly is: 'ended'; readonly answer: Readonly<Record<string, unknown>> }
  | { readonly is: 'fault'; readonly fault: LaneFault }

const count = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
const isWords = (value: unknown): value is BilingualText =>
  isObject(value) && typeof value['zh'] === 'string' && typeof value['en'] === 'string'

function faultOf(error: unknown): LaneFault {
  const said = isObject(error) ? error : {}
  const [code, why] = [textOf(said['code']), said['why']]
  // A newer program may have codes that this one does not know.
  if (!isFaultCode(code)) return new LaneFault('UPDATE-22', { note: code })
  const [file, field, value] = ['file', 'field', 'value'].map((name) => textOf(said[name]))
  return new LaneFault(code, {
    ...(file === '' || file === undefined ? {} : { file }),
    ...(field === '' || field === undefined ? {} : { field }),
    ...(value === '' || value === undefined ? {} : { value }),
    ...(isWords(why) ? { note: why } : {}),
  })
}

/** Null: the line is none of these. */
export function childLine(text: string): Line | null {
  const value = parsed(text)
  if (!isObject(value)) return null
  if ('error' in value) return { is: 'fault', fault: faultOf(value['error']) }
  const step = prepareSteps.find((one) => one === value['step'])
  if (step !== undefined) {
    const { done, of } = value
    return { is: 'progress', progress: { step, done: count(done), of: count(of) } }
  }
  return 'ok' in value ? { is: 'ended', answer: value } : null
}
