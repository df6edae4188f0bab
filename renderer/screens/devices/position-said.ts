// What a dialog asks of a lone device's place: its fields as the device is remembered, and what the
// call takes of them. In a lot nothing is asked: the lot names the place.
import { ref, type Ref } from 'vue'
import type { DevicePosition } from '../../../firmware-runtime/api/settings-views.ts'

/** `known` undefined: a lot's device. */
export function usePositionSaid(known: DevicePosition | null | undefined): {
  readonly asked: boolean
  readonly place: Ref<DevicePosition>
  said(): { place?: DevicePosition }
} {
  const place = ref<DevicePosition>(known ?? { site: '', lane: '' })
  return {
    asked: known !== undefined,
    place,
    said() {
      const site = place.value.site.trim()
      return site === '' ? {} : { place: { site, lane: place.value.lane.trim() } }
    },
  }
}
