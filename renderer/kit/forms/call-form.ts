// The form that the row of a call declares (base/calls/call-form.ts), in the window's language, with what its page adds.
import type { AnswerOf, ApiName, ArgsOf } from '#runtime/api/table.ts'
import type { ApiReply, Who } from '#base/calls/rows.ts'
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import { present } from '#base/pure/values/must.ts'
import { callForms } from 'virtual:calls'
import { ask } from '../../api/client.ts'
import type { ActFormData, Line } from './act-form.ts'
import type { ReasonList } from './commanding.ts'
import type { Words } from '../words.ts'

type Facts = Readonly<Record<string, string | number | null | undefined>>

/** What a page adds to a declared form. */
export interface FormOfPage<N extends ApiName> {
  call: N
  /** Arguments that are not asked for. */
  given?: Partial<ArgsOf<N>> | undefined
  /** By their names in the texts. */
  facts?: object | undefined
  /** First values of fields. */
  start?: Facts | undefined
  /** Choices of fields whose values only the page knows. */
  choices?:
    | Readonly<Record<string, readonly { readonly value: string; readonly word: string }[]>>
    | undefined
  /** Sentences above the declared ones. */
  says?: readonly Line[] | undefined
  /** Another list of reasons. */
  reasons?: ReasonList | undefined
  /** Arguments that the page brings when the act is carried out, or why it cannot. */
  more?: ((who: Who) => Promise<ApiReply<Partial<ArgsOf<N>>>>) | undefined
  /** Runs before the dialog closes. */
  done?: ((answer: AnswerOf<N>, values: Facts) => unknown) | undefined
}

/** The text with its facts, in the window's language. */
export const filled = (words: Words, { zh, en }: BilingualText, facts: Facts): string => {
  const fill = (text: string): string =>
    text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? 0))
  return words.of({ zh: fill(zh), en: fill(en) })
}

/** The same data with each text replaced by its wording. */
function worded(value: unknown, say: (text: BilingualText) => string): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((one) => worded(one, say))
  if ('zh' in value) return say(value as BilingualText)
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, worded(one, say)]))
}

/** `todayIso`: the day of the lot. */
export function callForm<N extends ApiName>(words: Words, page: FormOfPage<N>, todayIso: string) {
  const { call, facts, start = {}, choices = {}, says = [] } = page
  const declared = present(callForms[call], `${call} declares a form`)
  const fields = Object.entries(declared.fields)
  const text = (of: BilingualText, draft: Facts = {}): string => {
    const typed = fields.map(([name, { key, kind }]) => [
      key,
      kind === 'fen' ? words.money(draft[name] as number | null) : draft[name],
    ])
    return filled(words, of, { ...(Object.fromEntries(typed) as Facts), ...facts })
  }
  const form = worded(declared, text) as { says?: Line[]; fields: Record<string, object> }
  for (const [name, { key, start: first }] of fields) {
    const own = { start: start[key] ?? (first === 'today' ? todayIso : first) }
    const offered = choices[key] === undefined ? {} : { choices: choices[key] }
    form.fields[name] = { ...form.fields[name], ...own, ...offered }
  }
  return {
    ...form,
    reasons: page.reasons ?? declared.reasons,
    says: [...says, ...(form.says ?? [])],
    test: `form-${call}`,
    only: Object.fromEntries(
      fields.flatMap(([name, { only }]) =>
        only === undefined ? [] : [[name, (draft: Facts) => draft[only[0]] === only[1]]],
      ),
    ),
    doLabel: (draft: Facts) => text(declared.do, draft),
    async call(draft: Facts, who: Who) {
      const more = await page.more?.(who)
      if (more?.ok === false) return more
      const typed = fields.flatMap(([name, { key }]) =>
        draft[name] === null ? [] : [[key, draft[name]]],
      )
      const values = { ...declared.empty, ...Object.fromEntries(typed) } as Facts
      const args = { ...values, ...page.given, ...more?.data, ...who } as ArgsOf<N>
      const reply: ApiReply<AnswerOf<N>> = await ask(call, args)
      if (reply.ok) await page.done?.(reply.data, values)
      return reply
    },
  } as unknown as ActFormData
}
