// Parts of a set-up's draft that were sent and are not accepted yet. The window shows them in the draft, so that forms
// neither show nor send a state from before the last answer of a person.
import type { ArgsOf } from '#runtime/api/table.ts'
import type { SetupDraft } from '#lane/calls/setup-draft.ts'

type Part = ArgsOf<'setup.save'>

/** The parts one by one; a setting is one by itself, because a form sends only the settings that it asks for. */
const single = ({ settings = {}, ...others }: Part): readonly (readonly [string, Part])[] => [
  ...Object.entries(others).map(([name, value]) => [name, { [name]: value }] as const),
  ...Object.entries(settings).map(
    ([name, value]) => [`settings/${name}`, { settings: { [name]: value } }] as const,
  ),
]

/** As the runtime adds a part to its draft. */
const withPart = (draft: SetupDraft, { settings, ...others }: Part): SetupDraft => ({
  ...draft,
  ...others,
  ...(settings === undefined ? {} : { settings: { ...draft.settings, ...settings } }),
})

export class UnsavedParts {
  private calls = 0
  /** The last part of each name, with the number of its call. */
  private readonly parts = new Map<string, { readonly call: number; readonly part: Part }>()

  /** Returns the number of the call that sends the part. */
  add(part: Part): number {
    const call = ++this.calls
    for (const [name, one] of single(part)) this.parts.set(name, { call, part: one })
    return call
  }

  /** A refused part stays until a later one of its name is accepted. */
  accept(call: number): void {
    this.drop((one) => one === call)
  }

  /** Returns a function that drops the parts that have been added up to now. */
  untilNow(): () => void {
    const last = this.calls
    return () => this.drop((one) => one <= last)
  }

  in(draft: SetupDraft): SetupDraft {
    let all = draft
    for (const { part } of this.parts.values()) all = withPart(all, part)
    return all
  }

  private drop(is: (call: number) => boolean): void {
    for (const [name, { call }] of this.parts) if (is(call)) this.parts.delete(name)
  }
}
