// What the window asks of Studio itself before any runtime is there: what to begin with.
// Types and names; no runtime knows of this.

/**
 * `setup`: a lot is set up in a folder of its own; `device`: the workbench; `open`: a car park in a folder that is
 * known or asked for; `demo`: simulated devices.
 */
export type StartChoice = 'setup' | 'device' | 'open' | 'demo'

/** `begun`: a runtime is being started. `cancelled`: no folder was chosen. `noLot`: it has no car park. */
export interface StartAnswer {
  readonly state: 'begun' | 'cancelled' | 'noLot'
  /** The folder that was chosen; empty where none was asked for. */
  readonly dir: string
}

/** A car park that was opened or set up on this machine. */
export interface KnownLot {
  readonly dir: string
  readonly name: string
}

export interface StartClient {
  /** `dir`: one of the known car parks; absent: a folder is asked for where one is needed. */
  choose(what: StartChoice, dir?: string): Promise<StartAnswer>
  known(): Promise<readonly KnownLot[]>
}

/** Code of the answer to every call until something was begun; the window then shows its start page. */
export type StartCode = 'START-01'
/** Channels of the start page between window and main process. */
export const startChannel = 'start/choose'
export const knownChannel = 'start/known'
export const startChoices = [
  'setup',
  'device',
  'open',
  'demo',
] as const satisfies readonly StartChoice[]
