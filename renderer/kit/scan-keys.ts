// A scanner that types like a keyboard, while no field has the focus: a payment code that ends with Enter opens the
// dialog of the waiting car with the code filled in. Nothing is charged before a person confirms; other text is
// refused.
import { onMounted, onUnmounted } from 'vue'
import { scanOf } from '#base/pure/values/pay-code.ts'
import { useLayers } from './state/layers-store.ts'

/** Greatest time between two keys of one scan; slower keys are typed by hand. */
const betweenKeysMs = 500
/** Shorter texts are taken as typed by hand. */
const scanCharsMin = 8
const charsMax = 200

const isField = ({ target }: KeyboardEvent): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select') !== null

export function useScanKeys(): void {
  const layers = useLayers()
  let typed = ''
  let lastMs = 0
  const press = (event: KeyboardEvent): void => {
    const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey
    if (layers.dialog !== null || isField(event) || !isPlain || event.key === 'Shift') return
    if (event.timeStamp - lastMs > betweenKeysMs) typed = ''
    lastMs = event.timeStamp
    if (event.key.length === 1) {
      typed = `${typed}${event.key}`.slice(-charsMax)
      return
    }
    const text = typed
    typed = ''
    if (event.key !== 'Enter' || text.length < scanCharsMin) return
    // Enter must not press the button that has the focus.
    event.preventDefault()
    event.stopPropagation()
    const scan = scanOf(text)
    layers.takeScan(scan.kind === 'code' ? scan.code : null)
  }
  onMounted(() => window.addEventListener('keydown', press, { capture: true }))
  onUnmounted(() => window.removeEventListener('keydown', press, { capture: true }))
}
