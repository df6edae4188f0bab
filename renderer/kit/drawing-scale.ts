// The size at which a drawing is shown, so that its text has the size of the page's text whatever the size of the drawing.
import {
  computed,
  onMounted,
  onUnmounted,
  ref,
  type ComputedRef,
  type Ref,
  type ShallowRef,
} from 'vue'

interface Size {
  readonly width: number
  readonly height: number
}

/** In pixels; null: not laid out, as in a test document. */
export function useDrawnSize(
  drawing: Readonly<ShallowRef<SVGSVGElement | null>>,
): Readonly<Ref<Size | null>> {
  const size = ref<Size | null>(null)
  let sizes: ResizeObserver | null = null
  onMounted(() => {
    if (drawing.value === null || typeof ResizeObserver === 'undefined') return
    sizes = new ResizeObserver(([entry]) => {
      if (entry !== undefined && entry.contentRect.width > 0) size.value = entry.contentRect
    })
    sizes.observe(drawing.value)
  })
  onUnmounted(() => sizes?.disconnect())
  return size
}

/**
 * Pixels for one unit of a drawing; 1 without layout. `units`: width and height of the view box; it is drawn as large as
 * the smaller side allows.
 */
export function useDrawingScale(
  drawing: Readonly<ShallowRef<SVGSVGElement | null>>,
  units: () => Size,
): ComputedRef<number> {
  const size = useDrawnSize(drawing)
  return computed(() => {
    if (size.value === null) return 1
    const { width, height } = units()
    return Math.min(size.value.width / width, size.value.height / height)
  })
}
