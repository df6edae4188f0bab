// The antenna of a place in words: heard so many seconds ago, lost and why, or taken over by whom.
// As the top bar says it of the antenna of a lane.
import { computed, type ComputedRef } from 'vue'
import type { LaneView } from '../../../firmware-runtime/api/views.ts'
import { useHealth, type Tone } from '../../app/health.ts'
import { useWords } from '../../app/words.ts'

interface Said {
  readonly tone: Tone
  readonly word: string
}

export function useAntenna(lane: () => LaneView | undefined): ComputedRef<Said> {
  const { t } = useWords()
  const { dotOf } = useHealth()
  return computed(() => {
    const device = lane()?.devices.rsu
    if (device === undefined) return { tone: 'off', word: t('common.none') }
    const { tone, said } = dotOf(device)
    return { tone, word: said }
  })
}
