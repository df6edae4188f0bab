// Two sets of settings side by side, such as two backups or a backup and what a device has now.
// A setting known to one side only is shown as such, never as zero.

interface ComparedSetting {
  readonly id: string
  /** Null: that side does not know it. */
  readonly before: number | null
  readonly after: number | null
  readonly state: 'same' | 'changed' | 'onlyBefore' | 'onlyAfter'
}

type Values = Readonly<Record<string, number | null>>

const valueIn = (values: Values, id: string): number | null =>
  Object.hasOwn(values, id) ? (values[id] ?? null) : null

function stateOf(before: number | null, after: number | null): ComparedSetting['state'] {
  if (before === after) return 'same'
  if (before === null) return 'onlyAfter'
  return after === null ? 'onlyBefore' : 'changed'
}

/** Each setting that either side knows, by name. */
export function compareSettings(before: Values, after: Values): readonly ComparedSetting[] {
  const ids = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted()
  return ids
    .map((id) => {
      const [was, is] = [valueIn(before, id), valueIn(after, id)]
      return { id, before: was, after: is, state: stateOf(was, is) }
    })
    .filter((row) => row.before !== null || row.after !== null)
}
