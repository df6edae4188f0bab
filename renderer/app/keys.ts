// The keys of ui.md section 4 that have something to do here. Each is a command of the palette too.
// Function keys work inside fields as well; Escape belongs to the layer on top.
import { onMounted, onUnmounted } from 'vue'
import type { Router } from 'vue-router'
import { runCommand, type CommandId } from './commands.ts'
import { useLayers } from './layers-store.ts'

const plain: Readonly<Record<string, CommandId>> = {
  F1: 'help',
  F2: 'plate',
  F4: 'find',
  F5: 'refresh',
  F8: 'open',
  F9: 'settle',
}
const withControl: Readonly<Record<string, CommandId>> = { k: 'palette', l: 'log' }

/** The command of a key press, or null. */
export const commandOf = (event: KeyboardEvent): CommandId | null => {
  if (event.altKey || event.shiftKey || event.metaKey) return null
  const table = event.ctrlKey ? withControl : plain
  return table[event.ctrlKey ? event.key.toLowerCase() : event.key] ?? null
}

export function useKeys(router: Router): void {
  const layers = useLayers()
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && layers.dialog === null && !layers.demo) {
      if (layers.palette) layers.palette = false
      else if (layers.help) layers.help = false
      else if (layers.log) layers.log = false
      return
    }
    const command = commandOf(event)
    if (command === null) return
    event.preventDefault()
    runCommand(command, router)
  }
  onMounted(() => window.addEventListener('keydown', press))
  onUnmounted(() => window.removeEventListener('keydown', press))
}
