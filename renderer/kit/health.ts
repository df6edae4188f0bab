// The health of a device from the age of its last message: one rule for every dot of the window (ui.md section 3).
// Connected means heard within ten seconds; with an older message the dot is grey and shows the age.
import type { DeviceView } from '#lane/calls/views.ts'
import { useBoard } from '../api/board-store.ts'
import { offsetOf, useWords } from './words.ts'

export const freshMs = 10_000
/** Greatest age of the platform's last answer for which its clock offset still counts. */
export const offsetFreshMs = 900_000

export type Tone = 'ok' | 'warn' | 'bad' | 'off'
export type HealthWord = 'up' | 'old' | 'down' | 'unready' | 'off'

export interface Health {
  readonly tone: Tone
  readonly word: HealthWord
}

const isFresh = (heardMs: number | null): boolean => heardMs !== null && heardMs <= freshMs

/** Reasons of a device that answers but cannot work, such as a printer without paper. */
const unready: readonly string[] = ['paperOut', 'coverOpen', 'error', 'offline']

/** A device that is down is amber while its last message is fresh, else red; one that is up but silent is grey. */
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
  /** Age of the last message, as it stands beside the dot; empty for a device that is not set up. */
  readonly age: string
  /** State, reason and age in full. */
  readonly said: string
}

/** The members of a device that its dot needs, in any view. */
export type DeviceHealth = Pick<DeviceView, 'state' | 'heardMsAgo' | 'reason' | 'clockOffsetMs'>

/** `sinceMs`: ms since the view was received; added to the age, so that an old view turns grey too. */
export function useHealth(): { readonly dotOf: (device: DeviceHealth, sinceMs: number) => Dot } {
  const { t, words } = useWords()
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

/** The dot of a state of the board itself: grey once the board is no longer updated. */
export function useBoardDot(): (tone: Tone, word: string) => { tone: Tone; word: string } {
  const board = useBoard()
  const words = useWords()
  return (tone, word) => {
    if (board.ageMs <= freshMs) return { tone, word }
    const age = words.age(board.ageMs / 1_000)
    return { tone: 'off', word: words.t('status.was', { state: word, age }) }
  }
}
