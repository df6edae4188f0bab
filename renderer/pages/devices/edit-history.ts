// Undo and redo for the settings form: each change of a value is one step.
// Loading a backup or a preset is one step too; the number of steps is bounded.
import { computed, ref, watch, type Ref } from 'vue'

type Edits = Readonly<Record<string, string>>

const stepsMax = 100

export function useEditHistory(edits: Ref<Record<string, string>>) {
  const before = ref<readonly Edits[]>([])
  const after = ref<readonly Edits[]>([])
  let going = false

  // Synchronous, so that two changes before the next render are two steps.
  watch(
    edits,
    (_now, was) => {
      if (going) return
      before.value = [...before.value, { ...was }].slice(-stepsMax)
      after.value = []
    },
    { flush: 'sync' },
  )
  function go(to: Edits): void {
    going = true
    edits.value = { ...to }
    going = false
  }
  function undo(): void {
    const last = before.value.at(-1)
    if (last === undefined) return
    before.value = before.value.slice(0, -1)
    after.value = [...after.value, { ...edits.value }]
    go(last)
  }
  function redo(): void {
    const next = after.value.at(-1)
    if (next === undefined) return
    after.value = after.value.slice(0, -1)
    before.value = [...before.value, { ...edits.value }]
    go(next)
  }
  /** Clears the steps when another device is shown. */
  function forget(): void {
    before.value = []
    after.value = []
  }
  return {
    undo,
    redo,
    forget,
    canUndo: computed(() => before.value.length > 0),
    canRedo: computed(() => after.value.length > 0),
  }
}
