// Contacts of loop detectors and radars on the inputs of a Modbus board: input numbers and time limits. Polled like the
// barrier's board: every 20 to 50 ms (lane-devices.md 4.1).
import type { BoardNames } from '../../barrier/modbus-relay/names.ts'

export interface ContactConfig {
  readonly name: string
  /** Discrete input of the board, from 0. */
  readonly di: number
  /** False: the contact opens when something is present. */
  readonly activeHigh: boolean
  readonly debounceOnMs: number
  readonly debounceOffMs: number
  /** Presence for longer than this is reported once (rule 8); null: never. */
  readonly stuckMs: number | null
}

/** Names for people who read the link: a contact's input under its own name. */
export const namesOfContacts = (contacts: readonly ContactConfig[]): BoardNames => ({
  outputs: [],
  inputs: contacts.map(({ name, di, activeHigh }) => ({ name, di, activeHigh })),
})

export interface ContactsConfig {
  readonly unitId: number
  readonly contacts: readonly ContactConfig[]
  readonly pollMs: number
  readonly answerTimeoutMs: number
  /** Age of the last answer after which the contacts are unknown: more than two polls (rule 1). */
  readonly staleMs: number
  /** Unanswered polls in a row after which the link is reopened. */
  readonly missesMax: number
}

/** Debounce of 4.1: 50 to 100 ms on, 100 to 200 ms off. */
export const standardContact = { debounceOnMs: 80, debounceOffMs: 150, stuckMs: 600_000 }
export const instantContact = { ...standardContact, debounceOnMs: 0, debounceOffMs: 0 }

export const standardContacts: Omit<ContactsConfig, 'contacts' | 'unitId'> = {
  pollMs: 50,
  answerTimeoutMs: 300,
  staleMs: 150,
  missesMax: 3,
}

export const instantContacts: typeof standardContacts = {
  ...standardContacts,
  pollMs: 5,
  staleMs: 200,
}
