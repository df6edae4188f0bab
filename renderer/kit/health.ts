// How a device stands by what was heard of it: one rule for every dot of the window (ui.md section 3).
// Connected means heard within ten seconds; older news is grey with its age, whatever was said last.
import type { DeviceView } from '../../firmware-runtime/api/views.ts'
import { useBoard } from '../api/board-store.ts'
import { offsetOf, useWords } from './words.ts'

export const freshMs = 10_000
/** As the light of the platform: what its last answer said of the clock is older than this. */
export const offsetFreshMs = 900_000

export type Tone = 'ok' | 'warn' | 'bad' | 'off'
export type HealthWord = 'up' | 'old' | 'down' | 'unready' | 'off'

export interface Health {
  readonly tone: Tone
  readonly word: HealthWord
}

const isFresh = (heardMs: number | null): boolean => heardMs !== null && heardMs <= freshMs

/** It answers, and says that it cannot work: a printer without paper. */
const unready: readonly string[] = ['paperOut', 'coverOpen', 'error', 'offline']

/** A lost device is amber while it may be a blip; one that only speaks now and then goes grey. */
export function healthOf(
  state: DeviceView['state'],
  heardMs: number | null,
  reason?: string,
): Health {
  if (state === 'off') return { tone: 'off', word: 'off' }
  if (state === 'up')
    return isFresh(heardMs) ? { tone: 'ok', word: 'up' } : { tone: 'off', word: 'old' }
  const isFreshNow = isFresh(heardMs)
  const saysWhy = isFreshNow && reason !== undefined && unready.includes(reason)
  return { tone: isFreshNow ? 'warn' : 'bad', word: saysWhy ? 'unready' : 'down' }
}

export interface Dot extends Health {
  /** How old the news is, as it stands beside the dot; empty for a device that is not set up. */
  readonly age: string
  /** State, reason and age in full. */
  readonly said: string
}

/** What a dot needs to know of a device, whichever view tells it. */
export type DeviceHealth = Pick<DeviceView, 'state' | 'heardMsAgo' | 'reason' | 'clockOffsetMs'>

/** `sinceMs`: how long ago the view was received, so that a view that stopped greys as well. */
export function useHealth(): { readonly dotOf: (device: DeviceHealth, sinceMs: number) => Dot } {
  const words = useWords()
  const { t } = words
  return {
    dotOf(device, sinceMs) {
      const heardMs = device.heardMsAgo === null ? null : device.heardMsAgo + sinceMs
      const health = healthOf(device.state, heardMs, device.reason)
      if (health.word === 'off') return { ...health, age: '', said: t('top.off') }
      const age = heardMs === null ? '' : words.age(heardMs / 1_000)
      const { reason, clockOffsetMs } = device
      const said = [
        t(`top.${health.word}`),
        ...(reason === undefined ? [] : [words.known('top.why', reason)]),
        heardMs === null ? t('top.neverHeard') : t('top.heard', { age }),
        ...(clockOffsetMs === undefined
          ? []
          : [t('top.clock', { offset: offsetOf(clockOffsetMs) })]),
      ].join(' · ')
      return { ...health, age: age === '' ? t('top.noNews') : age, said }
    },
  }
}

/** A dot of what the board itself says, and not of a device: a picture that stopped is not the state of now. */
export function useBoardDot(): (tone: Tone, word: string) => { tone: Tone; word: string } {
  const board = useBoard()
  const words = useWords()
  return (tone, word) => {
    if (board.ageMs <= freshMs) return { tone, word }
    const age = words.age(board.ageMs / 1_000)
    return { tone: 'off', word: words.t('status.was', { state: word, age }) }
  }
}
