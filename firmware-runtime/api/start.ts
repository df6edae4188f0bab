// What the window asks of Studio itself before any runtime is there: what to begin with.
// Types and names; no runtime knows of this.

/** `device`: the workbench; `open`: a car park in a folder that is asked for; `demo`: simulated devices. */
export type StartChoice = 'device' | 'open' | 'demo'

/** `begun`: a runtime is being started. `cancelled`: no folder was chosen. `noLot`: it has no car park. */
export interface StartAnswer {
  readonly state: 'begun' | 'cancelled' | 'noLot'
  /** The folder that was chosen; empty where none was asked for. */
  readonly dir: string
}

export interface StartClient {
  choose(what: StartChoice): Promise<StartAnswer>
}

/** Code of the answer to every call until something was begun; the window then shows its start page. */
export type StartCode = 'START-01'
/** Channel of the choice between window and main process. */
export const startChannel = 'start/choose'
export const startChoices = ['device', 'open', 'demo'] as const satisfies readonly StartChoice[]
