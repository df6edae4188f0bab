// The keys of ui.md section 4. Each is a command of the palette too.
// Function keys work inside fields as well; Escape belongs to the topmost layer.
import { onMounted, onUnmounted } from 'vue'
import type { Router } from 'vue-router'
import { runCommand, type CommandId } from './commands.ts'
import { useLayers } from '../kit/state/layers-store.ts'
import { isPageAct, runPageAct } from '../kit/page-acts.ts'

/** Every key of the window and its command, written as for people. */
export const keyTable: Readonly<Record<string, CommandId>> = {
  F1: 'help',
  F2: 'plate',
  F4: 'find',
  F5: 'refresh',
  F6: 'compare',
  F8: 'open',
  F9: 'settle',
  'Ctrl+T': 'test',
  'Ctrl+Enter': 'write',
  'Ctrl+K': 'palette',
  'Ctrl+S': 'save',
  'Ctrl+O': 'load',
  'Ctrl+Z': 'undo',
  'Ctrl+Y': 'redo',
  'Ctrl+D': 'diff',
  'Ctrl+Shift+B': 'backup',
  'Ctrl+L': 'log',
}

/** The command of a key press, or null. */
export const commandOf = (event: KeyboardEvent): CommandId | null => {
  if (event.altKey || event.metaKey || (event.shiftKey && !event.ctrlKey)) return null
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key
  const written = `${event.ctrlKey ? 'Ctrl+' : ''}${event.shiftKey ? 'Shift+' : ''}${key}`
  return Object.hasOwn(keyTable, written) ? (keyTable[written] ?? null) : null
}

/** In a text field undo belongs to the text, except where the page undoes the whole value (`data-undo`). */
const isOfText = ({ target }: KeyboardEvent, command: CommandId): boolean =>
  (command === 'undo' || command === 'redo') &&
  target instanceof HTMLElement &&
  target.closest('input, textarea') !== null &&
  target.closest('[data-undo]') === null

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
    if (command === null || isOfText(event, command)) return
    if (isPageAct(command)) {
      if (runPageAct(command)) event.preventDefault()
      return
    }
    event.preventDefault()
    runCommand(command, router)
  }
  onMounted(() => window.addEventListener('keydown', press))
  onUnmounted(() => window.removeEventListener('keydown', press))
}
