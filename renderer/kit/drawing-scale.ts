// Pixels for one unit of a drawing, from which its text size follows so that none is under 12 px (ui.md section 8).
// Without layout, as in a test document, one unit is one pixel.
import { computed, onMounted, onUnmounted, ref, type ComputedRef, type ShallowRef } from 'vue'

interface Size {
  readonly width: number
  readonly height: number
}

/** `units`: width and height of the view box; it is drawn as large as the smaller side allows. */
export function useDrawingScale(
  drawing: Readonly<ShallowRef<SVGSVGElement | null>>,
  units: () => Size,
): ComputedRef<number> {
  const size = ref<Size | null>(null)
  let sizes: ResizeObserver | null = null
  onMounted(() => {
    if (drawing.value === null || typeof ResizeObserver === 'undefined') return
    sizes = new ResizeObserver(([entry]) => {
      if (entry !== undefined) size.value = entry.contentRect
    })
    sizes.observe(drawing.value)
  })
  onUnmounted(() => sizes?.disconnect())
  return computed(() => {
    if (size.value === null || size.value.width === 0) return 1
    const { width, height } = units()
    return Math.min(size.value.width / width, size.value.height / height)
  })
}
